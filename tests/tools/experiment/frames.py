"""Makes the frames of one rotation at one temperature."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import ndtr

from experiment.diffuse import DiffuseField
from experiment.peaks import Peak
from experiment.recipe import TEMPERATURES, Recipe

RENDERED_SIGMAS = 5.0


def frames(recipe: Recipe, peaks: list[Peak], rotation: int, temperature: int) -> Iterator[np.ndarray]:
    """Every frame in order: int32, the detector's shape."""
    detector, noise = recipe.detector(), recipe.noise(rotation, temperature)
    field = DiffuseField(recipe.shape, recipe.size.diffuse_step, recipe.instrument(), recipe.ub(),
                         recipe.crystal.b_iso)
    spots = [_Spot(peak, temperature, recipe) for peak in peaks if peak.rotation == rotation]
    for frame in range(recipe.size.frames):
        expected = field.expected(rotation, frame, temperature)
        for spot in spots:
            spot.add_to(expected, frame)
        yield detector.expose(expected, noise)


class _Spot:
    """One peak on the detector: a Gaussian integrated over each pixel and each frame."""

    def __init__(self, peak: Peak, temperature: int, recipe: Recipe):
        self._peak = peak
        self._reach = RENDERED_SIGMAS * peak.frame_sigma + 0.5
        sigma = recipe.size.spot_pixels
        self._rows, by_row = _profile(peak.row, sigma, recipe.shape[0])
        self._columns, by_column = _profile(peak.column, sigma, recipe.shape[1])
        self._counts = peak.counts[TEMPERATURES.index(temperature)] * np.outer(by_row, by_column)

    def add_to(self, expected: np.ndarray, frame: int) -> None:
        distance = frame - self._peak.frame
        if abs(distance) < self._reach:
            share = _share(distance, self._peak.frame_sigma)
            expected[self._rows, self._columns] += share * self._counts


def _profile(centre: float, sigma: float, length: int) -> tuple[slice, np.ndarray]:
    reach = RENDERED_SIGMAS * sigma
    low, high = max(0, int(np.floor(centre - reach))), min(length, int(np.ceil(centre + reach)) + 1)
    return slice(low, high), _share(np.arange(low, high) - centre, sigma)


def _share(distance: np.ndarray | float, sigma: float) -> np.ndarray | float:
    """The part of a unit Gaussian that falls within half a step of `distance` from its centre."""
    return ndtr((distance + 0.5) / sigma) - ndtr((distance - 0.5) / sigma)
