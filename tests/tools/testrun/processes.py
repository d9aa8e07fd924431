"""The processes below one: what a test started and forgot."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_SUBREAPER, _DEATH_SIGNAL = 36, 1


def adopt_orphans() -> None:
    """Processes below this one stay below it when their parent ends, even those that call themselves daemons."""
    _prctl(_SUBREAPER, 1)


def die_with_parent(signal: int) -> None:
    """This process gets the signal when its parent ends, however that ends."""
    _prctl(_DEATH_SIGNAL, signal)


def descendants(pid: int) -> list[int]:
    """The live processes below `pid`, its children before theirs; a zombie does not count."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            parent = _live_parent(int(entry))
            children.setdefault(parent, []).append(int(entry))
    found = list(children.get(pid, []))
    for child in found:
        found.extend(children.get(child, []))
    return found


def describe(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    except OSError:
        return str(pid)
    return f"{pid} ({b' '.join(words).decode(errors='replace')[:150]})"


def _live_parent(pid: int) -> int:
    try:
        # The name, in brackets, may hold spaces and brackets itself
        state, parent = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
    except OSError:
        return -1
    return -1 if state == "Z" else int(parent)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
