"""One process of a team: makes the calls that it reads as lines of JSON, and answers each with a line."""

from __future__ import annotations

import base64
import errno
import json
import mmap
import os
import sys

from calls import BLOCK, Files

KEPT = 4


class Member(Files):
    """Writes and reads also through mappings, which it keeps from call to call, and past the page cache."""

    def __init__(self, folder: str):
        super().__init__(folder)
        self.mappings: dict[int, mmap.mmap] = {}

    def map_read(self, name: str, at: int, count: int) -> bytes:
        return self.mapping(name, at + count)[at:at + count]

    def map_write(self, name: str, at: int, data: bytes) -> int:
        self.mapping(name, at + len(data))[at:at + len(data)] = data
        return len(data)

    def map_flush(self, name: str, at: int, data: bytes) -> int:
        self.map_write(name, at, data)
        self.mapping(name, at + len(data)).flush()
        return len(data)

    def mapping(self, name: str, end: int) -> mmap.mmap:
        """A mapping of what the name leads to: an old one if it is long enough."""
        fd = self.descriptor(name, os.O_RDWR)
        inode = os.fstat(fd).st_ino
        if inode not in self.mappings or len(self.mappings[inode]) < end:
            while len(self.mappings) >= KEPT:
                self.mappings.pop(next(iter(self.mappings))).close()
            self.mappings[inode] = mmap.mmap(fd, end)
        return self.mappings[inode]

    def direct_write(self, name: str, at: int, data: bytes) -> int:
        with mmap.mmap(-1, len(data)) as aligned:
            aligned[:] = data
            return os.pwritev(self.descriptor(name, os.O_RDWR | os.O_DIRECT), [aligned], at)

    def direct_read(self, name: str, at: int, count: int) -> bytes:
        with mmap.mmap(-1, (count + BLOCK - 1) // BLOCK * BLOCK) as aligned:
            got = os.preadv(self.descriptor(name, os.O_RDWR | os.O_DIRECT), [aligned], at)
            return aligned[:min(got, count)]


def main() -> None:
    member = Member(sys.argv[1])
    for line in sys.stdin:
        call, *arguments = json.loads(line)
        arguments = [base64.b64decode(value["bytes"]) if isinstance(value, dict) else value for value in arguments]
        try:
            value = getattr(member, call)(*arguments)
        except OSError as error:
            value = errno.errorcode[error.errno]
        print(json.dumps({"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value), flush=True)


if __name__ == "__main__":
    main()
