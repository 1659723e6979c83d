"""A picture that takes longer than a turn: the one before is shown until it is whole, and then it is as if at once."""

import weakref

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from landscape.plot import piecemeal
from landscape.plot.pace import TURN
from landscape.plot.painters import painter_on
from landscape.plot.piecemeal import Piecemeal

AREA = QRectF(4, 6, 40, 30)
GROUND = QColor("#102030")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still, until it is moved on."""
    now = [0.0]
    monkeypatch.setattr(piecemeal.time, "perf_counter", lambda: now[0])
    return now


def drawing(color, clock, pieces=4):
    """Draw bars of a colour below each other, each of which takes a turn."""

    def draw(painter):
        for piece in range(pieces):
            painter.fillRect(QRectF(4, 6 + 5 * piece, 40, 5), QColor(color))
            clock[0] += TURN
            yield

    return draw


def shown(picture, look, draw):
    """Return what one painting shows, and whether it is whole."""
    image = QImage(60, 50, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with painter_on(image) as painter:
        whole = picture.paint(painter, AREA, GROUND, look, draw)
    return image, whole


def color_at(image, x, y):
    return image.pixelColor(x, y).getRgb()[:3]


def test_what_takes_one_turn_is_shown_at_once(clock):
    picture = Piecemeal()
    pixels, whole = shown(picture, "one", drawing("red", clock, pieces=1))
    assert whole
    assert color_at(pixels, 10, 8) == (255, 0, 0)
    assert color_at(pixels, 10, 20) == (16, 32, 48)
    assert color_at(pixels, 1, 1) == color_at(pixels, 50, 45) == (255, 255, 255)


def test_the_picture_before_is_shown_until_the_next_is_whole(clock):
    picture = Piecemeal()
    first, _ = shown(picture, "one", drawing("red", clock, pieces=1))
    turns = 0
    while True:
        pixels, whole = shown(picture, "two", drawing("blue", clock))
        if whole:
            break
        turns += 1
        assert pixels == first
    assert turns >= 2
    assert color_at(pixels, 10, 8) == color_at(pixels, 10, 24) == (0, 0, 255)


def test_what_is_overtaken_is_drawn_to_its_end_and_then_what_overtook_it(clock):
    picture = Piecemeal()
    shown(picture, 0, drawing("red", clock, pieces=1))
    seen = []
    for look in range(1, 30):
        pixels, _ = shown(picture, look, drawing(QColor(0, 0, 5 * look), clock))
        seen.append(color_at(pixels, 10, 8))
    assert len(set(seen)) > 4
    pixels, whole = seen[-1], False
    while not whole:
        pixels, whole = shown(picture, 30, drawing(QColor(0, 0, 150), clock))
    assert color_at(pixels, 10, 8) == (0, 0, 150)


def test_what_is_whole_is_not_drawn_again(clock):
    picture = Piecemeal()
    shown(picture, "one", drawing("red", clock, pieces=1))
    drawn = []
    _, whole = shown(picture, "one", lambda _painter: drawn.append(1) or iter(()))
    assert whole
    assert not drawn


def test_a_picture_given_up_in_the_middle_lets_go_of_its_painter(clock):
    picture, painters = Piecemeal(), []

    def draw(painter):
        painters.append(painter)
        yield from drawing("red", clock)(painter)

    shown(picture, "one", draw)
    assert painters[0].isActive()
    del picture
    assert not painters[0].isActive()


def test_a_picture_in_which_a_piece_fails_is_not_taken_for_a_whole_one(clock):
    picture = Piecemeal()

    def failing(_painter):
        yield
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shown(picture, "one", failing)
    _, whole = shown(picture, "one", drawing("red", clock, pieces=1))
    assert whole
    assert color_at(shown(picture, "one", failing)[0], 10, 8) == (255, 0, 0)


def test_what_is_given_up_is_let_go_and_drawn_from_the_beginning_when_it_is_wanted_again(clock):
    picture, seen = Piecemeal(), []
    draw = drawing("blue", clock)

    def watched(painter):
        seen.append(weakref.ref(painter.device()))
        yield from draw(painter)

    shown(picture, "one", drawing("red", clock, pieces=1))
    assert not shown(picture, "two", watched)[1]
    picture.give_up()
    assert seen[0]() is None
    pixels, whole = shown(picture, "two", watched)
    assert not whole
    assert color_at(pixels, 10, 8) == (255, 0, 0)
    assert len(seen) == 2
    while not whole:
        pixels, whole = shown(picture, "two", watched)
    assert [color_at(pixels, 10, y) for y in (8, 13, 18, 23)] == [(0, 0, 255)] * 4
