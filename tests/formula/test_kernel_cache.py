"""The cache of kernels in memory: threads share one, and only so many stay, of which nothing is left afterwards."""

import ctypes
import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from landscape.formula import kernel_cache
from tests.formula.caching import files, forget, load, text, value

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("forgotten")
def test_only_so_many_kernels_stay_in_memory(clean_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_cache, "LOADED", 3)
    formulas = [f"x*{index}.75" for index in range(1, 5)]
    for index in (0, 1, 2, 0, 3):
        load(formulas[index])
    assert [kernel_cache.is_ready(text(formula)) for formula in formulas] == [True, False, True, True]


@pytest.mark.usefixtures("forgotten")
def test_kernels_with_long_texts_give_way_sooner_but_for_the_last(
    clean_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formulas = [f"x*{index}.75" for index in range(1, 4)]
    monkeypatch.setattr(kernel_cache, "TEXTS", 2 * len(text(formulas[0])) + 1)
    for formula in formulas:
        load(formula)
    assert [kernel_cache.is_ready(text(formula)) for formula in formulas] == [False, True, True]
    monkeypatch.setattr(kernel_cache, "TEXTS", 1)
    load("x*4.75")
    assert kernel_cache.is_ready(text("x*4.75"))


@pytest.mark.usefixtures("forgotten")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Nothing tells at once what a process holds")
def test_compiling_leaves_nothing_behind_once_kernels_give_way(
    clean_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_cache, "LOADED", 4)
    for index in range(12):
        load(f"sin({index}.5*x) + x")
    before, asked = megabytes_held(), bytes_asked_for()
    for index in range(40):
        load(f"sin({index}.25*x) + x")
    assert megabytes_held() - before < 40 * 0.05
    assert bytes_asked_for() - asked < 40 * 6_000


def megabytes_held() -> float:
    """Return the memory of this process that is in use."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


class Heap(ctypes.Structure):
    """What the C library tells of its heap; what is in use is the eighth."""

    _fields_ = [(f"told_{index}", ctypes.c_size_t) for index in range(10)]


def bytes_asked_for() -> int:
    """Return the bytes that were asked of the C library and not freed, to the byte; 0 where it is an older one."""
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is None:
        return 0
    gc.collect()
    ask.restype = Heap
    return ask().told_7


@pytest.mark.usefixtures("forgotten")
def test_threads_that_ask_for_the_same_kernel_get_one(clean_cache: Path) -> None:
    for _ in ("compiled", "from the disk"):
        with ThreadPoolExecutor(4) as pool:
            kernels = list(pool.map(lambda _: load("x*9 + 0.0625"), range(8)))
        assert len(set(map(id, kernels))) == 1
        forget()


@pytest.mark.usefixtures("forgotten")
def test_the_compiler_is_made_ready_once_and_nothing_of_it_is_kept(
    clean_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled, compile_kernel = {}, kernel_cache.compile_kernel

    def compiling(source: str, function: str):
        assert source not in compiled
        compiled[source] = compile_kernel(source, function)
        return compiled[source]

    monkeypatch.setattr(kernel_cache, "compile_kernel", compiling)
    kernel_cache.prepare.cache_clear()
    for _ in range(2):
        kernel_cache.prepare()
    ((source, made),) = compiled.items()
    assert made.machine is not None
    assert not kernel_cache.is_ready(source)
    assert not list(clean_cache.rglob("*.kernel"))


@pytest.mark.usefixtures("forgotten")
def test_what_is_remembered_of_calls_changes_no_kernel_and_numba_is_left_as_it_was(
    clean_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from numba.core.registry import cpu_target
    from numba.core.types.functions import BaseFunction

    from landscape.formula.machine_code import native

    before = BaseFunction.get_call_type
    formulas = [f"x**3*{index}.5 + sin(x)/(1 + x**2) - where(x > {index}, sqrt(x), -x)" for index in range(3)]
    told = [value(formula, 0.7) for formula in formulas]
    assert BaseFunction.get_call_type is before
    assert "_pass_builder" not in vars(cpu_target.target_context.codegen())
    forget()
    for file in files(clean_cache):
        file.unlink()
    monkeypatch.setattr(native, "_remembering", lambda: before)
    assert [value(formula, 0.7) for formula in formulas] == told
