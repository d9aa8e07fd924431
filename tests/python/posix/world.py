"""The tree that every case begins with, and a picture of what has become of it."""

from __future__ import annotations

import os
import shutil
import stat

ALICE, BOB, STAFF = 12345, 12346, 12400
LONG = "n" * 256
LONGEST = "m" * 255

#: Paths that calls are made with, one for each way in which a path can be special.
PATHS = {
    "file": "file", "missing": "missing", "below a missing one": "missing/child", "below a file": "file/child",
    "directory": "dir", "empty directory": "empty", "file in a directory": "dir/inner", "with a slash": "file/",
    "directory with a slash": "empty/", "missing with a slash": "missing/", "dot": "dir/.", "dot dot": "dir/..",
    "link": "link", "dangling link": "dangling", "link to a directory": "linkdir", "through a link": "linkdir/inner",
    "link to a directory with a slash": "linkdir/", "loop": "loop", "through a loop": "loop/x", "too long a name": LONG,
    "longest name": LONGEST, "below too long a name": LONG + "/x", "no name": "", "pipe": "fifo", "locked": "locked/file",
    "missing in a locked one": "locked/missing", "in one without search": "nosearch/file", "in one without write": "nowrite/file",
    "missing in one without write": "nowrite/missing", "unreadable file": "secret", "own file": "own", "own directory": "mine/file",
    "own in a sticky one": "sticky/alice", "other's in a sticky one": "sticky/bob", "other's directory in a sticky one": "sticky/bobdir",
    "missing in a sticky one": "sticky/missing", "missing in a set-group-ID one": "setgid/missing", "set-user-ID file": "suid",
}


def make(root: str) -> None:
    """Everything in the tree that a source can have: by the plainest calls there are."""
    os.makedirs(root)
    for name in ("dir", "empty", "locked", "nosearch", "nowrite", "mine", "sticky", "setgid", "sticky/bobdir"):
        os.mkdir(f"{root}/{name}")
    for name in ("file", "dir/inner", "locked/file", "nosearch/file", "nowrite/file", "secret", "own", "mine/file",
                 "sticky/alice", "sticky/bob", "suid", "other"):
        with open(f"{root}/{name}", "w", encoding="ascii") as file:
            file.write(f"content of {name}")
    for link, target in {"link": "file", "dangling": "nowhere", "linkdir": "dir", "loop": "loop"}.items():
        os.symlink(target, f"{root}/{link}")


def finish(root: str) -> None:
    """Owners and modes, and what a source cannot have."""
    os.mkfifo(f"{root}/fifo")
    for name, mode in {"": 0o777, "locked": 0o700, "nosearch": 0o644, "sticky": 0o1777, "secret": 0o600, "suid": 0o6777}.items():
        os.chmod(f"{root}/{name}", mode)
    for name, owner in {"own": ALICE, "mine": ALICE, "mine/file": ALICE, "sticky/alice": ALICE, "sticky/bob": BOB,
                        "sticky/bobdir": BOB}.items():
        os.chown(f"{root}/{name}", owner, owner)
    os.chown(f"{root}/setgid", 0, STAFF)
    os.chmod(f"{root}/setgid", 0o2777)


def clear(root: str) -> None:
    if os.path.lexists(root):
        shutil.rmtree(root)


def everything(root: str) -> list[str]:
    """All paths below the root, it too, sorted; symbolic links are not followed."""
    found = [root]
    for folder, folders, files in os.walk(root):
        found += [os.path.join(folder, name) for name in folders + files]
    return sorted(found)


def picture(root: str) -> dict[str, str]:
    """What ``stat`` shows of every path, without what may differ between two correct file systems, and all contents."""
    seen = {}
    for path in everything(root):
        state = os.lstat(path)
        text = f"{stat.filemode(state.st_mode)} {state.st_uid}:{state.st_gid}"
        if not stat.S_ISDIR(state.st_mode):
            text += f" links {state.st_nlink} size {state.st_size}"
        if stat.S_ISCHR(state.st_mode) or stat.S_ISBLK(state.st_mode):
            text += f" device {state.st_rdev:x}"
        if stat.S_ISLNK(state.st_mode):
            text += f" -> {os.readlink(path)}"
        if stat.S_ISREG(state.st_mode) and state.st_size < 1 << 20:
            with open(path, "rb") as file:
                text += f" {file.read()[:60]!r}"
        seen[os.path.relpath(path, root)] = text
    return seen


def times(root: str) -> dict[int, tuple[int, int]]:
    """The times of modification and of change of every inode."""
    states = [os.lstat(path) for path in everything(root)]
    return {state.st_ino: (state.st_mtime_ns, state.st_ctime_ns) for state in states}


def names(root: str) -> dict[int, str]:
    """The first name of every inode."""
    return {os.lstat(path).st_ino: os.path.relpath(path, root) for path in reversed(everything(root))}
