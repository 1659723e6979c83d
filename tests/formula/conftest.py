"""Caches without a kernel, and the count of what is compiled."""

from collections.abc import Iterator

import pytest

from landscape.formula import kernel_cache
from landscape.formula.machine_code import compiler, native
from tests.formula.caching import forget


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Let the test begin, and what follows it, without a kernel in memory."""
    forget()
    yield
    forget()


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the texts that are compiled from here on."""
    seen: list[str] = []
    compile_kernel = compiler.compile_kernel

    def counted(given: str, function: str) -> native.Compiled:
        seen.append(given)
        return compile_kernel(given, function)

    for module in (compiler, kernel_cache):
        monkeypatch.setattr(module, "compile_kernel", counted)
    return seen
