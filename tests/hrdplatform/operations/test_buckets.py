"""A bucket that would keep what was erased is refused, asked over S3's own protocol."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.files.storage import default_storage
from storages.backends.s3 import S3Storage

from hrdplatform.operations import buckets

NO_LOCK = (404, "<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>")
LOCK = (200, "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>")
DENIED = (403, "<Error><Code>AccessDenied</Code></Error>")


def versions(status: str) -> tuple[int, str]:
    return 200, f"<VersioningConfiguration>{f'<Status>{status}</Status>' if status else ''}</VersioningConfiguration>"


class Bucket(BaseHTTPRequestHandler):
    """Answers the two questions as the test says."""

    def do_GET(self) -> None:
        status, body = self.server.answers["object-lock" if "object-lock" in self.path else "versioning"]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


def memories(server: ThreadingHTTPServer, versioning: tuple[int, str], lock: tuple[int, str]) -> str:
    server.answers = {"versioning": versioning, "object-lock": lock}
    storage = S3Storage(
        bucket_name="files",
        endpoint_url=f"http://127.0.0.1:{server.server_port}",
        access_key="key",
        secret_key="secret",
        region_name="eu-west-1",
        addressing_style="path",
    )
    found = " ".join(buckets.memories(storage))
    storage.connection.meta.client.close()
    return found


def test_a_bucket_that_forgets_is_well(server):
    assert memories(server, versions(""), NO_LOCK) == ""


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_a_bucket_with_versions_remembers(server, status):
    assert memories(server, versions(status), NO_LOCK) == (
        f"versioning is {status.lower()}: the bucket keeps what is deleted."
    )


def test_a_locked_bucket_refuses_to_delete(server):
    assert memories(server, versions(""), LOCK) == "object lock is enabled: the bucket refuses to delete."


def test_a_bucket_that_does_not_say_is_no_good_bucket(server):
    assert "nobody can say" in memories(server, DENIED, NO_LOCK)
    assert "nobody can say" in memories(server, versions(""), DENIED)


def test_a_folder_of_our_own_forgets_and_the_deployment_check_asks():
    assert buckets.memories(default_storage) == []
    assert buckets.buckets_forget(None) == []
