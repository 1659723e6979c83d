"""The name of a kernel's file: whoever edits what generates machine code gets another, so that none is out of date."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import landscape
from landscape.formula import disk_cache, machine_code
from landscape.network import kernels

pytestmark = pytest.mark.slow

WHAT_GENERATES = (machine_code, kernels)
"""The folders whose files are hashed, every one."""


def test_whichever_generating_module_is_edited_kernels_are_compiled_anew(tmp_path: Path) -> None:
    """In a copy of the package: a comment is added to one module after the other."""
    package = Path(landscape.__file__).parent
    for file in package.rglob("*.py"):
        copy = tmp_path / file.relative_to(package.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    program = (
        "import importlib, os, sys; from pathlib import Path\n"
        "from landscape.formula import disk_cache\n"
        "from landscape.formula.machine_code.native import Compiled, Kernel, Machine\n"
        "from landscape.network.execution import kernel_cache\n"
        "def written():\n"
        "    [file] = Path(os.environ['LANDSCAPE_CACHE']).rglob('*.kernel')\n"
        "    file.unlink()\n"
        "    return file\n"
        "def names():\n"
        "    importlib.reload(disk_cache), importlib.reload(kernel_cache)\n"
        "    disk_cache._link = lambda _: Kernel(0, None)\n"
        "    kernel_cache.find = lambda _: None\n"
        "    kernel_cache.compile_kernel = lambda *_: Compiled(Machine('a', b''), None)\n"
        "    disk_cache.keep('x', Machine('a', b''))\n"
        "    own = written()\n"
        "    kernel_cache.kernel('relu', 'float32')\n"
        "    return own, written()\n"
        "for name in sys.argv[1:]:\n"
        "    before = names()\n"
        "    assert before == names()\n"
        "    Path(name).write_text(Path(name).read_text() + '# Edited')\n"
        "    print(*(old != new for old, new in zip(before, names(), strict=True)))\n"
    )
    files = [file for folder in WHAT_GENERATES for file in sorted((tmp_path / relative(folder)).glob("*.py"))]
    command = [sys.executable, "-c", program, *map(str, files)]
    kept = {**os.environ, "LANDSCAPE_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(command, cwd=tmp_path, env=kept, capture_output=True, text=True, check=True)
    own, networks = (len(list((tmp_path / relative(folder)).glob("*.py"))) for folder in WHAT_GENERATES)
    assert done.stdout.splitlines() == ["True True"] * own + ["False True"] * networks
    assert own > 5
    assert networks > 7


def relative(folder: ModuleType) -> Path:
    return Path(*folder.__name__.split("."))


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def generating() -> list[Path]:
    return [file for folder in WHAT_GENERATES for file in Path(str(folder.__file__)).parent.glob("*.py")]


def test_what_generates_code_imports_nothing_of_ours_that_is_not_hashed() -> None:
    for file in generating():
        ours = {name for name in imported(file) if name.startswith("landscape")}
        assert all(name.startswith(tuple(folder.__name__ for folder in WHAT_GENERATES)) for name in ours), file


def test_whatever_writes_instructions_or_asks_numba_to_is_hashed() -> None:
    package = Path(landscape.__file__).parent
    writing = {
        file for file in package.rglob("*.py")
        if any(name.split(".")[0] == "numba" or name.startswith("llvmlite.ir") for name in imported(file))
    }  # fmt: skip
    assert writing
    assert writing <= set(generating())


def test_without_sources_to_hash_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        disk_cache.digest(tmp_path)
