"""What is written is read again by others' libraries."""

import csv
import math
import os
import struct
import subprocess
import sys
from dataclasses import replace
from pkgutil import iter_modules

import numpy as np
import pytest
from PIL import Image

from landscape.catalogue.optimizers import optimizer
from landscape.descent.trajectory import descend
from landscape.export import formats as folder
from landscape.export.export import export, format_of
from landscape.export.film import Film
from landscape.export.formats import formats
from landscape.export.settings import Settings
from landscape.session.descent.document import Run
from landscape.translation import LANGUAGES

av = pytest.importorskip("av")
SMALL = {"size": (320, 180), "fps": 20, "seconds": 1.5}


@pytest.fixture(scope="module")
def film(qapp, session):
    made = Film(session, Settings(**SMALL))
    for _ in made.prepare(animated=True, pictured=True):
        pass
    return made


@pytest.fixture(scope="module")
def clip(qapp, session, tmp_path_factory):
    return export(session, tmp_path_factory.mktemp("films") / "影片 clip.mp4", **SMALL)


def changed(session, **fields):
    """The session with some fields of its descent changed."""
    return session.with_document(replace(session.document, **fields))


def rgb(frame):
    return frame[:, :, 2::-1].astype(int)


def test_a_film_has_its_frames_its_size_and_its_rate(clip):
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.pix_fmt == "yuv420p"
        assert (stream.width, stream.height) == (320, 180)
        assert stream.average_rate == 20
        assert float(stream.duration * stream.time_base) == pytest.approx(1.5)
        assert sum(1 for _ in container.decode(stream)) == 30


def test_a_film_says_how_its_colours_are_meant(clip):
    with av.open(str(clip)) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert context.color_range == 1


@pytest.mark.parametrize("index", [0, 12, 29])
def test_a_frame_of_a_film_is_the_picture_at_its_step(clip, film, index):
    with av.open(str(clip)) as container:
        frame = list(container.decode(video=0))[index].to_ndarray(format="rgb24").astype(int)
    error = np.abs(frame - rgb(film.frame(float(film.steps[index]))))
    assert error.mean() < 3
    assert np.median(error) <= 2


def test_a_film_can_be_played_before_it_is_all_there(clip):
    assert atoms(clip)[:2] == ["ftyp", "moov"]
    assert atoms(clip)[-1] == "mdat"


def atoms(path):
    data, found, place = path.read_bytes(), [], 0
    while place < len(data):
        size, name = struct.unpack(">I4s", data[place : place + 8])
        found.append(name.decode())
        place += size
    return [name for name in found if name != "free"]


@pytest.mark.parametrize(("fps", "seconds", "frames"), [(1, 2.0, 2), (120, 0.1, 12), (29.97, 0.5, 15), (24, 1.0, 24)])
def test_any_rate_is_possible(qapp, session, tmp_path, fps, seconds, frames):
    path = export(session, tmp_path / "a.mp4", size=(128, 96), fps=fps, seconds=seconds, curves=False)
    with av.open(str(path)) as container:
        assert float(container.streams.video[0].average_rate) == pytest.approx(fps, rel=1e-4)
        assert sum(1 for _ in container.decode(video=0)) == frames


def test_an_odd_size_is_rounded_down_for_a_film_and_exact_for_a_picture(qapp, session, tmp_path):
    path = export(session, tmp_path / "a.mp4", size=(321, 181), fps=5, seconds=0.4)
    with av.open(str(path)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (320, 180)
    with Image.open(export(session, tmp_path / "a.png", size=(321, 181))) as image:
        assert image.size == (321, 181)


def test_an_animation_has_its_frames_its_timing_and_no_end(qapp, session, tmp_path):
    with Image.open(export(session, tmp_path / "a.gif", **SMALL)) as image:
        assert image.size == (320, 180)
        assert image.n_frames == 30
        assert image.info["loop"] == 0
        total = 0
        for number in range(image.n_frames):
            image.seek(number)
            total += image.info["duration"]
    assert total == pytest.approx(1500, abs=20)


def test_the_colours_of_the_runs_survive_in_an_animation(qapp, session, film, tmp_path):
    with Image.open(export(session, tmp_path / "a.gif", **SMALL)) as image:
        image.seek(29)
        error = np.abs(np.asarray(image.convert("RGB")).astype(int) - rgb(film.frame(40.0)))
    assert np.percentile(error, 95) < 24
    assert error.mean() < 6


@pytest.mark.parametrize("step", [None, 0, 17.5, 1e9])
def test_a_picture_shows_the_last_step_or_the_one_that_is_wanted(qapp, session, film, tmp_path, step):
    path = export(session, tmp_path / "a.png", size=(320, 180), step=step)
    with Image.open(path) as image:
        shown = np.asarray(image).astype(int)
    assert shown.shape == (180, 320, 3)
    assert np.abs(shown - rgb(film.frame(40.0 if step is None else min(step, 40.0)))).max() <= 6


def test_a_table_holds_the_very_numbers(session, tmp_path):
    path = export(session, tmp_path / "表.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    descent = session.document
    for run, name in zip(descent.runs, ("SGD", "Momentum", "Adam"), strict=True):
        found = descend(descent.surface, run.rule, descent.start, descent.steps)
        mine = [row for row in rows if row["run"] == name]
        assert [int(row["step"]) for row in mine] == list(range(41))
        assert [(float(row["x"]), float(row["y"])) for row in mine] == [tuple(point) for point in found.points.tolist()]
        assert [float(row["loss"]) for row in mine] == found.losses.tolist()
        gradients = [[float(row["gradient_x"]), float(row["gradient_y"])] for row in mine]
        assert gradients == found.gradients.tolist()
        assert [float(row["rate"]) for row in mine[1:]] == found.rates.tolist()
        assert mine[0]["rate"] == ""
    assert len(rows) == 3 * 41


@pytest.mark.parametrize("wanted", [False, True])
def test_a_table_begins_with_a_byte_order_mark_where_that_is_wanted(session, tmp_path, wanted):
    path = export(session, tmp_path / "a.csv", byte_order_mark=wanted)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfrun," if wanted else b"run,")


def test_equal_runs_are_both_in_the_table(session, tmp_path):
    first = session.document.runs[0]
    twice = changed(session, runs=(first, replace(first, id=1)))
    assert len(export(twice, tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 1 + 2 * 41


def test_a_run_that_is_hidden_is_not_in_the_table(session, tmp_path):
    first, second, _ = session.document.runs
    hidden = changed(session, runs=(first, replace(second, visible=False)))
    text = export(hidden, tmp_path / "a.csv").read_text(encoding="utf-8")
    assert "Momentum" not in text


def test_a_table_needs_no_window_system(tmp_path):
    command = (
        "import sys; from landscape.export.export import export; export('saddle', sys.argv[1]);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", command, str(tmp_path / "a.csv")], check=True)


@pytest.mark.parametrize("suffix", formats())
def test_a_run_that_diverges_is_exported(qapp, session, tmp_path, suffix):
    wild = changed(session, runs=(*session.document.runs, Run(id=3, rule=optimizer("sgd", lr=10.0), color=3)))
    path = export(wild, tmp_path / f"a{suffix}", size=(160, 120), fps=10, seconds=0.5)
    assert path.stat().st_size > 100
    if suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            assert all(math.isfinite(float(row["x"])) for row in csv.DictReader(file))


@pytest.mark.parametrize("suffix", formats())
def test_a_session_without_runs_is_exported(qapp, session, tmp_path, suffix):
    empty = changed(session, runs=())
    assert export(empty, tmp_path / f"a{suffix}", size=(160, 120), fps=10, seconds=0.5).exists()


@pytest.mark.parametrize("lesson", ["ravine", "saddle", "beale-race"])
@pytest.mark.parametrize("look", [{"theme": "light", "language": "zh"}, {"curves": False, "legend": False}])
def test_every_lesson_is_exported_in_every_look(qapp, tmp_path, lesson, look):
    with Image.open(export(lesson, tmp_path / "a.png", size=(640, 360), **look)) as image:
        assert len(image.getcolors(2**24)) > 100


def test_a_part_of_the_plane_can_be_chosen(qapp, session, tmp_path):
    whole = export(session, tmp_path / "a.png", size=(320, 180)).read_bytes()
    part = export(session, tmp_path / "b.png", size=(320, 180), view=((2.0, 4.0), (1.0, 3.0))).read_bytes()
    assert part != whole


def test_the_same_session_gives_the_same_bytes(qapp, session, tmp_path):
    files = [export(session, tmp_path / name, size=(320, 180)).read_bytes() for name in ("a.png", "b.png")]
    assert files[0] == files[1]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system does not say which cores are used")
@pytest.mark.parametrize("suffix", [suffix for suffix, each in formats().items() if each.animated])
def test_the_same_session_gives_the_same_bytes_on_one_core(qapp, session, tmp_path, suffix):
    one_core = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    code = (
        "import sys\n"
        "from landscape.export.export import export; export('saddle', sys.argv[1], size=(320, 180), seconds=0.5)"
    )
    alone, together = tmp_path / f"alone{suffix}", tmp_path / f"together{suffix}"
    subprocess.run([sys.executable, "-c", one_core + code, str(alone)], check=True)
    subprocess.run([sys.executable, "-c", code, str(together)], check=True)
    assert alone.read_bytes() == together.read_bytes()


def test_a_format_is_told_by_the_suffix_in_small_or_capital_letters():
    assert list(formats()) == sorted(f".{module.name.replace('_', '.')}" for module in iter_modules(folder.__path__))
    assert format_of("A.B.MP4").suffix == ".mp4"
    assert format_of("A.Handout.PDF").suffix == ".handout.pdf"
    assert [format_of(name).suffix for name in ("handout.pdf", "a.b.pdf", ".handout.pdf")] == [".pdf"] * 3
    for each in formats().values():
        assert each.titles.keys() == LANGUAGES.keys()
