"""What was exported opens again as it was, whatever kind of file it is; damaged ones are told in one sentence."""

import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from landscape.cli import main
from landscape.errors import InputError
from landscape.export.export import export
from landscape.export.formats import formats
from landscape.scene.network.page import StagePage
from landscape.session.files import MAX_BYTES, lesson, load, open_session, saved_file_of
from landscape.session.presentation import Mark, Presentation
from tests.fuzz.carried import FUZZ
from tests.fuzz.harness import run

CARRYING = [suffix for suffix, each in formats().items() if each.carries]
TINY = {"size": (160, 120), "fps": 20, "seconds": 0.3}


@pytest.fixture(params=CARRYING)
def suffix(request):
    return request.param


def prepared(session):
    """The session as a lecturer left it."""
    stands = Presentation(step=12.0, marks=(Mark(step=7, note="为什么？"),), view=((2.0, 4.0), (1.0, 3.0)))
    return replace(session, presentations={"descent": stands}, notes="“a & b” <c>")


def test_every_file_opens_again_as_the_session_it_was_made_of(qapp, session, tmp_path, suffix):
    given = prepared(session)
    found = open_session(str(export(given, tmp_path / f"图 a{suffix}", **TINY, step=12.0)))
    assert found.documents == given.documents
    assert found.presentations == given.presentations
    assert found.notes == given.notes


def test_what_the_export_chose_is_restored_too(qapp, session, tmp_path):
    turned = session.with_document(replace(session.document, camera=replace(session.document.camera, azimuth=123.0)))
    view = ((2.0, 4.0), (1.0, 3.0))
    path = export(turned, tmp_path / "a.png", **TINY, step=3.5, view=view, stage="relief", explain=True, run=2)
    found = load(path)
    assert (found.document.stage, found.document.explained, found.document.camera.azimuth) == ("relief", 2, 123.0)
    assert found.presentations["descent"] == Presentation(step=3.5, view=view)


def test_numbers_of_numpy_are_drawn_and_restored_as_those_of_python(qapp, session, tmp_path):
    (left, right), view = map(np.float32, (-1.5, 1.5)), (-1.5, 1.5)
    chosen = {"size": (320, 180), "theme": "light", "language": "en"}
    given = export(session, tmp_path / "given.png", step=np.float32(7), view=((left, right), (left, right)), **chosen)
    plain = export(session, tmp_path / "plain.png", step=7.0, view=(view, view), **chosen)
    assert given.read_bytes() == plain.read_bytes()


def test_a_picture_makes_the_same_picture_again_and_a_film(qapp, session, tmp_path):
    look = {"size": (320, 180), "theme": "light"}
    first = export(session, tmp_path / "a.png", **look, step=9.0, view=((2.0, 4.0), (1.0, 3.0)), stage="both")
    second = export(first, tmp_path / "b.png", **look)
    with Image.open(first) as one, Image.open(second) as other:
        assert (np.asarray(one) == np.asarray(other)).all()
    assert main(["export", str(first), "-o", str(tmp_path / "c.png"), "--size", "320x180", "--theme", "light"]) == 0
    assert (tmp_path / "c.png").read_bytes() == second.read_bytes()
    assert load(export(first, tmp_path / "a.gif", **TINY)).documents == load(first).documents


def test_a_picture_of_a_page_makes_the_picture_of_that_page_again(qapp, tmp_path):
    look = {"size": (320, 180), "theme": "light"}
    first = export(lesson("batch-norm"), tmp_path / "a.png", **look, page=StagePage(name="bias"))
    again, plain = export(first, tmp_path / "b.png", **look), export(lesson("batch-norm"), tmp_path / "c.png", **look)
    with Image.open(first) as page, Image.open(again) as other, Image.open(plain) as curves:
        assert (np.asarray(page) == np.asarray(other)).all()
        assert (np.asarray(page) != np.asarray(curves)).any()


def test_a_page_that_is_not_drawn_otherwise_is_left_alone(qapp, session, tmp_path):
    stands = {name: Presentation(page="hologram") for name in ("descent", "network")}
    for given in (session, lesson("batch-norm")):
        first = export(replace(given, presentations=stands), tmp_path / "a.png", **TINY)
        assert load(export(first, tmp_path / "b.png", **TINY)).presentations == load(first).presentations


def test_a_switch_leaves_the_session_out(qapp, session, tmp_path, suffix):
    path = export(session, tmp_path / f"a{suffix}", **TINY, session=False)
    assert b"landscape:" not in path.read_bytes()
    with pytest.raises(InputError, match=rf"^a\{suffix} carries no session: it was written without one"):
        load(path)


def test_the_command_line_leaves_it_out(qapp, tmp_path):
    path = tmp_path / "a.png"
    assert main(["export", "saddle", "-o", str(path), "--size", "160x120", "--no-session"]) == 0
    assert b"landscape:" not in path.read_bytes()


def test_a_long_session_is_carried_whole(qapp, session, tmp_path, suffix):
    source = np.random.default_rng(1)
    notes = ("".join(map(chr, source.integers(0x4E00, 0x9FFF, 2000))) for _ in range(40))
    stands = Presentation(marks=tuple(Mark(step=step, note=note) for step, note in enumerate(notes)))
    path = export(replace(session, presentations={"descent": stands}), tmp_path / f"a{suffix}", **TINY)
    assert load(path).presentations["descent"] == stands
    assert path.stat().st_size > 100_000


def test_how_to_cite_the_figure_stands_in_the_file(qapp, tmp_path):
    with Image.open(export("saddle", tmp_path / "a.png", **TINY)) as image:
        assert image.text["Title"] == "Saddle: who gets away first?"
        assert "“Saddle: who gets away first?”, drawn with Landscape " in image.text["Description"]


def test_nothing_is_saved_over_a_picture(qapp, session, tmp_path):
    path = export(session, tmp_path / "a.png", **TINY)
    assert saved_file_of(str(path)) is None


def test_what_an_office_has_packed_again_still_opens(qapp, session, tmp_path):
    picture = export(session, tmp_path / "a.png", **TINY)
    with zipfile.ZipFile(tmp_path / "a.pptx", "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("notes.xml", "x" * 5000)
        folder.write(picture, "media/a.png")
    assert load(tmp_path / "a.pptx").documents == session.documents


def test_a_folder_that_unpacks_to_gigabytes_is_given_up(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.pptx", "w", zipfile.ZIP_DEFLATED) as folder:
        for number in range(30):
            folder.writestr(f"{number}", bytes(60_000_000))
    with pytest.raises(InputError, match="carries no session"):
        load(tmp_path / "a.pptx")


def test_a_picture_of_another_program_is_told(tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with pytest.raises(InputError, match=r"^a\.png carries no session"):
        load(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("word", "told"),
    [("landscape:eN", "damaged"), ("landscape:eNxx", "damaged"), ("landscape:" + "eN" * MAX_BYTES, "")],
)
def test_what_is_no_session_in_a_picture_is_told(tmp_path: Path, word, told):
    path = tmp_path / "a.svg"
    path.write_text(f"<svg>{word}</svg>", encoding="utf-8")
    with pytest.raises(InputError, match=rf"^a\.svg.*{told}"):
        load(path)


def test_it_is_found_wherever_it_stands(tmp_path):
    word = export(lesson("saddle"), tmp_path / "a.svg", **TINY).read_bytes().split(b"landscape:")[1].split(b"<")[0]
    for before in (999_990, 999_999, 1_000_000, 2_500_000):
        (tmp_path / "b.svg").write_bytes(b"<svg>".ljust(before) + b"landscape:" + word + b"</svg>")
        assert load(tmp_path / "b.svg").documents == lesson("saddle").documents


@pytest.mark.slow
def test_two_thousand_mutated_files_open_or_are_refused_in_one_sentence(qapp):
    results = list(run(FUZZ, FUZZ.count, seed=14))
    assert [result for result in results if not isinstance(result, bool)] == []
    assert 50 < sum(results) < 1950
