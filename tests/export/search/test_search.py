"""A race of searches exported: its pictures follow the budget, its table holds every trial."""

import csv

import numpy as np
import pytest
from PIL import Image

import landscape as ls
from landscape.session.search import edits
from landscape.session.search.document import default_study
from landscape.session.session import session_with

STUDY = edits.set_number(edits.set_number(default_study(), "repetitions", 10), "trials", 9)


def picture(tmp_path, study, step):
    path = tmp_path / "a.png"
    ls.export(session_with(study), path, size=(640, 360), step=step)
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def test_a_picture_shows_more_trials_later(tmp_path):
    early, same, late = (picture(tmp_path, STUDY, step) for step in (2, 2, 9))
    assert (early == same).all()
    assert (np.abs(early - late).max(axis=2) > 40).sum() > 500


def test_the_table_has_every_trial_as_python_finds_it(tmp_path):
    path = tmp_path / "a.csv"
    ls.export(session_with(STUDY), path)
    rows = [row for row in csv.DictReader(path.read_text("utf-8").splitlines()) if row["strategy"] == "Random"]
    space = {"lr": ls.log(1e-4, 1.0), "beta1": ls.one_minus_log(0.5, 0.999)}
    found = ls.search(STUDY.surface, ls.optimizer("adam"), space, trials=9, start=STUDY.start)
    assert len(rows) == 9
    for row, trial in zip(rows, found.trials, strict=True):
        assert {name: float(row[name]) for name in space} == dict(trial.values)
        assert float(row["result"]) == pytest.approx(trial.result, rel=1e-9)
