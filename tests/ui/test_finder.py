"""Ctrl+K finds whatever there is by a few letters of its name."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget

from landscape.catalogue.optimizers import optimizer_entries
from landscape.catalogue.schedules import schedule_entries
from landscape.catalogue.surfaces import surface_entries
from landscape.descent.strategies.strategy import strategy_entries
from landscape.network.data.datasets import DATASETS
from landscape.search.strategies.registry import STRATEGIES
from landscape.session.descent import edits
from landscape.session.files import lesson, lessons, save
from landscape.session.workspaces import WORKSPACES
from landscape.ui.dialogs.keys import KeysDialog
from landscape.ui.finder import FOUND, Finder
from landscape.ui.findings import Finding
from landscape.ui.matching import best_first
from tests.ui.finding import sentences

CONTROL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def finder(person) -> Iterator[Finder]:
    """Press Ctrl+K."""
    person.key(Qt.Key.Key_K, CONTROL, widget=person.window)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, Finder)
    yield opened
    QApplication.processEvents()


def lines(opened: Finder) -> list[Finding]:
    found = opened.findChild(QListWidget)
    return [found.item(row).data(FOUND) for row in range(found.count())]


def typed(person, opened: Finder, text: str) -> list[tuple[str, str]]:
    """Type, and return the titles and groups that are shown."""
    field = opened.findChild(QLineEdit)
    field.clear()
    if text.isascii():
        person.qtbot.keyClicks(field, text)
    else:
        field.insert(text)
    return [(each.title, each.group) for each in lines(opened)]


def take_first(person, text: str) -> None:
    """Find something, and press Enter."""
    with finder(person) as opened:
        typed(person, opened, text)
        person.key(Qt.Key.Key_Return, widget=opened.findChild(QLineEdit))
    person.settle()


def test_a_surface_is_chosen_by_name_and_enter(person) -> None:
    take_first(person, "rosenbrock")
    assert person.descent.surface.entry == "rosenbrock"


def test_an_optimizer_becomes_a_run(person) -> None:
    before = len(person.descent.runs)
    take_first(person, "adabelief add")
    assert len(person.descent.runs) == before + 1
    assert person.descent.runs[-1].rule.entry == "adabelief"


def test_a_command_is_given(person) -> None:
    shown = person.descent.contours
    take_first(person, "contour lines")
    assert person.descent.contours != shown


def test_what_a_submenu_offers_is_chosen(person) -> None:
    take_first(person, "cividis")
    assert person.descent.colormap == "cividis"


def test_a_lesson_is_opened(person) -> None:
    name, titles = next(iter(lessons("descent").items()))
    take_first(person, titles["en"])
    assert dict(person.window.history.session.title) == dict(titles), name


@pytest.mark.parametrize("typed_words", ["slope promises", "斜率预期"])
def test_a_lesson_is_found_by_what_it_asks_after_all_that_is_called_so(person, typed_words: str) -> None:
    take_first(person, typed_words)
    assert person.window.history.session == lesson("lmu-armijo")


def test_a_page_of_another_workspace_comes_to_the_front(person) -> None:
    take_first(person, "bias or opt")
    assert person.window.history.session.workspace == "network"
    assert person.view.stage.page == "bias"


def test_a_recent_file_is_opened(person, tmp_path) -> None:
    save(person.window.prepared(), tmp_path / "zebra.landscape")
    person.window.files.open(str(tmp_path / "zebra.landscape"))
    person.edit(edits.set_steps, 17)
    take_first(person, "zebra")
    assert person.descent.steps != 17


def test_arrow_keys_choose_another_line_and_escape_closes(person) -> None:
    with finder(person) as opened:
        found = typed(person, opened, "adam")
        field = opened.findChild(QLineEdit)
        person.key(Qt.Key.Key_Down, widget=field)
        assert opened.findChild(QListWidget).currentItem().text() == found[1][0]
        person.key(Qt.Key.Key_Escape, widget=opened)
    assert QApplication.activePopupWidget() is None


def test_nothing_found_is_told(person) -> None:
    with finder(person) as opened:
        assert not typed(person, opened, "qqqqqq")
        assert "Nothing is called that. Try a shorter word." in sentences(opened)
        opened.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_of_every_registry_is_found_in_both_languages(open_window, language) -> None:
    person = open_window(language=language)
    registries = (surface_entries(), optimizer_entries(), strategy_entries(), schedule_entries())
    titles = [entry.titles for registry in registries for entry in registry.values()]
    titles += [each.titles for each in DATASETS.values() if not each.has_columns]
    titles += [each for workspace in WORKSPACES for each in lessons(workspace).values()]
    titles += [each.titles for name, each in WORKSPACES.items() if name != "descent"]
    with finder(person) as opened:
        known = [(each.title, each.words, each) for each in opened._findings]  # noqa: SLF001
        for each in titles:
            for name in each.values():
                found = [one.title for one in best_first(name, known)[:20]]
                assert each.get(language, each["en"]) in found, name
        strategies = [each for each in opened._findings if set(each.words.split()) & set(STRATEGIES)]  # noqa: SLF001
        assert len(strategies) >= len(STRATEGIES)
        opened.close()


def test_a_chinese_name_finds_a_command_of_an_english_window(person) -> None:
    with finder(person) as opened:
        assert typed(person, opened, "等高线")[0] == ("Contour lines", "View")
        opened.close()


@pytest.mark.parametrize(
    ("text", "first"),
    [("adm", "Adam"), ("rosnbrock", "Rosenbrock"), ("momntum", "Momentum"), ("saddle free", "Saddle-free Newton")],
)
def test_slips_and_left_out_letters_are_forgiven(text, first) -> None:
    known = [(title, title, title) for title in ("Momentum", "Saddle-free Newton", "Rosenbrock", "Adam", "Lion")]
    assert best_first(text, known)[0] == first


def test_a_beginning_comes_before_what_has_the_word_inside() -> None:
    known = [(title, title, title) for title in ("Nesterov momentum", "Momentum", "Momentum as an average")]
    assert best_first("mom", known) == ["Momentum", "Momentum as an average", "Nesterov momentum"]


@pytest.mark.parametrize("key", ["F1", "?"])
def test_every_key_of_the_menus_is_shown_under_its_menu(person, key) -> None:
    if key == "F1":
        person.key(Qt.Key.Key_F1, widget=person.window)
    else:
        person.qtbot.keyClicks(person.window, "?")
    dialog = person.window.findChild(KeysDialog)
    written = sentences(dialog)
    for menu in person.window._bar:  # noqa: SLF001
        for action in (item for item in menu.items if getattr(item, "keys", ())):
            assert action.title in written
            assert menu.title in written
    sizes = [label.fontInfo().pixelSize() for label in dialog.findChildren(QLabel)]
    assert min(sizes) >= 16
    person.key(Qt.Key.Key_Escape, widget=dialog)
    assert not dialog.isVisible()
