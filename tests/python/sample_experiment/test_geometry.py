"""The geometry against formulae other than those it was built from."""

import numpy as np
import pytest

from experiment.box import Box
from experiment.geometry import on_detector, scattering_vectors
from experiment.lattice import UnitCell, orientation
from experiment.plan import Plan
from experiment.recipe import SIZES, Recipe


def test_b_matrix_gives_the_plane_spacings_of_a_monoclinic_cell():
    a, b, c, beta = 4.05, 4.20, 4.55, 93.0
    h, k, l = 2, -3, 1
    sine, cosine = np.sin(np.radians(beta)), np.cos(np.radians(beta))
    inverse_square = (h**2 / a**2 + k**2 * sine**2 / b**2 + l**2 / c**2 - 2 * h * l * cosine / (a * c)) / sine**2
    q = UnitCell(a, b, c, 90, beta, 90).b_matrix() @ [h, k, l]
    assert q @ q == pytest.approx(inverse_square, rel=1e-12)


def test_b_matrix_is_upper_triangular_with_a_star_along_x():
    b = UnitCell(4.05, 4.20, 4.55, 81, 93, 104).b_matrix()
    assert np.allclose(b, np.triu(b)) and (np.diag(b) > 0).all()


def test_orientation_is_a_rotation():
    u = orientation((17.0, -23.0, 31.0))
    assert np.allclose(u @ u.T, np.eye(3)) and np.linalg.det(u) == pytest.approx(1)


def test_a_pixel_scatters_where_its_scattering_vector_says():
    instrument = Recipe("S", 1).instrument()
    rows, columns = np.array([3.0, 40.0, 91.0]), np.array([0.0, 50.0, 83.0])
    q = scattering_vectors(rows, columns, instrument).reshape(3, -1).T
    back = on_detector(q, instrument)
    assert np.allclose(back[0], np.repeat(rows, 3)) and np.allclose(back[1], np.tile(columns, 3))


@pytest.mark.parametrize("size", ["XS", "S", "M"])
def test_every_planted_peak_lies_on_the_ewald_sphere_at_its_frame_and_pixel(size):
    recipe = Recipe(size, 3)
    instrument = recipe.instrument()
    k0 = np.array([0, 0, 1 / instrument.wavelength])
    for peak in Plan.of(recipe).peaks:
        beam = k0 + instrument.goniometer(peak.rotation, peak.frame) @ recipe.ub() @ peak.hkl
        assert np.linalg.norm(beam) == pytest.approx(k0[2], rel=1e-9)
        hit = beam * instrument.distance / beam[2] / instrument.pixel_size
        assert peak.column == pytest.approx(instrument.beam_column + hit[0], abs=1e-6)
        assert peak.row == pytest.approx(instrument.beam_row - hit[1], abs=1e-6)


@pytest.mark.parametrize("size, seeds", [("XS", 30), ("S", 8), ("M", 4)])
def test_every_seed_has_a_strong_superlattice_peak_to_fit(size, seeds):
    for seed in range(seeds):
        plan = Plan.of(Recipe(size, seed))
        assert plan.reference.counts[0] > 20_000
        assert plan.questions.box == Box.around(plan.reference, plan.recipe)


def test_size_m_has_the_frames_of_the_real_detector():
    assert Recipe("M", 1).shape == (1679, 1475)
    assert all(size.frames >= 50 for size in SIZES.values())
