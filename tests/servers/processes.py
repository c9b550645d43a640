"""Server processes of a test run: started as another user when the run is root's, and gone when the run is gone."""

import contextlib
import ctypes
import os
import pwd
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


GIVEN: set[int] = set()


def free_port() -> int:
    """A TCP port of loopback that was free a moment ago, and that this process has not named before: servers that begin
    at the same time do not get the same one.
    """
    with contextlib.ExitStack() as held:
        while True:  # what was named already stays taken meanwhile, so that the kernel names another
            probe = held.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
            if port not in GIVEN:
                GIVEN.add(port)
                return port


def servant() -> pwd.struct_passwd | None:
    """The user under whom servers run; null if the run is not root's, for then it is the run's own user."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def give(folder: Path) -> None:
    """Make `folder` the servant's own."""
    user = servant()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def as_servant() -> dict[str, object]:
    """What `subprocess` needs to run a program as the servant, away from a folder that it may not enter."""
    user = servant()
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}


def follow_parent(number: int):
    """A function for the child: the kernel sends it signal `number` when the test run dies, however it dies."""
    library = ctypes.CDLL(None, use_errno=True)

    def bind() -> None:
        if hasattr(library, "prctl"):
            library.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)

    return bind


def start(command: Sequence[str], *, log: Path, stop_signal: int = signal.SIGTERM) -> subprocess.Popen:
    """Start a server in its own process group, its words in `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the run, which then stops its servers in order
            preexec_fn=follow_parent(stop_signal),  # noqa: PLW1509  # one system call, no lock taken
            **as_servant(),
        )


def stop(process: subprocess.Popen, *, stop_signal: int = signal.SIGTERM, patience: float = 15) -> None:
    """Stop a server of ours: politely, then surely."""
    if process.poll() is not None:
        return
    process.send_signal(stop_signal)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
