"""Sealing 200 MB in Python against raw ChaCha20-Poly1305 in 64 KiB pieces, and how far peak memory grows with size."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hrdplatform.sealing.age.files import encrypt
from hrdplatform.sealing.age.hybrid import HybridRecipient
from hrdplatform.sealing.xwing import public_key

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

PIECE = 64 * 1024
RUNS = 5


class Zeros(io.RawIOBase):
    """A file of `size` zero bytes that holds none of them."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        taken = min(memoryview(buffer).nbytes, self.left)
        self.left -= taken
        return taken


class Sink(io.BytesIO):
    """Takes all, keeps nothing."""

    def write(self, data: ReadableBuffer) -> int:
        return memoryview(data).nbytes


def sealed_seconds(size: int) -> float:
    recipient = HybridRecipient(public_key(token_bytes(32)))
    start = time.perf_counter()
    encrypt(io.BufferedReader(Zeros(size), 1 << 20), Sink(), [recipient])
    return time.perf_counter() - start


def raw_seconds(size: int) -> float:
    cipher, piece, sink = ChaCha20Poly1305(token_bytes(32)), bytes(PIECE), Sink()
    start = time.perf_counter()
    for counter in range(size // PIECE):
        sink.write(cipher.encrypt(counter.to_bytes(12, "big"), piece, None))
    return time.perf_counter() - start


def own_peak_megabytes() -> float:
    """This process's peak memory (VmHWM; ru_maxrss would begin with the parent's)."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1000


def peak_megabytes(size: int) -> float:
    """The peak memory of a fresh process that seals `size` bytes."""
    done = subprocess.run([sys.executable, "-m", "bench.sealing_python", str(size)], capture_output=True, check=True)
    return float(done.stdout)


def measure() -> dict[str, list[float]]:
    size = 200 * 1000 * 1000
    ratios = []
    for _ in range(RUNS):
        raw = raw_seconds(size)
        ratios.append(raw / sealed_seconds(size))
    growth = [peak_megabytes(size) - peak_megabytes(2 * 1000 * 1000) for _ in range(3)]
    return {"ratio": ratios, "memory_mb": growth}


if __name__ == "__main__":
    sealed_seconds(int(sys.argv[1]))
    print(own_peak_megabytes())
