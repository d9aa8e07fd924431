"""Writes wrappers: one small file a temperature, with angles, sample and external links to the raw files."""

from __future__ import annotations

import h5py
import numpy as np

from experiment import layout
from experiment.nexus import data_group, entry, field, group, nexus_file
from experiment.recipe import CELL, SAMPLE, Recipe


def write_wrapper(path: str, recipe: Recipe, temperature: int) -> None:
    with nexus_file(path) as root:
        root.attrs["default"] = "f1"
        _write_sample(root["entry"], recipe, temperature)
        for rotation in recipe.rotations:
            _write_rotation(entry(root, f"f{rotation}"), recipe, rotation, temperature)


def _write_sample(parent: h5py.Group, recipe: Recipe, temperature: int) -> None:
    sample = group(parent, "sample", "NXsample")
    sample["name"] = SAMPLE
    field(sample, "temperature", float(temperature), "K")
    field(sample, "unit_cell_abc", [CELL.a, CELL.b, CELL.c], "angstrom")
    field(sample, "unit_cell_alphabetagamma", [CELL.alpha, CELL.beta, CELL.gamma], "degree")
    # NXsample: one matrix for each component, in the convention of Busing and Levy
    sample["ub_matrix"] = recipe.ub()[None]


def _write_rotation(parent: h5py.Group, recipe: Recipe, rotation: int, temperature: int) -> None:
    frames = np.arange(recipe.size.frames, dtype=np.int32)
    rows, columns = (np.arange(length, dtype=np.int32) for length in recipe.shape)
    data = data_group(parent, {"frame_number": frames, "y_pixel": rows, "x_pixel": columns})
    # Relative, so that the experiment can be moved as a whole
    data["data"] = h5py.ExternalLink(layout.raw_from_wrapper(rotation, temperature), layout.DATASET)
    _write_instrument(group(parent, "instrument", "NXinstrument"), recipe, rotation)


def _write_instrument(parent: h5py.Group, recipe: Recipe, rotation: int) -> None:
    instrument = recipe.instrument()
    monochromator = group(parent, "monochromator", "NXmonochromator")
    field(monochromator, "wavelength", instrument.wavelength, "angstrom")

    goniometer = group(parent, "goniometer", "NXgoniometer")
    field(goniometer, "phi", instrument.phi(np.arange(recipe.size.frames)), "degree")
    goniometer["phi"].attrs["step"] = instrument.phi_step
    field(goniometer, "chi", instrument.chi[rotation - 1], "degree")

    detector = group(parent, "detector", "NXdetector")
    field(detector, "distance", instrument.distance, "mm")
    for axis in ("x_pixel_size", "y_pixel_size"):
        field(detector, axis, instrument.pixel_size, "mm")
    field(detector, "beam_center_x", instrument.beam_column, "pixel")
    field(detector, "beam_center_y", instrument.beam_row, "pixel")
    detector.create_dataset("pixel_mask", data=recipe.detector().pixel_mask(), compression="gzip", chunks=recipe.shape)
