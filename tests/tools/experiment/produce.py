"""Turns a plan into a folder of files, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Event

from experiment import layout
from experiment.files import RawFile, become_worker, make_broken, make_raw, record
from experiment.parent import ROTATION, write_parent
from experiment.plan import Plan
from experiment.recipe import TEMPERATURES
from experiment.truth import SLAB_TEMPERATURE, write_truth
from experiment.wrapper import write_wrapper

Report = Callable[[dict[str, object], int, int], None]  # a file's record, how many are done, how many there are


def produce(plan: Plan, out: str, parent_path: str, jobs: int, report: Report) -> list[dict[str, object]]:
    """Makes the experiment in `out`, a folder that is empty or does not exist, and lists its files.

    Everything is made beside `out` and renamed at the end, so that an interrupted run leaves nothing behind.
    """
    partial = f"{out}.partial-{os.getpid()}"
    os.makedirs(partial)
    try:
        files = _fill(plan, partial, parent_path, jobs, report)
        os.rename(partial, out)
        return files
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _fill(plan: Plan, root: str, parent_path: str, jobs: int, report: Report) -> list[dict[str, object]]:
    raw = _make_all_raw(plan, root, jobs, report)
    for temperature in TEMPERATURES:
        write_wrapper(os.path.join(root, layout.wrapper(temperature)), plan.recipe, temperature)
    write_parent(os.path.join(root, layout.PARENT), plan.recipe, parent_path)
    rows, columns = plan.recipe.shape
    broken = make_broken(root, layout.raw(ROTATION, SLAB_TEMPERATURE), rows * columns * 4)

    files = [file.record for file in raw.values()]
    files += [record(root, layout.wrapper(temperature), "wrapper") for temperature in TEMPERATURES]
    files += [record(root, layout.PARENT, "parent"), record(root, layout.BROKEN, "broken")]
    write_truth(os.path.join(root, layout.TRUTH), plan, parent_path, raw, files, broken)
    return files


def _make_all_raw(plan: Plan, root: str, jobs: int, report: Report) -> dict[tuple[int, int], RawFile]:
    keys = [(rotation, temperature) for rotation in plan.recipe.rotations for temperature in TEMPERATURES]
    made, stop = {}, Event()
    with ProcessPoolExecutor(jobs, initializer=become_worker, initargs=(stop,)) as pool:
        pending = [pool.submit(make_raw, plan, root, *key) for key in keys]
        try:
            for key, file in zip(keys, pending):
                made[key] = file.result()
                report(made[key].record, len(made), len(keys))
        except BaseException:
            stop.set()  # or the rest would be made before the error is shown
            pool.shutdown(cancel_futures=True)
            raise
    return made
