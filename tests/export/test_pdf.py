"""Pages whose lines stay lines, read again by others' programs."""

import re
import shutil
import subprocess
import time
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from landscape.export.export import export
from landscape.session.files import lesson

pypdf = pytest.importorskip("pypdf")
SIZE = (1280, 720)


@pytest.fixture(scope="module")
def page(qapp, tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "页 a.pdf"
    return export("beale-race", path, size=SIZE, theme="light", language="zh", step=120.0)


def test_it_is_one_page_of_the_size_of_the_picture(page):
    (only,) = pypdf.PdfReader(page).pages
    assert [float(side) for side in only.mediabox[2:]] == [960.0, 540.0]


def test_its_text_is_text(page):
    text = pypdf.PdfReader(page).pages[0].extract_text()
    assert "Adam" in text
    assert "10⁵" in text


def test_only_the_colours_of_the_surface_are_a_picture(page):
    images = list(pypdf.PdfReader(page).pages[0].images)
    assert len(images) == 2
    assert page.stat().st_size <= 400_000


def test_contour_lines_are_lines(qapp, tmp_path, session):
    lines = []
    for contours in (True, False):
        drawn = session.with_document(replace(session.document, contours=contours, runs=()))
        (page,) = pypdf.PdfReader(export(drawn, tmp_path / "a.pdf", size=SIZE)).pages
        lines.append(len(re.findall(rb" l\s", page.get_contents().get_data())))
    assert lines[0] > lines[1] + 1000


def test_it_says_what_it_is(page):
    found = pypdf.PdfReader(page).metadata
    assert found.title == "Beale 竞速：六种优化器，同一终点"
    assert found.creator.startswith("Landscape ")


@pytest.mark.parametrize("carries", [True, False])
def test_the_same_session_makes_the_same_file(qapp, tmp_path, session, carries):
    first = export(session, tmp_path / "a.pdf", size=(320, 180), session=carries).read_bytes()
    # Times in a file are whole seconds.
    time.sleep(1.0)
    second = export(session, tmp_path / "b.pdf", size=(320, 180), session=carries).read_bytes()
    assert first == second


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="Poppler is not installed")
@pytest.mark.parametrize("stage", ["map", "relief"])
def test_another_program_shows_what_the_picture_shows(qapp, tmp_path, stage):
    look = {"size": SIZE, "theme": "light", "step": 50.0, "stage": stage}
    vector, plain = (export(lesson("saddle"), tmp_path / f"a.{suffix}", **look) for suffix in ("pdf", "png"))
    command = ["pdftoppm", "-r", "96", "-png", "-singlefile", str(vector), str(tmp_path / "shown")]
    subprocess.run(command, check=True, timeout=60)
    with Image.open(tmp_path / "shown.png") as shown, Image.open(plain) as expected:
        assert shown.size == SIZE
        difference = np.abs(np.asarray(shown.convert("RGB")).astype(float) - np.asarray(expected))
    assert difference.mean() < 4.0
    assert (difference.max(axis=2) > 90).mean() < 0.03
