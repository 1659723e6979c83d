"""What is true of every workspace, whichever it is."""

from dataclasses import fields, replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

import landscape as ls
from landscape.errors import InputError
from landscape.export.formats import formats
from landscape.session.edits import edit_document, open_workspace
from landscape.session.files import default_session, load, save
from landscape.session.session import session_with
from landscape.session.workspaces import WORKSPACES, session_part
from landscape.translation import LANGUAGES
from tests.ui.conftest import Person
from tests.ui.export_dialog import choose_format, open_export
from tests.ui.finding import complaints
from tests.workspaces.conftest import NAMES

pytestmark = pytest.mark.slow

SMALL = {"size": (320, 180), "seconds": 0.2, "fps": 10}
every = pytest.mark.parametrize("name", NAMES)


def opened(name: str):
    return open_workspace(default_session(), name)


def changed(name: str):
    """A session whose document is another one than at first, by one whole number that can be changed."""
    document, check = session_part(name).new(), session_part(name).check
    for field in fields(document):
        if isinstance(getattr(document, field.name), int) and not isinstance(getattr(document, field.name), bool):
            return session_with(check(replace(document, **{field.name: getattr(document, field.name) + 1})))
    raise AssertionError(f"{name} has no whole number")


def pictures(tmp_path, name: str, suffix: str) -> bytes:
    path = tmp_path / f"{name}{suffix}"
    ls.export(opened(name), path, **SMALL)
    return path.read_bytes()


def refusal(call) -> str:
    """Why something cannot be done, in a sentence; empty where it can."""
    try:
        call()
    except InputError as error:
        return str(error)
    return ""


def shown(open_window, name: str, **options):
    person = open_window(default_session(), **options)
    person.window.workspaces.front.player.play(False)
    person.window.menuWidget().tabs.chosen.emit(name)
    QCoreApplication.processEvents()
    return person.window


@every
def test_it_opens_with_a_document_of_its_own(name: str) -> None:
    session = opened(name)
    assert session.workspace == name
    assert session.document.workspace == name
    assert session_part(name).check(session.document) == session.document


@every
def test_it_has_a_title_in_every_language(name: str) -> None:
    assert all(WORKSPACES[name].titles[language] for language in LANGUAGES)


@every
def test_it_comes_back_from_a_file(name: str, tmp_path) -> None:
    for session in (opened(name), changed(name)):
        save(session, tmp_path / "session.landscape")
        assert load(tmp_path / "session.landscape") == session


@every
def test_a_field_that_is_not_its_own_is_refused(name: str, tmp_path) -> None:
    path = tmp_path / "session.landscape"
    save(opened(name), path)
    text = path.read_text("utf-8")
    path.write_text(text.replace(f'"{name}": {{', f'"{name}": {{"hologram": 1,', 1).replace(",}", "}"), "utf-8")
    with pytest.raises(InputError, match="hologram"):
        load(path)


@every
def test_a_tab_brings_it_to_the_front_and_undo_takes_it_back(name: str, open_window) -> None:
    window = shown(open_window, name)
    assert window.history.session.workspace == name
    assert window.workspaces.front is window.workspaces[name]
    if name != "descent":
        window.undo()
        assert window.history.session.workspace == "descent"
        assert window.workspaces.front is window.workspaces["descent"]


@every
def test_an_edit_is_shown_and_undone(name: str, open_window) -> None:
    window = shown(open_window, name)
    before, other = window.history.session.document, changed(name).document
    window.edit(lambda _: other)
    assert window.history.session.document == other
    assert window.workspaces.front.player.steps == other.last_step
    window.undo()
    assert window.history.session.document == before
    assert window.workspaces.front.player.steps == before.last_step


@every
def test_the_space_bar_plays_it(name: str, open_window, qtbot) -> None:
    window = shown(open_window, name)
    player = window.player
    player.go(0)
    player.play(True)
    qtbot.waitUntil(lambda: player.step > 0 or player.known == 0, timeout=20_000)
    player.play(False)


@every
@pytest.mark.parametrize("suffix", formats())
def test_its_file_is_of_itself_or_a_sentence_says_that_there_is_none(name: str, suffix: str, tmp_path) -> None:
    refused = refusal(lambda: pictures(tmp_path, name, suffix))
    assert (WORKSPACES[name].titles["en"] in refused) == bool(refused)
    assert len(list(tmp_path.iterdir())) == (0 if refused else 1)
    if not refused:
        content = pictures(tmp_path, name, suffix)
        for other in WORKSPACES:
            if other != name and not refusal(lambda other=other: pictures(tmp_path, other, suffix)):
                assert (tmp_path / f"{other}{suffix}").read_bytes() != content


@every
def test_the_window_exports_the_same_as_the_program_does_without_one(name: str, open_window, qtbot, tmp_path) -> None:
    window = shown(open_window, name)
    person = Person(window, qtbot)
    dialog = open_export(person)
    choose_format(person, dialog, ".csv")
    dialog.export_to(tmp_path / "window.csv")
    qtbot.waitUntil(lambda: not dialog.running, timeout=60_000)
    told = " ".join(complaints(dialog))
    dialog.close()
    refused = refusal(lambda: ls.export(opened(name), tmp_path / "alone.csv"))
    assert told == refused
    files = {path.stem: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert files == ({} if refused else {"window": files["alone"], "alone": files["alone"]})


@every
def test_its_picture_is_copied_as_it_is_exported_or_a_sentence_says_why_not(
    name: str, open_window, qtbot, tmp_path
) -> None:
    window = shown(open_window, name)
    qtbot.waitUntil(lambda: window.workspaces.front.settled() and window.jobs.idle, timeout=60_000)
    QGuiApplication.clipboard().clear()
    Person(window, qtbot).choose("File", "Copy picture")
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)) or not clipboard.image().isNull(), timeout=60_000)
    copied = clipboard.image()
    options = {"theme": "dark", "language": "en", **window.workspaces.front.looked_at()}
    refused = refusal(lambda: ls.export(opened(name), tmp_path / "a.png", step=window.player.step, **options))
    if refused:
        assert copied.isNull()
        (box,) = window.findChildren(QMessageBox)
        assert box.text() == refused
        box.close()
        return
    exported = np.asarray(Image.open(tmp_path / "a.png").convert("RGB")).astype(int)
    assert copied.width() == exported.shape[1]
    pixels = np.frombuffer(copied.convertToFormat(copied.Format.Format_RGB888).constBits(), np.uint8)
    drawn = pixels.reshape(copied.height(), -1)[:, : 3 * copied.width()].reshape(copied.height(), -1, 3).astype(int)
    assert (np.abs(drawn - exported).max(axis=2) > 40).mean() < 0.01


@every
def test_language_and_theme_change_while_it_is_busy(name: str, open_window, qtbot) -> None:
    window = shown(open_window, name)
    window.set_language("zh")
    window.set_theme("light")
    window.set_language("en")
    window.set_theme("dark")
    qtbot.waitUntil(lambda: window.workspaces.front.settled() and window.jobs.idle, timeout=60_000)


@every
def test_the_window_closes_while_it_is_busy(name: str, open_window) -> None:
    window = shown(open_window, name)
    window.player.play(True)
    window.close()
    assert not window.isVisible()


@every
def test_another_workspace_comes_to_the_front_while_it_is_busy(name: str, open_window, qtbot) -> None:
    window = shown(open_window, name)
    for other in (*WORKSPACES, name):
        window.open_workspace(other)
        QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: window.workspaces.front.settled() and window.jobs.idle, timeout=60_000)
    assert window.history.session.workspace == name


@every
def test_a_title_stays_with_its_values_and_goes_with_its_subject(name: str) -> None:
    titled = replace(changed(name), title={"en": "Lesson"})
    again = edit_document(titled, name, lambda _: session_part(name).new())
    assert bool(again.title) == (again.document.subject == titled.document.subject)


def test_only_the_registry_asks_for_a_workspace_by_its_name() -> None:
    """Outside of its own folders no module compares with, or looks up, the name of a workspace."""
    import ast
    from pathlib import Path

    root = Path(ls.__file__).parent
    names = set(WORKSPACES)
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in root.rglob("*.py")
        if not names & set(path.relative_to(root).parts) and path.name not in ("workspaces.py", "version_1.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, (ast.Compare, ast.Subscript, ast.Call)))
        for part in ast.iter_child_nodes(node)
        if isinstance(part, ast.Constant) and part.value in names
    ]
    assert found == []
