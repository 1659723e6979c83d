"""The network's kernels are compiled only once."""

import os
import subprocess
import sys


def test_a_second_process_trains_without_compiling(tmp_path):
    program = (
        "import sys; import landscape as ls\n"
        "done = ls.train('spirals', hidden=(), optimizer=ls.optimizer('adam'), epochs=2)\n"
        "print(done.losses[-1], 'numba' in sys.modules)"
    )
    outputs = []
    for _ in range(2):
        environment = {**os.environ, "LANDSCAPE_CACHE": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        outputs.append(done.stdout.split())
    (first, compiled), (second, compiled_again) = outputs
    assert first == second
    assert (compiled, compiled_again) == ("True", "False")
