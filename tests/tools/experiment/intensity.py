"""How strong a reflection is, and how the superlattice melts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Crystal:
    """The scattering of one cell: two atoms, and a displacement wave that vanishes at Tc."""

    heavy: float = 50.0  # electrons of the atom at the origin
    light: float = 38.0  # electrons of the atom at `light_site`
    light_site: tuple[float, float, float] = (0.5, 0.5, 0.46)
    b_iso: float = 2.0  # square angstrom, Debye-Waller and form factor together, kept free of temperature
    wave_vector: tuple[float, float, float] = (0.5, 0.5, 0.5)
    wave_direction: tuple[float, float, float] = (0.48, 0.60, 0.64)  # unit vector in crystal axes
    wave_amplitude: float = 0.18  # angstrom at zero temperature
    tc: float = 150.0  # kelvin
    beta: float = 0.33
    scale: float = 5.0e5  # counts times inverse angstrom in a full reflection of unit structure factor

    def order(self, temperature: float) -> float:
        """The square of the order parameter: (1 - T/Tc)^(2 beta) below Tc, 0 from Tc on."""
        return max(0.0, 1.0 - temperature / self.tc) ** (2 * self.beta) if temperature < self.tc else 0.0

    def thermal(self, q: np.ndarray) -> np.ndarray:
        """exp(-2 B (sin theta / lambda)^2) = exp(-B q^2 / 2), q in inverse angstrom."""
        return np.exp(-0.5 * self.b_iso * q**2)

    def bragg(self, hkl: np.ndarray) -> np.ndarray:
        """|F|^2 of the two atoms over its greatest value. hkl shape (n, 3), answer shape (n,)."""
        phase = 2 * np.pi * np.sum(hkl * np.array(self.light_site), axis=1)
        squared = self.heavy**2 + self.light**2 + 2 * self.heavy * self.light * np.cos(phase)
        return squared / (self.heavy + self.light) ** 2

    def superlattice(self, points: np.ndarray) -> np.ndarray:
        """(pi q.u)^2 of the first satellite at zero temperature. points shape (n, 3), answer shape (n,)."""
        along = np.sum(points * np.array(self.wave_direction), axis=1)
        return (np.pi * self.wave_amplitude * along) ** 2
