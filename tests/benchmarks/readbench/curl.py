"""curl as a peer: all of the file, in one stream or in ranges on parallel connections."""

from __future__ import annotations

import hashlib
from pathlib import Path

from readbench.bench import Bench
from readbench.command import Failed, run
from readbench.settings import CURL_CONNECTIONS, CURL_RANGE_BYTES

RANGES = "curl, parallel ranges"
STREAM = "curl, one stream"


def stream_command(bench: Bench, into: Path | None) -> list[str]:
    output = str(into / "0") if into else "/dev/null"
    return ["curl", "--silent", "--show-error", "--fail", "--output", output, bench.url(bench.file_name)]


def ranges_command(bench: Bench, into: Path | None, config: Path) -> list[str]:
    size, pieces = bench.settings.size_bytes, []
    for number, start in enumerate(range(0, size, CURL_RANGE_BYTES)):
        end = min(start + CURL_RANGE_BYTES, size) - 1
        output = into / str(number) if into else "/dev/null"
        pieces.append(f'url = "{bench.url(bench.file_name)}"\nrange = "{start}-{end}"\noutput = "{output}"\nfail\n')
    config.write_text("next\n".join(pieces))
    at_once = ["--parallel", "--parallel-immediate", "--parallel-max", str(CURL_CONNECTIONS)]
    return ["curl", "--silent", "--show-error", *at_once, "--config", str(config)]


def check(bench: Bench, name: str) -> None:
    """Whether the commands above fetch the very file; what they fetch when they are measured goes nowhere."""
    into = bench.fresh_folder("curl")
    command = stream_command(bench, into) if name == STREAM else ranges_command(bench, into, bench.folder / "curl.conf")
    run(command, bench.settings.limit_seconds)
    digest = hashlib.sha256()
    for number in range(len(list(into.iterdir()))):
        digest.update((into / str(number)).read_bytes())
    bench.remove(into)
    if digest.hexdigest() != bench.sha256:
        raise Failed(f"WRONG BYTES from {name}")
