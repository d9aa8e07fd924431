"""Empties a file by open(O_TRUNC) while another process writes back a mapping of it: nothing of that may come back.

python truncation FOLDER ROUNDS
"""
import mmap
import os
import sys
import time

SIZE = 1 << 20
PAGE = 4096
EXPECTED = b"n" * 100 + bytes(2 * SIZE - 101) + b"e"


def map_and_write_back(path, ready):
    file = os.open(path, os.O_RDWR)
    mapping = mmap.mmap(file, SIZE)
    for offset in range(0, SIZE, PAGE):
        mapping[offset] = ord("P")
    os.write(ready, b"x")
    try:
        mapping.flush()
    except OSError:
        pass  # the file has become shorter
    os._exit(0)


def read_past_the_cache(path):
    file = os.open(path, os.O_RDONLY | os.O_DIRECT)
    try:
        with mmap.mmap(-1, 2 * SIZE) as pages:
            os.preadv(file, [pages], 0)
            return pages[:]
    finally:
        os.close(file)


def main():
    path = os.path.join(sys.argv[1], "emptied")
    bad = 0
    for step in range(int(sys.argv[2])):
        with open(path, "wb") as file:
            file.write(b"O" * SIZE)
        is_ready, ready = os.pipe()
        child = os.fork()
        if child == 0:
            map_and_write_back(path, ready)
        os.read(is_ready, 1)
        time.sleep(0.00005 * (step % 20))
        file = os.open(path, os.O_WRONLY | os.O_TRUNC)
        os.write(file, b"n" * 100)
        os.pwrite(file, b"e", 2 * SIZE - 1)
        os.close(file)
        os.waitpid(child, 0)
        os.close(is_ready)
        os.close(ready)
        if read_past_the_cache(path) != EXPECTED:
            bad += 1
            print(f"round {step}: old bytes are in the file")
    os.unlink(path)
    sys.exit(1 if bad else 0)


main()
