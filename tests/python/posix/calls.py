"""The calls of the matrices: each takes a path, and some a second one, below the directory that the process is in."""

from __future__ import annotations

import os
import stat

from system import RENAME_EXCHANGE, RENAME_NOREPLACE, opened, renameat2

def below(path: str) -> str:
    """A name in what the path leads to."""
    return os.path.join(path.rstrip("/") or ".", "sub")


#: Calls with one path.
SINGLE = {
    "stat": lambda p: stat.filemode(os.stat(p).st_mode),
    "lstat": lambda p: stat.filemode(os.lstat(p).st_mode),
    "open to read": lambda p: opened(p, os.O_RDONLY),
    "open to write": lambda p: opened(p, os.O_WRONLY),
    "open to read and write": lambda p: opened(p, os.O_RDWR),
    "open and truncate": lambda p: opened(p, os.O_WRONLY | os.O_TRUNC),
    "open to read and truncate": lambda p: opened(p, os.O_RDONLY | os.O_TRUNC),
    "create": lambda p: opened(p, os.O_RDWR | os.O_CREAT, 0o640),
    "create to read": lambda p: opened(p, os.O_RDONLY | os.O_CREAT, 0o444),
    "create anew": lambda p: opened(p, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600),
    "create or truncate": lambda p: opened(p, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o7777),
    "open as a directory": lambda p: opened(p, os.O_RDONLY | os.O_DIRECTORY),
    "open no link": lambda p: opened(p, os.O_RDONLY | os.O_NOFOLLOW),
    "open without a name": lambda p: opened(p, os.O_RDWR | os.O_TMPFILE, 0o600),
    "mkdir": lambda p: os.mkdir(p, 0o7777),
    "rmdir": os.rmdir,
    "unlink": os.unlink,
    "make a file": lambda p: os.mknod(p, stat.S_IFREG | 0o666),
    "make a pipe": lambda p: os.mknod(p, stat.S_IFIFO | 0o600),
    "make a socket": lambda p: os.mknod(p, stat.S_IFSOCK | 0o755),
    "make a character device": lambda p: os.mknod(p, stat.S_IFCHR | 0o600, os.makedev(1, 3)),
    "make a block device": lambda p: os.mknod(p, stat.S_IFBLK | 0o600, os.makedev(300, 70000)),
    "symlink": lambda p: os.symlink("some/where", p),
    "readlink": os.readlink,
    "chmod": lambda p: os.chmod(p, 0o4751),
    "chmod group": lambda p: os.chmod(p, 0o2770),
    "chown": lambda p: os.chown(p, 12345, 12400),
    "chown nothing": lambda p: os.chown(p, -1, -1),
    "chown group": lambda p: os.chown(p, -1, 12345),
    "chown a link": lambda p: os.lchown(p, 12346, 12346),
    "truncate": lambda p: os.truncate(p, 3),
    "extend": lambda p: os.truncate(p, 5000),
    "touch": os.utime,
    "set times": lambda p: os.utime(p, ns=(10**18 + 1, 10**18 + 2)),
    "set times of a link": lambda p: os.utime(p, ns=(5, 6), follow_symlinks=False),
    "read access": lambda p: os.access(p, os.R_OK, effective_ids=True),
    "write access": lambda p: os.access(p, os.W_OK, effective_ids=True),
    "execute access": lambda p: os.access(p, os.X_OK, effective_ids=True),
    "list": lambda p: sorted(os.listdir(p)),
    "chdir": lambda p: os.close(os.open(p, os.O_PATH | os.O_DIRECTORY)),
    "setxattr": lambda p: os.setxattr(p, "user.a", b"1"),
    "getxattr": lambda p: os.getxattr(p, "user.a"),
    "removexattr": lambda p: os.removexattr(p, "user.a"),
    "listxattr": lambda p: [name for name in os.listxattr(p) if name.startswith("user.")],
    "link from it": lambda p: os.link(p, "brandnew", follow_symlinks=False),
    "link to it": lambda p: os.link("other", p),
    "link a directory to it": lambda p: os.link("dir", p),
    "rename it": lambda p: os.rename(p, "brandnew"),
    "rename a file to it": lambda p: os.rename("other", p),
    "rename a directory to it": lambda p: os.rename("mine", p),
    "rename a link to it": lambda p: os.rename("dangling", p),
    "rename it to itself": lambda p: os.rename(p, p),
    "rename it below itself": lambda p: os.rename(p, below(p)),
    "rename into a sticky directory": lambda p: os.rename(p, "sticky/bob"),
    "rename a directory below it": lambda p: os.rename("empty", below(p)),
    "exchange it": lambda p: renameat2(p, "other", RENAME_EXCHANGE),
    "exchange it with a directory": lambda p: renameat2("dir", p, RENAME_EXCHANGE),
    "rename without replacing": lambda p: renameat2("other", p, RENAME_NOREPLACE),
    "rename it without replacing": lambda p: renameat2(p, "brandnew", RENAME_NOREPLACE),
    "rename with flags that contradict": lambda p: renameat2("other", p, RENAME_NOREPLACE | RENAME_EXCHANGE),
}

#: Calls that leave the tree as it was, whatever they answer.
HARMLESS = {"stat", "lstat", "open to read", "open to write", "open to read and write", "open as a directory", "open no link",
            "open without a name", "readlink", "read access", "write access", "execute access", "list", "chdir", "getxattr", "listxattr"}
