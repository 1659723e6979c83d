"""The heap of the C library: there is one, whatever the window's threads ask for."""

import re
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes
from threading import Thread

from landscape.ui.app import open_window
from landscape.ui.garbage import collected_here

open_window()
asking = [Thread(target=lambda: bytes(100_000)) for _ in range(8)]
[each.start() for each in asking]
[each.join() for each in asking]
library = ctypes.CDLL(None)
library.fflush(None)
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
library.fflush(None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux tells of its heaps")
def test_all_threads_of_a_window_take_memory_from_one_heap() -> None:
    said = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert re.findall(r"<heap nr=\"(\d+)\">", said.stdout) == ["0"], said
