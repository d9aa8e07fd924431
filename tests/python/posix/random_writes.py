"""
Random writes, reads, truncations, holes, copies and mappings of one file, each compared with a model in memory.

    python3 tests/python/posix/random_writes.py FILE [--steps 2000] [--seed 1]
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import sys

from system import KEEP_SIZE, PUNCH_HOLE, ZERO_RANGE, fallocate

LIMIT = 300_000


class Pair:
    """A file and what it should hold."""

    def __init__(self, path: str, chance: random.Random):
        self.path, self.chance, self.model = path, chance, bytearray()
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)

    def span(self, end: int = LIMIT) -> tuple[int, int]:
        at = self.chance.randrange(end)
        return at, self.chance.randrange(1, min(end - at, 70_000) + 1)

    def put(self, at: int, data: bytes) -> None:
        if at > len(self.model):
            self.model.extend(bytes(at - len(self.model)))
        self.model[at:at + len(data)] = data

    def write(self) -> None:
        at, count = self.span()
        data = self.chance.randbytes(count)
        os.pwrite(self.fd, data, at)
        self.put(at, data)

    def append(self) -> None:
        data = self.chance.randbytes(self.chance.randrange(1, 5000))
        with open(self.path, "ab") as file:
            file.write(data)
        self.model += data

    def read(self) -> None:
        at, count = self.span()
        same(os.pread(self.fd, count, at), self.model[at:at + count], f"read of {count} at {at}")

    def truncate(self) -> None:
        size = self.chance.randrange(LIMIT)
        os.ftruncate(self.fd, size)
        self.model = self.model[:size].ljust(size, b"\0")

    def punch(self) -> None:
        at, count = self.span()
        fallocate(self.fd, PUNCH_HOLE | KEEP_SIZE, at, count)
        self.zero(at, min(count, len(self.model) - at))

    def blank(self) -> None:
        at, count = self.span()
        fallocate(self.fd, ZERO_RANGE, at, count)
        self.put(at, bytes(count))

    def reserve(self) -> None:
        at, count = self.span()
        fallocate(self.fd, 0, at, count)
        if at + count > len(self.model):
            self.model.extend(bytes(at + count - len(self.model)))

    def copy(self) -> None:
        if len(self.model) < 20:
            return
        at, count = self.span(len(self.model) // 2)
        count = min(count, len(self.model) // 2 - at)
        to = len(self.model) // 2 + self.chance.randrange(1000)
        data = bytes(self.model[at:at + count])
        if count and os.copy_file_range(self.fd, self.fd, count, at, to) == count:
            self.put(to, data)

    def map(self) -> None:
        if not self.model:
            return
        at, count = self.span(len(self.model))
        data = self.chance.randbytes(count)
        with mmap.mmap(self.fd, len(self.model)) as mapped:
            same(mapped[at:at + count], self.model[at:at + count], f"mapped {count} at {at}")
            mapped[at:at + count] = data
            if self.chance.random() < 0.5:
                mapped.flush()
        self.put(at, data)

    def reopen(self) -> None:
        os.close(self.fd)
        self.fd = os.open(self.path, os.O_RDWR)

    def sync(self) -> None:
        os.fsync(self.fd)
        os.posix_fadvise(self.fd, 0, 0, os.POSIX_FADV_DONTNEED)

    def zero(self, at: int, count: int) -> None:
        if count > 0:
            self.model[at:at + count] = bytes(count)

    def check(self) -> None:
        same(os.fstat(self.fd).st_size, len(self.model), "size")
        same(os.pread(self.fd, LIMIT * 2, 0), self.model, "content")


def same(seen: object, expected: object, what: str) -> None:
    if seen != expected:
        raise AssertionError(f"{what} differs")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    arguments.add_argument("file")
    arguments.add_argument("--steps", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    pair = Pair(options.file, random.Random(options.seed))
    steps = [pair.write, pair.write, pair.read, pair.read, pair.truncate, pair.append, pair.punch, pair.blank, pair.reserve,
             pair.copy, pair.map, pair.reopen, pair.sync, pair.check]
    done: list[str] = []
    for _ in range(options.steps):
        step = pair.chance.choice(steps)
        done.append(step.__name__)
        try:
            step()
        except (AssertionError, OSError) as wrong:
            print(f"seed {options.seed}, step {len(done)}: {wrong} after {' '.join(done[-20:])}")
            return 1
    pair.check()
    print(f"{options.steps} steps agree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
