"""The command line: `python3 -m testrun [--quick | --all] ROOT [PROJECT...]`. scripts/test calls it after the build."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from pathlib import Path

from testrun.printing import print_failures, print_line, total_line
from testrun.project import Project, find_projects, select
from testrun.run import Runner
from testrun.settings import Settings

DONE, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    projects, unknown = select(find_projects(options.root), options.projects)
    if unknown or not projects:
        names = ", ".join(project.name for project in find_projects(options.root))
        print(f"test: no project is called {' or '.join(unknown)}; there are {names}", file=sys.stderr)
        return WRONG_USE

    settings = Settings.of(quick=options.quick, long=options.all)
    logs = _empty_folder(options.root / "artifacts" / "test")
    # A stopped run must end what it started, as an interrupted one does
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda number, _: sys.exit(128 + number))
    return _run(projects, Runner(settings, logs))


def _run(projects: list[Project], runner: Runner) -> int:
    outcomes = []
    for outcome in runner.run(projects):
        print_line(outcome)
        outcomes.append(outcome)
    print_failures(outcomes)
    print(total_line(outcomes))
    return FAILED if any(outcome.failed for outcome in outcomes) else DONE


def _empty_folder(folder: Path) -> Path:
    # The log of the build, which came before, stays
    if folder.is_dir():
        for entry in folder.iterdir():
            if entry.name != "build.log":
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    os.makedirs(folder, exist_ok=True)
    return folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="testrun", description=__doc__)
    parser.add_argument("root", type=Path, help="the repository")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="without what needs root, FUSE or nginx")
    which.add_argument("--all", action="store_true", help="with what takes long")
    parser.add_argument("projects", nargs="*", metavar="PROJECT")
    return parser
