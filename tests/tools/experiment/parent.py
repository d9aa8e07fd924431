"""Writes the parent: a virtual dataset that stacks all temperatures of rotation 1, by absolute paths."""

from __future__ import annotations

import os

import h5py
import numpy as np

from experiment import layout
from experiment.nexus import data_group, nexus_file
from experiment.recipe import TEMPERATURES, Recipe

ROTATION = 1
# HDF5 answers this, without an error, where a source file is missing. No detector writes it.
MISSING = np.iinfo(np.int32).min


def write_parent(path: str, recipe: Recipe, parent_path: str) -> None:
    """`parent_path` is the absolute folder under which the experiment will be read."""
    shape = (recipe.size.frames, *recipe.shape)
    stack = h5py.VirtualLayout((len(TEMPERATURES), *shape), "<i4")
    for index, temperature in enumerate(TEMPERATURES):
        source = os.path.join(parent_path, layout.raw(ROTATION, temperature))
        stack[index] = h5py.VirtualSource(source, layout.DATASET, shape, "<i4")

    with nexus_file(path) as root:
        axes = {name: np.arange(length, dtype=np.int32)
                for name, length in zip(("frame_number", "y_pixel", "x_pixel"), shape)}
        data = data_group(root["entry"], {"temperature": np.array(TEMPERATURES, dtype=np.float64), **axes})
        data["temperature"].attrs["units"] = "K"
        data.create_virtual_dataset("data", stack, fillvalue=MISSING)
