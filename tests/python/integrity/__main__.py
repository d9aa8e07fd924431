"""
Changes files through several processes, in every way there is, and compares each answer and all bytes with a mirror on a disk.

    python3 tests/python/integrity DIR [--mirror DIR] [--steps 400] [--seed 1] [--teams 2]

The teams work at the same time, each on its own files: those that lie in DIR/0, DIR/1, ... already (files of the sources,
which are mirrored first) and those that it makes. In a team every call goes through one of three processes, which keep their
descriptors and mappings of the same files, so that each must see what the others wrote. Ends with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from team import Team


def run(folder: str, mirror: str, seed: int, steps: int) -> str:
    """What a team found; empty if all agreed."""
    os.makedirs(folder, exist_ok=True)
    os.makedirs(mirror)
    for name in os.listdir(folder):
        shutil.copyfile(os.path.join(folder, name), os.path.join(mirror, name))
    team = Team(folder, mirror, seed)
    try:
        return team.run(steps)
    finally:
        team.end()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    arguments.add_argument("folder")
    arguments.add_argument("--mirror", help="where a folder on the disk is made; that of temporary files by default")
    arguments.add_argument("--steps", type=int, default=400)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--teams", type=int, default=2)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="integrity-mirror-", dir=options.mirror) as mirror, \
            ThreadPoolExecutor(options.teams) as pool:
        teams = [pool.submit(run, os.path.join(options.folder, str(team)), os.path.join(mirror, str(team)),
                             options.seed * 1000 + team, options.steps) for team in range(options.teams)]
        wrong = [text for text in (team.result() for team in teams) if text]
    for text in wrong:
        print(text)
    print(f"{options.teams} teams of {options.steps} steps, {len(wrong)} found a difference")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
