"""What lies between the peaks: air and Compton background, and diffuse scattering that follows the lattice."""

from __future__ import annotations

import numpy as np

from experiment.geometry import Instrument, scattering_vectors

AIR_COUNTS = 0.25  # expected counts a pixel in the forward direction
AIR_WIDTH = 0.9  # inverse angstrom
DIFFUSE_COUNTS = 0.6  # expected counts a pixel at 300 K on a lattice point, before the thermal factor
ROOM_TEMPERATURE = 300.0  # kelvin


class DiffuseField:
    """The smooth part of the expected image, evaluated on a coarse grid and interpolated to pixels.

    It changes over many pixels only, so a coarse grid saves the cosines of 2.5 million pixels a frame.
    """

    def __init__(self, shape: tuple[int, int], step: int, instrument: Instrument, ub: np.ndarray, b_iso: float):
        self._rows, self._columns = _Interpolation(shape[0], step), _Interpolation(shape[1], step)
        self._instrument, self._inverse_ub = instrument, np.linalg.inv(ub)
        self._q = scattering_vectors(self._rows.nodes, self._columns.nodes, instrument)
        squared = np.sum(self._q**2, axis=0)
        self._air = AIR_COUNTS * np.exp(-0.5 * squared / AIR_WIDTH**2)
        self._thermal = DIFFUSE_COUNTS * np.exp(-0.5 * b_iso * squared)

    def expected(self, rotation: int, frame: int, temperature: float) -> np.ndarray:
        """Expected counts: float64, shape of the detector.

        Air falls off as a Gaussian in q. Diffuse scattering is the first term of a lattice Fourier series,
        (3 + cos 2 pi h + cos 2 pi k + cos 2 pi l) / 6, times T / 300 K.
        """
        turn = 2 * np.pi * self._inverse_ub @ self._instrument.goniometer(rotation, frame).T
        x, y, z = self._q
        lattice = sum(np.cos(row[0] * x + row[1] * y + row[2] * z) for row in turn)
        warmth = temperature / ROOM_TEMPERATURE
        nodes = self._air + self._thermal * warmth * (3 + lattice) / 6
        return self._columns.along_last(self._rows.along_first(nodes))


class _Interpolation:
    """Linear interpolation from nodes `step` pixels apart to every pixel of one direction."""

    def __init__(self, length: int, step: int):
        self._step = step
        self._length = length
        self.nodes = np.arange(0, length + step, step, dtype=np.float64)
        self._left, inside = np.divmod(np.arange(length), step)
        self._share = inside / step

    def along_first(self, nodes: np.ndarray) -> np.ndarray:
        if self._step == 1:
            return nodes[: self._length]
        share = self._share[:, None]
        return nodes[self._left] * (1 - share) + nodes[self._left + 1] * share

    def along_last(self, nodes: np.ndarray) -> np.ndarray:
        if self._step == 1:
            return nodes[:, : self._length].copy()
        return nodes[:, self._left] * (1 - self._share) + nodes[:, self._left + 1] * self._share
