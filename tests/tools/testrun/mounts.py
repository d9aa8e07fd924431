"""Mounts below a folder, found without touching them: a stat on a dead one can hang."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path


def mounts_below(folder: Path, mountinfo: Path = Path("/proc/self/mountinfo")) -> list[str]:
    """Their mount points, the innermost first."""
    prefix = f"{os.path.realpath(folder)}/"
    points = [_unescape(line.split()[4]) for line in mountinfo.read_text(errors="surrogateescape").splitlines()]
    return sorted((point for point in points if point.startswith(prefix)), key=len, reverse=True)


def unmount(point: str) -> None:
    """Takes it out of the tree even if it is busy or its daemon is dead."""
    for command in (["umount", "-l", point], ["fusermount3", "-u", "-z", point]):
        try:
            if subprocess.run(command, capture_output=True, timeout=20, check=False).returncode == 0:
                return
        except (OSError, subprocess.TimeoutExpired):
            pass  # the other may be able to


def _unescape(field: str) -> str:
    # The kernel writes a space as \040
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)
