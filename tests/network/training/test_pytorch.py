"""A network copied as a PyTorch script trains as it does here."""

import itertools

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.errors import InputError
from landscape.network.data.samples import Data, samples
from landscape.network.network import Network, Training
from landscape.network.pytorch import network_script
from landscape.network.training.trainer import Trainer

ROWS = samples(Data(name="spirals"))
LABELLED = samples(Data(name="regions"))
PICTURES = samples(Data(name="digits", samples=60))
COLOURS = samples(Data(name="colours", samples=60))
STEPS = 25


def _same(network, rule="sgd", lr=0.05, name="constant", values=None, rows=ROWS, **settings):
    """Hold the weights that the script comes to against those of the trainer."""
    torch = pytest.importorskip("torch")
    training = Training(
        rule=optimizer(rule, lr=lr), schedule=schedule(name, **values or {}), steps=STEPS, batch_size=16, seed=2,
        precision="float64", **settings,
    )  # fmt: skip
    trainer = Trainer(network, training, rows)
    trainer.advance(STEPS)
    known = {}
    before = torch.get_default_dtype()
    try:
        exec(compile(network_script(network, training, rows), "script", "exec"), known)
    finally:
        torch.set_default_dtype(before)
    theta, found = trainer.weights(), []
    for value in known["model"].parameters():
        found.append(value.detach().numpy().ravel())
    np.testing.assert_allclose(np.sort(np.concatenate(found)), np.sort(theta), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize(
    ("kind", "placement", "affine"),
    list(itertools.product(["none", "batch", "layer", "group", "rms", "weight"], ["before", "after"], [True, False])),
)
def test_every_norm(kind, placement, affine):
    _same(Network(hidden=(6, 4), normalization=kind, placement=placement, affine=affine))


@pytest.mark.parametrize("placement", ["before", "after"])
@pytest.mark.parametrize("kind", ["none", "batch", "layer", "group", "instance", "rms", "weight"])
@pytest.mark.parametrize("affine", [True, False])
def test_every_norm_behind_a_convolution(kind, placement, affine):
    network = Network(
        filters=4, hidden=(6,), normalization=kind, placement=placement, affine=affine, activation="tanh", l2=0.01
    )
    _same(network, rows=PICTURES)


@pytest.mark.parametrize("kind", ["none", "batch", "instance", "weight"])
def test_a_convolution_of_three_channels(kind):
    _same(Network(filters=3, hidden=(6,), normalization=kind, activation="tanh", l2=0.01), rows=COLOURS)


@pytest.mark.parametrize("kind", ["batch", "layer", "group", "rms"])
@pytest.mark.parametrize("placement", ["before", "after"])
@pytest.mark.parametrize("filters", [0, 4])
def test_norms_whose_factors_the_inputs_move(kind, placement, filters):
    network = Network(
        hidden=(8, 6), filters=filters, activation="tanh", normalization=kind, placement=placement, conditional=True,
        l2=0.01,
    )  # fmt: skip
    # At five times the rate training is so unstable that rounding alone grows from 1e-16 to 1e-7.
    _same(network, lr=0.01, rows=PICTURES if filters else ROWS)


@pytest.mark.parametrize("kind", ["none", "batch", "weight"])
@pytest.mark.parametrize("placement", ["before", "after"])
def test_residual_links(kind, placement):
    _same(Network(hidden=(6, 6, 4, 4), residual=True, normalization=kind, placement=placement, l1=0.01))


@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky_relu", "gelu", "sigmoid", "linear"])
def test_every_activation_with_penalties_and_the_squared_error(activation):
    _same(Network(hidden=(5,), activation=activation, loss="squared_error", l1=0.01, l2=0.02))


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error", "binary_cross_entropy"])
@pytest.mark.parametrize("rows", [LABELLED, ROWS])
def test_every_loss_of_labels_and_of_classes(loss, rows):
    _same(Network(hidden=(5,), loss=loss), rows=rows)


@pytest.mark.parametrize("rule", ["momentum", "adam", "lion", "adabelief", "qhm"])
@pytest.mark.parametrize("name", ["cosine", "one_cycle", "noam"])
def test_optimizers_and_schedules(rule, name):
    _same(Network(hidden=(5,), normalization="batch"), rule, 0.01, name)


def test_a_schedule_that_reads_the_loss():
    _same(Network(hidden=(5,)), "momentum", 0.9, "plateau", {"patience": 0, "factor": 0.5, "threshold": 0.05})


@pytest.mark.parametrize(("rule", "lr"), [("sgld", 0.01), ("perturbed_gd", 0.05)])
@pytest.mark.parametrize("kind", ["layer", "weight"])
def test_rules_that_draw_noise_for_every_weight(rule, lr, kind):
    _same(Network(hidden=(5,), normalization=kind), rule, lr)


@pytest.mark.parametrize("limits", [{"clip_norm": 0.3}, {"clip_value": 0.05}, {"clip_norm": 0.3, "clip_value": 0.05}])
def test_clipped_gradients(limits):
    _same(Network(hidden=(5,), **limits))


def test_what_cannot_be_copied_is_refused():
    plain = Training(rule=optimizer("sgd"), schedule=schedule("constant"))
    for network in (Network(normalization="whitening"), Network(normalization="cross"), Network(dropout=0.5)):
        with pytest.raises(InputError, match="cannot be copied"):
            network_script(network, plain, ROWS)
    own = Training(rule=optimizer("sgd"), schedule=schedule("lr/(1 + loss)"))
    with pytest.raises(InputError, match="reads the loss cannot be copied"):
        network_script(Network(), own, ROWS)
