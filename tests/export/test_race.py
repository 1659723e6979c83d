"""A race is made in one line of Python; it shows itself in a notebook, and the command line makes the same one."""

import base64
import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import landscape as ls
from landscape.catalogue.surfaces import surface_entries
from landscape.cli import main
from landscape.errors import InputError


@pytest.fixture
def race() -> ls.Session:
    return ls.race(ls.surface("x^2 + 4*y^2"), {"sgd": 0.01, "adam": 0.3}, start=(-1, 2), steps=40)


def paths(file: Path) -> dict[str, np.ndarray]:
    found: dict[str, list[list[float]]] = {}
    for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))):
        found.setdefault(row["run"], []).append([float(row[name]) for name in ("x", "y", "loss")])
    return {run: np.array(rows) for run, rows in found.items()}


def test_the_runs_are_those_of_descend(race: ls.Session, tmp_path: Path) -> None:
    found = paths(ls.export(race, tmp_path / "race.csv"))
    assert list(found) == ["SGD", "Adam"]
    for name, rule in (("SGD", ls.optimizer("sgd", lr=0.01)), ("Adam", ls.optimizer("adam", lr=0.3))):
        done = ls.descend(ls.surface("x^2 + 4*y^2"), rule, start=(-1, 2), steps=40)
        np.testing.assert_array_equal(found[name], np.column_stack((done.points, done.losses)))
    assert found["SGD"][:, 0] == pytest.approx(-(0.98 ** np.arange(41)))


def test_it_is_a_session_that_is_written_as_a_film(race: ls.Session, tmp_path: Path) -> None:
    assert isinstance(race, ls.Session)
    film = ls.export(race, tmp_path / "race.gif", size=(320, 180), fps=20, seconds=1)
    with Image.open(film) as frames:
        assert (frames.size, getattr(frames, "n_frames", 1)) == ((320, 180), 20)


def test_a_notebook_shows_the_picture_of_the_last_step(race: ls.Session, tmp_path: Path) -> None:
    png, shown = race._repr_png_()  # type: ignore[attr-defined]
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.size == (2 * shown["width"], 2 * shown["height"])
    assert png == ls.export(race, tmp_path / "a.png", size=(1600, 900), theme="light").read_bytes()
    element = race._repr_html_()  # type: ignore[attr-defined]
    found = re.fullmatch(r'<img alt="SGD, Adam" width="800" src="data:image/png;base64,([A-Za-z0-9+/=]+)">', element)
    assert found
    assert base64.b64decode(found[1]) == png


def test_a_notebook_needs_no_window_no_display_and_no_application() -> None:
    program = (
        "import os; [os.environ.pop(name, None) for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'QT_QPA_PLATFORM')];"
        "import landscape as ls; r = ls.race(ls.surface('himmelblau'), {'adam': 0.3}, steps=5);"
        "print(r._repr_png_()[0][:4], r._repr_html_()[:4])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip() == r"b'\x89PNG' <img", done.stderr


def test_the_command_line_makes_the_same_race(
    race: ls.Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said, made = tmp_path / "said.csv", ls.export(race, tmp_path / "made.csv")
    words = ["--run", "sgd,lr=0.01", "--run", "adam,lr=.3", "--start", "-1,2", "--steps", "40"]
    assert main(["export", "x^2 + 4*y^2", "-o", str(said), *words]) == 0
    assert said.read_text() == made.read_text()
    assert capsys.readouterr().out == f"{said}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--run", "adamm,lr=.1"], 'did you mean "adam"?'),
        (["--run", "adam,bta1=.1"], 'did you mean "beta1"? Allowed are lr, beta1, beta2, eps, amsgrad'),
        (["--run", "sgd,lr=-1"], "above 0"),
        (["--run", "sgd,lr=0,1"], "NAME=VALUE"),
        (["--steps", "0"], '"steps" must be a whole number from 1'),
    ],
)
def test_a_run_that_cannot_be_is_one_sentence_and_exit_code_two(
    words: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "himmelblau", "-o", str(tmp_path / "a.csv"), *words]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert sentence in told.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("rules", "options", "sentence"),
    [
        ({}, {}, "one optimizer at least"),
        ({"adamm": 0.1}, {}, 'did you mean "adam"'),
        ({"adam": "fast"}, {}, "must be a finite number"),
        ({"adam": None}, {}, "must be a finite number"),
        ({"adam": -0.1}, {}, "above 0"),
        (["adam"], {}, "must be a table"),
        ({"adam": 0.1}, {"start": (1, 2, 3)}, "must be a list of 2"),
        ({"adam": 0.1}, {"steps": 0}, "from 1"),
        ({"adam": 0.1}, {"stps": 10}, 'did you mean "steps"'),
    ],
)
def test_a_race_that_cannot_be_is_one_sentence(rules: object, options: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError) as told:
        ls.race(ls.surface("himmelblau"), rules, **options)  # type: ignore[arg-type]
    assert sentence in str(told.value)


def test_a_surface_of_the_catalogue_brings_its_start_and_steps(tmp_path: Path) -> None:
    found = paths(ls.export(ls.race(ls.surface("beale"), {"adam": 0.1}), tmp_path / "a.csv"))
    entry = surface_entries()["beale"]
    assert found["Adam"][0, :2] == pytest.approx(entry.start)
    assert len(found["Adam"]) == entry.steps + 1
