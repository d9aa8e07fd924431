"""What was planted is found in the images, where and as strong as the truth file says."""

import h5py
import numpy as np
import pytest

DATASET = "/entry/data/data"


def stack(experiment, rotation, temperature):
    with h5py.File(experiment.raw(rotation, temperature), "r") as file:
        return file[DATASET][()]


def isolated(experiment, kind, rotation=1, least=2000):
    found = [peak for peak in experiment.truth["peaks"]
             if peak["isolated"] and (peak["kind"], peak["rotation"]) == (kind, rotation)
             and peak["counts"][0] > least]
    assert len(found) >= 3
    return found


def box_of(experiment, data, peak):
    """The peak's box less its background, with the coordinates of its low corner."""
    half = (int(np.ceil(experiment.truth["box"]["half_frame_sigmas"] * peak["frame_sigma"])),
            *[experiment.truth["box"]["half_pixels"]] * 2)
    low = [round(peak[axis]) - reach for axis, reach in zip(("frame", "row", "column"), half)]
    box = data[tuple(slice(start, start + 2 * reach + 1) for start, reach in zip(low, half))].astype(float)
    return box - 0.3, np.array(low)  # 0.3: the smooth background, nowhere far from it


@pytest.mark.parametrize("rotation", [1, 2])
@pytest.mark.parametrize("kind", ["bragg", "superlattice"])
def test_planted_peaks_are_found_where_they_were_planted(experiment, kind, rotation):
    data = stack(experiment, rotation, 40)
    for peak in isolated(experiment, kind, rotation):
        box, low = box_of(experiment, data, peak)
        centre = [(np.indices(box.shape)[axis] * box).sum() / box.sum() + low[axis] for axis in range(3)]
        assert centre == pytest.approx([peak["frame"], peak["row"], peak["column"]], abs=0.25)


def test_peaks_are_as_strong_as_planted_and_span_several_frames(experiment):
    data = stack(experiment, 1, 40)
    for peak in isolated(experiment, "bragg") + isolated(experiment, "superlattice"):
        box, _ = box_of(experiment, data, peak)
        # A box of the smallest size leaves out up to 2% of its peak
        assert box.sum() == pytest.approx(peak["counts"][0], rel=0.02 + 5 / np.sqrt(peak["counts"][0]))
        assert (box.sum(axis=(1, 2)) > 0.02 * box.sum()).sum() >= 3


def test_superlattice_peaks_melt_at_tc_and_bragg_peaks_do_not(experiment):
    crystal, temperatures = experiment.truth["crystal"], experiment.truth["temperatures_K"]
    hot = stack(experiment, 1, 180)
    for peak in isolated(experiment, "superlattice"):
        order = [max(0, 1 - t / crystal["tc"]) ** (2 * crystal["beta"]) for t in temperatures]
        assert np.array(peak["counts"]) / peak["counts"][0] == pytest.approx(np.array(order) / order[0], abs=1e-3)
        assert abs(box_of(experiment, hot, peak)[0].sum()) < 0.02 * peak["counts"][0] + 150
    for peak in isolated(experiment, "bragg"):
        assert box_of(experiment, hot, peak)[0].sum() == pytest.approx(peak["counts"][0], rel=0.15)


def test_gaps_dead_and_hot_pixels_are_as_the_detector_has_them(experiment):
    data, detector = stack(experiment, 2, 120), experiment.truth["detector"]
    gap = np.zeros(data.shape[1:], bool)
    rows, columns = detector["row_modules"], detector["column_modules"]
    gap[rows["pixels"] : rows["pixels"] + rows["gap"]] = True
    gap[:, columns["pixels"] : columns["pixels"] + columns["gap"]] = True
    assert (data[:, gap] == -1).all() and (data[:, ~gap] >= 0).all()
    assert detector["dead"] and detector["hot"]
    assert all((data[:, row, column] == 0).all() for row, column in detector["dead"])
    assert all((data[:, row, column] > 15_000).all() for row, column in detector["hot"])


def test_the_noise_between_peaks_is_poisson(experiment):
    """Over frames without a peak near, variance and mean of a pixel agree."""
    data = stack(experiment, 1, 180).astype(float)
    quiet = (data.max(axis=0) <= 4) & (data.min(axis=0) >= 0) & (data.sum(axis=0) > 0)
    mean, variance = data[:, quiet].mean(axis=0).mean(), data[:, quiet].var(axis=0, ddof=1).mean()
    assert quiet.sum() > 500
    assert variance == pytest.approx(mean, rel=0.1)


def test_diffuse_scattering_grows_with_temperature(experiment):
    cold, hot = stack(experiment, 1, 40), stack(experiment, 1, 180)
    quiet = (cold.max(axis=0) <= 4) & (hot.max(axis=0) <= 4) & (cold.min(axis=0) >= 0)
    assert hot[:, quiet].mean() > 1.2 * cold[:, quiet].mean()
