"""What a view is known not to do, and what lies near to it: docs/posix.md names these stories."""

from __future__ import annotations

import fcntl
import os
import stat
import struct

from stories_names import write
from system import COLLAPSE_RANGE, INSERT_RANGE, LIBC, check, fallocate, outcome

PAGE = 4096
SET_FLAGS, IMMUTABLE = 0x40086602, 0x10


def allocate(mode: int) -> object:
    fd = os.open(write("f", b"x" * PAGE * 4), os.O_RDWR)
    seen = outcome(lambda: fallocate(fd, mode, PAGE, PAGE)), os.fstat(fd).st_size
    os.close(fd)
    return seen


def story_a_range_is_taken_out() -> object:
    return allocate(COLLAPSE_RANGE)


def story_a_range_is_put_in() -> object:
    return allocate(INSERT_RANGE)


def story_a_file_is_made_immutable() -> object:
    fd = os.open(write("f"), os.O_RDONLY)
    seen = [outcome(lambda: fcntl.ioctl(fd, SET_FLAGS, struct.pack("l", IMMUTABLE)) and None), outcome(lambda: os.close(os.open("f", os.O_WRONLY)))]
    outcome(lambda: fcntl.ioctl(fd, SET_FLAGS, struct.pack("l", 0)))
    os.close(fd)
    return seen


def story_an_access_list_lets_another_in() -> object:
    entries = ((1, 6, -1), (2, 4, 12345), (4, 4, -1), (16, 4, -1), (32, 0, -1))
    value = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    return outcome(lambda: os.setxattr(write("f"), "system.posix_acl_access", value))


def story_a_device_is_opened() -> object:
    os.mknod("null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    return outcome(lambda: os.close(os.open("null", os.O_RDWR)))


def story_reading_moves_the_time_of_access() -> object:
    os.utime(write("f"), ns=(5, 10))
    with open("f", "rb") as file:
        file.read()
    return os.stat("f").st_atime_ns > 5


def story_a_hole_that_was_read_stays_one() -> object:
    fd = os.open("f", os.O_RDWR | os.O_CREAT)
    os.pwrite(fd, b"x", PAGE * 9)
    os.pread(fd, PAGE, 0)
    seen = os.lseek(fd, 0, os.SEEK_DATA) == PAGE * 9
    os.close(fd)
    return seen


def story_as_many_links_of_a_file_as_there_can_be() -> object:
    write("f")
    os.mkdir("d")
    for number in range(65_000):
        answer = outcome(lambda number=number: os.link("f", f"d/{number}"))
        if answer != "ok":
            return number, answer
    return "more"


def story_a_file_system_is_synced() -> object:
    fd = os.open(".", os.O_RDONLY)
    seen = outcome(lambda: check(LIBC.syncfs(fd)) and None)
    os.close(fd)
    return seen
