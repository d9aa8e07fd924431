"""The rotation method: when a lattice point crosses the Ewald sphere, and where its beam meets the detector.

Lab frame: z along the beam, y up along the spindle, x completes the right hand. Wave vectors in inverse
angstrom without 2 pi, so the Ewald sphere has radius 1/wavelength. Frame i is centred on frame coordinate i.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiment.lattice import rotation_about


@dataclass(frozen=True)
class Instrument:
    """Beam, detector position and scan. Lengths in mm, angles in degrees, the wavelength in angstrom."""

    wavelength: float
    distance: float
    pixel_size: float
    beam_row: float
    beam_column: float
    phi_start: float
    phi_step: float
    chi: tuple[float, ...]  # one tilt of the crystal about the beam for each rotation

    @property
    def wavenumber(self) -> float:
        return 1.0 / self.wavelength

    def phi(self, frame: float) -> float:
        """The spindle angle in degrees at the middle of a frame."""
        return self.phi_start + (frame + 0.5) * self.phi_step

    def goniometer(self, rotation: int, frame: float) -> np.ndarray:
        """The matrix, shape (3, 3), that takes crystal axes to the lab: G = Ry(phi) Rz(chi)."""
        return rotation_about(1, self.phi(frame)) @ self.mount(rotation)

    def mount(self, rotation: int) -> np.ndarray:
        return rotation_about(2, self.chi[rotation - 1])


def crossings(points: np.ndarray, instrument: Instrument) -> tuple[np.ndarray, np.ndarray]:
    """Where lattice points cross the Ewald sphere while the spindle turns once.

    |k0 + q| = |k0| gives q_z = -q^2 / (2 k); turning about y makes q_z = A cos(phi - phi0), which has
    a closed solution with two branches.

    Parameters
    ----------
    points : float64 array, shape (n, 3)
        Lattice points at phi = 0, in inverse angstrom.

    Returns
    -------
    which : int array, shape (m,), the index of the point
    frame : float64 array, shape (m,), the frame coordinate of the crossing, on the turn after phi_start
    """
    amplitude = np.hypot(points[:, 0], points[:, 2])
    wanted = -np.sum(points**2, axis=1) / (2 * instrument.wavenumber)
    reach = np.flatnonzero(np.abs(wanted) < amplitude)
    middle = np.arctan2(-points[reach, 0], points[reach, 2])
    half = np.arccos(wanted[reach] / amplitude[reach])
    phi = np.degrees(np.concatenate([middle + half, middle - half]))
    frame = np.mod(phi - instrument.phi_start, 360.0) / instrument.phi_step - 0.5
    return np.concatenate([reach, reach]), frame


def at_phi(points: np.ndarray, phi_degrees: np.ndarray) -> np.ndarray:
    """Points, shape (n, 3), each turned about y by its own angle."""
    cosine, sine = np.cos(np.radians(phi_degrees)), np.sin(np.radians(phi_degrees))
    x, y, z = points.T
    return np.stack([cosine * x + sine * z, y, cosine * z - sine * x], axis=1)


def on_detector(q: np.ndarray, instrument: Instrument) -> tuple[np.ndarray, np.ndarray]:
    """Row and column, each float64 of shape (n,), where the beams k0 + q meet a detector normal to k0."""
    forward = instrument.wavenumber + q[:, 2]
    pixels = instrument.distance / instrument.pixel_size / forward
    return instrument.beam_row - pixels * q[:, 1], instrument.beam_column + pixels * q[:, 0]


def scattering_vectors(rows: np.ndarray, columns: np.ndarray, instrument: Instrument) -> np.ndarray:
    """The lab q of every pixel of a grid: float64, shape (3, rows, columns), in inverse angstrom."""
    x = (columns - instrument.beam_column)[None, :] * instrument.pixel_size
    y = -(rows - instrument.beam_row)[:, None] * instrument.pixel_size
    length = np.sqrt(x**2 + y**2 + instrument.distance**2)
    k = instrument.wavenumber
    return np.stack([k * x / length, k * y / length, k * instrument.distance / length - k])
