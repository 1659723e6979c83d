"""The gallery of lessons, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from landscape.session.files import default_session, lesson, lesson_names, save
from landscape.ui.dialogs.gallery import Gallery
from landscape.ui.switch import Switch
from landscape.ui.welcome import offer_lessons
from tests.ui.finding import find


@pytest.fixture
def gallery(person, settings, tmp_path) -> Gallery:
    save(default_session(), tmp_path / "My lecture.landscape")
    settings.setValue("recent", [str(tmp_path / "My lecture.landscape")])
    person.choose("File", "Lessons…")
    [found] = person.window.findChildren(Gallery)
    person.qtbot.waitUntil(lambda: len(offered(found)) == len(lesson_names()) + 1, timeout=30_000)
    return found


def offered(gallery: Gallery) -> list[str]:
    items = (gallery.list.item(index) for index in range(gallery.list.count()))
    return [item.text() for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled]


def headings(gallery: Gallery) -> list[str]:
    items = (gallery.list.item(index) for index in range(gallery.list.count()))
    return [item.text() for item in items if not item.flags() & Qt.ItemFlag.ItemIsEnabled]


def test_lessons_stand_under_their_topics_and_ones_own_before_them(gallery):
    assert offered(gallery)[0] == "My lecture"
    assert headings(gallery)[:3] == ["Your own", "Learning rates", "Momentum"]


def test_lessons_stand_under_their_sources_too(person, gallery):
    gallery.tabs.chosen.emit("source")
    assert "Dive into Deep Learning" in headings(gallery)
    assert "CS231n" in headings(gallery)
    assert len([one for one in headings(gallery) if "Dive into" in one]) == 1


def test_a_search_finds_by_source_and_enter_opens_what_is_found(person, gallery):
    person.type(gallery.search, "deep learning 12.6", ended_by=Qt.Key.Key_Down)
    assert offered(gallery) == ["Momentum in a narrow valley"]
    person.key(Qt.Key.Key_Return, widget=gallery.list)
    assert person.window.history.session == lesson("d2l-momentum")
    assert person.window.lesson.shown


def test_what_is_not_there_is_not_found(person, gallery):
    person.type(gallery.search, "no such thing", ended_by=Qt.Key.Key_Down)
    assert offered(gallery) == []


def test_it_is_the_start_page_of_who_wants_that(person, gallery):
    person.click(find(gallery, Switch, "Show when the program starts"))
    gallery.close()
    offer_lessons(person.window)
    assert len([one for one in person.window.findChildren(Gallery) if one.isVisible()]) == 1


def test_a_newcomer_is_told_of_it_in_a_quiet_line_until_it_was_seen(open_window):
    person = open_window()
    offer_lessons(person.window)
    assert find(
        person.window.notice, QLabel, f"{len(lesson_names())} lessons ask a question each: predict, run, see why."
    )
    person.click(find(person.window.notice, QPushButton, "Open the gallery"))
    [found] = person.window.findChildren(Gallery)
    found.close()
    assert not person.window.notice.isVisible()
    offer_lessons(person.window)
    assert not person.window.notice.isVisible()


def test_pictures_come_by_and_by(person, gallery):
    person.qtbot.waitUntil(lambda: len(gallery._pictures) >= 2, timeout=60_000)  # noqa: SLF001
