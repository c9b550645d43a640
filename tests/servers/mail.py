"""A mail server of the test run's own: takes what it is sent, counts it, and can be told to refuse."""

import threading
from email import message_from_bytes
from email.message import Message
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.processes import free_port


class Letters:
    """aiosmtpd's handler. `refusal` is an SMTP answer such as `451 later` that every letter gets."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.arrived = threading.Condition()
        self.refusal = ""
        self.refused: dict[str, str] = {}

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        with self.arrived:
            self.taken.append(message_from_bytes(envelope.content, policy=default))
            self.arrived.notify_all()
        return "250 OK"


class MailSink:
    """Listens on loopback from the start. `url` is what HRD_EMAIL takes; `letters` are what was taken, in order."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.handler = Letters()
        self.controller: Controller | None = None
        self.start()

    @property
    def letters(self) -> list[Message]:
        return self.handler.taken

    def wait_for(self, count: int, *, seconds: float = 120) -> bool:
        """Whether `count` letters have come in time."""
        with self.handler.arrived:
            return self.handler.arrived.wait_for(lambda: len(self.letters) >= count, seconds)

    def start(self) -> None:
        self.controller = Controller(self.handler, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        """Close the port: the next sender finds nobody. What was taken stays."""
        if self.controller:
            self.controller.stop()
            self.controller = None

    def to(self, address: str) -> list[Message]:
        return [letter for letter in self.letters if letter["To"] == address]
