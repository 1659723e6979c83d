"""Edits of networks in training."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.errors import InputError
from landscape.network.data.samples import samples
from landscape.session.edits import open_workspace
from landscape.session.files import default_session, lesson, lessons, load, save
from landscape.session.network import edits
from landscape.session.network.document import Experiment, default_experiment
from landscape.session.session import session_with
from landscape.translation import LANGUAGES


@pytest.fixture
def experiment() -> Experiment:
    return default_experiment()


def test_the_workspace_opens_with_two_networks_that_differ_in_batch_norm(experiment):
    opened = open_workspace(default_session(), "network")
    assert opened.document == experiment
    assert experiment.differing == ("normalization",)
    assert [twin.normalization for twin in experiment.twins] == ["none", "batch"]
    assert opened.document.last_step == experiment.steps
    back = open_workspace(opened, "descent").document
    assert back == default_session().document
    assert back.last_step == back.steps


def test_an_option_is_set_for_both_for_one_and_joined_again(experiment):
    both = edits.set_option(experiment, "activation", "tanh")
    assert [twin.activation for twin in both.twins] == ["tanh", "tanh"]
    one = edits.set_option(both, "activation", "gelu", 1)
    assert [twin.activation for twin in one.twins] == ["tanh", "gelu"]
    assert one.differing == ("activation", "normalization")
    joined = edits.join_option(one, "activation")
    assert [twin.activation for twin in joined.twins] == ["tanh", "tanh"]


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
def test_what_cannot_be_built_is_refused_with_a_sentence(experiment, name, value, says):
    with pytest.raises(InputError, match=says):
        edits.set_option(experiment, name, value)


def test_values_to_be_predicted_take_the_squared_error_and_classes_the_cross_entropy(experiment):
    predicting = edits.choose_data(experiment, "function")
    assert {twin.loss for twin in predicting.twins} == {"squared_error"}
    assert {twin.loss for twin in edits.choose_data(predicting, "moons").twins} == {"cross_entropy"}


def test_other_data_keep_how_the_inputs_are_moved(experiment):
    moved = edits.choose_data(edits.set_data(experiment, shift=3.0, noise=0.4), "moons").data
    assert moved.shift == 3.0
    assert moved.noise is None


def test_an_optimizer_begins_with_a_rate_that_suits_networks_and_planar_ones_are_refused(experiment):
    assert edits.choose_rule(experiment, optimizer("adam")).rule.lr == edits.RATES["adaptive"]
    with pytest.raises(InputError, match="every weight on its own"):
        edits.choose_rule(experiment, optimizer("newton"))


@pytest.mark.parametrize(("name", "value"), [("steps", 0), ("seed", -1), ("threshold", 0.0), ("precision", "half")])
def test_a_training_has_its_limits(experiment, name, value):
    with pytest.raises(InputError):
        edits.set_training(experiment, name, value)


def test_a_typo_in_a_file_is_named(experiment, tmp_path):
    save(session_with(experiment), tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    (tmp_path / "a.json").write_text(text.replace('"normalization"', '"normalisation"'), encoding="utf-8")
    with pytest.raises(InputError, match='did you mean "normalization"'):
        load(tmp_path / "a.json")


def test_lessons_are_grouped_by_workspace():
    networks, descents = lessons("network"), lessons("descent")
    assert {"batch-norm", "shifted-inputs", "tanh-counter-example", "zero-init"} <= set(networks)
    assert not set(networks) & set(descents)
    assert set(networks) | set(descents) | set(lessons("search")) == set(lessons())
    assert all(titles.keys() == LANGUAGES.keys() for titles in networks.values())
    assert all(isinstance(lesson(name).document, Experiment) for name in networks)


def test_drawn_points_begin_with_the_rows_that_there_are_and_grow(experiment):
    before = samples(experiment.data)
    drawn = edits.draw_points(edits.set_data(experiment, shift=3.0))
    after = samples(drawn.data)
    assert len(after.inputs) == len(before.inputs)
    assert drawn.data.shift == 0.0
    assert np.concatenate((after.inputs, after.test_inputs)).mean() == pytest.approx(3.0, abs=0.3)
    more = edits.add_point(drawn, (9.0, 9.0), 1).data
    assert [column[-1] for _, column in more.columns] == [9.0, 9.0, 1.0]
    with pytest.raises(InputError, match="points of your own"):
        edits.add_point(experiment, (0.0, 0.0), 0)
    with pytest.raises(InputError, match="two inputs"):
        edits.draw_points(edits.choose_data(experiment, "digits"))
