"""Owners, modes, times and extended attributes."""

from __future__ import annotations

import os
import stat

from stories_names import write
from system import As, opened, outcome
from world import ALICE, BOB


def mode(path: str) -> str:
    return stat.filemode(os.stat(path).st_mode)


def story_who_changes_a_privileged_file_takes_the_privilege_away() -> object:
    seen = []
    for bits in (0o6755, 0o6745, 0o4711, 0o2770, 0o2660):
        for act in (lambda p: os.chown(p, ALICE, ALICE), lambda p: os.chown(p, -1, -1), lambda p: os.truncate(p, 1), lambda p: write(p),
                    lambda p: opened(p, os.O_WRONLY | os.O_APPEND), lambda p: opened(p, os.O_WRONLY | os.O_TRUNC)):
            for user in (0, ALICE):
                os.chown(write("f"), ALICE, ALICE)
                os.chmod("f", bits)
                with As(user):
                    answer = outcome(lambda act=act: act("f") and None)
                seen.append((answer, mode("f")))
                os.unlink("f")
    return seen


def story_only_writing_takes_the_privilege_away() -> object:
    os.chown(write("f"), ALICE, ALICE)
    os.chmod("f", 0o6777)
    with As(BOB):
        fd = os.open("f", os.O_RDWR)
        before = mode("f")
        os.pwrite(fd, b"x", 0)
        os.close(fd)
    return before, mode("f")


def story_times_are_kept_to_the_nanosecond() -> object:
    write("f")
    seen = []
    for times in ((1, 2), (10**18 + 123456789, 10**18 + 987654321), (2**33 * 10**9 + 5, 7), (-(10**9) + 1, -1)):
        os.utime("f", ns=times)
        state = os.stat("f")
        seen.append((state.st_atime_ns, state.st_mtime_ns))
    return seen


def story_times_are_left_or_taken_from_now_as_asked() -> object:
    write("f")
    os.utime("f", ns=(1000, 2000))
    import ctypes

    libc, seen = ctypes.CDLL(None, use_errno=True), []
    now, omit = (1 << 30) - 1, (1 << 30) - 2
    for accessed, modified in ((omit, now), (now, omit), (omit, omit), (5, omit), (omit, 6)):
        os.utime("f", ns=(1000, 2000))
        pair = (ctypes.c_long * 4)(0, accessed, 0, modified)
        libc.utimensat(-100, b"f", pair, 0)
        state = os.stat("f")
        seen.append([value if value < 10**9 else "now" for value in (state.st_atime_ns, state.st_mtime_ns)])
    return seen


def story_who_may_set_times() -> object:
    os.chown(write("f"), ALICE, ALICE)
    os.chmod("f", 0o666)
    seen = []
    for user in (ALICE, BOB):
        with As(user):
            seen += [outcome(lambda: os.utime("f")), outcome(lambda: os.utime("f", ns=(1, 1)))]
    return seen


def story_permissions_are_asked_at_the_open_alone() -> object:
    os.chown(write("f"), ALICE, ALICE)
    with As(ALICE):
        fd = os.open("f", os.O_RDWR)
        os.chmod("f", 0)
        seen = [outcome(lambda: os.pwrite(fd, b"still", 0)), outcome(lambda: os.pread(fd, 5, 0)), outcome(lambda: os.ftruncate(fd, 3)),
                outcome(lambda: opened("f", os.O_RDONLY))]
    os.close(fd)
    return seen, os.stat("f").st_size


def story_a_file_that_nobody_may_write_can_be_written_by_who_created_it() -> object:
    with As(ALICE):
        fd = os.open("f", os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o000)
        os.write(fd, b"written")
        seen = os.pread(fd, 9, 0), mode("f"), outcome(lambda: opened("f", os.O_RDONLY))
        os.close(fd)
    return seen


def story_extended_attributes_are_kept() -> object:
    write("f")
    os.mkdir("d")
    seen = []
    for path in "fd":
        os.setxattr(path, "user.a", b"1")
        os.setxattr(path, "user.empty", b"")
        os.setxattr(path, "user.bytes", bytes(range(256)) * 4)
        os.setxattr(path, "trusted.t", b"root's")
        seen += [sorted(os.listxattr(path)), os.getxattr(path, "user.a"), os.getxattr(path, "user.empty"), len(os.getxattr(path, "user.bytes")),
                 outcome(lambda path=path: os.setxattr(path, "user.a", b"2", os.XATTR_CREATE)),
                 outcome(lambda path=path: os.setxattr(path, "user.b", b"2", os.XATTR_REPLACE)),
                 outcome(lambda path=path: os.setxattr(path, "user.a", b"longer", os.XATTR_REPLACE)), os.getxattr(path, "user.a"),
                 outcome(lambda path=path: os.removexattr(path, "user.none")), outcome(lambda path=path: os.removexattr(path, "user.a")),
                 outcome(lambda path=path: os.getxattr(path, "user.a")), outcome(lambda path=path: os.setxattr(path, "user.b", b"x" * 65537)),
                 outcome(lambda path=path: os.setxattr(path, "user." + "n" * 251, b"1")), outcome(lambda path=path: os.setxattr(path, "user.", b"1")),
                 outcome(lambda path=path: os.setxattr(path, "nonsense", b"1"))]
    return seen


def story_extended_attributes_go_with_the_inode() -> object:
    os.setxattr(write("a"), "user.a", b"1")
    os.link("a", "b")
    os.rename("a", "c")
    write("a")
    return [outcome(lambda name=name: os.getxattr(name, "user.a")) for name in "abc"]


def story_who_may_touch_extended_attributes() -> object:
    write("f")
    os.chmod("f", 0o644)
    os.symlink("f", "link")
    os.mkfifo("fifo")
    seen = [outcome(lambda: os.setxattr("link", "user.a", b"1", follow_symlinks=False)), outcome(lambda: os.setxattr("fifo", "user.a", b"1"))]
    os.setxattr("f", "user.a", b"1")
    with As(ALICE):
        seen += [outcome(lambda: os.getxattr("f", "user.a")), outcome(lambda: os.setxattr("f", "user.a", b"2")),
                 outcome(lambda: os.removexattr("f", "user.a")), outcome(lambda: os.setxattr("f", "trusted.a", b"2")),
                 outcome(lambda: os.getxattr("f", "trusted.a"))]
    return seen
