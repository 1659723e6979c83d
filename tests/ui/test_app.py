"""The program as a process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("seconds", [0.0, 0.3, 2.5])
def test_a_signal_closes_the_window_without_a_word(tmp_path: Path, name: str, seconds: float) -> None:
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from landscape.ui import app\n"
        "opening = app.open_window\n"
        "def open_window(session=None, **given):\n"
        "    window = opening(session, **given); print('open', flush=True); return window\n"
        "app.open_window = open_window\n"
        "raise SystemExit(app.run())\n"
    )
    environment = {**os.environ, "LANDSCAPE_CONFIG": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == "open\n"
        time.sleep(0.1 + seconds)
        process.send_signal(getattr(signal, name))
        assert process.wait(20) == 0
        errors = process.stderr.read().replace("This plugin does not support propagateSizeHints()\n", "")
        assert errors == ""
    assert (tmp_path / "window.ini").exists()
