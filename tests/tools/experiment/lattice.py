"""The crystal lattice and how it is tilted: the matrices U and B of Busing and Levy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class UnitCell:
    """A unit cell: lengths in angstrom, angles in degrees."""

    a: float
    b: float
    c: float
    alpha: float
    beta: float
    gamma: float

    def metric(self) -> np.ndarray:
        """The real-space metric tensor, shape (3, 3), in square angstrom."""
        lengths = np.array([self.a, self.b, self.c])
        cos_alpha, cos_beta, cos_gamma = np.cos(np.radians([self.alpha, self.beta, self.gamma]))
        cosines = np.array([[1, cos_gamma, cos_beta], [cos_gamma, 1, cos_alpha], [cos_beta, cos_alpha, 1]])
        return np.outer(lengths, lengths) * cosines

    def b_matrix(self) -> np.ndarray:
        """The matrix B, shape (3, 3), that takes hkl to inverse angstrom, without the factor 2 pi.

        Busing & Levy, Acta Cryst. 22 (1967) 457, eq. 3: upper triangular, x along a*. Because
        B^T B is the reciprocal metric, B is its Cholesky factor.
        """
        return np.linalg.cholesky(np.linalg.inv(self.metric())).T


def rotation_about(axis: int, degrees: float) -> np.ndarray:
    """The right-handed rotation, shape (3, 3), about lab axis 0 (x), 1 (y) or 2 (z)."""
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = cosine
    matrix[first, second], matrix[second, first] = -sine, sine
    return matrix


def orientation(tilts_degrees: tuple[float, float, float]) -> np.ndarray:
    """The orientation matrix U = Rz Ry Rx, shape (3, 3), from its tilts about x, y and z."""
    x, y, z = tilts_degrees
    return rotation_about(2, z) @ rotation_about(1, y) @ rotation_about(0, x)
