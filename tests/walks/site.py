"""The platform on a loopback port in this process: every answer, static files too, passes the real middleware."""

from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread


class LiveSite:
    """`http://localhost:PORT`, where one host answers for all doors; `at("aid")` is a door's own host."""

    def __init__(self) -> None:
        self.thread = LiveServerThread("localhost", lambda _statics: WSGIHandler())
        self.thread.daemon = True
        self.thread.start()
        self.thread.is_ready.wait()
        if self.thread.error:
            raise self.thread.error

    @property
    def url(self) -> str:
        return f"http://localhost:{self.thread.port}"

    def at(self, door: str) -> str:
        """The address of a door that answers for itself only: public, office or aid."""
        return f"http://{door}.localhost:{self.thread.port}"

    def close(self) -> None:
        self.thread.terminate()
