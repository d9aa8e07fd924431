"""The files are laid out as the instrument's are, and as other tools expect."""

import hashlib
import os

import h5py
import numpy as np
import pytest

DATASET = "/entry/data/data"
FILTERS = {"none": [], "gzip": [h5py.h5z.FILTER_DEFLATE], "lz4": [32004]}


def filters_of(dataset):
    properties = dataset.id.get_create_plist()
    return [properties.get_filter(index)[0] for index in range(properties.get_nfilters())]


def test_there_is_one_raw_file_for_each_rotation_and_temperature(experiment):
    truth = experiment.truth
    names = {f"crystal1/{temperature}K/f{rotation}.h5"
             for temperature in truth["temperatures_K"] for rotation in (1, 2)}
    assert {file["path"] for file in experiment.raw_files()} == names
    assert {file["codec"] for file in experiment.raw_files()} == {"none", "gzip", "lz4"}


def test_a_chunk_is_one_frame_of_int32_with_the_codec_named_in_the_truth_file(experiment):
    for file in experiment.raw_files():
        with h5py.File(experiment.folder / file["path"], "r") as raw:
            data = raw[DATASET]
            assert data.shape == (60, 64, 59) and data.dtype == np.dtype("<i4")
            assert data.chunks == (1, 64, 59)
            assert filters_of(data) == FILTERS[file["codec"]]


@pytest.mark.parametrize("codec", ["none", "gzip", "lz4"])
def test_one_codec_can_be_asked_for_and_holds_the_same_data(experiment, make, tmp_path, codec):
    assert make("--seed", 7, "--codec", codec, tmp_path / "made").returncode == 0
    for file in experiment.raw_files():
        with h5py.File(tmp_path / "made" / file["path"], "r") as raw:
            assert filters_of(raw[DATASET]) == FILTERS[codec]
            assert hashlib.sha256(raw[DATASET][()]).hexdigest() == file["sha256_of_int32"]


def test_wrappers_link_to_the_raw_files_by_relative_paths(experiment):
    for temperature in experiment.truth["temperatures_K"]:
        with h5py.File(experiment.folder / f"crystal1/sample_{temperature}K.nxs", "r") as wrapper:
            for rotation in (1, 2):
                link = wrapper.get(f"/f{rotation}/data/data", getlink=True)
                assert isinstance(link, h5py.ExternalLink)
                assert (link.filename, link.path) == (f"{temperature}K/f{rotation}.h5", DATASET)
                assert wrapper[f"/f{rotation}/data/data"].shape == (60, 64, 59)


def test_wrappers_are_nexus_with_temperature_angles_and_mask(experiment):
    with h5py.File(experiment.folder / "crystal1/sample_120K.nxs", "r") as wrapper:
        assert wrapper.attrs["NX_class"] == "NXroot"
        assert wrapper["entry"].attrs["NX_class"] == wrapper["f1"].attrs["NX_class"] == "NXentry"
        assert wrapper["f1/data"].attrs["NX_class"] == "NXdata"
        assert wrapper["f1/data"].attrs["signal"] == "data"
        assert list(wrapper["f1/data"].attrs["axes"]) == ["frame_number", "y_pixel", "x_pixel"]
        default = wrapper[wrapper.attrs["default"]]
        assert default[default.attrs["default"]].attrs["NX_class"] == "NXdata"
        temperature = wrapper["entry/sample/temperature"]
        assert (temperature[()], temperature.attrs["units"]) == (120.0, "K")
        phi = wrapper["f2/instrument/goniometer/phi"]
        assert phi.shape == (60,) and np.allclose(np.diff(phi), 0.1) and phi.attrs["units"] == "degree"
        assert wrapper["f2/instrument/goniometer/chi"][()] == 35.0
        assert np.allclose(wrapper["entry/sample/ub_matrix"][0], experiment.truth["crystal"]["ub_matrix"])
        mask = wrapper["f1/instrument/detector/pixel_mask"][()]
        with h5py.File(experiment.raw(1, 120), "r") as raw:
            assert np.array_equal(mask == 1, raw[DATASET][0] == -1)
        assert all(mask[row, column] == 2 for row, column in experiment.truth["detector"]["dead"])
        assert all(mask[row, column] == 16 for row, column in experiment.truth["detector"]["hot"])


def test_the_parent_stacks_rotation_1_of_all_temperatures_by_absolute_paths(experiment):
    with h5py.File(experiment.folder / "crystal1/sample_parent.nxs", "r") as parent:
        data = parent[DATASET]
        sources = [source.file_name for source in data.virtual_sources()]
        assert sources == [str(experiment.raw(1, t)) for t in experiment.truth["temperatures_K"]]
        assert all(os.path.isabs(source) for source in sources)
        assert list(parent["entry/data/temperature"]) == experiment.truth["temperatures_K"]
        for index, temperature in enumerate(experiment.truth["temperatures_K"]):
            with h5py.File(experiment.raw(1, temperature), "r") as raw:
                assert np.array_equal(data[index], raw[DATASET][()])


def test_the_parent_points_where_it_is_told_to(elsewhere):
    with h5py.File(elsewhere.folder / "crystal1/sample_parent.nxs", "r") as parent:
        assert parent[DATASET].virtual_sources()[2].file_name == "/no/such/view/crystal1/100K/f1.h5"
        assert (parent[DATASET][2, 0] == np.iinfo(np.int32).min).all()  # missing, and seen to be


def test_the_truncated_file_is_the_start_of_a_raw_file_and_fails_to_open(experiment):
    broken = (experiment.folder / "crystal1/broken/f1.h5").read_bytes()
    assert experiment.raw(1, 100).read_bytes().startswith(broken)
    assert len(broken) > 10_000
    with pytest.raises(OSError, match="truncated file"):
        h5py.File(experiment.folder / "crystal1/broken/f1.h5", "r")


def test_the_truth_file_lists_every_file_with_its_size_and_checksum(experiment):
    present = {str(path.relative_to(experiment.folder)) for path in experiment.folder.rglob("*") if path.is_file()}
    assert present == {file["path"] for file in experiment.truth["files"]} | {"truth.json"}
    for file in experiment.truth["files"]:
        content = (experiment.folder / file["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])


def test_the_answers_in_the_truth_file_are_those_in_the_data(experiment):
    answers = experiment.truth["answers"]
    with h5py.File(experiment.folder / answers["slab"]["path"], "r") as raw:
        slab = raw[DATASET][slice(*answers["slab"]["frames"])]
    assert len(slab) == 50
    assert int(slab.sum(dtype=np.int64)) == answers["slab"]["sum_of_values"]
    assert int(slab[slab >= 0].sum(dtype=np.int64)) == answers["slab"]["sum_of_counts"]
    box = tuple(slice(*answers["melting"][axis]) for axis in ("frames", "rows", "columns"))
    for index, path in enumerate(answers["curve"]["paths"]):
        with h5py.File(experiment.folder / path, "r") as raw:
            assert raw[DATASET][tuple(answers["curve"]["pixel"])] == answers["curve"]["values"][index]
            assert int(raw[DATASET][box].sum()) == answers["melting"]["sums"][index]
