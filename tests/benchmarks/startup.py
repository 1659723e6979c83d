"""From the start of a process to its first picture and to the first trajectories, against an empty plot window.

Whole processes, one after the other, with warm disk caches; offscreen. Both sides run Qt's own loop: one that asks
for events again and again would keep the interpreter from the thread that loads the kernels.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable

from tests.benchmarks.harness import Row, Seconds, Side

OURS = """
import time
import gc; gc.disable()
from landscape.session.files import default_session
from landscape.ui.app import QApplication, open_window
window = open_window(default_session())
view = window.workspaces.front
painted = []
view.stage.painted.connect(lambda: painted.append(1))
def look(*_):
    if {done}:
        print(time.time(), flush=True)
        import os; os._exit(0)
view.stage.painted.connect(look)
view.refresh.scene_changed.connect(look)
QApplication.exec()
"""
PICTURE = "painted"
TRAJECTORIES = "painted and not any(path.pending for path in view.refresh.scene.paths)"
EMPTY = """
import time
import pyqtgraph as pg
application = pg.mkQApp()
class Plot(pg.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        import os; os._exit(0)
window = Plot(); window.resize(1280, 800); window.show()
application.exec()
"""


def timed(program: str) -> Callable[[], Seconds]:
    """Return what starts ``program`` in a process and tells the seconds until it prints the time."""
    folder = tempfile.mkdtemp()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANDSCAPE_CONFIG": folder,
        "PYTHONPYCACHEPREFIX": folder,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> Seconds:
        import time

        begin = time.time()
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        return Seconds(float(done.stdout) - begin)

    return run


def first(done: str) -> Callable[[], tuple[Side, Side]]:
    """Return the start up to ``done``, and that of an empty window; both have been started before."""

    def prepare() -> tuple[Side, Side]:
        ours, theirs = timed(OURS.format(done=done)), timed(EMPTY)
        ours()
        theirs()
        return ours, theirs

    return prepare


AGAINST = "empty PySide6 + pyqtgraph window"
ROWS = (
    Row(workload="start to first picture", against=AGAINST, prepare=first(PICTURE), aim=1.2, repeats=15),
    Row(workload="start to first trajectories", against=AGAINST, prepare=first(TRAJECTORIES), aim=1.7, repeats=15),
)
