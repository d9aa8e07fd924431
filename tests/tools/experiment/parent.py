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
    sources = [os.path.join(parent_path, layout.raw(ROTATION, temperature)) for temperature in TEMPERATURES]
    with nexus_file(path) as root:
        axes = {name: np.arange(length, dtype=np.int32)
                for name, length in zip(("frame_number", "y_pixel", "x_pixel"), shape)}
        data = data_group(root["entry"], {"temperature": np.array(TEMPERATURES, dtype=np.float64), **axes})
        data["temperature"].attrs["units"] = "K"
        _create_stack(data, "data", sources, shape)


def _create_stack(group: h5py.Group, name: str, sources: list[str], shape: tuple[int, ...]) -> None:
    """A virtual dataset, shape (sources, *shape), int32.

    By HDF5's own calls: h5py's create_virtual_dataset notes the time of making, which would differ from run to run.
    """
    space = h5py.h5s.create_simple((len(sources), *shape))
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_obj_track_times(False)
    properties.set_fill_value(np.array(MISSING, "<i4"))
    for index, source in enumerate(sources):
        space.select_hyperslab((index, 0, 0, 0), (1, *shape))
        properties.set_virtual(space, os.fsencode(source), layout.DATASET.encode(), h5py.h5s.create_simple(shape))
    space.select_all()
    h5py.h5d.create(group.id, name.encode(), h5py.h5t.STD_I32LE, space, properties)
