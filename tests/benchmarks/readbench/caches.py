"""Empties and fills the kernel's page cache."""

from __future__ import annotations

import os
from pathlib import Path

from readbench.command import Failed, run

_DROP = Path("/proc/sys/vm/drop_caches")


def can_drop() -> bool:
    return os.access(_DROP, os.W_OK)


def drop() -> None:
    """Forgets all clean pages of all files, those of mounts and those below them."""
    os.sync()
    try:
        _DROP.write_text("3")
    except OSError as error:
        raise Failed(f"the kernel's page cache cannot be dropped: {error}; run as root") from None


def fill(paths: list[Path], limit_seconds: float) -> None:
    """Reads local files into the page cache."""
    for path in paths:
        run(["dd", f"if={path}", "of=/dev/null", "bs=1M", "status=none"], limit_seconds)


def files_below(folder: Path) -> list[Path]:
    """Regular files that hold data."""
    return [path for path in folder.rglob("*") if path.is_file() and path.stat().st_blocks]
