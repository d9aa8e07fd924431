"""Where the trees of the cases come from."""

from __future__ import annotations

import os
from typing import Protocol

from known import FROM_SOURCE
from world import clear, finish, make


class Ground(Protocol):
    """Gives trees in which nothing has been done yet."""

    #: What names in docs/posix.md end with that hold on this ground alone.
    suffix: str

    def fresh(self) -> str:
        """The root of such a tree; those before it are done with."""

    def end(self) -> None:
        """Leaves nothing behind."""


class New:
    """Every tree is made there where it is used."""

    suffix = ""

    def __init__(self, folder: str):
        self.root = os.path.join(os.path.realpath(folder), "posix-world")

    def fresh(self) -> str:
        clear(self.root)
        make(self.root)
        finish(self.root)
        return self.root

    def end(self) -> None:
        clear(self.root)


class FromSource:
    """Every tree is another of many equal ones that a source has: its files and names have to be copied up."""

    suffix = FROM_SOURCE

    def __init__(self, folder: str):
        self.folder = os.path.join(os.path.realpath(folder), "posix-stock")
        self.used = 0

    @staticmethod
    def prepare(source: str, count: int) -> None:
        for number in range(1, count + 1):
            make(os.path.join(source, "posix-stock", str(number)))

    def fresh(self) -> str:
        self.used += 1
        root = os.path.join(self.folder, str(self.used))
        finish(root)
        return root

    def end(self) -> None:
        """What the source has stays."""
