"""The pixel detector: modules with gaps between them, hot pixels and dead ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

GAP_VALUE = -1  # what a Pilatus writes between its modules
HOT_COUNTS = 20_000.0  # expected counts of a hot pixel in every frame

# Bits of NXdetector/pixel_mask as NeXus defines them.
MASK_GAP, MASK_DEAD, MASK_NOISY = 1 << 0, 1 << 1, 1 << 4


@dataclass(frozen=True)
class Modules:
    """One direction of the detector: equal modules with equal gaps between them, in pixels."""

    count: int
    pixels: int
    gap: int

    @property
    def length(self) -> int:
        return self.count * self.pixels + (self.count - 1) * self.gap

    def in_gap(self) -> np.ndarray:
        """bool, shape (length,)."""
        return np.arange(self.length) % (self.pixels + self.gap) >= self.pixels


@dataclass(frozen=True)
class Detector:
    """Where the detector does not tell the truth. Positions are int64 arrays of (row, column), shape (n, 2)."""

    shape: tuple[int, int]
    gaps: np.ndarray  # bool, shape `shape`
    hot: np.ndarray
    dead: np.ndarray

    @staticmethod
    def build(rows: Modules, columns: Modules, hot: int, dead: int, rng: np.random.Generator) -> "Detector":
        gaps = rows.in_gap()[:, None] | columns.in_gap()[None, :]
        chosen = rng.choice(np.flatnonzero(~gaps), size=hot + dead, replace=False)
        bad = np.stack(np.unravel_index(chosen, gaps.shape), axis=1)
        return Detector(gaps.shape, gaps, bad[:hot], bad[hot:])

    def pixel_mask(self) -> np.ndarray:
        """NeXus pixel_mask: uint32, shape `shape`, 0 where a pixel is good."""
        mask = np.where(self.gaps, MASK_GAP, 0).astype(np.uint32)
        mask[tuple(self.dead.T)] = MASK_DEAD
        mask[tuple(self.hot.T)] = MASK_NOISY
        return mask

    def expose(self, expected: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """One exposure: int32 counts with Poisson noise. `expected` (float64, `shape`) is overwritten."""
        expected[tuple(self.hot.T)] = HOT_COUNTS
        expected[tuple(self.dead.T)] = 0.0
        expected[self.gaps] = 0.0  # cheap for the generator, and the noise of other pixels is independent
        image = rng.poisson(expected).astype(np.int32)
        image[self.gaps] = GAP_VALUE
        return image
