"""Every call with every kind of path, by root and by a user: what it answers, and what is there then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from calls import HARMLESS, SINGLE
from ground import Ground
from system import As, outcome
from world import ALICE, PATHS, names, picture, times

USERS = {"root": As(0), "a user": As(ALICE), "one of the group": As(ALICE, ALICE, (12400,))}


def cases(ground: Ground, chosen: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The names of the cases and what came out of each."""
    root = ground.fresh()
    pristine = picture(root)
    yield "the tree as it begins", repr(pristine)
    yield "links of a directory", str(os.stat(root).st_nlink)
    for who, user in USERS.items():
        for what, call in SINGLE.items():
            if who == "one of the group" and what not in ("chmod group", "chown", "chown group", "create", "mkdir"):
                continue
            for kind, path in PATHS.items():
                name = f"{what}: {kind}, as {who}"
                if not chosen(name):
                    continue
                os.chdir(root)
                with user:
                    answer = outcome(lambda call=call, path=path: call(path))
                if not failed(answer) and what not in HARMLESS:
                    answer += f" {difference(pristine, picture(root))}"
                    os.chdir("/")
                    root = ground.fresh()
                yield name, answer
    os.chdir("/")


def failed(answer: str) -> bool:
    return answer.startswith("E") and answer.isupper()


def difference(before: dict[str, str], now: dict[str, str]) -> str:
    """What is not as the tree begins, in short."""
    changed = {path: text for path, text in now.items() if before.get(path) != text}
    return f"{sorted(changed.items())} gone {sorted(before.keys() - now.keys())}"


#: Calls that succeed, and of which it is asked what times they move.
MOVING = [(what, path) for what in SINGLE if what not in HARMLESS for path in ("file", "empty", "missing", "link", "dir/inner", "sticky/alice", "fifo")]


def moved_times(ground: Ground, chosen: Callable[[str], bool], wait: Callable[[], None]) -> Iterator[tuple[str, str]]:
    """What modification and change times a call moves, of everything in the tree."""
    for what, path in MOVING:
        if what in ("extend", "set times", "set times of a link"):
            continue  # times that were set are compared by the stories
        name = f"times of {what}: {path}"
        if not chosen(name):
            continue
        root = ground.fresh()
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
        yield name, repr(sorted(moved.items()))
