"""A small disk of its own, to be filled to its last byte. Only root may mount it: run by others, tests of faults have
`test_disk.py` alone, where no file may grow.
"""

import os
import subprocess
import tempfile
from pathlib import Path

MAY_MOUNT = os.geteuid() == 0


class SmallDisk:
    """A disk of so many megabytes at `place`, in memory, which servers of others may enter."""

    def __init__(self, megabytes: int) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="hrd-disk-"))
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(self.place)]
        subprocess.run(command, check=True, capture_output=True)

    def fill(self) -> None:
        """Until it takes no byte more."""
        with (self.place / "filler").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(65_536)):
                    pass
            except OSError:
                assert self.free == 0

    @property
    def free(self) -> int:
        found = os.statvfs(self.place)
        return found.f_bavail * found.f_frsize

    def make_room(self) -> None:
        (self.place / "filler").unlink()

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.place)], check=True, capture_output=True)
        self.place.rmdir()
