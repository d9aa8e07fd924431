"""
Makes the same calls in two directories, and tells where their file systems differ otherwise than docs/posix.md says.

    python3 tests/python/posix DIR [--from-source] [--reference DIR] [--every N] [--only TEXT] [--group matrix|times|stories]
    python3 tests/python/posix SOURCE --prepare COUNT

DIR is on the file system to judge, the reference on a disk whose file system is believed. Both must be empty or be made by
this program; it must run as root, and the file system must let other users in. With --from-source the judged one is a view
of a source that was prepared with as many trees as it will take (2,000 are enough). Ends with 1 if anything differs that is
not in the table, and on ext4 also if something in the table does not.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator

import matrix
import stories
from ground import FromSource, Ground, New
from known import known

Chosen = Callable[[str], bool]

GROUPS: dict[str, Callable[[Ground, Chosen], Iterator[tuple[str, str]]]] = {
    "matrix": matrix.cases,
    # Longer than the tick of the coarse clock that file systems take times from.
    "times": lambda ground, chosen: matrix.moved_times(ground, chosen, lambda: time.sleep(0.02)),
    "stories": stories.cases,
}


def run(ground: Ground, groups: list[str], chosen: Chosen) -> dict[str, str]:
    """All outcomes, by the names of their cases."""
    found = {}
    for group in groups:
        found.update(GROUPS[group](ground, chosen))
    ground.end()
    return found


def reference_outcomes(folder: str | None, groups: list[str], chosen: Chosen) -> tuple[dict[str, str], bool]:
    """Those of the disk, and whether it is as the table describes it: ext4, where devices can be opened."""
    with tempfile.TemporaryDirectory(prefix="posix-reference-") as own:
        os.chmod(own, 0o755)
        at = folder or own
        return run(New(at), groups, chosen), file_system(at) == "ext4" and not os.statvfs(at).f_flag & os.ST_NODEV


def file_system(path: str) -> str:
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        found = [line.split(" - ") for line in mounts]
    device = os.stat(path).st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    return next((right.split()[0] for left, right in found if left.split()[2] == number), "")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    arguments.add_argument("folder")
    arguments.add_argument("--prepare", type=int, metavar="COUNT", help="make so many trees in a folder that will be a source")
    arguments.add_argument("--from-source", action="store_true", help="use the trees of a source that was prepared")
    arguments.add_argument("--reference", help="a folder on a disk; one of its own by default")
    arguments.add_argument("--every", type=int, default=1, metavar="N", help="one of N cases; all stories that are not long")
    arguments.add_argument("--only", default="", help="tell of cases whose name has this text")
    arguments.add_argument("--group", action="append", choices=sorted(GROUPS))
    options = arguments.parse_args()
    os.umask(0o022)
    if options.prepare:
        FromSource.prepare(options.folder, options.prepare)
        return 0
    groups = options.group or sorted(GROUPS)
    expected, described = reference_outcomes(options.reference, groups, lambda name: zlib.crc32(name.encode()) % options.every == 0)
    ground = FromSource(options.folder) if options.from_source else New(options.folder)
    seen = run(ground, groups, expected.__contains__)
    cases = {name: (answer, seen.get(name, "no such case")) for name, answer in expected.items() if options.only in name}
    whole = options.every == 1 and groups == sorted(GROUPS) and not options.only
    return judge(cases, known(ground.suffix), described, whole)


def judge(cases: dict[str, tuple[str, str]], listed: set[str], described: bool, whole: bool) -> int:
    differ = {name for name, (expected, seen) in cases.items() if seen != expected}
    for name in sorted(differ - listed):
        print(f"{name}\n  expected {cases[name][0]}\n  but      {cases[name][1]}")
    idle = listed & cases.keys() - differ if described else set()
    if whole:
        idle |= listed - cases.keys()
    for name in sorted(idle):
        print(f"{name}\n  in docs/posix.md: does not differ, or is no case")
    wrong = len(differ - listed) + len(idle)
    print(f"{len(cases)} cases, {len(differ)} differ, {wrong} of them otherwise than docs/posix.md says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
