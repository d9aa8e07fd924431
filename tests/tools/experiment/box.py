"""The box of frames and pixels that holds a peak, and which peaks have theirs to themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiment.peaks import Peak
from experiment.recipe import Recipe

REACH_SIGMAS = 3.5  # what a box must hold of its peak, and what it must not hold of others


@dataclass(frozen=True)
class Box:
    """Half-open ranges of one rotation."""

    frames: tuple[int, int]
    rows: tuple[int, int]
    columns: tuple[int, int]

    @staticmethod
    def around(peak: Peak, recipe: Recipe) -> "Box":
        half_frames = int(np.ceil(REACH_SIGMAS * peak.frame_sigma))
        half_pixels = recipe.size.box_pixels
        return Box(_around(peak.frame, half_frames), _around(peak.row, half_pixels), _around(peak.column, half_pixels))

    def fits(self, recipe: Recipe) -> bool:
        limits = (recipe.size.frames, *recipe.shape)
        return all(low >= 0 and high <= limit
                   for (low, high), limit in zip((self.frames, self.rows, self.columns), limits))


def _around(centre: float, half: int) -> tuple[int, int]:
    middle = int(round(centre))
    return middle - half, middle + half + 1


def isolated(peaks: list[Peak], recipe: Recipe, unusable: np.ndarray) -> list[bool]:
    """For each peak: is its box whole, free of `unusable` pixels (bool, detector's shape) and of other peaks?"""
    table = np.array([(p.rotation, p.frame, p.row, p.column, p.frame_sigma) for p in peaks]).reshape(-1, 5)
    return [_is_isolated(index, peak, table, recipe, unusable) for index, peak in enumerate(peaks)]


def _is_isolated(index: int, peak: Peak, table: np.ndarray, recipe: Recipe, unusable: np.ndarray) -> bool:
    box = Box.around(peak, recipe)
    if not box.fits(recipe) or unusable[slice(*box.rows), slice(*box.columns)].any():
        return False
    spot = REACH_SIGMAS * recipe.size.spot_pixels
    intruder = ((table[:, 0] == peak.rotation)
                & _overlaps(table[:, 1], REACH_SIGMAS * table[:, 4], box.frames)
                & _overlaps(table[:, 2], spot, box.rows) & _overlaps(table[:, 3], spot, box.columns))
    intruder[index] = False
    return not intruder.any()


def _overlaps(centre: np.ndarray, reach: np.ndarray | float, interval: tuple[int, int]) -> np.ndarray:
    return (centre + reach > interval[0] - 0.5) & (centre - reach < interval[1] - 0.5)
