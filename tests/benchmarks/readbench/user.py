"""Which user the participants are: the one who measures, or, if that is root, one without any privilege."""

from __future__ import annotations

import os
from pathlib import Path

NOBODY = 65534

_becomes: list[str] = []


def become_nobody() -> None:
    """From now on all that is measured runs as `nobody`. Needs root, and a /dev/fuse that is open to all."""
    _becomes[:] = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]


def is_privileged() -> bool:
    return os.geteuid() == 0 and not _becomes


def command(words: list[str]) -> list[str]:
    return [*_becomes, *words]


def give(path: Path) -> None:
    """Makes the file or folder theirs."""
    if _becomes:
        os.chown(path, NOBODY, NOBODY)
