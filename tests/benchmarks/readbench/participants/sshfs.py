"""sshfs, from a real sshd with keys of its own."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readbench import user
from readbench.bench import Bench
from readbench.command import run
from readbench.link import Link, start_link
from readbench.mount import Mount
from readbench.participants.names import SSHFS
from readbench.read_ahead import raise_read_ahead
from readbench.server import Server, free_port

# AES-GCM is the cheapest cipher where the processor has instructions for it
OPTIONS = "ro,kernel_cache,cache_timeout=3600,Compression=no,Ciphers=aes128-gcm@openssh.com"
SETTINGS = f"sshfs: `-o {OPTIONS}`, from OpenSSH's sshd with `internal-sftp`"


@contextmanager
def origin(bench: Bench) -> Iterator[Link]:
    """The server and a link of its own before it, for a whole run."""
    folder, port = bench.fresh_folder("sshd"), free_port()
    for key in ("host", "client"):
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)], 20)
    if os.geteuid() == 0:
        # It refuses to start without, and a service manager makes it
        Path("/run/sshd").mkdir(exist_ok=True)
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "client.pub",
        "PidFile": "none",
        "PermitRootLogin": "prohibit-password",
        "StrictModes": "no",
        "Subsystem": "sftp internal-sftp",
    }
    (folder / "sshd_config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    command = ["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "sshd_config")]
    with Server(command, port, folder), start_link(bench.testlink, port, folder) as link:
        yield link


@contextmanager
def sshfs(bench: Bench, state: Path) -> Iterator[Path]:
    host, _, port = bench.links[SSHFS].address.rpartition(":")
    key = next(bench.folder.glob("sshd-*/client"))
    account = pwd.getpwuid(os.geteuid()).pw_name
    command = ["sshfs", "-f", "-p", port, f"{account}@{host}:{bench.served}", str(state / "mnt")]
    command += ["-o", f"{OPTIONS},IdentityFile={key},StrictHostKeyChecking=no,UserKnownHostsFile={state / 'known'}"]
    with Mount(command, state / "mnt") as folder:
        raise_read_ahead(folder)
        yield folder
