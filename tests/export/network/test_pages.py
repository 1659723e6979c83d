"""The pages of the networks as pictures and tables."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from landscape.export.export import export_steps
from landscape.network.data.samples import samples
from landscape.network.evaluation import predict
from landscape.network.training.learning_rate_sweep import run
from landscape.network.training.trainer import Trainer
from landscape.scene.answers import Answers
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import page_questions, slice_question
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.sweep import sweep_of
from landscape.scene.palette import TWIN_COLORS
from tests.untaught import untaught

PAGES = {
    "sweep": StagePage(name="sweep"),
    "why": StagePage(name="why"),
    "bias": StagePage(name="bias"),
    "landscape": StagePage(name="landscape", starts=((0.2, 0.3), None)),
}


@pytest.fixture(scope="module")
def session():
    shown = untaught("batch-norm")
    return shown.with_document(replace(shown.document, steps=12, threshold=0.65))


@pytest.fixture(scope="module")
def answers():
    return Answers()


def written(session, path, answers, name, **options):
    for _ in export_steps(session, path, answers, page=PAGES[name], **options):
        pass
    return path


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_a_page_is_a_picture_with_both_networks_in_their_colours(qapp, session, answers, tmp_path, name, suffix):
    path = written(session, tmp_path / f"a.{suffix}", answers, name, size=(960, 600), language="zh")
    if suffix == "svg":
        text = path.read_text(encoding="utf-8").casefold()
        assert all(color.casefold() in text for color in TWIN_COLORS)
        return
    with Image.open(path) as picture:
        assert picture.size == (960, 600)
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    for color in TWIN_COLORS:
        wanted = np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)])
        assert (np.abs(pixels - wanted).max(axis=2) < 3).sum() > 20
    assert (np.abs(pixels - pixels[0, 0]).max(axis=2) > 30).mean() > 0.01


def test_the_table_of_a_sweep_has_a_row_for_each_training(session, answers, tmp_path):
    rows = table(written(session, tmp_path / "a.csv", answers, "sweep"))
    sweep = sweep_of(session.document)
    told = {(row["network"], float(row["lr"]), int(row["seed"])): row for row in rows}
    assert len(told) == len(rows) == 2 * len(sweep.rates) * sweep.seeds
    names = ("without norm", "batch norm")
    for one in run(sweep):
        row = told[names[one.network], sweep.rates[one.rate], sweep.training.seed + one.seed]
        assert row["steps"] == ("" if one.steps is None else str(one.steps))


def test_the_table_of_the_measures_has_the_losses_of_the_training(session, answers, tmp_path):
    rows = table(written(session, tmp_path / "a.csv", answers, "why"))
    assert {row["network"] for row in rows} == {"without norm", "batch norm"}
    limits = {row["value"] for row in rows if row["measure"] == "two_over_lr"}
    assert {float(value) for value in limits} == {2 / session.document.rule.lr}
    measures = {row["measure"] for row in rows}
    assert {"mini_batch_loss", "loss_range", "sharpness", "layer_shift", "layer_shift_shaken"} <= measures


def test_the_table_of_the_landscapes_has_the_last_loss_at_the_origin(session, answers, tmp_path):
    rows = [
        row
        for row in table(written(session, tmp_path / "a.csv", answers, "landscape"))
        if row["network"] == "without norm"
    ]
    experiment = session.document
    trainer = Trainer(experiment.twins[0], experiment.training, samples(experiment.data))
    trainer.advance(experiment.steps)
    nearest = min(rows, key=lambda row: np.hypot(float(row["x"]), float(row["y"])))
    assert float(nearest["loss"]) == pytest.approx(trainer.evaluate().loss, abs=0.02)


def test_training_can_be_stopped_before_the_first_frame(session, tmp_path):
    long = session.with_document(replace(session.document, steps=50_000))
    steps = export_steps(long, tmp_path / "a.mp4", size=(320, 180), seconds=1)
    for _ in range(2):
        progress = next(steps)
        assert (progress.done, progress.total) == (0, 30)
        assert progress.computed < 1.0
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_what_is_known_is_not_computed_again(qapp, session, tmp_path):
    known = Answers()
    for question in recording_questions(session.document):
        known.compute(question)
    assert next(export_steps(session, tmp_path / "a.png", known, size=(320, 180))).computed == 1.0
    (why,) = page_questions(session.document, PAGES["why"])
    assert why.parts == ()


def test_each_row_of_the_landscape_has_the_loss_of_the_weights_at_its_place(session, answers, tmp_path):
    rows = table(written(session, tmp_path / "a.csv", answers, "landscape"))
    experiment = session.document
    data = samples(experiment.data)
    cuts = {cut.twin: cut for cut in answers.get(slice_question(experiment, PAGES["landscape"]))}
    mine = [row for row in rows if row["network"] == "without norm"]
    assert len(mine) == cuts[0].losses.size
    for row in mine[::397]:
        weights = cuts[0].given.plane.at(float(row["x"]), float(row["y"]))
        told = predict(experiment.twins[0], weights, data.inputs, data.classes)
        loss = -np.log(told[np.arange(len(data.targets)), data.targets.astype(int)]).mean()
        assert float(row["loss"]) == pytest.approx(loss, rel=1e-3)
    across = [float(row["loss"]) for row in mine if row["y"] == mine[0]["y"]]
    up = [float(row["loss"]) for row in mine if row["x"] == mine[0]["x"]]
    assert across != pytest.approx(up, rel=1e-2)
