"""The library of the proof is loaded with the first search, and what it returns is a value without it."""

import subprocess
import sys


def test_the_results_types_are_loaded_without_flint_and_a_search_loads_it():
    program = (
        "import sys; from landscape.geometry.critical.points import CriticalPoint;"
        "before = 'flint' in sys.modules;"
        "from landscape.geometry.critical import critical_points; print(before, 'flint' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False True"
