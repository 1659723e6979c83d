"""The cache of kernels on the disk: each is compiled once and found again, whatever happens to the files."""

import ctypes
import hashlib
import math
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from landscape.formula import disk_cache, kernel_cache
from landscape.formula.machine_code import native
from landscape.formula.tree import ELEMENTARY, FUNCTIONS, OPERATORS, Call, Name, Node
from tests.formula.caching import files, forget, load, text, value
from tests.formula.test_kernels import LANES, compiled

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("forgotten")
def test_a_kernel_is_kept_on_the_disk_and_found_again(clean_cache: Path, compilations: list[str]) -> None:
    assert value("x + 0.125", 1.0) == 1.125
    assert kernel_cache.is_ready(text("x + 0.125"))
    [file] = files(clean_cache)
    written = file.stat().st_mtime_ns
    forget()
    assert not kernel_cache.is_ready(text("x + 0.125"))
    assert value("x + 0.125", 2.0) == 2.125
    assert files(clean_cache) == [file]
    assert file.stat().st_mtime_ns == written
    assert len(compilations) == 1


@pytest.mark.usefixtures("forgotten")
def test_another_formula_is_another_file(clean_cache: Path) -> None:
    load("x + 0.25")
    load("x + 0.375")
    assert len(files(clean_cache)) == 2


@pytest.mark.usefixtures("forgotten")
def test_another_processor_is_another_file(clean_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import llvmlite.binding as llvm

    load("x + 0.4375")
    forget()
    monkeypatch.setattr(llvm, "get_host_cpu_name", lambda: "abacus")
    load("x + 0.4375")
    assert len({file.parent for file in files(clean_cache)}) == 2


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("lanes", [1, LANES])
def test_whatever_function_a_kernel_calls_it_is_kept_and_equal_to_the_last_bit(
    clean_cache: Path, compilations: list[str], lanes: int
) -> None:
    names = [Name(name) for name in "abc"]
    roots: list[Node] = [Call(name, tuple(names[: FUNCTIONS[name]])) for name in (*OPERATORS, *ELEMENTARY)]
    points = {name: np.linspace(0.1, 0.9, LANES)[:lanes] + index for index, name in enumerate("abc")}
    fresh = compiled(roots, points, lanes=lanes)
    forget()
    np.testing.assert_array_equal(compiled(roots, points, lanes=lanes), fresh)
    assert len(compilations) == 1


@pytest.mark.usefixtures("forgotten")
def test_what_only_a_running_numba_has_is_not_kept(clean_cache: Path) -> None:
    raising = '@kernel("void(int64)")\ndef point(a):\n    if a == 1:\n        raise ValueError\n'
    assert kernel_cache.load(raising, "point").address
    assert not files(clean_cache)


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 4096, "cut", "turned"])
def test_a_damaged_file_is_compiled_anew(clean_cache: Path, compilations: list[str], damage: bytes | str) -> None:
    assert value("x*3", 1.0) == 3.0
    [file] = files(clean_cache)
    whole = file.read_bytes()
    turned = bytearray(whole)
    turned[len(whole) // 2] ^= 1
    file.write_bytes({"cut": whole[:-7], "turned": bytes(turned)}[damage] if isinstance(damage, str) else damage)
    forget()
    assert value("x*3", 2.0) == 6.0
    assert len(compilations) == 2
    forget()
    assert value("x*3", 3.0) == 9.0
    assert len(compilations) == 2


def _exchanged(file: Path, other: Path) -> None:
    shutil.copyfile(other, file)


def _linked(file: Path, other: Path) -> None:
    kept = file.rename(file.with_suffix(".moved"))
    file.symlink_to(kept)


def _piped(file: Path, other: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _opened(file: Path, other: Path) -> None:
    file.chmod(0o666)


def _given(file: Path, other: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(file, 12345, -1)


def _hashed(file: Path, other: Path) -> None:
    """Put another kernel in, with a digest of what is in the file."""
    rest = other.read_bytes()[32:]
    file.write_bytes(hashlib.sha256(rest).digest() + rest)


on_posix = pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")


@on_posix
@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("meddle", [_exchanged, _hashed, _linked, _piped, _opened, _given])
def test_what_somebody_may_have_put_in_the_place_of_a_kernel_is_not_run(
    clean_cache: Path, compilations: list[str], meddle: Callable[[Path, Path], None]
) -> None:
    assert value("x*3.5", 1.0) == 3.5
    [file] = files(clean_cache)
    assert value("x*4.5", 1.0) == 4.5
    [other] = set(files(clean_cache)) - {file}
    meddle(file, other)
    forget()
    assert value("x*3.5", 2.0) == 7.0
    assert len(compilations) == 3
    forget()
    assert value("x*3.5", 3.0) == 10.5
    assert len(compilations) == 3


@on_posix
@pytest.mark.usefixtures("forgotten")
def test_files_and_folders_of_somebody_else_are_not_used(
    clean_cache: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load("x*5.5")
    [file] = files(clean_cache)
    written, mine = file.read_bytes(), os.geteuid()
    forget()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    assert value("x*5.5", 2.0) == 11.0
    assert len(compilations) == 2
    load("x*6.5")
    assert files(clean_cache) == [file]
    assert file.read_bytes() == written


@on_posix
@pytest.mark.usefixtures("forgotten")
def test_nobody_else_may_look_into_the_folder_or_the_files(clean_cache: Path) -> None:
    (clean_cache / "kernels").mkdir(parents=True, mode=0o755)
    load("x*7.5")
    [file] = files(clean_cache)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent, file.parent.parent)] == [
        0o600, 0o700, 0o700,
    ]  # fmt: skip


@on_posix
@pytest.mark.usefixtures("forgotten")
def test_a_link_in_the_place_of_the_folder_is_not_followed(clean_cache: Path, tmp_path: Path) -> None:
    clean_cache.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (clean_cache / "kernels").symlink_to(tmp_path / "elsewhere")
    assert value("x*8.5", 2.0) == 17.0
    assert not files(tmp_path / "elsewhere")


@pytest.mark.usefixtures("forgotten")
def test_code_that_numba_made_for_another_processor_is_not_run_here(
    clean_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load("x*9.5")
    forget()
    monkeypatch.setenv("NUMBA_CPU_NAME", "another")
    [file] = files(clean_cache)
    disk_cache.keep("anything", native.Machine("a", b""))
    [beside] = set(files(clean_cache)) - {file}
    shutil.copyfile(file, beside.with_name(file.name))
    assert disk_cache.find(text("x*9.5")) is None


@pytest.mark.usefixtures("forgotten")
def test_without_the_c_library_nothing_is_taken_from_the_disk(
    clean_cache: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load("sin(x)*5")
    forget()
    monkeypatch.setattr(disk_cache, "C_FUNCTIONS", {*native.C_FUNCTIONS, "no_such_function"})
    assert value("sin(x)*5", 0.0) == 0.0
    assert len(compilations) == 2


@pytest.mark.usefixtures("forgotten")
def test_functions_of_c_are_found_where_the_linker_does_not(
    clean_cache: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import llvmlite.binding as llvm

    load("sin(x)*6")
    forget()
    assert all(map(llvm.address_of_symbol, native.C_FUNCTIONS))
    told: dict[str, int] = {}
    monkeypatch.setattr(llvm, "address_of_symbol", lambda _: None)
    monkeypatch.setattr(llvm, "add_symbol", told.__setitem__)
    assert value("sin(x)*6", 0.0) == 0.0
    assert len(compilations) == 1
    assert set(told) == native.C_FUNCTIONS
    assert all(told.values())
    for function in (math.sin, math.exp, math.cbrt):
        called = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_double)(told[function.__name__])
        assert called(0.7) == pytest.approx(function(0.7), rel=1e-15)


@pytest.mark.usefixtures("forgotten")
def test_the_folder_does_not_grow_for_ever(clean_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "KEPT", 4)
    made: list[Path] = []
    for age in range(5):
        load(f"x + {age}.5")
        [new] = set(files(clean_cache)) - set(made)
        os.utime(new, (age, age))
        made.append(new)
    forget()
    monkeypatch.setattr(disk_cache, "KEPT", 4)
    load("x + 5.5")
    assert [path.exists() for path in made] == [False] * 2 + [True] * 3
    assert len(files(clean_cache)) == 4


@pytest.mark.usefixtures("forgotten")
def test_where_nothing_can_be_written_kernels_work_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("LANDSCAPE_CACHE", str(tmp_path / "file" / "cache"))
    assert value("x*7", 2.0) == 14.0


def start(program: str, cache: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "LANDSCAPE_CACHE": str(cache)}
    return subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)


def test_what_is_on_the_disk_runs_without_numba_and_equal_to_the_last_bit(clean_cache: Path) -> None:
    program = (
        "import sys; from landscape import surface, optimizer, descend\n"
        "from landscape.geometry import grid\n"
        "where = surface('sin(x)*exp(-y**2) + norm(x, y) + cbrt(x) + log(1 + x**2) + atan2(y, x + 9) + abs(x)**1.7')\n"
        "print(descend(where, optimizer('adam', lr=0.05), (-1.5, 2.0), 200).points.tobytes().hex())\n"
        "grid.warm(where)\n"
        "print(grid.sample(where, (-3, 3), (-3, 3), 20, 20).tobytes().hex(), 'numba' in sys.modules)\n"
    )
    cold, warm = (start(program, clean_cache).communicate()[0] for _ in range(2))
    assert len(cold) > 2 * 8 * (200 + 400)
    assert cold.endswith(" True\n")
    assert warm.endswith(" False\n")
    assert warm.removesuffix("False\n") == cold.removesuffix("True\n")


def test_processes_that_compile_the_same_kernels_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    program = (
        "from landscape import surface, optimizer, descend\n"
        "from landscape.catalogue.optimizers import optimizer_entries\n"
        "for name in list(optimizer_entries())[:6]:\n"
        "    print(descend(surface('x**2 + 3*y**2'), optimizer(name, lr=0.01), (1.0, 2.0), 20).losses[-1])\n"
    )
    running = [start(program, tmp_path) for _ in range(2)]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert said[0] == said[1]
    assert len(said[0].split()) == 6
    assert len(files(tmp_path)) == 6
