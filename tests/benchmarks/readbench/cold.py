"""Cold: nothing of the file is on this side of the link. Every round starts with a state that has never been used."""

from __future__ import annotations

import hashlib
import json
import random
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from readbench import curl
from readbench.bench import Bench
from readbench.command import Failed, run
from readbench.link import Link
from readbench.participants import rclone, s3fs, xrootd
from readbench.participants.names import OURS, RCLONE, S3FS, SSHFS, XROOTD
from readbench.participants.ours import virtualview
from readbench.participants.sshfs import sshfs
from readbench.row import Budget, Row
from readbench.settings import BANDWIDTH_BITS, MIB, RANDOM_BYTES

HTTP = "http.client, one kept connection"
SEQUENTIAL = {
    OURS: virtualview, RCLONE: rclone.sequential, SSHFS: sshfs, XROOTD: xrootd.sequential, S3FS: s3fs.sequential
}
RANDOM = {OURS: virtualview, RCLONE: rclone.random, SSHFS: sshfs, XROOTD: xrootd.random, S3FS: s3fs.random}
PEERS = [Budget(name, 1.1) for name in (RCLONE, SSHFS, XROOTD, S3FS)]
READER = Path(__file__).with_name("random_reader.py")


def sequential(bench: Bench, progress: Callable[[str], None]) -> list[Row]:
    """`dd bs=1M` of the whole file."""
    budgets = [Budget(curl.RANGES, 0.95), *PEERS]
    row = Row("cold sequential, `dd bs=1M`", "MiB/s", True, budgets, link_allows=BANDWIDTH_BITS / 8 / MIB)
    for name in (curl.RANGES, curl.STREAM):
        curl.check(bench, name)
    for number in range(bench.settings.rounds):
        progress(f"cold sequential, round {number + 1}")
        row.measure(OURS, lambda: _read_mounted(bench, OURS))
        row.measure(curl.RANGES, lambda: _read_with(bench, bench.link, curl.ranges_command(bench, None, bench.folder / "curl.conf")))
        row.measure(curl.STREAM, lambda: _read_with(bench, bench.link, curl.stream_command(bench, None)))
        for name in (RCLONE, SSHFS, XROOTD, S3FS):
            row.measure(name, lambda: _read_mounted(bench, name))
    return [row]


def random_reads(bench: Bench, progress: Callable[[str], None]) -> list[Row]:
    """256 KiB at a time, aligned, every block at most once; the median and the 95th percentile of each round."""
    floor = bench.settings.random_floor_seconds * 1000
    budgets = [Budget(None, floor + 2, "1 RTT + transfer + 2 ms"), *PEERS]
    middle = Row("cold random 256 KiB, median", "ms", False, budgets, link_allows=floor)
    tail = Row("cold random 256 KiB, 95th percentile", "ms", False, PEERS, link_allows=floor)
    count, blocks = bench.settings.random_reads, range(bench.settings.large_bytes // RANDOM_BYTES)
    places = [block * RANDOM_BYTES for block in random.Random(1).sample(blocks, bench.settings.rounds * count)]
    bench.make_large_file(places, RANDOM_BYTES, seed=2)
    for number in range(bench.settings.rounds):
        progress(f"cold random, round {number + 1}")
        offsets = places[number * count : (number + 1) * count]
        for name in (OURS, HTTP, RCLONE, SSHFS, XROOTD, S3FS):
            times: list[float] = []
            middle.measure(name, lambda: _median_of_random(bench, name, offsets, times, middle))
            tail.problems.update(middle.problems)
            tail.measure(name, lambda: sorted(times)[int(0.95 * (len(times) - 1))] * 1000)
    return [middle, tail]


def _read_mounted(bench: Bench, name: str) -> float:
    state = bench.fresh_folder("cold")
    try:
        with SEQUENTIAL[name](bench, state) as folder:
            file = folder / bench.file_name
            speed = _read_with(bench, bench.link_of(name), ["dd", f"if={file}", "of=/dev/null", "bs=1M", "status=none"])
            bench.set_fast_links()
            bench.check_bytes(file)
        return speed
    finally:
        bench.set_real_links()
        bench.remove(state)


def _read_with(bench: Bench, link: Link, command: list[str]) -> float:
    before = link.bytes_down()
    seconds, _ = run(command, bench.settings.limit_seconds)
    travelled = link.bytes_down() - before
    if travelled < bench.settings.size_bytes:
        raise Failed(f"not cold: only {travelled} bytes travelled")
    return bench.settings.size_bytes / MIB / seconds


def _median_of_random(bench: Bench, name: str, offsets: list[int], times: list[float], row: Row) -> float:
    if name == HTTP:
        travelled = _read_at(bench, bench.link, bench.url(bench.large_name), offsets, times)
    else:
        state = bench.fresh_folder("cold")
        try:
            with RANDOM[name](bench, state) as folder:
                travelled = _read_at(bench, bench.link_of(name), str(folder / bench.large_name), offsets, times)
        finally:
            bench.remove(state)
    row.notes[name] = f"{travelled / (len(offsets) * RANDOM_BYTES):.2f} bytes travelled for each byte read"
    return statistics.median(times) * 1000


def _read_at(bench: Bench, link: Link, path: str, offsets: list[int], times: list[float]) -> int:
    before = link.bytes_down()
    limit = 30 + 2 * len(offsets)
    _, out = run([sys.executable, str(READER), path, json.dumps(offsets), str(RANDOM_BYTES)], limit)
    travelled = link.bytes_down() - before
    answer = json.loads(out)
    if answer["sha256"] != _expected(bench, offsets):
        raise Failed(f"WRONG BYTES from {path}")
    if travelled < len(offsets) * RANDOM_BYTES:
        raise Failed(f"not cold: only {travelled} bytes travelled")
    times.extend(answer["seconds"])
    return travelled


def _expected(bench: Bench, offsets: list[int]) -> str:
    digest = hashlib.sha256()
    with bench.large_file.open("rb") as file:
        for offset in offsets:
            file.seek(offset)
            digest.update(file.read(RANDOM_BYTES))
    return digest.hexdigest()
