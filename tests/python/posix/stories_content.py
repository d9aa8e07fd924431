"""Bytes: written, mapped, punched, copied, by one and by many."""

from __future__ import annotations

import mmap
import os

from stories_names import write
from system import KEEP_SIZE, PUNCH_HOLE, ZERO_RANGE, fallocate, outcome

PAGE = 4096


def content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def story_many_processes_append_and_lose_nothing() -> object:
    children = []
    for number in range(8):
        child = os.fork()
        if child == 0:
            fd = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            for line in range(200):
                os.write(fd, f"{number:02}-{line:05}\n".encode())
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    lines = content("log").split()
    return len(lines), len(set(lines)), os.stat("log").st_size


def story_writes_beyond_the_end_leave_zeros() -> object:
    fd = os.open("a", os.O_RDWR | os.O_CREAT)
    os.pwrite(fd, b"end", 10000)
    os.ftruncate(fd, 9000)
    os.ftruncate(fd, 10002)
    seen = os.pread(fd, 20000, 0)
    os.close(fd)
    return len(seen), seen.count(0), os.stat("a").st_size


def story_large_writes_come_back() -> object:
    data = os.urandom(1 << 20) * 5
    write("big", data)
    fd = os.open("big", os.O_RDWR)
    os.pwrite(fd, b"!" * 70001, 1234567)
    data = data[:1234567] + b"!" * 70001 + data[1234567 + 70001:]
    os.fsync(fd)
    os.fdatasync(fd)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    same = os.pread(fd, len(data) + 1, 0)
    os.close(fd)
    return same == data[:len(same)], content("big") == data


def story_direct_writes_and_cached_reads_agree() -> object:
    write("a", b"c" * PAGE * 4)
    before = content("a")
    fd = os.open("a", os.O_RDWR | os.O_DIRECT)
    page = mmap.mmap(-1, PAGE * 2)
    page.write(b"d" * PAGE * 2)
    written = os.pwritev(fd, [page], PAGE)
    after = content("a")
    read = os.preadv(fd, [page], 0)
    os.close(fd)
    return len(before), written, read, after == b"c" * PAGE + b"d" * PAGE * 2 + b"c" * PAGE, page[:1], page[PAGE:PAGE + 1]


def story_a_shared_mapping_is_the_file() -> object:
    fd = os.open(write("a", b"0" * PAGE * 3), os.O_RDWR)
    with mmap.mmap(fd, PAGE * 3) as mapped:
        mapped[PAGE:PAGE + 4] = b"mmap"
        through = os.pread(fd, 4, PAGE)
        os.pwrite(fd, b"write", PAGE * 2)
        back = mapped[PAGE * 2:PAGE * 2 + 5]
        mapped.flush()
        os.unlink("a")
        mapped[0:4] = b"gone"
        last = os.pread(fd, 4, 0)
    os.close(fd)
    return through, back, last


def story_a_mapping_moves_the_time_of_modification() -> object:
    fd = os.open(write("a", b"0" * PAGE), os.O_RDWR)
    os.utime("a", ns=(5, 5))
    with mmap.mmap(fd, PAGE) as mapped:
        mapped[0:1] = b"1"
        mapped.flush()
    os.close(fd)
    return os.stat("a").st_mtime_ns > 5, content("a")[:2]


def story_allocation_changes_what_it_says() -> object:
    fd = os.open(write("a", b"x" * PAGE * 4), os.O_RDWR)
    seen = []
    for mode, offset, length in ((0, PAGE * 5, 10), (KEEP_SIZE, PAGE * 9, PAGE), (PUNCH_HOLE | KEEP_SIZE, 100, PAGE * 2), (ZERO_RANGE, PAGE * 3, 10),
                                 (ZERO_RANGE | KEEP_SIZE, PAGE * 20, 10), (ZERO_RANGE, PAGE * 20, 10), (PUNCH_HOLE, 0, 1), (0, 0, 0), (0, -1, 5)):
        seen.append((outcome(lambda mode=mode, offset=offset, length=length: fallocate(fd, mode, offset, length)), os.fstat(fd).st_size))
    data = os.pread(fd, PAGE * 30, 0)
    os.close(fd)
    reading = os.open("a", os.O_RDONLY)
    seen.append(outcome(lambda: fallocate(reading, 0, 0, 10)))
    os.close(reading)
    return seen, data.count(b"x"), data.find(b"\0"), len(data)


def story_holes_are_found() -> object:
    fd = os.open("a", os.O_RDWR | os.O_CREAT)
    os.pwrite(fd, b"x" * PAGE, PAGE * 4)
    os.pwrite(fd, b"x" * PAGE, PAGE * 8)
    os.ftruncate(fd, PAGE * 16)
    seen = [outcome(lambda whence=whence, at=at: os.lseek(fd, at * PAGE, whence)) for whence in (os.SEEK_DATA, os.SEEK_HOLE)
            for at in (0, 4, 5, 8, 9, 15, 16, 17)]
    os.close(fd)
    return seen


def story_a_range_is_copied() -> object:
    source, target = os.open(write("a", os.urandom(100000)), os.O_RDONLY), os.open(write("b", b"b" * 10), os.O_RDWR)
    copied = [os.copy_file_range(source, target, count, at, to) for count, at, to in ((5000, 100, 0), (200000, 90000, 7000), (10, 100000, 0), (10, 100001, 0))]
    same = os.pread(target, 5000, 0) == os.pread(source, 5000, 100), os.pread(target, 10000, 7000) == os.pread(source, 10000, 90000)
    seen = copied, same, os.fstat(target).st_size, outcome(lambda: os.copy_file_range(source, source, 5, 0, 10)), outcome(
        lambda: os.copy_file_range(target, target, 50, 0, 20))
    os.close(source)
    os.close(target)
    return seen


def story_what_is_written_is_seen_by_others_at_once() -> object:
    one, other = os.open("a", os.O_RDWR | os.O_CREAT), os.open("a", os.O_RDWR)
    seen = []
    for number in range(50):
        os.pwrite(one, bytes([number]) * 100, number * 100)
        seen.append((os.fstat(other).st_size, os.pread(other, 1, number * 100)[0], os.stat("a").st_size))
    os.ftruncate(other, 7)
    seen.append((os.fstat(one).st_size, len(os.pread(one, 100, 0)), 0))
    os.close(one)
    os.close(other)
    return seen


def story_descriptors_do_what_they_were_opened_for() -> object:
    reading, writing = os.open(write("a"), os.O_RDONLY), os.open("a", os.O_WRONLY)
    seen = [outcome(lambda: os.write(reading, b"x")), outcome(lambda: os.read(writing, 1)), outcome(lambda: os.ftruncate(reading, 1)),
            outcome(lambda: os.ftruncate(writing, -1)), outcome(lambda: os.pwrite(writing, b"x", -1)), outcome(lambda: os.fsync(reading))]
    os.close(reading)
    os.close(writing)
    folder = os.open(".", os.O_RDONLY)
    seen += [outcome(lambda: os.fsync(folder)), outcome(lambda: os.fdatasync(folder)), outcome(lambda: os.read(folder, 1))]
    os.close(folder)
    return seen


def story_a_lock_is_held_by_one() -> object:
    import fcntl

    first, second = os.open(write("a"), os.O_RDWR), os.open("a", os.O_RDWR)
    fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
    seen = [outcome(lambda: fcntl.flock(second, fcntl.LOCK_SH | fcntl.LOCK_NB))]
    fcntl.flock(first, fcntl.LOCK_UN)
    seen.append(outcome(lambda: fcntl.flock(second, fcntl.LOCK_SH | fcntl.LOCK_NB)))
    os.close(first)
    os.close(second)
    return seen
