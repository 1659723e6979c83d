"""Edits of networks in training."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.errors import InputError
from landscape.network.data.samples import samples
from landscape.session.files import default_session, lesson, lessons, load, save
from landscape.session.network import edits
from landscape.session.session import Session


@pytest.fixture
def session() -> Session:
    return edits.open_workspace(default_session(), "network")


def test_the_workspace_opens_with_two_networks_that_differ_in_batch_norm(session):
    assert session.experiment.differing == ("normalization",)
    assert [twin.normalization for twin in session.experiment.twins] == ["none", "batch"]
    assert session.last_step == session.experiment.steps
    assert edits.open_workspace(session, "descent").last_step == session.steps


def test_an_option_is_set_for_both_for_one_and_joined_again(session):
    both = edits.set_option(session, "activation", "tanh")
    assert [twin.activation for twin in both.experiment.twins] == ["tanh", "tanh"]
    one = edits.set_option(both, "activation", "gelu", 1)
    assert [twin.activation for twin in one.experiment.twins] == ["tanh", "gelu"]
    assert one.experiment.differing == ("activation", "normalization")
    joined = edits.join_option(one, "activation")
    assert [twin.activation for twin in joined.experiment.twins] == ["tanh", "tanh"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("hidden", (65,), "hidden"),
        ("hidden", (4,) * 9, "8 hidden layers"),
        ("normalization", "instance", "convolution"),
        ("filters", 4, "8×8"),
        ("activation", "swish", "leaky_relu"),
    ],
)
def test_what_cannot_be_built_is_refused_with_a_sentence(session, name, value, says):
    with pytest.raises(InputError, match=says):
        edits.set_option(session, name, value)


def test_values_to_be_predicted_take_the_squared_error_and_classes_the_cross_entropy(session):
    predicting = edits.choose_data(session, "function")
    assert {twin.loss for twin in predicting.experiment.twins} == {"squared_error"}
    assert {twin.loss for twin in edits.choose_data(predicting, "moons").experiment.twins} == {"cross_entropy"}


def test_other_data_keep_how_the_inputs_are_moved(session):
    moved = edits.choose_data(edits.set_data(session, shift=3.0, noise=0.4), "moons").experiment.data
    assert moved.shift == 3.0
    assert moved.noise is None


def test_an_optimizer_begins_with_a_rate_that_suits_networks_and_planar_ones_are_refused(session):
    assert edits.choose_rule(session, optimizer("adam")).experiment.rule.lr == edits.RATES["adaptive"]
    with pytest.raises(InputError, match="every weight on its own"):
        edits.choose_rule(session, optimizer("newton"))


@pytest.mark.parametrize(("name", "value"), [("steps", 0), ("seed", -1), ("threshold", 0.0), ("precision", "half")])
def test_a_training_has_its_limits(session, name, value):
    with pytest.raises(InputError):
        edits.set_training(session, name, value)


def test_a_typo_in_a_file_is_named(session, tmp_path):
    save(session, tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    (tmp_path / "a.json").write_text(text.replace('"normalization"', '"normalisation"'), encoding="utf-8")
    with pytest.raises(InputError, match='did you mean "normalization"'):
        load(tmp_path / "a.json")


def test_lessons_are_grouped_by_workspace():
    networks, descents = lessons("network"), lessons("descent")
    assert {"batch-norm", "shifted-inputs", "tanh-counter-example", "zero-init"} <= set(networks)
    assert not set(networks) & set(descents)
    assert set(networks) | set(descents) == set(lessons())
    assert all(set(titles) == {"en", "zh"} for titles in networks.values())
    assert all(lesson(name).experiment is not None for name in networks)


def test_drawn_points_begin_with_the_rows_that_there_are_and_grow(session):
    before = samples(session.experiment.data)
    drawn = edits.draw_points(edits.set_data(session, shift=3.0))
    after = samples(drawn.experiment.data)
    assert len(after.inputs) == len(before.inputs)
    assert drawn.experiment.data.shift == 0.0
    assert np.concatenate((after.inputs, after.test_inputs)).mean() == pytest.approx(3.0, abs=0.3)
    more = edits.add_point(drawn, (9.0, 9.0), 1).experiment.data
    assert [column[-1] for _, column in more.columns] == [9.0, 9.0, 1.0]
    with pytest.raises(InputError, match="points of your own"):
        edits.add_point(session, (0.0, 0.0), 0)
    with pytest.raises(InputError, match="two inputs"):
        edits.draw_points(edits.choose_data(session, "digits"))
