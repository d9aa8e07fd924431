"""The command line of `scripts/make-experiment`."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import time

from experiment.codec import has_lz4
from experiment.plan import Plan
from experiment.produce import produce
from experiment.recipe import CODECS, SIZES, Recipe

DONE, FAILED, WRONG_USE = 0, 1, 2
MOST_JOBS = 8

EPILOG = """\
sizes: S, about 50 MB, 210 small frames in each of 3 rotations x 6 temperatures;
       M, about 2 GB, 68 frames of 1679x1475 in each of 2 rotations x 6 temperatures;
       XS, about 5 MB, for tests. docs/sample-experiment.md describes what is in them."""


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    out = os.path.abspath(options.out)
    wrong = _what_is_wrong(options, out)
    if wrong:
        print(f"make-experiment: {wrong}", file=sys.stderr)
        return WRONG_USE

    # A stopped run must clean up as an interrupted one does
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    started = time.monotonic()
    try:
        if options.overwrite and os.path.isdir(out):
            shutil.rmtree(out)
        plan = Plan.of(Recipe(options.size, options.seed, options.codec))
        report = _silent if options.quiet else _tell
        files = produce(plan, out, options.parent_path or out, options.jobs, report)
    except OSError as error:
        print(f"make-experiment: {out} could not be made: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    megabytes = sum(file["bytes"] for file in files) / 1e6
    print(f"made {out}: {megabytes:.1f} MB in {len(files)} files, {len(plan.peaks)} peaks, "
          f"{time.monotonic() - started:.1f} s")
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make-experiment", epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description="Makes a sample diffraction experiment and its truth file.")
    parser.add_argument("out", metavar="OUT", help="folder to make; must be empty or not exist")
    parser.add_argument("--size", choices=sorted(SIZES), default="S", help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="same seed, same bytes; default: %(default)s")
    parser.add_argument("--codec", choices=("mixed", *CODECS), default="mixed",
                        help="of the raw files; mixed: one for each temperature, all three in turn (default)")
    parser.add_argument("--parent-path", metavar="DIR",
                        help="absolute folder that the virtual dataset's paths start with, such as a future "
                             "mount point; default: OUT")
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, MOST_JOBS), metavar="N",
                        help="processes to use, about 200 MB each for size M; default: %(default)s")
    parser.add_argument("--overwrite", action="store_true", help="remove OUT first if it holds an experiment")
    parser.add_argument("--quiet", action="store_true", help="no line for each file")
    return parser


def _what_is_wrong(options: argparse.Namespace, out: str) -> str | None:
    if options.seed < 0:
        return f"--seed {options.seed} is below zero; give a whole number from 0 on"
    if options.jobs < 1:
        return f"--jobs {options.jobs} is below one"
    if options.parent_path is not None and not os.path.isabs(options.parent_path):
        return f"--parent-path {options.parent_path} is not absolute; virtual datasets need an absolute path"
    if os.path.lexists(out) and not os.path.isdir(out):
        return f"{out} is not a folder"
    if os.path.isdir(out) and os.listdir(out):
        if not options.overwrite:
            return f"{out} is not empty; choose another folder or give --overwrite"
        if not os.path.isfile(os.path.join(out, "truth.json")):
            return f"{out} holds no truth.json, so it is no experiment and is not overwritten"
    if options.codec in ("mixed", "lz4") and not has_lz4():
        return "HDF5 has no lz4 filter here; run: apt install hdf5-filter-plugin (or give --codec none or gzip)"
    return None


def _tell(file: dict[str, object], done: int, total: int) -> None:
    print(f"  {done}/{total} {file['path']} {file['codec']} {file['bytes'] / 1e6:.1f} MB", flush=True)


def _silent(file: dict[str, object], done: int, total: int) -> None:
    pass
