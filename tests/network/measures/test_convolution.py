"""The convolution in numbers is what the network computes, what PyTorch's Conv2d computes, and what can be counted."""

import numpy as np
import pytest

from landscape.network.data.samples import Data, samples
from landscape.network.evaluation import pre_activations
from landscape.network.initialization import initial
from landscape.network.layout import layout
from landscape.network.measures.convolution import convolved
from landscape.network.network import Network
from tests.reference.networks import wave

DATA = {"digits": 1, "colours": 3}


def weights(network, rows):
    made = layout(network, rows.inputs.shape[1], rows.outputs)
    return 0.3 * wave(made.size, 1.0) + initial(network, made, 0)


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("kind", ["none", "weight"])
@pytest.mark.parametrize("unit", [0, 2])
def test_the_total_is_what_goes_into_the_activation(name, kind, unit):
    rows = samples(Data(name=name, samples=20))
    network = Network(filters=3, hidden=(4,), normalization=kind, activation="tanh")
    theta = weights(network, rows)
    found = convolved(network, theta, rows.inputs[5], rows.outputs, unit)
    assert found.pixels.shape == found.filter.shape == (DATA[name], 3, 3)
    inside = pre_activations(network, theta, rows.inputs[5:6], rows.classes)[0].reshape(3, 8, 8)
    assert found.total == pytest.approx(inside[unit].max(), rel=1e-12)
    assert inside[unit][found.place] == pytest.approx(found.total, rel=1e-12)


@pytest.mark.reference
@pytest.mark.parametrize("name", DATA)
def test_the_total_is_that_of_conv2d(name):
    torch = pytest.importorskip("torch")
    rows, depth = samples(Data(name=name, samples=20)), DATA[name]
    network = Network(filters=3, hidden=(4,))
    theta = weights(network, rows)
    layer = layout(network, rows.inputs.shape[1], rows.outputs).layers[0]
    conv = torch.nn.Conv2d(depth, 3, 3, padding=1, dtype=torch.float64)
    with torch.no_grad():
        conv.weight.copy_(torch.tensor(layer.weights.of(theta).reshape(3, depth, 3, 3)))
        conv.bias.copy_(torch.tensor(layer.bias.of(theta)))
        theirs = conv(torch.tensor(rows.inputs[5].reshape(1, depth, 8, 8)))[0, 0].numpy()
    found = convolved(network, theta, rows.inputs[5], rows.outputs)
    assert found.total == pytest.approx(theirs.max(), rel=1e-10)
    assert theirs[found.place] == pytest.approx(found.total, rel=1e-10)


def test_a_filter_of_ones_counts_each_channel_and_adds_the_bias():
    network = Network(filters=1, hidden=())
    made = layout(network, 192, 3)
    theta = np.ones(made.size)
    made.layers[0].bias.of(theta)[:] = 0.5
    picture = np.zeros((3, 8, 8))
    picture[0, 2:5, 3:6], picture[2, 3, 4] = 1.0, 10.0
    found = convolved(network, theta, picture.reshape(-1), 3)
    assert found.place == (3, 4)
    assert found.sums.tolist() == [9.0, 0.0, 10.0]
    assert found.total == 19.5


def test_at_a_corner_what_lies_outside_is_0():
    network = Network(filters=1, hidden=())
    picture = np.zeros((8, 8))
    picture[0, 0] = 1.0
    theta = np.zeros(layout(network, 64, 2).size)
    theta[4] = 1.0  # The middle of the filter.
    found = convolved(network, theta, picture.reshape(-1), 2)
    assert found.place == (0, 0)
    assert found.pixels[0].tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_behind_a_batch_norm_there_is_no_bias_and_without_a_convolution_nothing():
    rows = samples(Data(name="colours", samples=20))
    network = Network(filters=2, hidden=(4,), normalization="batch")
    assert convolved(network, weights(network, rows), rows.inputs[0], 3).bias is None
    flat = Network(hidden=(4,))
    assert convolved(flat, weights(flat, rows), rows.inputs[0], 3) is None
