"""The files that the driver opens, good and bad, and how it answers when it is asked for one."""

import random
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit

from landscape.session.files import lesson, lessons, save
from landscape.session.workspaces import WORKSPACES
from landscape.ui.recovery import left_behind
from tests.soak.actions import Player
from tests.soak.hand import pump

NAMES = (
    "new", "picture.png", "film.mp4", "film.gif", "table.csv", "lines.svg", "again.landscape", "no-such-folder/x.png",
    "nothing.such", "", ".", "x" * 300, "名字",
)  # fmt: skip


class _Nobody(QObject):
    """Shows nothing."""

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        pass


def silence_other_programs(parent: QObject) -> None:
    """Have nothing shown by other programs, such as the folder of what was written."""
    nobody = _Nobody(parent)
    for scheme in ("file", "http", "https"):
        QDesktopServices.setUrlHandler(scheme, nobody, "show")


def make_files(folder: Path) -> None:
    """Put sessions and tables there, good and bad ones."""
    for workspace in WORKSPACES:
        for name in lessons(workspace):
            save(lesson(name), folder / f"{name}.landscape")
            whole = (folder / f"{name}.landscape").read_bytes()
            (folder / f"half-{name}.landscape").write_bytes(whole[: len(whole) // 2])
            (folder / f"no-text-{name}.landscape").write_bytes(whole.replace(b"e", b"\xff", 1))
    dice = random.Random(0)
    rows = "\n".join(f"{dice.gauss(0, 1)},{dice.gauss(0, 1)},{dice.randrange(2)}" for _ in range(200))
    (folder / "table.csv").write_text(f"a,b,c\n{rows}\n")
    (folder / "one-column.csv").write_text("a\n1\n2\n")
    (folder / "words.csv").write_text("a,b,c\nx,y,z\n")
    (folder / "long-field.csv").write_text(f"a,b,c\n{'1' * 200_000},2,3\n")
    (folder / "empty.csv").write_text("")
    (folder / "noise.json").write_bytes(bytes(dice.randrange(256) for _ in range(1000)))


def forget_what_was_left(kept: int) -> None:
    """Remove what closed windows have left behind unsaved, but for the newest: each is a file that is held open."""
    slots = left_behind()
    for slot in slots[kept:]:
        slot.remove()
    for slot in slots[:kept]:
        slot.lock.unlock()


def answer_file(player: Player) -> None:
    """Give the dialog that asks for a file the name of one, or turn it down."""
    dialog = player.front
    if not isinstance(dialog, QFileDialog):
        return
    rng = player.rng
    if rng.random() < 0.2:
        player.tell("Escape where a file is asked for")
        player.hand.key(dialog, Qt.Key.Key_Escape)
        return
    dialog.setDirectory(str(player.folder))
    there = sorted(path.name for path in player.folder.iterdir() if path.is_file())
    opening = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptOpen
    name = rng.choice(there) if opening and rng.random() < 0.85 else rng.choice(NAMES)
    field = next(iter(dialog.findChildren(QLineEdit)), None)
    if field is None:
        return
    player.tell(f"the file {name[:80]!r}")
    player.hand.click(field, field.rect().center())
    player.hand.sequence(dialog, QKeySequence(QKeySequence.StandardKey.SelectAll))
    player.hand.type(name)
    pump(0)
    player.hand.key(dialog, Qt.Key.Key_Return)
    if player.front is dialog and rng.random() < 0.5:
        player.hand.key(dialog, Qt.Key.Key_Escape)
