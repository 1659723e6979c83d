"""Slides and pages that are made of the marks, read again by others' libraries."""

import base64
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from landscape.export.deck import part_film, parts
from landscape.export.export import describe, export
from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.session.presentation import Mark, Presentation

av = pytest.importorskip("av")
pptx = pytest.importorskip("pptx")
LOOK = {"size": (320, 180), "fps": 10, "seconds": 4.0, "theme": "light"}
NOTES = ("Who is ahead? </script> 谁领先？", "“Momentum” & <b>")


@pytest.fixture(scope="module")
def marked(session):
    marks = tuple(Mark(step=step, note=note) for step, note in zip((10, 30), NOTES, strict=True))
    return replace(session, presentations={"descent": Presentation(marks=marks)})


@pytest.fixture(scope="module")
def slides(qapp, marked, tmp_path_factory):
    path = export(marked, tmp_path_factory.mktemp("decks") / "课 a.pptx", **LOOK)
    return list(pptx.Presentation(path).slides)


@pytest.fixture(scope="module")
def page(qapp, marked, tmp_path_factory):
    path = export(marked, tmp_path_factory.mktemp("pages") / "课 a.html", **LOOK)
    return path.read_text(encoding="utf-8")


def frames(content: bytes) -> list[np.ndarray]:
    with av.open(io.BytesIO(content)) as container:
        return [frame.to_ndarray(format="rgb24").astype(float) for frame in container.decode(video=0)]


def film_of(slide):
    (film,) = slide.shapes
    return film


def test_there_is_a_slide_for_each_mark_and_for_the_rest(slides):
    assert len(slides) == 3
    assert [slide.notes_slide.notes_text_frame.text for slide in slides] == [*NOTES, ""]


def test_each_film_goes_from_mark_to_mark_and_its_poster_is_its_first_frame(slides, marked):
    film = Film(marked, Settings(**LOOK))
    for _ in film.prepare(animated=True, pictured=True):
        pass
    ends = [0.0, 10.0, 30.0, 40.0]
    for slide, begin, end in zip(slides, ends[:-1], ends[1:], strict=True):
        media = slide.part.related_part(
            film_of(slide).element.xpath(".//p:nvPr/p:extLst//*[local-name()='media']/@r:embed")[0]
        )
        found = frames(media.blob)
        assert len(found) == round(10 * max(1.5, 4.0 * (end - begin) / 40))
        for frame, step in ((found[0], begin), (found[-1], end)):
            assert np.abs(frame - film.frame(step)[:, :, 2::-1]).mean() < 3
        poster = np.asarray(Image.open(io.BytesIO(film_of(slide).poster_frame.blob)))
        assert np.abs(poster - film.frame(begin)[:, :, 2::-1].astype(float)).mean() < 0.5
    film.close()


def test_each_film_fills_its_slide_plays_by_itself_and_is_described(slides, marked):
    for slide, step in zip(slides, (10.0, 30.0, 40.0), strict=True):
        film = film_of(slide)
        assert (film.left, film.top) == (0, 0)
        assert film.width / film.height == pytest.approx(16 / 9, rel=1e-4)
        assert slide.element.xpath(".//p:timing//p:video//p:cond/@delay") == ["0"]
        assert film.element.xpath(".//p:cNvPr/@descr") == [describe(marked, step=step)]


def test_a_page_is_one_small_file_with_no_address_in_it(page):
    assert len(page.encode()) <= 3_000_000
    assert "http" not in page
    assert "%" + "film%" not in page


def test_the_film_of_a_page_is_whole(page, marked):
    content = base64.b64decode(re.search(r"data:video/mp4;base64,([^\"]+)", page)[1])
    assert len(frames(content)) == 40


def test_what_is_said_at_the_marks_is_in_the_page_and_ends_no_script(page):
    assert page.count("</script>") == 1
    assert "谁领先" in page
    assert re.search(r"<html lang=\"en\">", page)


def test_a_page_that_would_be_too_large_is_encoded_more_coarsely(qapp, tmp_path):
    path = export("beale-race", tmp_path / "a.html", size=(1280, 720), fps=60, seconds=4.0)
    assert path.stat().st_size <= 3_000_000


def test_parts_last_as_long_as_the_film_together(session, marked):
    found = parts(Film(marked, Settings(seconds=40.0)))
    assert [part.seconds for part in found] == [10.0, 20.0, 10.0]
    assert [part.begin for part in found] == [0.0, 10.0, 30.0]
    (whole,) = parts(Film(session, Settings()))
    assert (whole.begin, whole.end, whole.note) == (0.0, 40.0, "")


def test_a_mark_beyond_the_end_is_no_slide(session):
    late = replace(session, presentations={"descent": Presentation(marks=(Mark(step=900),))})
    assert [part.end for part in parts(Film(late, Settings()))] == [40.0]


def test_the_film_of_a_part_begins_and_ends_at_its_marks(marked):
    film = Film(marked, Settings(seconds=40.0))
    steps = part_film(film, parts(film)[1]).steps
    assert (steps[0], steps[-1]) == (10.0, 30.0)
