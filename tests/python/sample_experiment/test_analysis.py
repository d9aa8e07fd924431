"""The analysis agrees with good data and says which answer is wrong on bad data."""

import json
import os

import h5py
import numpy as np
import pytest
from conftest import script

DATASET = "/entry/data/data"


def wrong_steps(run):
    return [step["name"] for step in json.loads(run.stdout)["steps"] if step["problems"]]


def damage(path, frame, offset, length, mask):
    """Flips the bits of `mask` in `length` bytes (all if None) from `offset` on in the stored chunk of a frame."""
    with h5py.File(path, "r") as raw:
        chunk = raw[DATASET].id.get_chunk_info(frame)
    length = chunk.size - offset if length is None else length
    with open(path, "r+b") as raw:
        raw.seek(chunk.byte_offset + offset)
        damaged = bytes(byte ^ mask for byte in raw.read(length))
        raw.seek(chunk.byte_offset + offset)
        raw.write(damaged)


def test_all_answers_match_on_good_data(experiment, tmp_path):
    done = script("analyze-experiment", experiment.folder, "--checksums", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "all answers match the truth file"
    for step in ("slab", "curve", "wrapper", "virtual", "truncated", "melting", "checksums"):
        assert any(line.startswith(step) and " s " in line for line in done.stdout.splitlines())


def test_json_tells_steps_bytes_seconds_and_the_fit(experiment, analyze):
    report = json.loads(analyze(experiment.folder, "--json").stdout)
    steps = {step["name"]: step for step in report["steps"]}
    assert report["ok"] is True
    assert steps["slab"]["bytes"] == steps["wrapper"]["bytes"] == 50 * 64 * 59 * 4
    assert all(step["seconds"] >= 0 for step in report["steps"])
    assert steps["melting"]["results"]["tc_K"] == pytest.approx(150, abs=2.5)
    assert steps["melting"]["results"]["beta"] == pytest.approx(0.33, abs=0.03)


def test_one_wrong_bit_in_the_slab_is_seen_through_raw_file_and_wrapper(spoilt, analyze):
    damage(spoilt.raw(1, 100), spoilt.truth["answers"]["slab"]["frames"][0] + 3, 4000, 1, 0x01)
    done = analyze(spoilt.folder, "--json")
    assert done.returncode == 1
    assert {"slab", "wrapper"} <= set(wrong_steps(done)) and "curve" not in wrong_steps(done)


def test_two_swapped_pixels_are_seen_although_every_sum_agrees(spoilt, analyze):
    frame = spoilt.truth["answers"]["slab"]["frames"][0]
    with h5py.File(spoilt.raw(1, 100), "r+") as raw:
        image = raw[DATASET][frame]
        low, high = np.argwhere(image == 0)[0], np.argwhere(image == 1)[0]
        image[tuple(low)], image[tuple(high)] = 1, 0
        raw[DATASET][frame] = image
    problems = [problem for step in json.loads(analyze(spoilt.folder, "--json").stdout)["steps"]
                if step["name"] == "slab" for problem in step["problems"]]
    assert len(problems) == 1 and problems[0].startswith("SHA-256")


def test_one_wrong_bit_where_the_curve_is_read_is_seen_in_plain_data(spoilt, analyze):
    frame, row, column = spoilt.truth["answers"]["curve"]["pixel"]
    damage(spoilt.raw(1, 180), frame, 4 * (row * 59 + column), 1, 0x01)
    assert {"curve", "melting"} <= set(wrong_steps(analyze(spoilt.folder, "--json")))


@pytest.mark.parametrize("temperature", [40, 70])
def test_damage_where_the_curve_is_read_is_seen_in_compressed_data(spoilt, analyze, temperature):
    after_lz4_header = 16  # one wrong bit may land in another pixel of a compressed frame, so all are flipped
    damage(spoilt.raw(1, temperature), spoilt.truth["answers"]["curve"]["pixel"][0], after_lz4_header, None, 0xFF)
    assert {"curve", "melting"} <= set(wrong_steps(analyze(spoilt.folder, "--json")))


def test_a_virtual_dataset_without_its_sources_is_an_error_and_not_a_fill_value(elsewhere, analyze):
    done = analyze(elsewhere.folder, "--json")
    assert done.returncode == 1 and wrong_steps(done) == ["virtual"]
    assert "/no/such/view" in done.stdout and "filled-in values" in done.stdout


def test_a_virtual_dataset_that_leads_elsewhere_is_noticed(spoilt, analyze):
    done = analyze(spoilt.folder, "--json")
    assert wrong_steps(done) == ["virtual"] and "is not the file below" in done.stdout


def test_a_virtual_dataset_is_read_through_the_place_it_names(make, analyze, tmp_path):
    place = tmp_path / "mount"
    assert make("--parent-path", place, tmp_path / "made").returncode == 0
    os.symlink(tmp_path / "made", place)
    assert analyze(place).returncode == 0


def test_a_truncated_file_that_reads_is_an_error(spoilt, analyze):
    broken = spoilt.folder / spoilt.truth["answers"]["truncated"]["path"]
    broken.write_bytes(spoilt.raw(1, 100).read_bytes())
    assert "truncated" in wrong_steps(analyze(spoilt.folder, "--json"))


@pytest.mark.parametrize("path, step", [("crystal1/100K/f1.h5", "slab"), ("crystal1/broken/f1.h5", "truncated"),
                                        ("crystal1/sample_100K.nxs", "wrapper")])
def test_a_missing_file_fails_its_step_and_the_others_go_on(spoilt, analyze, path, step):
    (spoilt.folder / path).unlink()
    done = analyze(spoilt.folder, "--json")
    assert done.returncode == 1
    assert step in wrong_steps(done) and len(json.loads(done.stdout)["steps"]) == 7


def test_a_folder_without_a_truth_file_is_wrong_use(analyze, tmp_path):
    done = analyze(tmp_path)
    assert done.returncode == 2 and "truth.json" in done.stderr
