"""A norm line by line: it comes to what the network computes."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.network.data.samples import Data, samples
from landscape.network.draws import stream
from landscape.network.evaluation import pre_activations
from landscape.network.execution.executor import Executor
from landscape.network.kernels.interpreter import FIRST, STREAM
from landscape.network.kernels.normalization import REMEMBERED
from landscape.network.layout import layout
from landscape.network.measures.norm_lines import batch_rows, norm_lines
from landscape.network.network import Network, Training
from landscape.network.training.trainer import Trainer

ROWS = samples(Data(name="spirals"))


def _trained(network, steps=30):
    training = Training(rule=optimizer("sgd", lr=0.1), schedule=schedule("constant"), steps=steps, precision="float64")
    trainer = Trainer(network, training, ROWS)
    trainer.advance(steps)
    return trainer


@pytest.mark.parametrize("kind", ["batch", "layer", "group", "rms", "weight"])
@pytest.mark.parametrize("affine", [True, False])
def test_the_lines_come_to_what_enters_the_activation(kind, affine):
    network = Network(hidden=(6, 6), normalization=kind, affine=affine)
    trainer = _trained(network)
    inputs = ROWS.inputs[batch_rows(ROWS, 32, 0, 30)]
    own, *evaluation = norm_lines(network, trainer.snapshot(), inputs, ROWS.outputs, "float64")
    # Without running statistics behind them, the weights are those of training: the rows have their own.
    expected = pre_activations(network, trainer.weights(), inputs, ROWS.classes)[0][0, 0]
    assert own.output == pytest.approx(expected, rel=1e-9)
    assert len(evaluation) == (kind == "batch")
    for line in evaluation:
        expected = pre_activations(network, trainer.snapshot(), inputs, ROWS.classes)[0][0, 0]
        assert line.output == pytest.approx(expected, rel=1e-9)
        assert line.output != pytest.approx(own.output)


@pytest.mark.parametrize("kind", ["batch", "layer", "rms", "renorm", "whitening"])
def test_the_lines_with_factors_of_the_inputs_come_to_what_enters_the_activation(kind):
    network = Network(hidden=(6, 6), normalization=kind, conditional=True)
    trainer = _trained(network)
    inputs = ROWS.inputs[batch_rows(ROWS, 32, 0, 30)]
    told = norm_lines(network, trainer.snapshot(), inputs, ROWS.outputs, "float64")
    weights = trainer.snapshot() if len(told) == 2 else trainer.weights()
    expected = pre_activations(network, weights, inputs, ROWS.classes)[0][0, 0]
    assert told[-1].output == pytest.approx(expected, rel=1e-9)
    assert (told[0].beta is None) == (kind == "rms")
    assert abs(told[0].gamma.value - told[0].gamma.own) > 1e-3


@pytest.mark.parametrize("kind", ["batch", "layer", "group", "instance", "rms", "weight"])
def test_the_lines_of_a_convolution_come_to_what_the_first_pixel_gives(kind):
    network, rows = Network(filters=4, hidden=(6,), normalization=kind), samples(Data(name="digits", samples=60))
    training = Training(rule=optimizer("sgd", lr=0.1), schedule=schedule("constant"), steps=5, precision="float64")
    trainer = Trainer(network, training, rows)
    trainer.advance(5)
    own, *_ = norm_lines(network, trainer.snapshot(), rows.inputs[:7], rows.outputs, "float64")
    expected = pre_activations(network, trainer.weights(), rows.inputs[:7], rows.classes)[0]
    assert own.output == pytest.approx(expected[0].reshape(-1)[0], rel=1e-9)
    assert (
        len(own.values)
        == {"batch": 7 * 64, "layer": 4 * 64, "group": 2 * 64, "rms": 256, "instance": 64, "weight": 9}[kind]
    )


@pytest.mark.parametrize("kind", ["batch", "renorm", "whitening", "cross"])
def test_the_lines_come_to_what_the_next_step_of_training_computes(kind):
    network = Network(hidden=(6, 6), normalization=kind)
    trainer = _trained(network)
    inputs = ROWS.inputs[batch_rows(ROWS, 32, 0, 30)]
    made = layout(network, 2, ROWS.outputs)
    executor = Executor(
        network, made, inputs, np.zeros((len(inputs), ROWS.outputs)), statistics=REMEMBERED, gradient=False, inside=True
    )
    executor.theta[:], executor.running[:] = trainer.weights(), trainer.running
    executor.table[[STREAM, FIRST]] = stream(0), 30
    executor.run()
    expected = executor.view(executor.program.activated[0], 6, len(inputs))[0, 0]
    own, *evaluation = norm_lines(network, trainer.snapshot(), inputs, ROWS.outputs, "float64", (0, 30))
    assert own.output == pytest.approx(expected, rel=1e-9)
    assert len(evaluation) == (kind != "cross")
    for line in evaluation:
        expected = pre_activations(network, trainer.snapshot(), inputs, ROWS.classes)[0][0, 0]
        assert line.output == pytest.approx(expected, rel=1e-9)
        # Where r and d are not clipped, renormalization trains with what it evaluates with.
        assert (line.output == pytest.approx(own.output)) == (kind == "renorm")


def test_mean_and_variance_are_those_of_the_values():
    network = Network(hidden=(6,), normalization="batch")
    inputs = ROWS.inputs[:10]
    own, _ = norm_lines(network, _trained(network).snapshot(), inputs, ROWS.outputs)
    assert len(own.values) == 10
    assert own.mean == pytest.approx(np.mean(own.values))
    assert own.variance == pytest.approx(np.var(own.values))


@pytest.mark.parametrize(
    "network",
    [
        Network(),
        Network(normalization="batch", placement="after"),
        Network(normalization="batch", hidden=()),
    ],
)
def test_there_are_none_where_nothing_is_averaged_in_front_of_an_activation(network):
    assert norm_lines(network, _trained(network, 1).snapshot(), ROWS.inputs[:4], ROWS.outputs) == ()


def test_the_rows_are_those_of_the_trainer():
    seen = [row for step in range(4) for row in batch_rows(ROWS, 16, 3, step)]
    assert len(set(seen)) == 64
    assert len(batch_rows(ROWS, 0, 3, 1)) == len(ROWS.inputs)
