"""Titles and captions of a race are shown whole where there is little room."""

import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from landscape.plot.theme import text_font
from landscape.plot.words import set_fitting_font, two_lines

TITLE = "The truth: loss after 200 steps"


@pytest.fixture
def painter(qapp):
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    made = QPainter(image)
    yield made
    made.end()


def test_a_title_is_made_smaller_before_it_is_cut(painter):
    wide = QFontMetricsF(text_font(1.0, size=14.0, bold=True)).horizontalAdvance(TITLE)
    assert set_fitting_font(painter, TITLE, wide + 1, 1.0, 14.0, bold=True) == TITLE
    assert painter.font().pixelSize() == 14
    assert set_fitting_font(painter, TITLE, 0.85 * wide, 1.0, 14.0, bold=True) == TITLE
    assert painter.font().pixelSize() < 14
    assert set_fitting_font(painter, TITLE, 0.3 * wide, 1.0, 14.0, bold=True).endswith("…")


def test_titles_beside_each_other_are_of_one_size(painter):
    wide = QFontMetricsF(text_font(1.0, size=14.0, bold=True)).horizontalAdvance(TITLE)
    assert set_fitting_font(painter, "short", 0.85 * wide, 1.0, 14.0, bold=True, alike=[TITLE]) == "short"
    small = painter.font().pixelSize()
    set_fitting_font(painter, TITLE, 0.85 * wide, 1.0, 14.0, bold=True)
    assert small == painter.font().pixelSize() < 14


def test_a_caption_is_broken_between_its_parts(qapp):
    metrics = QFontMetricsF(text_font(1.0))
    caption = "learning rate 89 % · β₁ 5 % · β₂ 1 %"
    wide = metrics.horizontalAdvance(caption)
    assert two_lines(caption, wide, metrics) == (caption,)
    assert two_lines(caption, 0.9 * wide, metrics) == ("learning rate 89 % · β₁ 5 %", "β₂ 1 %")
    assert two_lines(caption, 0.1 * wide, metrics) == ("learning rate 89 %", "β₁ 5 % · β₂ 1 %")
    assert two_lines("diverged", 1.0, metrics) == ("diverged",)
