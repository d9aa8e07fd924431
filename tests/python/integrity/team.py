"""Chooses calls by chance, has one of its members make each, repeats it in the mirror, and compares."""

from __future__ import annotations

import base64
import errno
import json
import os
import random
import subprocess
import sys

from calls import BLOCK, Files

LIMIT = 400_000
MEMBERS = 3
NAMES = ["a", "b", "c", "d"]
KEEP_SIZE, PUNCH_HOLE, COLLAPSE, ZERO_RANGE, INSERT = 1, 2, 8, 16, 32
# What a mapping and a direct call come to.
PLAIN = {"map_read": "read", "map_write": "write", "map_flush": "write", "direct_read": "read", "direct_write": "write"}


class Difference(Exception):
    """What a member saw is not what the mirror says."""


class Team:
    def __init__(self, folder: str, mirror: str, seed: int):
        self.chance, self.seed, self.mirror = random.Random(seed), seed, Files(mirror)
        self.names = sorted({*NAMES, *os.listdir(mirror)})
        program = os.path.join(os.path.dirname(__file__), "member.py")
        self.members = [subprocess.Popen([sys.executable, program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                        for _ in range(MEMBERS)]
        self.done: list[str] = []

    def run(self, steps: int) -> str:
        """What differs; empty if nothing does."""
        kinds = [self.make, self.write, self.write, self.write, self.read, self.read, self.append, self.truncate, self.allocate,
                 self.shift, self.copy, self.holes, self.sync, self.close, self.name, self.whole]
        try:
            for _ in range(steps):
                self.chance.choice(kinds)()
            for name in self.names:
                for member in range(MEMBERS):
                    self.both("read", name, 0, 2 * LIMIT, member=member)
        except Difference as found:
            return f"seed {self.seed}: {found}; the calls before it:\n  " + "\n  ".join(self.done[-25:])
        return ""

    def end(self) -> None:
        for member in self.members:
            member.stdin.close()
            member.wait()
        self.mirror.close()

    def both(self, call: str, *arguments: object, member: int | None = None) -> object:
        """Makes a call on both sides; the answer, which is the same."""
        seen = self.ask(call, arguments, member)
        expected = self.repeat(PLAIN.get(call, call), arguments)
        if seen != expected:
            raise Difference(f"{self.done[-1]}: {difference(seen, expected)}")
        return seen

    def ask(self, call: str, arguments: tuple, member: int | None = None) -> object:
        number = self.chance.randrange(MEMBERS) if member is None else member
        self.done.append(f"{number} {call} " + " ".join(f"{len(value)} bytes" if isinstance(value, bytes) else str(value) for value in arguments))
        process = self.members[number]
        sent = [{"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value for value in arguments]
        process.stdin.write(json.dumps([call, *sent]) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise Difference(f"{self.done[-1]}: the process ended")
        value = json.loads(line)
        return base64.b64decode(value["bytes"]) if isinstance(value, dict) else value

    def repeat(self, call: str, arguments: tuple) -> object:
        try:
            return getattr(self.mirror, call)(*arguments)
        except OSError as error:
            return errno.errorcode[error.errno]

    def any(self) -> str:
        return self.chance.choice(self.names)

    def size(self, name: str) -> int:
        size = self.both("size", name)
        return size if isinstance(size, int) else 0

    def span(self, end: int = LIMIT) -> tuple[int, int]:
        at = self.chance.randrange(end)
        return at, self.chance.randrange(1, min(end - at, 70_000) + 1)

    def make(self) -> None:
        self.both("make", self.any(), self.chance.randbytes(self.chance.randrange(100_000)))

    def write(self) -> None:
        name, (at, count) = self.any(), self.span()
        way = self.chance.choice(["write", "map_write", "map_flush", "direct_write"])
        if way == "direct_write":
            at, count = at // BLOCK * BLOCK, (count // BLOCK + 1) * BLOCK
        if way.startswith("map"):
            size = self.size(name)
            if size == 0:
                return
            at, count = self.span(size)
        self.both(way, name, at, self.chance.randbytes(count))

    def read(self) -> None:
        name, (at, count) = self.any(), self.span()
        way = self.chance.choice(["read", "map_read", "direct_read"])
        if way == "direct_read":
            at = at // BLOCK * BLOCK
        if way == "map_read":
            size = self.size(name)
            if size == 0:
                return
            at, count = self.span(size)
        self.both(way, name, at, count)

    def append(self) -> None:
        name = self.any()
        if self.size(name) < LIMIT:
            self.both("append", name, self.chance.randbytes(self.chance.randrange(1, 5000)))

    def truncate(self) -> None:
        self.both("truncate", self.any(), self.chance.randrange(LIMIT))

    def allocate(self) -> None:
        mode = self.chance.choice([0, KEEP_SIZE, PUNCH_HOLE | KEEP_SIZE, ZERO_RANGE, ZERO_RANGE | KEEP_SIZE])
        self.both("allocate", self.any(), mode, *self.span())

    def shift(self) -> None:
        """Takes blocks out of a file or puts some in; a file system may refuse that, then nothing may have changed."""
        arguments = (self.any(), self.chance.choice([COLLAPSE, INSERT]), self.chance.randrange(20) * BLOCK, BLOCK)
        seen = self.ask("allocate", arguments)
        if seen not in ("EOPNOTSUPP", "ENOTSUP") and seen != (expected := self.repeat("allocate", arguments)):
            raise Difference(f"{self.done[-1]}: {seen}, not {expected}")

    def copy(self) -> None:
        name, to = self.any(), self.any()
        at, count = self.span()
        target = self.chance.randrange(LIMIT)
        if name != to or abs(at - target) >= count:
            self.both("copy", name, at, count, to, target)

    def holes(self) -> None:
        """Holes may lie elsewhere, but only zeros may be in them."""
        name = self.any()
        for start, end in self.ask("holes", (name,)) if self.size(name) else []:
            if any(self.mirror.read(name, start, end - start)):
                raise Difference(f"{self.done[-1]}: bytes in a hole of {start} to {end}")

    def sync(self) -> None:
        self.both("sync", self.any())

    def close(self) -> None:
        self.ask("close", ())

    def name(self) -> None:
        call, name, to = self.chance.choice(["rename", "link", "unlink"]), self.any(), self.any()
        self.both(call, name, *([] if call == "unlink" else [to]))

    def whole(self) -> None:
        name = self.any()
        self.size(name)
        self.both("read", name, 0, 2 * LIMIT)


def difference(seen: object, expected: object) -> str:
    if not isinstance(seen, bytes) or not isinstance(expected, bytes):
        return f"{str(seen)[:80]}, not {str(expected)[:80]}"
    first = next((at for at, (one, other) in enumerate(zip(seen, expected)) if one != other), min(len(seen), len(expected)))
    return f"{len(seen)} bytes, not {len(expected)}, or others from {first}"
