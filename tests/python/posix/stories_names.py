"""Names: how they come, go and move while others use what they lead to."""

from __future__ import annotations

import os
import stat
import threading

from system import RENAME_EXCHANGE, As, opened, outcome, renameat2
from world import ALICE, BOB, STAFF


def write(path: str, text: bytes = b"text") -> str:
    with open(path, "wb") as file:
        file.write(text)
    return path


def story_a_file_that_was_removed_lives_while_it_is_open() -> object:
    fd = os.open(write("a"), os.O_RDWR)
    os.unlink("a")
    os.pwrite(fd, b"more", 4)
    state = os.fstat(fd)
    seen = (state.st_nlink, state.st_size, os.pread(fd, 20, 0), os.path.exists("a"), os.listdir("."))
    os.close(fd)
    return seen


def story_a_file_that_was_replaced_lives_while_it_is_open() -> object:
    fd = os.open(write("a", b"old"), os.O_RDONLY)
    os.rename(write("b", b"new"), "a")
    with open("a", "rb") as file:
        seen = (os.fstat(fd).st_nlink, os.pread(fd, 9, 0), file.read(), os.listdir("."))
    os.close(fd)
    return seen


def story_names_of_one_file_share_everything() -> object:
    os.link(write("a"), "b")
    os.mkdir("d")
    os.link("b", "d/c")
    os.truncate("d/c", 2)
    os.chmod("b", 0o600)
    same = len({os.stat(name).st_ino for name in ("a", "b", "d/c")})
    os.unlink("a")
    state = os.stat("d/c")
    return same, state.st_nlink, state.st_size, oct(state.st_mode), os.stat("b").st_nlink


def story_renaming_one_name_of_a_file_to_another_does_nothing() -> object:
    os.link(write("a"), "b")
    os.rename("a", "b")
    return sorted(os.listdir(".")), os.stat("a").st_nlink


def story_exchange_changes_places_of_a_file_and_a_full_directory() -> object:
    os.makedirs("d/sub/deep")
    write("d/sub/file", b"1")
    write("f", b"2")
    renameat2("f", "d/sub", RENAME_EXCHANGE)
    with open("d/sub", "rb") as file:
        return file.read(), sorted(os.listdir("f")), os.stat("f/..").st_ino == os.stat(".").st_ino


def story_a_directory_that_was_moved_has_a_new_parent() -> object:
    os.makedirs("a/b")
    os.mkdir("c")
    os.rename("a/b", "c/b")
    return os.stat("c/b/..").st_ino == os.stat("c").st_ino, os.listdir("a")


def story_a_directory_that_was_removed_takes_no_names() -> object:
    os.mkdir("d")
    fd = os.open("d", os.O_RDONLY)
    os.rmdir("d")
    seen = (outcome(lambda: os.mkdir("x", dir_fd=fd)), outcome(lambda: os.close(os.open("y", os.O_CREAT | os.O_RDWR, dir_fd=fd))),
            outcome(lambda: os.listdir(fd)), os.fstat(fd).st_nlink)
    os.close(fd)
    return seen


def story_a_file_without_a_name_gets_one() -> object:
    fd = os.open(".", os.O_TMPFILE | os.O_RDWR, 0o640)
    os.write(fd, b"hidden")
    before = (os.fstat(fd).st_nlink, os.listdir("."))
    os.link(f"/proc/self/fd/{fd}", "named", follow_symlinks=True)
    os.write(fd, b" no more")
    with open("named", "rb") as file:
        seen = (before, os.fstat(fd).st_nlink, oct(os.fstat(fd).st_mode), file.read())
    os.close(fd)
    return seen


def story_a_file_without_a_name_that_is_exclusive_gets_none() -> object:
    fd = os.open(".", os.O_TMPFILE | os.O_RDWR | os.O_EXCL, 0o640)
    seen = outcome(lambda: os.link(f"/proc/self/fd/{fd}", "named", follow_symlinks=True))
    os.close(fd)
    return seen


def story_a_link_of_4095_bytes_is_kept_and_a_longer_one_refused() -> object:
    target = "/".join(["x" * 63] * 64)
    os.symlink(target, "long")
    return len(target), os.readlink("long") == target, os.lstat("long").st_size, outcome(lambda: os.symlink(target + "y", "longer"))


def story_names_are_any_bytes() -> object:
    names = [bytes([value]) for value in range(1, 256) if value not in b"./"]
    for name in names:
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
    return sorted(os.listdir(b".")) == sorted(names), outcome(lambda: write("ä" * 128))


def story_a_set_group_id_directory_hands_its_group_down() -> object:
    os.mkdir("d")
    os.chown("d", 0, STAFF)
    os.chmod("d", 0o2777)
    with As(ALICE):
        write("d/file")
        os.mkdir("d/sub")
        os.mkfifo("d/fifo")
        os.symlink("x", "d/link")
        write("d/sub/deep")
        os.mkdir("d/plain", 0o700)
    return [(name, os.lstat(f"d/{name}").st_uid, os.lstat(f"d/{name}").st_gid, stat.filemode(os.lstat(f"d/{name}").st_mode))
            for name in ("file", "sub", "fifo", "link", "sub/deep", "plain")]


def story_a_sticky_directory_keeps_names_for_their_owners() -> object:
    os.mkdir("s")
    os.chmod("s", 0o1777)
    seen = []
    for owner in (ALICE, BOB):
        for name in "abcd":
            os.chown(write(f"s/{owner}{name}"), owner, owner)
    with As(ALICE):
        for owner in (ALICE, BOB):
            seen += [outcome(lambda owner=owner: os.unlink(f"s/{owner}a")), outcome(lambda owner=owner: os.rename(f"s/{owner}b", f"s/x{owner}")),
                     outcome(lambda owner=owner: os.rename(write(f"s/n{owner}"), f"s/{owner}c")),
                     outcome(lambda owner=owner: os.link(f"s/{owner}d", f"s/l{owner}"))]
    return seen, sorted(os.listdir("s"))


def story_the_umask_is_taken_off_once() -> object:
    old = os.umask(0o027)
    os.mkdir("d", 0o777)
    os.close(os.open("f", os.O_CREAT | os.O_WRONLY, 0o666))
    os.mkfifo("p", 0o622)
    os.umask(old)
    return [stat.filemode(os.stat(name).st_mode) for name in "dfp"]


def story_a_listing_that_is_begun_again_shows_new_names() -> object:
    for number in range(300):
        write(f"old{number:03}", b"")
    with os.scandir(".") as first:
        before = len(list(first))
    fd = os.open(".", os.O_RDONLY)
    counted = [len(os.listdir(fd))]
    write("new", b"")
    os.unlink("old000")
    counted.append(len(os.listdir(fd)))  # rewinds
    seen = "new" in os.listdir(fd), "old000" in os.listdir(fd)
    os.close(fd)
    return before, counted, seen


def story_removing_while_listing_leaves_nothing_out() -> object:
    for number in range(3000):
        os.mknod(f"f{number}")
    with os.scandir(".") as entries:
        for entry in entries:
            os.unlink(entry.name)
    return os.listdir(".")


def story_the_types_in_a_listing_are_those_of_stat() -> object:
    os.mkdir("dir")
    os.symlink("x", "link")
    os.mkfifo("fifo")
    os.mknod("sock", stat.S_IFSOCK | 0o600)
    os.mknod("chr", stat.S_IFCHR | 0o600, os.makedev(1, 3))
    os.mknod("blk", stat.S_IFBLK | 0o600, os.makedev(300, 70000))
    write("file")
    with os.scandir(".") as entries:
        kinds = sorted((entry.name, entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=False), entry.is_symlink()) for entry in entries)
    return kinds, [(name, stat.filemode(os.lstat(name).st_mode), os.lstat(name).st_rdev) for name in ("fifo", "sock", "chr", "blk")]


def story_one_of_many_creates_a_name_anew() -> object:
    won = []

    def attempt(number: int, name: str) -> None:
        if outcome(lambda: opened(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY)) == "ok":
            won.append((name, number))

    for turn in range(20):
        threads = [threading.Thread(target=attempt, args=(number, f"n{turn}")) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return len(won), len({name for name, _ in won})


def story_rename_takes_the_place_at_once_for_all_who_look() -> object:
    write("a", b"x" * 10)
    missed, stop = [], threading.Event()

    def look() -> None:
        while not stop.is_set():
            if outcome(lambda: os.stat("a").st_size) != "10":
                missed.append(1)

    looker = threading.Thread(target=look)
    looker.start()
    for _ in range(300):
        os.rename(write("b", b"y" * 10), "a")
    stop.set()
    looker.join()
    return len(missed)
