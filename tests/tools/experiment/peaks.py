"""Plants the peaks: every lattice point that crosses the Ewald sphere during a rotation and meets the detector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiment.geometry import at_phi, crossings, on_detector
from experiment.recipe import CELL, TEMPERATURES, Recipe

SHARPNESS = 0.0015  # standard deviation of a lattice point in inverse angstrom
WIDEST_FRAMES = 4.0  # points nearer to the spindle smear over more frames than this and are left out
LONGEST_Q, SHORTEST_Q = 1.6, 0.12  # inverse angstrom; below lies the beam stop
WEAKEST_COUNTS = 20.0  # at zero temperature


@dataclass(frozen=True)
class Peak:
    """One planted peak. Coordinates are of pixel and frame centres; counts are expected, over the whole peak."""

    kind: str  # "bragg" or "superlattice"
    hkl: tuple[float, float, float]
    rotation: int
    frame: float
    row: float
    column: float
    frame_sigma: float
    counts: tuple[float, ...]  # one for each temperature


def plant(recipe: Recipe) -> list[Peak]:
    """All peaks of all rotations, ordered by rotation and frame."""
    peaks = []
    for rotation in recipe.rotations:
        peaks += _plant_kind(recipe, rotation, "bragg") + _plant_kind(recipe, rotation, "superlattice")
    return sorted(peaks, key=lambda peak: (peak.rotation, peak.frame, peak.hkl))


def _plant_kind(recipe: Recipe, rotation: int, kind: str) -> list[Peak]:
    crystal, instrument = recipe.crystal, recipe.instrument()
    hkl = _indices(np.zeros(3) if kind == "bragg" else np.array(crystal.wave_vector))
    in_crystal = hkl @ recipe.ub().T
    which, frame = crossings(in_crystal @ instrument.mount(rotation).T, instrument)
    hkl, in_crystal = hkl[which], in_crystal[which]

    q = at_phi(in_crystal @ instrument.mount(rotation).T, instrument.phi(frame))
    length = np.linalg.norm(q, axis=1)
    row, column = on_detector(q, instrument)
    speed = np.abs(q[:, 0])  # of the crossing, in inverse angstrom a radian: |y x q . k0| / |k0|
    sigma = SHARPNESS / np.maximum(speed, 1e-9) / np.radians(instrument.phi_step)

    strength = crystal.bragg(hkl) if kind == "bragg" else crystal.superlattice(in_crystal)
    counts = crystal.scale * strength * crystal.thermal(length) / np.maximum(speed, 1e-9)  # 1/speed: Lorentz factor
    seen = ((length > SHORTEST_Q) & (length < LONGEST_Q) & (sigma < WIDEST_FRAMES) & (counts > WEAKEST_COUNTS)
            & (frame > -0.5) & (frame < recipe.size.frames - 0.5)
            & _within(row, recipe.shape[0]) & _within(column, recipe.shape[1]))
    share = [1.0 if kind == "bragg" else crystal.order(temperature) for temperature in TEMPERATURES]
    return [Peak(kind, tuple(hkl[i].tolist()), rotation, float(frame[i]), float(row[i]), float(column[i]),
                 float(sigma[i]), tuple(float(counts[i] * part) for part in share))
            for i in np.flatnonzero(seen)]


def _indices(offset: np.ndarray) -> np.ndarray:
    """Every hkl + offset that may lie within LONGEST_Q: float64, shape (n, 3)."""
    top = int(np.ceil(LONGEST_Q * max(CELL.a, CELL.b, CELL.c))) + 1
    line = np.arange(-top, top + 1)
    return np.stack(np.meshgrid(line, line, line, indexing="ij"), axis=-1).reshape(-1, 3) + offset


def _within(pixel: np.ndarray, length: int) -> np.ndarray:
    return (pixel > -0.5) & (pixel < length - 0.5)
