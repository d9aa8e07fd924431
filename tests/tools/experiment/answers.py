"""What a reader must find: exact answers, taken from the images in memory while they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from experiment.box import Box
from experiment.recipe import SLAB_FRAMES, Recipe


@dataclass(frozen=True)
class Questions:
    """What is asked of each raw file: a slab of whole frames, one pixel, and one box."""

    slab: tuple[int, int]
    pixel: tuple[int, int, int]  # frame, row, column
    box: Box

    @staticmethod
    def about(recipe: Recipe, pixel: tuple[int, int, int], box: Box) -> "Questions":
        start = (recipe.size.frames - SLAB_FRAMES) // 2
        return Questions((start, start + SLAB_FRAMES), pixel, box)


@dataclass(frozen=True)
class Answers:
    """What one raw file holds. `whole` and `slab` are as `_Sums.as_json` gives them."""

    whole: dict[str, object]
    slab: dict[str, object]
    pixel: int
    box_counts_by_frame: list[int]


class Watcher:
    """Takes the answers from the images of one raw file as they go by."""

    def __init__(self, questions: Questions):
        self._questions = questions
        self._whole, self._slab = _Sums(), _Sums()
        self._pixel = 0
        self._box: list[int] = []

    def watch(self, images: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
        asked = self._questions
        for frame, image in enumerate(images):
            self._whole.add(image)
            if asked.slab[0] <= frame < asked.slab[1]:
                self._slab.add(image)
            if frame == asked.pixel[0]:
                self._pixel = int(image[asked.pixel[1:]])
            if asked.box.frames[0] <= frame < asked.box.frames[1]:
                box = image[slice(*asked.box.rows), slice(*asked.box.columns)]
                self._box.append(int(box.sum(dtype=np.int64)))
            yield image

    def answers(self) -> Answers:
        return Answers(self._whole.as_json(), self._slab.as_json(), self._pixel, self._box)


class _Sums:
    """Sums over a range of frames. Counts leave out the pixels below zero, values do not."""

    def __init__(self) -> None:
        self._values = self._counts = self._greatest = 0
        self._frame_counts: list[int] = []
        self._digest = hashlib.sha256()

    def add(self, image: np.ndarray) -> None:
        counts = int(np.maximum(image, 0).sum(dtype=np.int64))
        self._values += int(image.sum(dtype=np.int64))
        self._counts += counts
        self._greatest = max(self._greatest, int(image.max()))
        self._frame_counts.append(counts)
        self._digest.update(np.ascontiguousarray(image, "<i4"))

    def as_json(self) -> dict[str, object]:
        return {"sum_of_values": self._values, "sum_of_counts": self._counts, "maximum": self._greatest,
                "counts_by_frame": self._frame_counts, "sha256_of_int32": self._digest.hexdigest()}
