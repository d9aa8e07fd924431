"""Writes in a view whose daemon is killed again and again, and knows what must be there afterwards.

It outlives the daemons. On its input: ``run`` writes until the mount dies, and prints ``dead`` and what was under way;
``check`` compares the view with what was acknowledged, and prints ``right`` or ``wrong`` and why. Each call is in the log
before the next one is made.

The model: a call that was answered counts, one that was not has happened or has not. Bytes count when a close, a sync or a
change of the size was answered after them; until then a file may be, byte by byte, what it was since.
"""

import copy
import ctypes
import errno
import os
import random
import stat
import sys

DEATHS = {errno.ENOTCONN, errno.ECONNABORTED, errno.EIO, errno.EINTR, errno.ENODEV}
EXCHANGE = 2
LIBC = ctypes.CDLL(None, use_errno=True)


class Died(Exception):
    """The daemon went away over a call."""


def exchange(one: str, other: str) -> None:
    """``renameat2`` with ``RENAME_EXCHANGE``."""
    if LIBC.renameat2(-100, os.fsencode(one), -100, os.fsencode(other), EXCHANGE) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), one)


def whole(done: int, wanted: int) -> None:
    """A mount that dies over a part of a call answers for the parts before."""
    if done < wanted:
        raise OSError(errno.ENOTCONN, f"only {done} of {wanted} B")


def pattern(seed: int, length: int) -> bytes:
    """Bytes that tell their seed; none is zero."""
    return bytes(byte or 0xA5 for byte in random.Random(seed).randbytes(length))


class File:
    """A regular file: what it is, and what it was since its bytes were acknowledged."""

    def __init__(self, content: bytes, mode: int) -> None:
        self.now = content
        self.since = [content]
        self.mode = mode

    def put(self, content: bytes) -> None:
        self.now = content
        self.since.append(content)

    def save(self) -> None:
        self.since = [self.now]

    def resize(self, length: int) -> None:
        def cut(content: bytes) -> bytes:
            return content[:length].ljust(length, b"\0")

        self.since = [cut(content) for content in self.since]
        self.put(cut(self.now))

    def allows(self, content: bytes, grows: bool) -> str | None:
        """Why it may not have this content; None when it may."""
        if content in self.since:
            return None
        sizes = {len(one) for one in self.since}
        if len(content) not in sizes and not (grows and min(sizes) <= len(content) <= max(sizes)):
            return f"has {len(content)} B, not one of {sorted(sizes)}"
        for at, byte in enumerate(content):
            if not any(at < len(one) and one[at] == byte for one in self.since):
                return f"has {byte:#x} at {at} of {len(content)}, of {len(self.since)} contents"
        return None


class Model:
    """All names: of directories None, of symbolic links a string, of files one object for all names of it."""

    def __init__(self) -> None:
        self.names: dict[str, File | str | None] = {}
        self.handles: dict[int, File] = {}
        self.growing: File | None = None  # the kernel cuts a write: of one that was not answered, a part may be there

    def below(self, directory: str) -> list[str]:
        return [path for path in self.names if path.startswith(directory + "/")]

    def move(self, path: str, to: str) -> None:
        for name in [path, *self.below(path)]:
            self.names[to + name[len(path):]] = self.names.pop(name)


class Writer:
    """Makes calls by chance, one after the other."""

    def __init__(self, mount: str, number: int, seed: int, bases: dict[str, bytes], log: str) -> None:
        self.mount = mount
        self.random = random.Random(seed * 1000 + number)
        self.model = Model()
        self.open: dict[int, str] = {}
        self.log = open(log, "a", buffering=1)  # a line a call, for who looks into a failure
        self.under_way: list[Model] = []
        self.calls = 0
        own = f"w{number}"
        self.model.names[own] = None
        self.own = own
        self.remote = f"data/{number}"
        self.model.names[self.remote] = None
        for name, content in bases.items():
            self.model.names[f"{self.remote}/{name}"] = File(content, 0o644)
        self.places = [f"{own}/{name}" for name in "abcd"] + [f"{own}/s/a", f"{own}/s/b", f"{own}/s"]
        self.places += [f"{self.remote}/{name}" for name in ["n", "d", "d/a"]]
        self.untouched = [f"{self.remote}/{name}" for name in bases]
        self.has_begun = False

    def at(self, path: str) -> str:
        return os.path.join(self.mount, path)

    def call(self, what: str, make, apply):
        """Makes a call, whose effect on a model is ``apply``; answers what it answers."""
        self.log.write(f"{what}\n")
        after = copy.deepcopy(self.model)
        apply(after)
        self.under_way = [self.model, after]
        try:
            made = make()
        except OSError as failure:
            self.log.write(f"  {failure}\n")
            if failure.errno in DEATHS:
                raise Died(what) from failure
            raise RuntimeError(f"{what}: {failure}") from failure
        self.log.write("  answered\n")
        self.calls += 1
        after.growing = None
        self.model, self.under_way = after, []
        return made

    def run(self) -> str:
        try:
            if not self.has_begun:
                if not os.path.isdir(self.at(self.own)):
                    os.mkdir(self.at(self.own), 0o755)
                self.has_begun = True
            while True:
                self.step()
        except Died as death:
            for descriptor in list(self.open):
                self.forget(descriptor)
            return str(death)
        except OSError as failure:
            if failure.errno in DEATHS and not self.has_begun:
                return "its beginning"
            raise

    def forget(self, descriptor: int) -> None:
        del self.open[descriptor]
        try:
            os.close(descriptor)
        except OSError:
            pass

    def pick(self, wanted) -> str | None:
        fitting = [path for path in self.places if wanted(path)]
        return self.random.choice(fitting) if fitting else None

    def is_free(self, path: str) -> bool:
        return path not in self.model.names and self.model.names.get(os.path.dirname(path), "") is None

    def is_file(self, path: str) -> bool:
        return isinstance(self.model.names.get(path), File)

    def is_there(self, path: str) -> bool:
        return path in self.model.names

    def step(self) -> None:
        kinds = [self.create, self.create, self.write, self.write, self.write, self.write, self.open_there, self.open_there, self.close, self.close,
                 self.sync, self.truncate, self.rename, self.rename, self.replace, self.exchange, self.link, self.unlink, self.mkdir,
                 self.rmdir, self.chmod, self.symlink, self.copy]
        self.random.choice(kinds)()

    def opened(self, what: str, path: str, flags: int, apply) -> None:
        if len(self.open) >= 4:
            return
        descriptor = self.call(what, lambda: os.open(self.at(path), flags, 0o644), apply)
        self.open[descriptor] = path
        self.model.handles[descriptor] = self.model.names[path]

    def create(self) -> None:
        if path := self.pick(self.is_free):
            self.opened(f"create {path}", path, os.O_CREAT | os.O_EXCL | os.O_RDWR, lambda model: model.names.update({path: File(b"", 0o644)}))

    def open_there(self) -> None:
        if path := self.pick(self.is_file):
            empties = self.random.random() < 0.2
            self.opened(f"open {path} {'to empty it' if empties else ''}", path, os.O_RDWR | (os.O_TRUNC if empties else 0),
                        lambda model: model.names[path].resize(0) if empties else None)

    def write(self) -> None:
        if not self.open:
            return
        descriptor = self.random.choice(list(self.open))
        size = len(self.model.handles[descriptor].now)
        offset = size if self.random.random() < 0.3 else self.random.randrange(size + 5000)
        part = pattern(self.random.getrandbits(40), self.random.choice([1, 100, 4096, 50_000]))

        def apply(model: Model) -> None:
            file = model.growing = model.handles[descriptor]
            file.put(file.now[:offset].ljust(offset, b"\0") + part + file.now[offset + len(part):])

        self.call(f"write {self.open[descriptor]} [{offset}, {offset + len(part)})", lambda: whole(os.pwrite(descriptor, part, offset), len(part)), apply)

    def close(self) -> None:
        if not self.open:
            return
        descriptor = self.random.choice(list(self.open))
        path = self.open.pop(descriptor)

        def apply(model: Model) -> None:
            model.handles.pop(descriptor).save()

        self.call(f"close {path}", lambda: os.close(descriptor), apply)

    def sync(self) -> None:
        if not self.open:
            return
        descriptor = self.random.choice(list(self.open))
        self.call(f"fsync {self.open[descriptor]}", lambda: os.fsync(descriptor), lambda model: model.handles[descriptor].save())

    def copy(self) -> None:
        if len(self.open) < 2:
            return
        source, target = self.random.sample(list(self.open), 2)
        if self.model.handles[source] is self.model.handles[target] or not self.model.handles[source].now:
            return
        length = min(len(self.model.handles[source].now), 60_000)
        offset = self.random.randrange(10_000)

        def apply(model: Model) -> None:
            file = model.growing = model.handles[target]
            part = model.handles[source].now[:length]
            file.put(file.now[:offset].ljust(offset, b"\0") + part + file.now[offset + length:])

        self.call(f"copy {self.open[source]} to {self.open[target]} at {offset}, {length} B",
                  lambda: whole(os.copy_file_range(source, target, length, 0, offset), length), apply)

    def truncate(self) -> None:
        if path := self.pick(self.is_file):
            length = self.random.choice([0, self.random.randrange(100_000)])
            self.call(f"truncate {path} to {length}", lambda: os.truncate(self.at(path), length), lambda model: model.names[path].resize(length))

    def rename(self) -> None:
        path, to = self.pick(self.is_there), self.pick(self.is_free)
        if path and to and not to.startswith(path + "/"):
            self.call(f"rename {path} to {to}", lambda: os.rename(self.at(path), self.at(to)), lambda model: model.move(path, to))

    def replace(self) -> None:
        path, to = self.pick(self.is_file), self.pick(self.is_file)
        if path and to and self.model.names[path] is not self.model.names[to]:
            self.call(f"rename {path} over {to}", lambda: os.rename(self.at(path), self.at(to)), lambda model: model.move(path, to))

    def exchange(self) -> None:
        path, to = self.pick(self.is_file), self.pick(self.is_file)
        if path and to and path != to:
            def apply(model: Model) -> None:
                model.names[path], model.names[to] = model.names[to], model.names[path]

            self.call(f"exchange {path} and {to}", lambda: exchange(self.at(path), self.at(to)), apply)

    def link(self) -> None:
        path, to = self.pick(self.is_file), self.pick(self.is_free)
        if path and to:
            self.call(f"link {path} to {to}", lambda: os.link(self.at(path), self.at(to)), lambda model: model.names.update({to: model.names[path]}))

    def unlink(self) -> None:
        if path := self.pick(lambda path: self.is_there(path) and self.model.names[path] is not None):
            self.call(f"unlink {path}", lambda: os.unlink(self.at(path)), lambda model: model.names.pop(path))

    def mkdir(self) -> None:
        if path := self.pick(lambda path: self.is_free(path) and path[-1] in "sd"):
            self.call(f"mkdir {path}", lambda: os.mkdir(self.at(path), 0o755), lambda model: model.names.update({path: None}))

    def rmdir(self) -> None:
        if path := self.pick(lambda path: self.is_there(path) and self.model.names[path] is None and not self.model.below(path)):
            self.call(f"rmdir {path}", lambda: os.rmdir(self.at(path)), lambda model: model.names.pop(path))

    def chmod(self) -> None:
        if path := self.pick(self.is_file):
            mode = self.random.choice([0o644, 0o755, 0o600])

            def apply(model: Model) -> None:
                model.names[path].mode = mode

            self.call(f"chmod {path} {mode:o}", lambda: os.chmod(self.at(path), mode), apply)

    def symlink(self) -> None:
        if path := self.pick(self.is_free):
            self.call(f"symlink {path}", lambda: os.symlink(f"to {path}", self.at(path)), lambda model: model.names.update({path: f"to {path}"}))

    def check(self) -> str:
        """What of the view is not as it must be; empty when all is. What may be either is from then on what it was seen to be."""
        # What lies over a file of the sources is soon emptied or replaced: each life has two that nobody has touched.
        self.places += self.untouched[:2]
        self.untouched = self.untouched[2:]
        if not self.has_begun:
            return ""
        complaints = []
        for model in self.under_way or [self.model]:
            complaint = self.compare(model)
            if not complaint:
                self.model, self.under_way = model, []
                self.model.handles, self.model.growing = {}, None
                return ""
            complaints.append(complaint)
        return " | or, had the last call happened: ".join(complaints)

    def compare(self, model: Model) -> str:
        seen = self.walk(self.own) | self.walk(self.remote)
        if seen.keys() != model.names.keys():
            return f"names: lost {sorted(model.names.keys() - seen.keys())}, found {sorted(seen.keys() - model.names.keys())}"
        read: dict[int, tuple[File, bytes]] = {}
        for path, known in model.names.items():
            status = os.lstat(self.at(path))
            if known is None:
                if not stat.S_ISDIR(status.st_mode):
                    return f"{path} is no directory"
            elif isinstance(known, str):
                if not stat.S_ISLNK(status.st_mode) or os.readlink(self.at(path)) != known:
                    return f"{path} does not point {known}"
            else:
                if not stat.S_ISREG(status.st_mode) or stat.S_IMODE(status.st_mode) != known.mode:
                    return f"{path} has mode {status.st_mode:o}, not {known.mode:o}"
                if status.st_nlink != sum(other is known for other in model.names.values()):
                    return f"{path} has {status.st_nlink} links"
                with open(self.at(path), "rb") as file:
                    content = file.read()
                if why := known.allows(content, known is model.growing):
                    return f"{path} {why}"
                read[id(known)] = (known, content)
        for known, content in read.values():
            known.now, known.since = content, [content]
        return ""

    def walk(self, directory: str) -> dict[str, None]:
        found = {directory: None}
        for entry in os.scandir(self.at(directory)):
            path = f"{directory}/{entry.name}"
            found |= self.walk(path) if entry.is_dir(follow_symlinks=False) else {path: None}
        return found


def main() -> None:
    mount, number, seed, sources, log = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
    folder = os.path.join(sources, str(number))
    bases = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            bases[name] = file.read()
    writer = Writer(mount, number, seed, bases, log)
    for line in sys.stdin:
        try:
            if line.strip() == "run":
                print(f"dead over {writer.run()}, after {writer.calls} calls", flush=True)
            else:
                wrong = writer.check()
                print(f"wrong: {wrong}" if wrong else "right", flush=True)
        except Exception as failure:  # told to who drives it
            died = isinstance(failure, OSError) and failure.errno in {errno.ENOTCONN, errno.ECONNABORTED}
            print(f"{'dead' if died else 'wrong'}: {type(failure).__name__}: {failure}", flush=True)


if __name__ == "__main__":
    main()
