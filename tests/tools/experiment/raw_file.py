"""Writes raw files: one dataset of frames, one chunk a frame, as a detector's file writer leaves them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from experiment import codec
from experiment.layout import DATASET
from experiment.nexus import group, nexus_file


def write_raw(path: str, images: Iterable[np.ndarray], frames: int, shape: tuple[int, int], codec_name: str) -> None:
    """Writes `frames` images (int32, `shape`) to a new file."""
    with nexus_file(path) as root:
        data = group(root["entry"], "data", "NXdata")
        data.attrs["signal"] = "data"
        dataset = data.create_dataset(DATASET, (frames, *shape), "<i4", chunks=(1, *shape), **codec.options(codec_name))
        for index, image in enumerate(images):
            dataset[index] = image
