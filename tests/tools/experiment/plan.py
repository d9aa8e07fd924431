"""Everything that is settled before the first image: the peaks, and which of them is measured."""

from __future__ import annotations

from dataclasses import dataclass

from experiment import parent
from experiment.answers import Questions
from experiment.box import Box, isolated
from experiment.peaks import Peak, plant
from experiment.recipe import Recipe


@dataclass(frozen=True)
class Plan:
    """`isolated[i]` says whether `peaks[i]` has its box to itself; `reference` is the peak whose melting is fitted."""

    recipe: Recipe
    peaks: list[Peak]
    isolated: list[bool]
    reference: Peak
    questions: Questions

    @staticmethod
    def of(recipe: Recipe) -> "Plan":
        peaks = plant(recipe)
        alone = isolated(peaks, recipe, recipe.detector().pixel_mask() != 0)
        reference = _brightest_superlattice(peaks, alone)
        pixel = tuple(round(centre) for centre in (reference.frame, reference.row, reference.column))
        return Plan(recipe, peaks, alone, reference, Questions.about(recipe, pixel, Box.around(reference, recipe)))


def _brightest_superlattice(peaks: list[Peak], alone: list[bool]) -> Peak:
    fit = [peak for peak, free in zip(peaks, alone)
           if free and peak.kind == "superlattice" and peak.rotation == parent.ROTATION]
    return max(fit, key=lambda peak: peak.counts[0])
