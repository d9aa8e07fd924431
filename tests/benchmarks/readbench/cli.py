"""The command line; scripts/bench calls it with a server and a link that run already."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from readbench import cold, user, warm
from readbench.bench import Bench
from readbench.document import replace_between
from readbench.link import Link
from readbench.machine import disk_of, machine, versions
from readbench.participants import rclone, s3fs, sshfs, xrootd
from readbench.participants.names import OURS, SSHFS, XROOTD
from readbench.read_ahead import KIBIBYTES
from readbench.row import Row
from readbench.settings import BANDWIDTH_BITS, CURL_CONNECTIONS, CURL_RANGE_BYTES, MIB, RTT_SECONDS, Settings
from readbench.table import notes, table

PARTS = {"sequential": cold.sequential, "random": cold.random_reads, "warm": warm.all_rows}
QUICK = Settings(rounds=3, size_bytes=64 * MIB, random_reads=16, fio_seconds=2)


def main() -> int:
    options = _parser().parse_args()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda number, _: sys.exit(128 + number))
    if options.without_root and os.geteuid() == 0:
        user.become_nobody()
    # Some participants and servers are other users
    options.folder.chmod(0o755)
    link = Link(options.link, options.control)
    bench = Bench(_settings(options), options.program, options.folder, options.served, link, options.testlink)
    _progress(f"making {bench.settings.size_bytes // MIB} MiB of random bytes")
    bench.make_file(options.seed)
    rows: list[Row] = []
    with ExitStack() as stack:
        if options.only != ["warm"]:
            for name, origin in ((SSHFS, sshfs.origin), (XROOTD, xrootd.origin)):
                bench.links[name] = stack.enter_context(origin(bench))
        bench.set_real_links()
        for part in options.only or PARTS:
            rows.extend(PARTS[part](bench, _progress))
    text = f"{_circumstances(bench)}\n\n{table(rows)}\n\n" + "\n".join(notes(rows))
    print(text)
    failed = [row for row in rows if row.problems]
    if options.write:
        if any(row.problems.get(OURS) for row in rows) or options.only or options.quick:
            print("bench: not written: only a whole run in which ours was measured is", file=sys.stderr)
            return 1
        replace_between(options.write, text, "scripts/bench read" + (" --without-root" if options.without_root else ""))
    return 1 if failed else 0


def _settings(options: argparse.Namespace) -> Settings:
    base = QUICK if options.quick else Settings()
    given = {"rounds": options.rounds, "size_bytes": options.size * MIB if options.size else None}
    return dataclasses.replace(base, **{name: value for name, value in given.items() if value})


def _circumstances(bench: Bench) -> str:
    s = bench.settings
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    lines = [
        f"Measured {today} on {machine()}; {disk_of(bench.folder)}.",
        f"{s.rounds} interleaved rounds; a file of {s.size_bytes // MIB} MiB of random bytes.",
        f"Cold random: {s.random_reads} reads a round, one at a time, in a file of {s.large_bytes >> 30} GiB.",
        f"The link: {RTT_SECONDS * 1000:g} ms round trip, {BANDWIDTH_BITS / 1e9:g} Gbit/s "
        f"({BANDWIDTH_BITS / 8 / MIB:.1f} MiB/s), so no 256 KiB can be here before {s.random_floor_seconds * 1000:.1f} ms.",
        f"curl's ranges: {CURL_RANGE_BYTES // MIB} MiB each, {CURL_CONNECTIONS} connections. bindfs: `--multithreaded`.",
        f"{rclone.settings()}.",
        f"{sshfs.SETTINGS}.",
        f"{xrootd.SETTINGS}.",
        f"{s3fs.SETTINGS}.",
        f"All of them with a fresh cache each round{_read_ahead()}.",
        f"fio: `randread`, `psync`, each block once, at most {s.fio_seconds} s.",
        f"Versions: {'; '.join(versions(bench.program))}.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _read_ahead() -> str:
    return f", and read-ahead of the kernel raised to {KIBIBYTES} KiB, as our daemon does by itself" if user.is_privileged() else ""


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench read", description=__doc__)
    for name in ("program", "folder", "served", "testlink"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("link", "control"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--size", type=int, metavar="MIB")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--without-root", action="store_true")
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--write", type=Path, metavar="DOCUMENT")
    return parser
