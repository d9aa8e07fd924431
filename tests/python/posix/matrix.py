"""Every call with every kind of path, by root and by a user: what it answers, and what is there then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from calls import HARMLESS, SINGLE
from system import As, outcome
from world import ALICE, PATHS, build, names, picture, times

USERS = {"root": As(0), "a user": As(ALICE), "one of the group": As(ALICE, ALICE, (12400,))}


def cases(root: str) -> Iterator[tuple[str, str]]:
    """The names of the cases and what came out of each."""
    for who, user in USERS.items():
        build(root)
        os.chdir(root)
        for what, call in SINGLE.items():
            if who == "one of the group" and what not in ("chmod group", "chown", "chown group", "create", "mkdir"):
                continue
            for kind, path in PATHS.items():
                with user:
                    answer = outcome(lambda call=call, path=path: call(path))
                if not failed(answer) and what not in HARMLESS:
                    answer += f" {difference(picture(root))}"
                    os.chdir("/")
                    build(root)
                    os.chdir(root)
                yield f"{what}: {kind}, as {who}", answer
        os.chdir("/")


def failed(answer: str) -> bool:
    return answer.startswith("E") and answer.isupper()


def difference(now: dict[str, str]) -> str:
    """What is not as the tree begins, in short."""
    changed = {path: text for path, text in now.items() if Pristine.picture.get(path) != text}
    gone = sorted(Pristine.picture.keys() - now.keys())
    return f"{sorted(changed.items())} gone {gone}"


class Pristine:
    """The picture of an untouched tree."""

    picture: dict[str, str] = {}

    @classmethod
    def take(cls, root: str) -> None:
        build(root)
        cls.picture = picture(root)


#: Calls that succeed, and of which it is asked what times they move.
MOVING = [(what, path) for what in SINGLE if what not in HARMLESS for path in ("file", "empty", "missing", "link", "dir/inner", "sticky/alice", "fifo")]


def moved_times(root: str, wait: Callable[[], None]) -> Iterator[tuple[str, str]]:
    """What modification and change times a call moves, of everything in the tree."""
    for what, path in MOVING:
        if what in ("extend", "set times", "set times of a link"):
            continue  # times that were set are compared by the stories
        build(root)
        os.chdir(root)
        before, known = times(root), names(root)
        wait()
        answer = outcome(lambda what=what, path=path: SINGLE[what](path))
        after = times(root)
        os.chdir("/")
        if failed(answer):
            continue
        moved = {known[inode]: "".join(mark for mark, old, new in zip("mc", before[inode], after[inode], strict=True) if old != new)
                 for inode in before.keys() & after.keys() if before[inode] != after[inode]}
        yield f"times of {what}: {path}", repr(sorted(moved.items()))
