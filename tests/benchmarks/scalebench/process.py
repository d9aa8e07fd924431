"""What the kernel says of a process."""

from __future__ import annotations

import os
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


def cpu_seconds(pid: int) -> float:
    """All time that it was running, in itself and in the kernel for it."""
    # After the name, which is in parentheses and may hold spaces: the 12th and 13th field.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _status(pid: int, name: str) -> int:
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)[1]) << 10
