"""Pictures whose lines stay lines."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from landscape.export.export import export
from landscape.scene.palette import RUN_COLORS
from tests.untaught import untaught

SIZE = (800, 500)


def pixels(image: QImage) -> np.ndarray:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = (plain.height(), plain.width(), 4)
    return np.frombuffer(plain.constBits(), np.uint8).reshape(shape)[..., :3].astype(float)


def drawn(path) -> np.ndarray:
    """Return the pixels that Qt's own reader makes of a file."""
    renderer = QSvgRenderer(str(path))
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return pixels(image)


def networks():
    shown = untaught("batch-norm")
    return shown.with_document(replace(shown.document, steps=30))


@pytest.mark.parametrize("make", [lambda: untaught("beale-race"), networks], ids=["descent", "network"])
@pytest.mark.parametrize("step", [None, 12.0])
def test_it_shows_what_the_picture_shows(qapp, tmp_path, make, step):
    vector, plain = (export(make(), tmp_path / f"a.{suffix}", size=SIZE, step=step) for suffix in ("svg", "png"))
    difference = np.abs(drawn(vector) - pixels(QImage(str(plain))))
    assert difference.mean() < 2.0
    assert (difference.max(axis=2) > 60).mean() < 0.015


def test_text_and_curves_are_no_pixels(qapp, tmp_path, session):
    text = export(session, tmp_path / "a.svg", size=SIZE, language="zh").read_text(encoding="utf-8")
    assert 'viewBox="0 0 800 500"' in text
    assert "学习率" in text
    for color in RUN_COLORS[:3]:
        assert text.casefold().count(f'stroke="{color.casefold()}"') >= 4


def test_the_same_session_makes_the_same_file(qapp, tmp_path, session):
    first, second = (export(session, tmp_path / f"{name}.svg", size=SIZE).read_bytes() for name in "ab")
    assert first == second
