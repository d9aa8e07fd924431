"""The calls that a member makes in the folder to judge, and that are repeated in the mirror."""

from __future__ import annotations

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
BLOCK = 4096


class Files:
    """Files of a folder, by name; their descriptors are kept until they are closed or the name leads elsewhere."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.open: dict[tuple[str, int], int] = {}

    def at(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def descriptor(self, name: str, flags: int) -> int:
        state = os.stat(self.at(name))
        held = self.open.get((name, flags))
        if held is not None and os.path.samestat(state, os.fstat(held)):
            return held
        if held is not None:
            os.close(held)
        self.open[name, flags] = os.open(self.at(name), flags)
        return self.open[name, flags]

    def close(self) -> None:
        """Of all files."""
        for fd in self.open.values():
            os.close(fd)
        self.open.clear()

    def make(self, name: str, data: bytes) -> int:
        fd = os.open(self.at(name), os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            return os.write(fd, data)
        finally:
            os.close(fd)

    def read(self, name: str, at: int, count: int) -> bytes:
        return os.pread(self.descriptor(name, os.O_RDWR), count, at)

    def write(self, name: str, at: int, data: bytes) -> int:
        return os.pwrite(self.descriptor(name, os.O_RDWR), data, at)

    def append(self, name: str, data: bytes) -> int:
        return os.write(self.descriptor(name, os.O_RDWR | os.O_APPEND), data)

    def truncate(self, name: str, size: int) -> None:
        os.ftruncate(self.descriptor(name, os.O_RDWR), size)

    def allocate(self, name: str, mode: int, at: int, count: int) -> None:
        fd = self.descriptor(name, os.O_RDWR)
        if LIBC.fallocate(fd, mode, ctypes.c_int64(at), ctypes.c_int64(count)) != 0:
            raise OSError(ctypes.get_errno(), "fallocate")

    def copy(self, name: str, at: int, count: int, to: str, to_at: int) -> int:
        return os.copy_file_range(self.descriptor(name, os.O_RDWR), self.descriptor(to, os.O_RDWR), count, at, to_at)

    def size(self, name: str) -> int:
        return os.fstat(self.descriptor(name, os.O_RDWR)).st_size

    def holes(self, name: str) -> list[tuple[int, int]]:
        """Where each hole begins and ends; that at the end of every file is not one."""
        fd, at, found = self.descriptor(name, os.O_RDWR), 0, []
        end = os.fstat(fd).st_size
        while at < end:
            hole = os.lseek(fd, at, os.SEEK_HOLE)
            if hole >= end:
                break
            try:
                at = os.lseek(fd, hole, os.SEEK_DATA)
            except OSError:  # no data behind it
                at = end
            found.append((hole, at))
        return found

    def rename(self, name: str, to: str) -> None:
        os.rename(self.at(name), self.at(to))

    def link(self, name: str, to: str) -> None:
        os.link(self.at(name), self.at(to))

    def unlink(self, name: str) -> None:
        os.unlink(self.at(name))

    def sync(self, name: str) -> None:
        fd = self.descriptor(name, os.O_RDWR)
        os.fsync(fd)
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
