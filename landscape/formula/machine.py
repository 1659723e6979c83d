# NOTE FROM THE LEAD TO ENGINEER B: read /tmp/brief/TO_B.md NOW, before going on; then delete this line.
"""From LLVM instructions to machine code in memory, with a cache on disk.

The machine code of a module is kept in ``user_folder("cache")/kernels`` under a name made of everything it depends on:
the instructions themselves, this computer's processor and the compiler's version. Nothing kept can be out of date.
Where the folder cannot be used, kernels are compiled anew each time: it takes about 10 ms.
"""

import ctypes
import hashlib
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landscape.formula.kernels import INTRINSICS, LIBRARY
from landscape.resources import user_folder
from landscape.writing import atomic

if TYPE_CHECKING:
    import llvmlite.binding as llvm

LOADED = 256
"""Kernels in memory, about 0.1 MB each."""
KEPT = 10_000
"""Kernels on the disk, a few kB each: every formula that was ever typed, until it is too many."""

_DIGEST = 32
_LOCK = threading.RLock()


@dataclass(frozen=True, eq=False)
class Kernel:
    """A compiled function and what keeps it in memory."""

    address: int
    engine: Any


def load(source: str, function: str) -> Kernel:
    """Return the compiled ``function`` of a module given as LLVM text: from memory, from the disk, or compiled now.

    May be called from any thread; two that ask for the same kernel compile it once. The ``LOADED`` last used stay in
    memory; one that is still held by whoever runs it stays as long as that.
    """
    with _LOCK:
        loaded, key = _loaded(), (source, function)
        loaded[key] = loaded.pop(key) if key in loaded else _link(_machine_code(source), function)
        if len(loaded) > LOADED:
            del loaded[next(iter(loaded))]
        return loaded[key]


def is_ready(source: str, function: str) -> bool:
    """Tell whether :func:`load` would answer at once."""
    return (source, function) in _loaded()


@cache
def _loaded() -> dict[tuple[str, str], Kernel]:
    """Return the kernels in memory, the least recently used first."""
    return {}


def _machine_code(source: str) -> bytes:
    """Return the object file of a module, from the cache if it is there and whole."""
    path = _path(source)
    with suppress(OSError):
        kept = path.read_bytes()
        digest, code = kept[:_DIGEST], kept[_DIGEST:]
        if hashlib.sha256(code).digest() == digest:
            return code
    code = _compile(source)
    with suppress(OSError):
        _make_room(path.parent)
        with atomic(path) as temporary:
            temporary.write_bytes(hashlib.sha256(code).digest() + code)
    return code


@cache
def _make_room(folder: Path) -> None:
    """Make the folder, or remove the older half of its files if it holds more than ``KEPT``; once per process."""
    folder.mkdir(parents=True, exist_ok=True)
    files = list(folder.glob("*.o"))
    if len(files) > KEPT:
        for old in sorted(files, key=lambda file: file.stat().st_mtime)[: len(files) // 2]:
            old.unlink(missing_ok=True)


def _path(source: str) -> Path:
    name = hashlib.sha256(f"{_processor()}\n{source}".encode()).hexdigest()[:32]
    return user_folder("cache") / "kernels" / f"{name}.o"


@cache
def _processor() -> str:
    import llvmlite
    import llvmlite.binding as llvm

    features = llvm.get_host_cpu_features().flatten()
    return f"{llvmlite.__version__} {llvm.get_process_triple()} {llvm.get_host_cpu_name()} {features}"


def _target_machine() -> "llvm.TargetMachine":
    import llvmlite.binding as llvm

    target = _target()
    x86 = target.triple.startswith(("x86", "i386", "i686"))
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        reloc="static" if x86 else "default",  # what LLVM's loader needs; the same choice as Numba's
        codemodel="jitdefault",
    )


@cache
def _target() -> "llvm.Target":
    import llvmlite.binding as llvm

    with suppress(RuntimeError):  # needed before llvmlite 0.45, refused since
        llvm.initialize()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    _add_library_functions()
    return llvm.Target.from_default_triple()


def _add_library_functions() -> None:
    """Tell the loader where the C library's functions are that it does not find by itself (Windows)."""
    import llvmlite.binding as llvm

    missing = [name for name in (*LIBRARY, *INTRINSICS, "fmod") if not llvm.address_of_symbol(name)]
    if not missing:
        return
    library = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
    for name in missing:
        with suppress(AttributeError):
            llvm.add_symbol(name, ctypes.cast(getattr(library, name), ctypes.c_void_p).value)


def _compile(source: str) -> bytes:
    import llvmlite.binding as llvm

    machine = _target_machine()
    module = llvm.parse_assembly(source)
    module.triple = _target().triple
    module.verify()
    # The pipeline for a whole module loses twice the memory (llvmlite does not free it) and adds nothing of use here.
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
    simplify = builder.getFunctionPassManager()
    simplify.add_loop_unroll_pass()
    for function in module.functions:
        if not function.is_declaration:
            simplify.run(function, builder)
    return bytes(machine.emit_object(module))


def _link(code: bytes, function: str) -> Kernel:
    import llvmlite.binding as llvm

    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target_machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return Kernel(engine.get_function_address(function), engine)
