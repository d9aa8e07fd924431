"""The codecs of raw files, and whether this machine has them."""

from __future__ import annotations

import h5py

GZIP_LEVEL = 1  # the level file writers use to keep up with a detector
LZ4_FILTER = 32004  # as registered with The HDF Group
LZ4_WHOLE_CHUNK = (0,)  # block size 0: the filter's own maximum, so one block for each frame


def options(codec: str) -> dict[str, object]:
    """What h5py's create_dataset wants to hear for a codec of `recipe.CODECS`."""
    return {"none": {},
            "gzip": {"compression": "gzip", "compression_opts": GZIP_LEVEL},
            "lz4": {"compression": LZ4_FILTER, "compression_opts": LZ4_WHOLE_CHUNK}}[codec]


def has_lz4() -> bool:
    """Whether HDF5 can load the LZ4 filter: a system plug-in, or one that hdf5plugin brings along."""
    try:
        import hdf5plugin  # noqa: F401  (registers the filters it was built with; Debian's was built with none)
    except ImportError:
        pass
    return bool(h5py.h5z.filter_avail(LZ4_FILTER))
