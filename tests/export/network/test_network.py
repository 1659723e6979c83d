"""The race of two networks as a file."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from landscape.catalogue.schedules import schedule
from landscape.export.export import export
from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.network.data.samples import samples
from landscape.network.training.trainer import Trainer
from tests.untaught import untaught

av = pytest.importorskip("av")
SIZE = (480, 270)


@pytest.fixture(scope="module")
def session():
    shown = untaught("batch-norm")
    return shown.with_document(replace(shown.document, steps=30))


def test_a_film_shows_the_training_from_its_first_step_to_its_last(qapp, session, tmp_path):
    path = export(session, tmp_path / "race.mp4", size=SIZE, fps=10, seconds=2)
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 20
    first, last = frames[0].astype(int), frames[-1].astype(int)
    assert np.abs(first - last).max(axis=2).mean() > 5
    film = Film(session, Settings(size=SIZE, fps=10, seconds=2))
    assert film.steps[0] == 0
    assert film.steps[-1] == 30


@pytest.mark.parametrize(("size", "theme"), [((640, 360), "dark"), ((360, 640), "light")])
def test_a_picture_has_exactly_its_size(qapp, session, tmp_path, size, theme):
    path = export(session, tmp_path / "race.png", size=size, theme=theme, language="zh")
    with Image.open(path) as picture:
        assert picture.size == size
        pixels = np.asarray(picture.convert("RGB"))
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 100


def test_the_table_has_the_losses_of_every_step(qapp, session, tmp_path):
    path = export(session, tmp_path / "race.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["network"] for row in rows] == ["without norm"] * 31 + ["batch norm"] * 31
    experiment = session.document
    trainer = Trainer(experiment.twins[0], experiment.training, samples(experiment.data))
    for row in rows[:31]:
        assert int(row["step"]) == trainer.step
        assert float(row["loss"]) == trainer.evaluate().loss
        trainer.advance(1)
    assert rows[0]["rate"] == ""
    assert float(rows[1]["rate"]) == 0.3


def test_the_table_of_several_labels_has_both_accuracies(session, tmp_path):
    shown = untaught("several-labels")
    shown = shown.with_document(replace(shown.document, steps=4))
    path = export(shown, tmp_path / "labels.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["network"] == "sigmoid per class"]
    trainer = Trainer(shown.document.twins[1], shown.document.training, samples(shown.document.data))
    for row in rows:
        found = trainer.evaluate()
        assert (float(row["accuracy"]), float(row["label_accuracy"])) == (found.accuracy, found.labels)
        trainer.advance(1)
    path = export(session, tmp_path / "race.csv")
    assert "label" not in path.read_text(encoding="utf-8").partition("\n")[0]


def test_the_rate_in_the_table_is_that_of_the_step_that_led_to_the_row(session, tmp_path):
    experiment = replace(session.document, schedule=schedule("exponential", gamma=0.9))
    path = export(session.with_document(experiment), tmp_path / "race.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["network"] == "batch norm"]
    assert rows[0]["rate"] == ""
    assert [float(row["rate"]) for row in rows[1:]] == pytest.approx([0.3 * 0.9**step for step in range(30)])
