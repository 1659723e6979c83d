"""The cache of machine code on the disk: found again without Numba, whose import takes longer than all else at a start.

It is kept in ``user_folder("cache")/kernels``, in a file named by the hash of the kernel's text; the folder is named by
everything else that the machine code depends on, every file of :mod:`landscape.formula.machine_code` among it. Nothing
kept can be out of date, and each file begins with a digest of all of this and of the rest, so that no damaged one is
run, and none under another one's name. Only what nobody else can write is believed: plain files of this user's. Where
the folder cannot be used, nothing is kept and nothing found.
"""

import ctypes
import hashlib
import os
import platform
import stat
import sys
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from landscape.formula.machine_code import native
from landscape.formula.machine_code.native import C_FUNCTIONS, Compiled, Kernel, Machine
from landscape.resources import user_folder
from landscape.writing import atomic

KEPT = 5_000
"""Kernels on the disk, some 2 kB each: every formula that was ever typed, until it is too many."""
_SUFFIX = ".kernel"
_LARGEST = 1 << 24
"""Bytes of a kernel at most."""
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_SAFELY = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
"""How a file is opened that may be a link, or a pipe that nobody writes into."""
_GENERATORS = Path(native.__file__).parent


def find(source: str) -> Kernel | None:
    """Return the kernel of a text from the disk, if it is there."""
    with suppress(OSError, RuntimeError):
        written = _read(_place(source)) if _knows_c() else b""
        digest, rest = written[:32], written[32:]
        if _digest(source, rest) == digest:
            symbol, _, code = rest.partition(b"\n")
            return _link(Machine(symbol.decode(), code))
    return None


def settle(source: str, made: Compiled) -> Kernel:
    """Put what was compiled from a text into memory, and keep it on the disk if it can be."""
    if made.machine is None:
        return made.kernel()
    keep(source, made.machine)
    return _link(made.machine) if _knows_c() else made.kernel()


def _read(path: Path) -> bytes:
    """Return what is in a file; OSError where others may have written it, or it is no plain file."""
    descriptor = os.open(path, os.O_RDONLY | _SAFELY)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        found = os.fstat(descriptor)
        plain = stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST
        if not (plain and _is_mine(found)) or (os.name == "posix" and found.st_mode & _OTHERS):
            raise PermissionError(path)
        return file.read(found.st_size)


def _is_mine(found: os.stat_result) -> bool:
    """Tell whether a file or a folder is this user's; on Windows, all that is in the user's folder is."""
    return os.name != "posix" or found.st_uid == os.geteuid()


def _digest(source: str, rest: bytes) -> bytes:
    """Return a hash of what is kept of a kernel, of its text, and of all that it depends on."""
    told = hashlib.sha256(f"{_environment()}\n{len(source)}\n{source}".encode())
    told.update(rest)
    return told.digest()


def digest(folder: Path) -> str:
    """Return a hash of every Python source in a folder, names included; OSError where there is none.

    So nothing that generates code can be forgotten, as it could be in a list. Reading a dozen files takes 0.3 ms.
    """
    files = sorted(folder.glob("*.py"))
    if not files:
        raise FileNotFoundError(folder)
    told = hashlib.sha256()
    for file in files:
        told.update(f"{file.name}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()


def keep(source: str, machine: Machine) -> None:
    """Keep the kernel of a text, if there is a folder for it."""
    rest = machine.symbol.encode() + b"\n" + machine.code
    with suppress(OSError):
        path = _place(source)
        _make_room(path.parent)
        path.unlink(missing_ok=True)
        with atomic(path) as temporary:
            temporary.chmod(0o600)
            temporary.write_bytes(_digest(source, rest) + rest)


def _link(machine: Machine) -> Kernel:
    """Put machine code into memory; it stays there as long as the engine that is returned with it."""
    import llvmlite.binding as llvm

    target = llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(codemodel="jitdefault", jit=True)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
    engine.add_object_file(llvm.ObjectFileRef.from_data(machine.code))
    engine.finalize_object()
    address = engine.get_function_address(machine.symbol)
    if not address:
        raise RuntimeError(machine.symbol)
    return Kernel(address, engine)


@cache
def _knows_c() -> bool:
    """Make the C library known to the linker, which ends the process if it misses a function; tell if all of it is.

    The linker finds by itself what the process has loaded for all to see; on Windows, that need not be everything.
    """
    import llvmlite.binding as llvm

    with suppress(RuntimeError):  # Newer ones do this by themselves, and say so by raising.
        llvm.initialize()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    for name in C_FUNCTIONS:
        if not llvm.address_of_symbol(name):
            address = _c_function(name)
            if address is None:
                return False
            llvm.add_symbol(name, address)
    return True


def _c_function(name: str) -> int | None:
    for library in ("ucrtbase", "vcruntime140") if sys.platform == "win32" else (None,):
        with suppress(OSError, AttributeError):
            return ctypes.cast(getattr(ctypes.CDLL(library), name), ctypes.c_void_p).value
    return None


def _place(source: str) -> Path:
    name = hashlib.sha256(source.encode()).hexdigest()[:32]
    return _folder() / f"{name}{_SUFFIX}"


def _folder() -> Path:
    every = user_folder("cache") / "kernels"
    _closed(every)
    return _closed(every / _environment()[:16])


@cache
def _closed(folder: Path) -> Path:
    """Return a folder that is made if need be, and closed to others; OSError where it is no folder of this user's."""
    folder.mkdir(parents=True, exist_ok=True)
    found = folder.lstat()
    if not (stat.S_ISDIR(found.st_mode) and _is_mine(found)):
        raise PermissionError(folder)
    if found.st_mode & 0o077:
        folder.chmod(0o700)
    return folder


@cache
def _make_room(folder: Path) -> None:
    """Remove the older half of the kernels if there are more than ``KEPT``; once per process."""
    kept = list(folder.glob(f"*{_SUFFIX}"))
    if len(kept) > KEPT:
        for old in sorted(kept, key=lambda file: file.stat().st_mtime)[: len(kept) // 2]:
            old.unlink(missing_ok=True)


@cache
def _environment() -> str:
    """Return a name for all that the machine code depends on besides the text; OSError if it cannot be known."""
    import llvmlite
    import llvmlite.binding as llvm

    versions = (_numba(), llvmlite.__version__, platform.python_version())
    computer = (llvm.get_process_triple(), llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten())
    asked = (f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("NUMBA_"))
    told = (*versions, *computer, *asked, digest(_GENERATORS))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _numba() -> str:
    """Return what says which Numba is installed, without importing it."""
    found = find_spec("numba")
    if found is None or found.origin is None:
        raise FileNotFoundError("numba")
    return Path(found.origin).with_name("_version.py").read_text(encoding="utf-8")
