"""The window opens no socket: nothing goes out and nothing comes in."""

import subprocess
import sys

PROGRAM = """
import socket, sys, tempfile, os
os.environ["LANDSCAPE_CONFIG"] = tempfile.mkdtemp()
os.environ["QT_QPA_PLATFORM"] = "offscreen"
opened = []
sys.addaudithook(lambda event, given: opened.append(event) if event.startswith("socket.") else None)
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from landscape.session.edits import open_workspace
from landscape.session.files import lesson
from landscape.ui.app import open_window
def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
settings = QSettings(os.environ["LANDSCAPE_CONFIG"] + "/w.ini", QSettings.Format.IniFormat)
window = open_window(lesson("d2l-momentum"), settings=settings)
wait(1500)
window.lesson.turn(1)
window.lesson.turn(1)
for workspace in ("network", "search"):
    window.open_workspace(workspace)
    wait(1500)
folder = "/proc/self/fd"
files = [f"{folder}/{one}" for one in os.listdir(folder)] if os.path.isdir(folder) else []
links = [os.readlink(one) for one in files if os.path.islink(one)]
modules = [name for name in sys.modules if name.startswith("PySide6.QtNetwork")]
window.close()
print([event for event in opened if event != "socket.__new__"], end=" ")
print(len([each for each in links if each.startswith("socket:")]), modules)
"""


def test_no_socket_is_opened_by_any_workspace_or_lesson():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.splitlines()[-1] == "[] 0 []"
