"""Hand-outs and pages for LaTeX, read again by others' programs."""

import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from landscape.export.export import export
from landscape.session.files import load
from landscape.session.presentation import Mark, Presentation

pypdf = pytest.importorskip("pypdf")
NOTES = ("The ball starts across the ravine.", "Là, ∇f = 0.", "z" * 2000)
LATEX = shutil.which("pdflatex")


def has_animate() -> bool:
    finder = shutil.which("kpsewhich")
    return bool(finder and subprocess.run([finder, "animate.sty"], capture_output=True, check=False).stdout.strip())


@pytest.fixture(scope="module")
def marked(session):
    marks = tuple(Mark(step=step, note=note) for step, note in zip((5, 20, 40), NOTES, strict=True))
    return replace(session, presentations={session.workspace: Presentation(marks=marks)})


@pytest.fixture(scope="module")
def handout(qapp, marked, tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "讲义 a.handout.pdf"
    return export(marked, path, size=(640, 360), theme="dark")


@pytest.fixture(scope="module")
def packed(qapp, marked, tmp_path_factory):
    path = tmp_path_factory.mktemp("latex") / "a.animate.zip"
    return export(marked, path, size=(320, 180), fps=30, seconds=0.5)


def words(page):
    """Return the text of a page with one space between two words."""
    return " ".join(page.extract_text().split())


def pages(packed):
    with zipfile.ZipFile(packed) as folder:
        return folder.read("frames.pdf")


def test_a_hand_out_has_a_page_of_a4_for_each_mark(handout):
    found = pypdf.PdfReader(handout).pages
    assert len(found) == 3
    for page in found:
        width, height = (float(side) for side in page.mediabox[2:])
        assert (width, height) == pytest.approx((297 / 25.4 * 72, 210 / 25.4 * 72), abs=1.0)


def test_its_notes_are_text_and_its_pictures_are_at_the_marks(handout):
    texts = [words(page) for page in pypdf.PdfReader(handout).pages]
    for number, (text, step) in enumerate(zip(texts, (5, 20, 40), strict=True), start=1):
        assert f"{number} / 3" in text
        assert f"step {step} / 40" in text
    assert NOTES[0] in texts[0]
    assert NOTES[1] in texts[1]
    assert texts[2].count("z") >= 2000
    assert "after step 20" in texts[1]


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="Poppler is not installed")
def test_a_hand_out_is_light_and_its_picture_is_there(handout, tmp_path):
    command = ["pdftoppm", "-r", "40", "-png", str(handout), str(tmp_path / "page")]
    subprocess.run(command, check=True, timeout=60)
    for path in tmp_path.iterdir():
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB")).astype(int)
        assert pixels[:10].min() > 240
        assert (np.ptp(pixels, axis=2) > 60).mean() > 0.1


def test_a_hand_out_opens_again(handout, marked):
    assert load(handout).documents == marked.documents


def test_pages_for_latex_are_one_for_each_frame_at_a_rate_that_viewers_keep(packed):
    with zipfile.ZipFile(packed) as folder:
        assert sorted(folder.namelist()) == ["frames.pdf", "slide.tex"]
        lines = folder.read("slide.tex").decode()
    assert "{15}{frames}{}{}" in lines
    reader = pypdf.PdfReader(BytesIO(pages(packed)))
    assert len(reader.pages) == 8
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [240.0, 135.0]
    assert "step 0 / 40" in words(reader.pages[0])
    assert "step 40 / 40" in words(reader.pages[-1])


def test_the_colours_of_the_surface_are_in_the_file_once_for_all_pages(packed):
    found = {
        image.indirect_reference.idnum
        for page in pypdf.PdfReader(BytesIO(pages(packed))).pages
        for image in page.images
        if image.image.width > 100
    }
    assert len(found) == 1


@pytest.mark.skipif(not (LATEX and has_animate()), reason="LaTeX with animate is not installed")
def test_its_lines_compile_beside_it(packed, tmp_path):
    with zipfile.ZipFile(packed) as folder:
        folder.extractall(tmp_path)
    command = [LATEX, "-interaction=nonstopmode", "-halt-on-error", "slide.tex"]
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, timeout=120, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:]
    (page,) = pypdf.PdfReader(tmp_path / "slide.pdf").pages
    assert "/Annots" in page
