"""What a network is, and how it is trained: frozen values, without numbers of their own."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule

Activation: TypeAlias = Literal["tanh", "relu", "leaky_relu", "gelu", "sigmoid", "linear"]
Normalization: TypeAlias = Literal["none", "batch", "layer", "instance", "group", "rms", "weight"]
Initialization: TypeAlias = Literal["zero", "constant", "normal", "xavier", "kaiming", "orthogonal"]
Loss: TypeAlias = Literal["cross_entropy", "squared_error"]
Placement: TypeAlias = Literal["before", "after"]
Precision: TypeAlias = Literal["float32", "float64"]


@dataclass(frozen=True, kw_only=True)
class Network:
    """A multilayer perceptron, if wanted behind one convolution."""

    hidden: tuple[int, ...] = (12, 12, 12, 12)
    """Units of each hidden layer: at most 8 layers of at most 64."""
    filters: int = 0
    """Channels of a 3×3 convolution over the inputs as a picture, in front of the hidden layers; 0: none."""
    activation: Activation = "relu"
    normalization: Normalization = "none"
    """Of every hidden layer; never of the last one."""
    groups: int = 2
    """Of group norm."""
    placement: Placement = "before"
    """Normalized before or after the activation."""
    affine: bool = True
    """Whether what is normalized is scaled by γ and shifted by β, which are learned."""
    momentum: float = 0.1
    """Weight of a new batch in batch norm's running statistics, as in PyTorch."""
    initialization: Initialization = "kaiming"
    gain: float = 1.4
    """Factor of the weights' standard deviation; their value for ``"constant"``."""
    loss: Loss = "cross_entropy"
    l1: float = 0.0
    l2: float = 0.0
    """Factors of Σ|w| and of Σw²/2 over the weights, without biases, γ and β."""


@dataclass(frozen=True, kw_only=True)
class Training:
    """How a network is trained."""

    rule: UpdateRule
    """An elementwise rule."""
    schedule: Schedule
    steps: int = 500
    """How many updates: what a schedule calls T."""
    batch_size: int = 32
    """Rows in a mini-batch; 0: all of them."""
    seed: int = 0
    """Decides the first weights and the order of the rows."""
    precision: Precision = "float32"
