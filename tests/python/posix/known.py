"""Where a file system in user space cannot answer as a disk does, and why."""

from __future__ import annotations

KNOWN = {
    "chown nothing: set-user-ID file, as a user":
        "The kernel does not say why privileges go, so a stranger who sets nothing takes them away. The mount heeds none.",
}
