"""Writes HDF5 files the way NeXus lays them out, and the same bytes every time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import h5py

# Not the time of making: the same seed must give the same bytes.
FILE_TIME = "2024-05-01T08:00:00+00:00"


@contextmanager
def nexus_file(path: str) -> Iterator[h5py.File]:
    """A new file whose root is an NXroot with one NXentry, `entry`, as default. Fails if the file exists."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with h5py.File(path, "x") as root:
        root.attrs["NX_class"] = "NXroot"
        root.attrs["default"] = "entry"
        root.attrs["file_name"] = os.path.basename(path)
        root.attrs["file_time"] = FILE_TIME
        root.attrs["creator"] = "make-experiment"
        root.attrs["HDF5_Version"] = h5py.version.hdf5_version
        root.attrs["h5py_version"] = h5py.version.version
        entry(root, "entry")
        yield root


def entry(root: h5py.File, name: str) -> h5py.Group:
    made = group(root, name, "NXentry")
    made.attrs["default"] = "data"
    made["start_time"] = FILE_TIME
    return made


def group(parent: h5py.Group, name: str, nx_class: str) -> h5py.Group:
    made = parent.create_group(name)
    made.attrs["NX_class"] = nx_class
    return made


def data_group(parent: h5py.Group, axes: dict[str, object]) -> h5py.Group:
    """An NXdata called `data`, whose signal `data` has the given axes, slowest first."""
    made = group(parent, "data", "NXdata")
    made.attrs["signal"] = "data"
    made.attrs["axes"] = list(axes)
    for name, values in axes.items():
        made[name] = values
    return made


def field(parent: h5py.Group, name: str, value: object, units: str) -> None:
    parent[name] = value
    parent[name].attrs["units"] = units
