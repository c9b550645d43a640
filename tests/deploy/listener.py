"""A program behind a proxy that takes down what reaches it, byte by byte, and answers each request with 204."""

import socket
import threading
from pathlib import Path

LONGEST = 30


class Listener:
    """Listens at a Unix socket from the start. `heads` are requests as they came; `taken` counts bytes of bodies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heads: list[str] = []
        self.taken = 0
        self.moved = threading.Condition()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        self.socket.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def wait_for(self, octets: int) -> bool:
        """Whether so many bytes of bodies have come in time."""
        with self.moved:
            return self.moved.wait_for(lambda: self.taken >= octets, LONGEST)

    def header(self, name: str) -> list[str]:
        """All values of a header in the newest request."""
        lines = [line.partition(":") for line in self.heads[-1].split("\r\n")[1:]]
        return [value.strip() for key, _, value in lines if key.lower() == name.lower()]

    def close(self) -> None:
        self.socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return  # closed: the test is over
            threading.Thread(target=self._hear, args=[connection], daemon=True).start()

    def _hear(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            head, _, body = head.partition(b"\r\n\r\n")
            with self.moved:
                self.heads.append(head.decode())
            length = int((self.header("Content-Length") or ["0"])[0])
            self._count(len(body))
            come = len(body)
            while come < length:
                piece = connection.recv(65536)
                if not piece:
                    return
                come += len(piece)
                self._count(len(piece))
            connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    def _count(self, octets: int) -> None:
        with self.moved:
            self.taken += octets
            self.moved.notify_all()
