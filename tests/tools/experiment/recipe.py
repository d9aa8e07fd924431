"""What is made: the sizes on offer and everything else that is chosen rather than computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiment.detector import Detector, Modules
from experiment.geometry import Instrument
from experiment.intensity import Crystal
from experiment.lattice import UnitCell, orientation

LABEL = "crystal1"
SAMPLE = "sample"
TEMPERATURES = (40, 70, 100, 120, 140, 180)  # kelvin; the crystal's Tc lies between the last two
CODECS = ("none", "gzip", "lz4")
CELL = UnitCell(4.05, 4.20, 4.55, 90.0, 93.0, 90.0)
DETECTOR_HEIGHT_MM = 1679 * 0.172  # a Pilatus 2M; smaller sizes bin the same area into larger pixels
SLAB_FRAMES = 50

_DETECTOR_STREAM, _TILT_STREAM, _NOISE_STREAM = 0, 1, 2


@dataclass(frozen=True)
class Size:
    """How much is made. `codecs` has one entry for each temperature."""

    rows: Modules
    columns: Modules
    frames: int
    rotations: int
    codecs: tuple[str, ...]
    spot_pixels: float  # standard deviation of a peak on the detector
    box_pixels: int  # half width of the box that holds a peak
    diffuse_step: int
    hot: int
    dead: int


_MIX = ("gzip", "lz4", "none", "gzip", "lz4", "none")
# Real frames are 9.9 MB each: only 100 K is left uncompressed, or M would not keep to 2 GB.
_MIX_OF_LARGE_FRAMES = ("gzip", "lz4", "none", "gzip", "lz4", "gzip")

SIZES = {
    "XS": Size(Modules(2, 30, 4), Modules(2, 28, 3), 60, 2, _MIX, 0.60, 2, 1, 2, 3),
    "S": Size(Modules(4, 20, 4), Modules(3, 26, 3), 210, 3, _MIX, 0.70, 3, 1, 4, 6),
    "M": Size(Modules(8, 195, 17), Modules(3, 487, 7), 68, 2, _MIX_OF_LARGE_FRAMES, 1.5, 7, 8, 30, 60),
}


@dataclass(frozen=True)
class Recipe:
    """One experiment, fixed by its size, its seed and the choice of codec ("mixed" or one of CODECS)."""

    size_name: str
    seed: int
    codec: str = "mixed"

    @property
    def size(self) -> Size:
        return SIZES[self.size_name]

    @property
    def shape(self) -> tuple[int, int]:
        return self.size.rows.length, self.size.columns.length

    @property
    def rotations(self) -> range:
        return range(1, self.size.rotations + 1)

    @property
    def crystal(self) -> Crystal:
        return Crystal()

    def codec_of(self, temperature: int) -> str:
        return self.size.codecs[TEMPERATURES.index(temperature)] if self.codec == "mixed" else self.codec

    def instrument(self) -> Instrument:
        rows, columns = self.shape
        return Instrument(wavelength=0.1425, distance=650.0, pixel_size=DETECTOR_HEIGHT_MM / rows,
                          beam_row=0.47 * rows, beam_column=0.52 * columns,
                          phi_start=-5.0, phi_step=0.1, chi=(0.0, 35.0, -35.0)[: self.size.rotations])

    def tilts(self) -> tuple[float, float, float]:
        """The crystal's tilts in degrees: well away from zero, moved a little by the seed."""
        moved = np.array([17.0, -23.0, 31.0]) + self._stream(_TILT_STREAM).uniform(-5, 5, 3)
        return tuple(float(tilt) for tilt in moved.round(3))

    def ub(self) -> np.ndarray:
        return orientation(self.tilts()) @ CELL.b_matrix()

    def detector(self) -> Detector:
        size = self.size
        return Detector.build(size.rows, size.columns, size.hot, size.dead, self._stream(_DETECTOR_STREAM))

    def noise(self, rotation: int, temperature: int) -> np.random.Generator:
        """A stream of its own for each raw file, so that files may be made in any order."""
        return self._stream(_NOISE_STREAM, rotation, temperature)

    def _stream(self, *key: int) -> np.random.Generator:
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))
