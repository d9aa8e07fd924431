"""System calls that Python's ``os`` does not have, and results in a form that two file systems can be compared by."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)
AT_FDCWD = -100
RENAME_NOREPLACE, RENAME_EXCHANGE = 1, 2
KEEP_SIZE, PUNCH_HOLE, COLLAPSE_RANGE, ZERO_RANGE, INSERT_RANGE = 1, 2, 8, 16, 32


def check(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def renameat2(old: str, new: str, flags: int) -> None:
    check(LIBC.renameat2(AT_FDCWD, os.fsencode(old), AT_FDCWD, os.fsencode(new), flags))


def fallocate(fd: int, mode: int, offset: int, length: int) -> None:
    check(LIBC.fallocate(fd, mode, ctypes.c_int64(offset), ctypes.c_int64(length)))


def outcome(call: Callable[[], Any]) -> str:
    """What a call gives, or the name of its error."""
    try:
        value = call()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "ok" if value is None else repr(value)


class As:
    """Runs a block as another user, without any privilege; root stays what it is."""

    def __init__(self, uid: int, gid: int | None = None, groups: tuple[int, ...] = ()):
        self.uid, self.gid, self.groups = uid, uid if gid is None else gid, groups

    def __enter__(self) -> None:
        if self.uid:
            os.setgroups(self.groups)
            os.setegid(self.gid)
            os.seteuid(self.uid)

    def __exit__(self, *_: object) -> None:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups([])


def opened(path: str, flags: int, mode: int = 0o644) -> None:
    os.close(os.open(path, flags | os.O_NONBLOCK, mode))
