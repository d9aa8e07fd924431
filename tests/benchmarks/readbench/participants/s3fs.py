"""s3fs, of a public bucket. What it needs to read a key of known name, HEAD and GET with Range, nginx has, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from readbench.bench import Bench
from readbench.mount import Mount
from readbench.read_ahead import raise_read_ahead

OPTIONS = "ro,public_bucket=1,use_path_request_style,umask=0022"
SEQUENTIAL = "parallel_count=8,multipart_size=8"
# The least it ever asks for: 5 MiB
RANDOM = "parallel_count=1,multipart_size=5"
SETTINGS = f"s3fs: `-o {OPTIONS}`; sequential `{SEQUENTIAL}`, random `{RANDOM}`"


def sequential(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return _s3fs(bench, state, SEQUENTIAL)


def random(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return _s3fs(bench, state, RANDOM)


@contextmanager
def _s3fs(bench: Bench, state: Path, options: str) -> Iterator[Path]:
    point = state / "mnt"
    options = f"{OPTIONS},{options},url=http://{bench.link.address},tmpdir={state}"
    # It cannot list what is no S3 server: it is asked for a file
    with Mount(["s3fs", "data", str(point), "-f", "-o", options], point, probe=["stat", str(point / bench.file_name)]):
        raise_read_ahead(point)
        yield point
