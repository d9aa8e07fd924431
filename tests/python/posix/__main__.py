"""
Makes the same calls in two directories, and tells where their file systems differ.

    python3 tests/python/posix DIR [--reference DIR] [--only TEXT] [--group matrix|times|stories]

DIR is on the file system to judge, the reference on a disk whose file system is believed. Both must be empty or be made by
this program; it must run as root, and the file system must let other users in. Ends with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import matrix
import stories
from known import KNOWN
from world import clear

GROUPS: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "matrix": matrix.cases,
    # Longer than the tick of the coarse clock that file systems take times from.
    "times": lambda root: matrix.moved_times(root, lambda: time.sleep(0.02)),
    "stories": stories.cases,
}


def run(folder: str, groups: list[str]) -> dict[str, str]:
    """All outcomes in a folder, by the names of their cases."""
    root = os.path.join(os.path.realpath(folder), "posix-world")
    matrix.Pristine.take(root)
    found = {}
    for group in groups:
        found.update(GROUPS[group](root))
    clear(root)
    return found


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    arguments.add_argument("folder")
    arguments.add_argument("--reference", help="a folder on a disk; one of its own by default")
    arguments.add_argument("--only", default="", help="tell of cases whose name has this text")
    arguments.add_argument("--group", action="append", choices=sorted(GROUPS))
    options = arguments.parse_args()
    os.umask(0o022)
    groups = options.group or sorted(GROUPS)
    reference = options.reference or tempfile.mkdtemp(prefix="posix-reference-")
    os.chmod(reference, 0o755)
    try:
        expected = run(reference, groups)
    finally:
        if not options.reference:
            shutil.rmtree(reference)
    seen = run(options.folder, groups)
    different = [name for name in expected if options.only in name and name not in KNOWN and seen.get(name) != expected[name]]
    for name in different:
        print(f"{name}\n  expected {expected[name]}\n  but      {seen.get(name, 'no such case')}")
    print(f"{len(expected)} cases, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
