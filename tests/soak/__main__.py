"""Drive the window at random, and tell what came of it: see ``tests.soak``."""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

RESOLUTION = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
SCREENS = [
    {"name": "desk", "x": 0, "y": 0, "width": 2560, "height": 1440, **RESOLUTION},
    {"name": "hall", "x": 2560, "y": 0, "width": 1280, "height": 720, **RESOLUTION},
]
"""A lecture is seen on the second."""


def main(arguments: list[str] | None = None) -> int:
    """Return 0 where nothing was found, and nothing has grown."""
    chosen = _parser().parse_args(arguments)
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="landscape-soak-"))
    _hide(folder)
    from PySide6.QtWidgets import QApplication

    from tests.soak.counts import heading, line
    from tests.soak.driver import Driver
    from tests.soak.files import make_files, silence_other_programs
    from tests.soak.report import report

    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    silence_other_programs(application)
    make_files(folder / "files")
    print(f"seed {chosen.seed}, in {folder}", flush=True)
    print(heading(), flush=True)
    driver = Driver(folder, chosen.seed, chosen.workspace, chosen.every)
    begin, length = time.monotonic(), chosen.minutes * 60

    def share(number: int) -> float:
        return (time.monotonic() - begin) / length if length else number / chosen.actions

    driver.run(lambda number: share(number) < 1.0, share, lambda found: print(line(found), flush=True))
    return report(driver, chosen.curve)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.soak", description="Drive the window at random.")
    parser.add_argument("--actions", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=0.0, help="go on for so long, however many actions that are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workspace", default="", help="stay in this one")
    parser.add_argument("--every", type=int, default=500, help="actions from one count to the next")
    parser.add_argument("--folder", type=Path, help="where everything is written; a new one where it is left out")
    parser.add_argument("--curve", type=Path, help="a picture or a table (.csv) of what was counted")
    return parser


def _hide(folder: Path) -> None:
    """Have the program find no screen, and nothing of the person's own but the machine code that is kept."""
    from landscape.resources import user_folder
    from tests.fonts import hide_other_fonts

    (folder / "files").mkdir(parents=True, exist_ok=True)
    (folder / "screens.json").write_text(json.dumps({"screens": SCREENS}))
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={folder / 'screens.json'}")
    os.environ["LANDSCAPE_CACHE"] = str(user_folder("cache"))
    os.environ["LANDSCAPE_CONFIG"] = os.environ["HOME"] = str(folder)
    hide_other_fonts(folder)
    os.chdir(folder / "files")


if __name__ == "__main__":
    sys.exit(main())
