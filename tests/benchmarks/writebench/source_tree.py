"""A source tree to unpack, the same one for the same seed."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path

# Of the Linux kernel's files: the median is about 4 KiB, some are a hundred times as large.
MEDIAN_BYTES = 4096
SIGMA = 1.4
MOST_BYTES = 1 << 20
FILES_PER_FOLDER = 16


def make_tree(archive: Path, files: int, seed: int = 1) -> int:
    """Writes the archive; returns the bytes of all files together."""
    source = random.Random(seed)
    text = source.randbytes(MOST_BYTES)
    total = 0
    with tarfile.open(archive, "w") as tar:
        for number in range(files):
            folder = number // FILES_PER_FOLDER
            if number % FILES_PER_FOLDER == 0:
                tar.addfile(_entry(_folder_name(folder), tarfile.DIRTYPE, 0o755))
            size = min(MOST_BYTES, int(MEDIAN_BYTES * source.lognormvariate(0, SIGMA)))
            entry = _entry(f"{_folder_name(folder)}/file_{number}.c", tarfile.REGTYPE, 0o755 if number % 50 == 0 else 0o644)
            entry.size = size
            total += size
            tar.addfile(entry, io.BytesIO(text[:size]))
    return total


def _folder_name(number: int) -> str:
    return f"tree/d{number // 32}/d{number}" if number >= 32 else f"tree/d{number}"


def _entry(name: str, kind: bytes, mode: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode, entry.mtime = kind, mode, 1_600_000_000
    return entry
