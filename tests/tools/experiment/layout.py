"""Where the files of the experiment lie, relative to its root, and where the dataset lies in them."""

from __future__ import annotations

from experiment.recipe import LABEL, SAMPLE

DATASET = "/entry/data/data"
TRUTH = "truth.json"
PARENT = f"{LABEL}/{SAMPLE}_parent.nxs"
BROKEN = f"{LABEL}/broken/f1.h5"


def raw_from_wrapper(rotation: int, temperature: int) -> str:
    """The relative path by which a wrapper links to a raw file."""
    return f"{temperature}K/f{rotation}.h5"


def raw(rotation: int, temperature: int) -> str:
    return f"{LABEL}/{raw_from_wrapper(rotation, temperature)}"


def wrapper(temperature: int) -> str:
    return f"{LABEL}/{SAMPLE}_{temperature}K.nxs"


def dataset_in_wrapper(rotation: int) -> str:
    return f"/f{rotation}/data/data"
