"""Architecture and hyper-parameters: what a network is and how it is trained, as frozen values."""

import math
from dataclasses import dataclass
from numbers import Integral
from typing import Literal, TypeAlias, get_args

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError, Listing

Activation: TypeAlias = Literal["tanh", "relu", "leaky_relu", "gelu", "sigmoid", "linear"]
Normalization: TypeAlias = Literal[
    "none", "batch", "layer", "instance", "group", "rms", "weight", "whitening", "cross", "renorm"
]  # fmt: skip
Initialization: TypeAlias = Literal["zero", "constant", "normal", "xavier", "kaiming", "orthogonal"]
Loss: TypeAlias = Literal["cross_entropy", "squared_error", "binary_cross_entropy"]
Placement: TypeAlias = Literal["before", "after"]
Precision: TypeAlias = Literal["float32", "float64"]

DEEPEST = 8
"""Most hidden layers."""
WIDEST = 64
"""Most units of a hidden layer."""
MOST_FILTERS = 16
MOST_PATIENCE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Network:
    """A multilayer perceptron, if wanted behind one convolution."""

    hidden: tuple[int, ...] = (12, 12, 12, 12)
    """Units of each hidden layer: at most 8 layers of at most 64."""
    filters: int = 0
    """Channels of a 3×3 convolution over the inputs as a picture of 8×8, in front of the hidden layers; 0: none.

    Of a coloured picture, 192 inputs, red before green before blue, what a filter gives is the sum over the channels.
    It is normalized and activated as a hidden layer is, then averaged over squares of 2×2.
    """
    residual: bool = False
    """Whether the inputs of a hidden layer are added to what it gives (He et al. 2016, eq. 1), after dropout; of every
    hidden layer behind another layer of as many units."""
    activation: Activation = "relu"
    normalization: Normalization = "none"
    """Of every hidden layer; never of the last one. ``"instance"``: of the convolution only, for it needs a picture;
    ``"cross"``: in training only."""
    groups: int = 2
    """Of group norm."""
    placement: Placement = "before"
    """Normalized before or after the activation. Weight norm, which normalizes the weights, has no such place."""
    affine: bool = True
    """Whether what is normalized is scaled by γ and shifted by β, which are learned."""
    conditional: bool = False
    """Whether γ and β are then recovered by a small network from the row itself: γ + W u and β + V u with the network's
    inputs u, W and V learned from 0 on. Feature-wise linear modulation (Perez et al. 2018, eq. 1 and 2) by changes of γ
    and β as in conditional batch norm (de Vries et al. 2017); these take u from a second input, such as a question."""
    momentum: float = 0.1
    """Weight of a new batch in the running statistics, as in PyTorch."""
    r_max: float = 3.0
    """Largest factor of batch renormalization, and the inverse of its smallest one."""
    d_max: float = 5.0
    """Farthest shift of batch renormalization, in standard deviations."""
    dropout: float = 0.0
    """Share of what the hidden layers give that is set to 0 in training; the rest is divided by what is left of 1."""
    initialization: Initialization = "kaiming"
    gain: float = 1.4
    """Factor of the weights' standard deviation; their value for ``"constant"``."""
    loss: Loss = "cross_entropy"
    """Of the softmax over all classes; the squared error; or the mean of the cross-entropies of a sigmoid for each
    class, ``torch.nn.BCEWithLogitsLoss``, which can give a row several labels or none."""
    l1: float = 0.0
    l2: float = 0.0
    """Factors of Σ|w| and of Σw²/2 over what the inputs are multiplied by, without biases, γ and β. They are part of
    every loss that is told."""
    clip_norm: float | None = None
    """Longest gradient of all weights together that is trained with; a longer one is shortened to it. None: any."""
    clip_value: float | None = None
    """Farthest that a component of the gradient may then be from 0. None: any."""


@dataclass(frozen=True, kw_only=True)
class Training:
    """How a network is trained."""

    rule: UpdateRule
    """An elementwise rule."""
    schedule: Schedule
    """One that reads the loss is asked once an epoch, with the mean loss of the epoch before."""
    steps: int = 500
    """How many updates: what a schedule calls T."""
    batch_size: int = 32
    """Rows in a mini-batch; 0: all of them."""
    seed: int = 0
    """Decides the first weights and the order of the rows."""
    precision: Precision = "float32"
    early_stopping: int | None = None
    """Steps without a lower loss over the test rows after which the training ends with the weights of the lowest;
    None: never."""


RUNNING = ("batch", "renorm", "whitening")
"""The norms over mini-batches: they need a second row, remember statistics, and take away a bias in front of them."""


def check(network: Network) -> Network:
    """Return ``network`` if it can be built; what depends on the data is checked by :func:`layout.layout`.

    Raises:
        InputError: says which field cannot be used, and what can.
    """
    _one_of(network.activation, get_args(Activation))
    _one_of(network.normalization, get_args(Normalization))
    _one_of(network.initialization, get_args(Initialization))
    _one_of(network.loss, get_args(Loss))
    _one_of(network.placement, get_args(Placement))
    if len(network.hidden) > DEEPEST:
        raise InputError(
            "A network has at most {most} hidden layers, not {given}", most=DEEPEST, given=len(network.hidden)
        )
    for units in network.hidden:
        _whole("hidden", units, 1, WIDEST)
    _whole("filters", network.filters, 0, MOST_FILTERS)
    for field in ("gain", "l1", "l2", "momentum"):
        _number(field, getattr(network, field), lowest=-math.inf if field == "gain" else 0.0)
    if network.momentum > 1.0:
        raise InputError('"{name}" must be a number from 0 to 1, not {given}', name="momentum", given=network.momentum)
    for field, lowest, highest in (("r_max", 1.0, 1000.0), ("d_max", 0.0, 1000.0), ("dropout", 0.0, 0.95)):
        _within(field, getattr(network, field), lowest, highest)
    for field in ("clip_norm", "clip_value"):
        _above(field, getattr(network, field))
    _check_groups(network)
    return network


def _check_groups(network: Network) -> None:
    if network.normalization == "instance" and not network.filters:
        raise InputError(
            "Instance norm averages over the pixels of a picture, and this network has no convolution: "
            'take "layer" or "rms", or set "filters"'
        )
    if network.normalization == "group":
        _whole("groups", network.groups, 1, WIDEST)
        for units in (*((network.filters,) if network.filters else ()), *network.hidden):
            if units % network.groups:
                raise InputError(
                    "{units} units cannot be split into {groups} groups", units=units, groups=network.groups
                )


def check_training(training: Training) -> Training:
    """Return ``training`` if it can be done, with any data.

    Raises:
        InputError: says which field cannot be used, and what can.
    """
    if training.rule.planar:
        raise InputError("A network is trained by a rule that moves every weight on its own; this one moves x and y")
    for field in ("steps", "batch_size", "seed"):
        _whole(field, getattr(training, field), lowest=0)
    _one_of(training.precision, get_args(Precision))
    if training.early_stopping is not None:
        _whole("early_stopping", training.early_stopping, 1, MOST_PATIENCE)
    return training


def _one_of(given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise InputError('"{given}" is not one of {allowed}', given=given, allowed=Listing(allowed))


def _whole(field: str, given: object, lowest: int, highest: int | None = None) -> None:
    """Refuse what is no whole number in this range; without a highest one the lowest is 0."""
    whole = int(given) if isinstance(given, Integral) and not isinstance(given, bool) else lowest - 1
    if highest is None and whole < lowest:
        raise InputError('"{name}" must be a whole number of at least 0, not {given}', name=field, given=given)
    if highest is not None and not lowest <= whole <= highest:
        raise InputError(
            '"{name}" must be a whole number from {lowest} to {highest}, not {given}',
            name=field, lowest=lowest, highest=highest, given=given,
        )  # fmt: skip


def _within(field: str, given: object, lowest: float, highest: float) -> None:
    if not (isinstance(given, float | int) and lowest <= given <= highest):
        raise InputError(
            '"{name}" must be a number from {least} to {most}, not {given}',
            name=field, least=lowest, most=highest, given=given,
        )  # fmt: skip


def _above(field: str, given: object) -> None:
    if given is not None and not (isinstance(given, float | int) and math.isfinite(given) and given > 0.0):
        raise InputError('"{name}" must be a finite number above 0, or None, not {given}', name=field, given=given)


def _number(field: str, given: object, lowest: float) -> None:
    if isinstance(given, float | int) and math.isfinite(given) and given >= lowest:
        return
    if lowest < 0.0:
        raise InputError('"{name}" must be a finite number, not {given}', name=field, given=given)
    raise InputError('"{name}" must be a finite number of at least 0, not {given}', name=field, given=given)
