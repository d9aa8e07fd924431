"""The command line; scripts/bench calls it."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from readbench.command import Failed, run
from readbench.document import replace_between
from readbench.machine import disk_of, machine, version_of
from readbench.participants.names import OURS
from readbench.row import Row
from readbench.table import notes, table
from writebench.participants import BINDFS_OPTIONS, PARTICIPANTS
from writebench.rows import Part, Tools, measure, parts
from writebench.settings import Settings
from writebench.source_tree import make_tree

PARTS = ("small", "untar", "sqlite", "sequential")


def main() -> int:
    options = _parser().parse_args()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda number, _: sys.exit(128 + number))
    settings = Settings() if options.rounds is None else dataclasses.replace(Settings(), rounds=options.rounds)
    tools, tree_bytes = _tools(options.folder, settings)
    wanted = [part for name, part in parts(settings, tools).items() if name in (options.only or PARTS)]
    _measure(options.program, options.folder, settings, wanted)
    rows = [row for part in wanted for row in part.rows]
    text = f"{_circumstances(options, settings, tree_bytes)}\n\n{table(rows)}\n\n" + "\n".join(notes(rows))
    print(text)
    if options.write:
        if any(row.problems.get(OURS) for row in rows) or options.only:
            print("bench: not written: only a whole run in which ours was measured is", file=sys.stderr)
            return 1
        replace_between(options.write, text, "scripts/bench write")
    return 1 if any(row.problems for row in rows) else 0


def _measure(program: Path, folder: Path, settings: Settings, wanted: list[Part]) -> None:
    with ExitStack() as stack:
        mounted: dict[str, Path] = {}
        for number, (name, participant) in enumerate(PARTICIPANTS.items()):
            state = folder / f"participant-{number}"
            state.mkdir()
            try:
                mounted[name] = stack.enter_context(participant(program, state))
            except Failed as problem:
                for part in wanted:
                    _give_up(part.rows, name, problem)
        for number in range(settings.rounds):
            print(f"round {number + 1}", file=sys.stderr, flush=True)
            for part in wanted:
                for name, point in mounted.items():
                    try:
                        measure(part, name, point / f"round-{number}")
                    except Failed as problem:
                        _give_up(part.rows, name, problem)


def _give_up(rows: list[Row], name: str, problem: Failed) -> None:
    for row in rows:
        row.values.setdefault(name, [])
        row.problems.setdefault(name, str(problem))


def _tools(folder: Path, settings: Settings) -> tuple[Tools, int]:
    tools = Tools(folder / "small_files", folder / "tree.tar", folder / "content")
    run(["cc", "-O2", "-o", str(tools.small_files), str(Path(__file__).with_name("small_files.c"))], 60)
    tree_bytes = make_tree(tools.archive, settings.tree_files)
    with tools.content.open("wb") as file:
        for _ in range(settings.sequential_mib):
            file.write(os.urandom(1 << 20))
    return tools, tree_bytes


def _circumstances(options: argparse.Namespace, settings: Settings, tree_bytes: int) -> str:
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    programs = [[str(options.program), "version"], ["bindfs", "--version"], ["/usr/bin/python3", "-c", "import sqlite3; print('SQLite', sqlite3.sqlite_version)"]]
    lines = [
        f"Measured {today} on {machine()}; all on {disk_of(options.folder)}.",
        f"{settings.rounds} interleaved rounds, each in a new folder; `sync` before each measurement.",
        f"bindfs: `{' '.join(BINDFS_OPTIONS)}`, over a folder of the same disk. virtualview: all defaults but `View.ReadOnly` `false`.",
        "Small files: a program in C that does `open(O_CREAT | O_EXCL)`, `write` of 30 bytes and `close`, or `stat`, or `unlink`.",
        f"Source tree: `tar -xf` of {settings.tree_files:,} files, {tree_bytes >> 20} MiB, from an archive in the page cache.",
        f"SQLite: {settings.inserts:,} inserts, a transaction each, `synchronous` as it comes (`FULL`), from Python's sqlite3.",
        f"{settings.sequential_mib} MiB: `dd bs=1M conv=fsync` of random bytes that lie in the page cache.",
        f"Versions: {'; '.join(version_of(program) for program in programs)}.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench write", description=__doc__)
    for name in ("program", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--write", type=Path, metavar="DOCUMENT")
    return parser
