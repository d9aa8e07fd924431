"""XRootD's proxy cache: an origin behind the link, on this side a proxy that keeps blocks on disk, read through xrootdfs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from readbench.bench import Bench
from readbench.link import Link, start_link
from readbench.mount import Mount
from readbench.participants.names import XROOTD
from readbench.read_ahead import raise_read_ahead
from readbench.server import Server, free_port

# As with rclone, the best for one row is in the way in the other
SEQUENTIAL = ["pfc.blocksize 1m", "pfc.prefetch 10"]
RANDOM = ["pfc.blocksize 256k", "pfc.prefetch 0"]
MEMORY = "pfc.ram 2g"
SETTINGS = (
    f"xrootd proxy cache: `{MEMORY}`, sequential `{'`, `'.join(SEQUENTIAL)}`, random `{'`, `'.join(RANDOM)}`; "
    "mounted with xrootdfs"
)


@contextmanager
def origin(bench: Bench) -> Iterator[Link]:
    """The server and a link of its own before it, for a whole run."""
    folder, port = bench.fresh_folder("xrootd"), free_port()
    with _xrootd(folder, port, bench.served, []), start_link(bench.testlink, port, folder) as link:
        yield link


def sequential(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return _through_proxy(bench, state, SEQUENTIAL)


def random(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return _through_proxy(bench, state, RANDOM)


@contextmanager
def _through_proxy(bench: Bench, state: Path, options: list[str]) -> Iterator[Path]:
    folder, port = state / "proxy", free_port()
    cache = folder / "cache"
    cache.mkdir(parents=True)
    proxy = ["ofs.osslib libXrdPss.so", "pss.cachelib libXrdFileCache.so", f"pss.origin {bench.links[XROOTD].address}"]
    command = ["xrootdfs", str(state / "mnt"), "-f", "-o", f"rdr=root://127.0.0.1:{port}//,ro"]
    with _xrootd(folder, port, cache, [*proxy, MEMORY, *options]), Mount(command, state / "mnt") as mounted:
        raise_read_ahead(mounted)
        yield mounted


def _xrootd(folder: Path, port: int, root: Path, more: list[str]) -> Server:
    lines = ["all.role server", "all.export /", f"oss.localroot {root}", f"xrd.port {port}", "xrd.network nodnr"]
    lines += [f"all.adminpath {folder}", f"all.pidpath {folder}", *more]
    (folder / "xrootd.cfg").write_text("\n".join(lines) + "\n")
    command = ["xrootd", "-c", str(folder / "xrootd.cfg"), "-l", str(folder / "log"), "-n", "bench"]
    if os.geteuid() == 0:
        # It does not run as root
        command += ["-R", "nobody"]
        for place in (folder, *folder.iterdir()):
            shutil.chown(place, "nobody")
    return Server(command, port, folder)
