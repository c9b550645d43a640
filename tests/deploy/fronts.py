"""nginx and Caddy as our files set them up, on loopback before a socket; and a visitor who speaks TLS to them."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hrdplatform.conf import ROOT
from tests.servers.processes import follow_parent, free_port, stop

EXAMPLES = ("platform.example.org", "office.platform.example.org", "aid.platform.example.org")
NGINX = """
daemon off;
{user}
pid {folder}/pid;
error_log {folder}/errors warn;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {folder}/spool/body;
    proxy_temp_path {folder}/spool/answers;
    fastcgi_temp_path {folder}/spool/1;
    uwsgi_temp_path {folder}/spool/2;
    scgi_temp_path {folder}/spool/3;
    include {folder}/hrdplatform.conf;
}}
"""


def target(link: Path) -> str:
    """What an open file of a process is; nothing when it was closed meanwhile."""
    try:
        return link.readlink().as_posix()
    except FileNotFoundError:
        return ""


def program(name: str) -> str:
    """Where the proxy lies: `make test` brings both."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, f"{name} is missing: `make test` brings it, or apt-get install {name}"
    return found


class Front:
    """A proxy before the socket `upstream`, its own files in `folder`; whatever it spools would lie in `spool`."""

    def __init__(self, folder: Path, upstream: Path) -> None:
        self.folder, self.upstream = folder, upstream
        self.spool = folder / "spool"
        self.spool.mkdir(parents=True)
        self.port, self.clear_port = free_port(), free_port()
        certify(folder)
        surroundings = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "TMPDIR": str(self.spool)}
        with (folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                self.command(),
                stdout=said,
                stderr=said,
                env=surroundings,
                preexec_fn=follow_parent(15),  # noqa: PLW1509  # one system call, no lock taken
            )
        self._await()

    def command(self) -> list[str]:
        raise NotImplementedError

    def replaced(self, text: str, changes: dict[str, str]) -> str:
        """Our file for this place: each thing that differs on the test's machine must stand in it."""
        for old, new in changes.items():
            assert old in text, f"{old} does not stand in the file any more"
            text = text.replace(old, new)
        return text

    def spooled(self) -> list[str]:
        """Files in the spool, those too that nginx unlinked and holds open."""
        named = [str(path) for path in self.spool.rglob("*") if path.is_file()]
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        opened = (link for number in (self.process.pid, *children) for link in Path(f"/proc/{number}/fd").iterdir())
        return named + [file for link in opened if (file := target(link)).startswith(str(self.spool))]

    def words(self) -> str:
        """Everything that the proxy wrote about its work."""
        return "".join(path.read_text() for path in self.folder.iterdir() if path.name in {"said", "errors", "log"})

    def close(self) -> None:
        stop(self.process)

    def _await(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)  # a probe of readiness, no synchronisation of a test
            else:
                return
        raise RuntimeError(self.words())


class Nginx(Front):
    def command(self) -> list[str]:
        text = (ROOT / "deploy" / "proxy" / "nginx.conf").read_text()
        text = self.replaced(
            text,
            {
                "    listen [::]:80;\n": "",
                "    listen [::]:443 ssl http2;\n": "",
                "listen 80;": f"listen 127.0.0.1:{self.clear_port};",
                "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
                "/run/hrdplatform/web.sock": str(self.upstream),
                "/etc/ssl/hrdplatform/fullchain.pem": str(self.folder / "fullchain.pem"),
                "/etc/ssl/hrdplatform/key.pem": str(self.folder / "key.pem"),
                "/var/log/nginx/hrdplatform.log": str(self.folder / "log"),
            },
        )
        (self.folder / "hrdplatform.conf").write_text(text)
        main = NGINX.format(folder=self.folder, user="user root;" if os.geteuid() == 0 else "")
        (self.folder / "nginx.conf").write_text(main)
        return [program("nginx"), "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)]


class SpoolingNginx(Nginx):
    """nginx with the planted fault that our file must never have."""

    def command(self) -> list[str]:
        words = super().command()
        ours = self.folder / "hrdplatform.conf"
        ours.write_text(
            self.replaced(ours.read_text(), {"proxy_request_buffering off;": "proxy_request_buffering on;"})
        )
        return words


class Caddy(Front):
    def command(self) -> list[str]:
        text = (ROOT / "deploy" / "proxy" / "Caddyfile").read_text()
        text = self.replaced(
            text,
            {
                "\tadmin off\n": f"\tadmin off\n\thttp_port {self.clear_port}\n\thttps_port {self.port}\n",
                "/run/hrdplatform/web.sock": str(self.upstream),
                "(platform) {\n": f"(platform) {{\n\ttls {self.folder}/fullchain.pem {self.folder}/key.pem\n"
                "\tbind 127.0.0.1\n",
            },
        )
        (self.folder / "Caddyfile").write_text(text)
        return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(self.folder / "Caddyfile")]


class Visit(http.client.HTTPSConnection):
    """A connection to a front as a browser makes it: the host's name in the handshake, whatever it says later."""

    def __init__(self, front: Front, name: str = EXAMPLES[0]) -> None:
        super().__init__(name, timeout=60)
        self.front, self.name = front, name

    def connect(self) -> None:
        context = ssl.create_default_context(cafile=self.front.folder / "fullchain.pem")
        bare = socket.create_connection(("127.0.0.1", self.front.port), timeout=60)
        try:
            self.sock = context.wrap_socket(bare, server_hostname=self.name)
        except ssl.SSLError:
            bare.close()
            raise

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> http.client.HTTPResponse:
        """One request; words of a header's name are joined by `_`. The answer is read, the connection closed."""
        try:
            self.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            return self.read()
        finally:
            self.close()

    def read(self) -> http.client.HTTPResponse:
        """The answer, with its text."""
        answer = self.getresponse()
        answer.text = answer.read().decode(errors="replace")
        return answer


def certify(folder: Path) -> None:
    """A key and a certificate for the three names, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, EXAMPLES[0])])
    names = [*(x509.DNSName(host) for host in EXAMPLES), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate = signed.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
