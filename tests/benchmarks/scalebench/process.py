"""What the kernel says of a process."""

from __future__ import annotations

import re
from pathlib import Path

MIB = 1 << 20


def peak_mib(pid: int) -> float:
    """The most memory that was resident at any time (VmHWM)."""
    return _status(pid, "VmHWM") / MIB


def resident_mib(pid: int) -> float:
    return _status(pid, "VmRSS") / MIB


def anonymous_mib(pid: int) -> float:
    """What is resident of the process's own memory, without mapped files such as its program."""
    return _status(pid, "RssAnon") / MIB


def _status(pid: int, name: str) -> int:
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)[1]) << 10
