"""What became of a run, told on the map: whole where the map is narrow, over two lines."""

import pytest
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from landscape.plot.marks import _broken, draw_notes, notes_area
from landscape.plot.projection import Projection
from landscape.plot.theme import text_font
from landscape.scene.palette import DARK

SENTENCES = (
    "left the view at step 2: lr is 1.2 times the stable 2/λmax",
    "在第 2 步离开视野：学习率是稳定上限 2/λmax 的 1.2 倍",
    "在第二步离开视野而且再也没有回来因为学习率太大了",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_is_wider_than_the_map_is_whole_over_two_lines(qapp, sentence: str) -> None:
    metrics = QFontMetrics(text_font(1.0))
    room = round(0.7 * metrics.horizontalAdvance(sentence))
    lines = _broken(metrics, sentence, room)
    assert len(lines) == 2
    assert "".join(lines).replace(" ", "") == sentence.replace(" ", "")
    assert max(map(metrics.horizontalAdvance, lines)) <= room
    assert _broken(metrics, sentence, 2 * room) == [sentence]


def test_notes_stay_within_what_is_painted_again(qapp) -> None:
    picture = QImage(200, 300, QImage.Format.Format_RGB32)
    picture.fill(0)
    projection = Projection(x=(0.0, 1.0), y=(0.0, 1.0), width=200, height=300, unit=1.0)
    painter = QPainter(picture)
    painter.setFont(text_font(1.0))
    draw_notes(painter, [("#ff0000", sentence) for sentence in SENTENCES], projection, DARK)
    line = painter.fontMetrics().height()
    painter.end()
    area = notes_area(projection, len(SENTENCES), line)
    outside = [
        (x, y) for x in range(200) for y in range(300) if picture.pixel(x, y) & 0xFFFFFF and not area.contains(x, y)
    ]
    assert outside == []
