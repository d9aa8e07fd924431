"""Makes single files of the experiment; each call may run in a process of its own."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Event

import numpy as np

from experiment import layout
from experiment.answers import Answers, Watcher
from experiment.frames import frames
from experiment.plan import Plan
from experiment.raw_file import write_raw

HASH_BLOCK = 1 << 20
BROKEN_FRAMES = 4


@dataclass(frozen=True)
class RawFile:
    """A raw file that has been written: its line in the truth file, and what a reader must find in it."""

    record: dict[str, object]
    answers: Answers


class Stopped(Exception):
    """The run was stopped; the file is unfinished."""


_stop: Event | None = None  # of this worker process


def become_worker(stop: Event) -> None:
    """Leaves it to the main process to say, by `stop`, when to end: it must outlive its workers to clean up."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def make_raw(plan: Plan, root: str, rotation: int, temperature: int) -> RawFile:
    recipe = plan.recipe
    relative, codec = layout.raw(rotation, temperature), recipe.codec_of(temperature)
    watcher = Watcher(plan.questions)
    images = watcher.watch(_until_stopped(frames(recipe, plan.peaks, rotation, temperature)))
    write_raw(os.path.join(root, relative), images, recipe.size.frames, recipe.shape, codec)
    answers = watcher.answers()
    line = record(root, relative, "raw", codec=codec, rotation=rotation, temperature_K=temperature,
                  **{name: answers.whole[name] for name in ("sum_of_counts", "sha256_of_int32")})
    return RawFile(line, answers)


def _until_stopped(images: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    for image in images:
        if _stop is not None and _stop.is_set():
            raise Stopped
        yield image


def record(root: str, relative: str, kind: str, **more: object) -> dict[str, object]:
    path = os.path.join(root, relative)
    return {"path": relative, "kind": kind, "bytes": os.path.getsize(path), "sha256": _sha256(path), **more}


def make_broken(root: str, whole: str, frame_bytes: int) -> dict[str, object]:
    """Leaves the first part of the raw file `whole` at `layout.BROKEN`, as a copy that broke off would."""
    source = os.path.join(root, whole)
    length = min(os.path.getsize(source) // 2, BROKEN_FRAMES * frame_bytes) | 1  # odd: no boundary of anything
    os.makedirs(os.path.dirname(os.path.join(root, layout.BROKEN)), exist_ok=True)
    with open(source, "rb") as full, open(os.path.join(root, layout.BROKEN), "xb") as cut:
        cut.write(full.read(length))
    return {"path": layout.BROKEN, "of": whole, "bytes": length, "error": "truncated file"}


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()
