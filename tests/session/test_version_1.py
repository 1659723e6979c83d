"""Files that version 1 of the program wrote, among them its seventeen lessons, open as what they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Animation, Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson, lessons, load, save
from landscape.session.network.document import Experiment
from landscape.session.session import Session

FILES = {path.stem: path for path in sorted((Path(__file__).parent / "version_1").glob("*.json"))}


def test_there_is_a_file_of_version_1_for_each_of_the_lessons_it_had():
    assert len(FILES) == 17
    assert set(FILES) <= set(lessons())
    assert {json.loads(path.read_text("utf-8"))["version"] for path in FILES.values()} == {1}


@pytest.mark.parametrize("name", FILES)
def test_what_a_lesson_of_version_1_shows_is_what_that_of_today_shows(name: str):
    old, new = load(FILES[name]), lesson(name)
    assert old.title == json.loads(FILES[name].read_text("utf-8"))["title"]
    assert old.workspace == new.workspace
    for workspace, document in new.documents.items():
        assert old.documents[workspace] == document


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_version_1_is_written_as_version_2_and_stays_the_same(name: str, tmp_path: Path):
    old = load(FILES[name])
    save(old, tmp_path / "new.json")
    assert json.loads((tmp_path / "new.json").read_text("utf-8"))["version"] == 2
    assert load(tmp_path / "new.json") == old


def test_beside_its_networks_a_file_of_version_1_held_a_surface_and_its_runs():
    old = load(FILES["batch-norm"])
    assert old.document == old.of(Experiment)
    assert old.of(Descent) == default_descent()


def opened(folder: Path, **fields: Any) -> Session:
    """Open a file of version 1: four runs, two of them of colour 2, and what else is given."""
    content = json.loads(FILES["leaving-a-saddle"].read_text("utf-8"))
    rates = (0.1, 0.2, 0.3, 0.4)
    rule = {"rule": "theta = theta - lr*g/(k + abs(g))", "values": {"k": 1.0}}
    colors = fields.pop("colors", (5, 2, 2, 0))
    runs = [
        {"optimizer": {**rule, "values": {"k": 1.0, "lr": rate}}, "color": color}
        for rate, color in zip(rates, colors, strict=True)
    ]
    path = folder / "old.json"
    path.write_text(json.dumps({**content, "runs": runs, **fields}), "utf-8")
    return load(path)


def descent_of(session: Session) -> Descent:
    descent = session.of(Descent)
    assert descent is not None
    return descent


AXES = {"across": {"name": "lr", "low": 0.01, "high": 1.0}, "up": {"name": "k", "low": 0.1, "high": 10.0}}


def test_runs_of_one_colour_get_ids_of_their_own_in_their_order(tmp_path: Path):
    runs = descent_of(opened(tmp_path)).runs
    assert [run.id for run in runs] == [0, 1, 2, 3]
    assert [run.color for run in runs] == [5, 2, 2, 0]


@pytest.mark.parametrize(("color", "rate"), [(5, 0.1), (2, 0.2), (0, 0.4)])
def test_basins_map_and_animation_are_of_the_first_run_of_the_colour_they_named(tmp_path: Path, color, rate):
    animation = {"run": color, "name": "lr", "first": 0.1, "last": 0.5}
    session = opened(tmp_path, basins=color, hyper_map={"run": color, **AXES}, animation=animation)
    descent = descent_of(session)
    for run in (descent.basins, descent.hyper_map.run, descent.animation.run):
        assert descent.run_of(run).rule.lr == rate


def test_the_basins_of_the_first_of_four_runs_of_one_colour_outlive_the_others(tmp_path: Path):
    descent = descent_of(opened(tmp_path, colors=(2, 2, 2, 2), basins=2))
    first = descent.runs[0]
    assert descent.run_of(descent.basins) is first
    for run in (3, 1, 2):
        descent = edits.remove_run(descent, run)
        assert descent.run_of(descent.basins) is first
    assert edits.remove_run(descent, 0).basins is None


def test_a_run_that_says_no_colour_had_the_first(tmp_path: Path):
    content = json.loads(FILES["leaving-a-saddle"].read_text("utf-8"))
    assert "color" not in content["runs"][0]
    (tmp_path / "old.json").write_text(json.dumps({**content, "basins": 0}), "utf-8")
    assert descent_of(load(tmp_path / "old.json")).basins == 0


def test_an_animation_of_the_surface_stays_one(tmp_path: Path):
    surface = {"formula": "x**2 + a*y**2", "domain": [[-1, 1], [-1, 1]], "values": {"a": 2.0}}
    animation = {"run": None, "name": "a", "first": 1.0, "last": 5.0}
    descent = descent_of(opened(tmp_path, surface=surface, animation=animation))
    assert descent.animation == Animation(run=None, name="a", first=1.0, last=5.0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"basins": 7}, "There is no run 4"),
        ({"hyper_map": {"run": 7, **AXES}}, "There is no run 4"),
        ({"animation": {"run": 7, "name": "lr", "first": 0.1, "last": 0.2}}, "There is no run 4"),
        ({"hologram": 1}, '"hologram"'),
        ({"runs": 3}, '"runs" must be a list'),
        ({"runs": [3]}, r'"runs\[0\]" must be an object'),
        ({"experiment": 3}, "must be an object"),
        ({"experiment": {"twins": [{}, {}]}}, '"rule" is missing'),
        ({"surface": {"formula": "x**"}}, '"surface"'),
        ({"workspace": "relief"}, "relief"),
    ],
)
def test_what_was_wrong_in_a_file_of_version_1_is_still_told(tmp_path: Path, fields, sentence: str):
    content = json.loads(FILES["leaving-a-saddle"].read_text("utf-8"))
    (tmp_path / "old.json").write_text(json.dumps({**content, **fields}), "utf-8")
    with pytest.raises(InputError, match=sentence):
        load(tmp_path / "old.json")


def test_an_optimizer_of_version_1_is_the_rule_of_today(tmp_path: Path):
    rule = {"rule": "theta = theta - lr*g", "values": {"lr": 0.5}}
    twins = [{"activation": "tanh"}, {"normalization": "batch"}]
    experiment = {"twins": twins, "optimizer": rule, "schedule": {"formula": "lr"}, "seed": 3}
    found = opened(tmp_path, experiment=experiment, workspace="network").document
    assert isinstance(found, Experiment)
    assert found.rule == optimizer("theta = theta - lr*g", lr=0.5)
    assert [twin.activation for twin in found.twins] == ["tanh", "relu"]
    assert found.seed == 3
