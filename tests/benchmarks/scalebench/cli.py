"""The command line; scripts/bench calls it, with a server that runs already where the kind needs one."""

from __future__ import annotations

import argparse
import datetime
import signal
import sys
from pathlib import Path

from readbench.command import Failed
from readbench.machine import disk_of, machine
from scalebench.daemon import Daemon
from scalebench.files import make_files
from scalebench.rows import rows


def main() -> int:
    options = _parser().parse_args()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda number, _: sys.exit(128 + number))
    files = options.directories * options.files_each
    print(f"making {files:,} files in {options.directories:,} directories", file=sys.stderr, flush=True)
    make_files(options.served / "many", options.directories, options.files_each)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    print(f"- Measured {today} on {machine()}; {disk_of(options.folder)}.")
    print(f"- {files:,} files in {options.directories:,} directories.\n", flush=True)
    failed = False
    for kind in options.only or ["local", "http"]:
        print(f"\nSource: {kind}\n", flush=True)
        folder = options.folder / kind
        folder.mkdir()
        source = {"Kind": "Local", "Path": str(options.served / "many")} if kind == "local" else {"Kind": "Http", "Url": options.url + "many/"}
        try:
            for line in rows(Daemon(options.program, folder, source), options.served / "many", files, options.polls):
                print(line, flush=True)
        except Failed as error:
            print(f"\n{kind}: {error}", flush=True)
            failed = True
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench scale", description=__doc__)
    for name in ("program", "folder", "served"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--url", required=True)
    parser.add_argument("--directories", type=int, default=1000)
    parser.add_argument("--files-each", type=int, default=1000)
    parser.add_argument("--polls", type=int, default=20)
    parser.add_argument("--only", choices=["local", "http"], action="append")
    return parser
