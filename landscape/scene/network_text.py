"""Names and sentences about networks in training."""

from collections.abc import Mapping
from itertools import groupby

from landscape.network.network import Network
from landscape.scene.text import number
from landscape.session.experiment import Experiment
from landscape.translation import Translation


def layers_text(layers: tuple[int, ...]) -> str:
    """Return hidden layers as a person writes them: ``4×12``, ``16 8 4``; "–" where there is none."""
    runs = [(units, len(tuple(same))) for units, same in groupby(layers)]
    return " ".join(f"{count}×{units}" if count > 1 else str(units) for units, count in runs) or "–"


def value_titles(say: Translation) -> Mapping[str, Mapping[object, str]]:
    """Return how the values of each field of a network are called that are no numbers."""
    return {
        "activation": {
            "tanh": "tanh",
            "relu": "ReLU",
            "leaky_relu": say("leaky ReLU"),
            "gelu": "GELU",
            "sigmoid": say("sigmoid"),
            "linear": say("linear"),
        },
        "normalization": {
            "none": say("none"),
            "batch": say("batch"),
            "layer": say("layer"),
            "instance": say("instance"),
            "group": say("group"),
            "rms": say("RMS"),
            "weight": say("weight"),
        },
        "placement": {"before": say("before"), "after": say("after")},
        "affine": {True: say("on"), False: say("off")},
        "initialization": {
            "zero": say("zero"),
            "constant": say("constant"),
            "normal": say("normal"),
            "xavier": "Xavier",
            "kaiming": "Kaiming",
            "orthogonal": say("orthogonal"),
        },
        "loss": {"cross_entropy": say("cross-entropy"), "squared_error": say("squared error")},
    }


def field_titles(say: Translation) -> Mapping[str, str]:
    """Return how the fields of a network are called."""
    return {
        "hidden": say("layers"),
        "filters": say("filters"),
        "activation": say("activation"),
        "normalization": say("norm"),
        "groups": say("groups"),
        "placement": say("placement"),
        "affine": say("γ and β"),
        "momentum": say("running"),
        "initialization": say("weights"),
        "gain": say("gain"),
        "loss": say("loss"),
        "l1": "L1",
        "l2": "L2",
    }


def twin_names(experiment: Experiment, say: Translation) -> tuple[str, str]:
    """Return what tells the two networks apart: the values in which they differ."""
    if not experiment.differing:
        return say("the first"), say("the second")
    first, second = (_told(twin, experiment.differing, say) for twin in experiment.twins)
    return first, second


def _told(network: Network, names: tuple[str, ...], say: Translation) -> str:
    return ", ".join(_value(network, name, say) for name in names)


def _value(network: Network, name: str, say: Translation) -> str:
    value = getattr(network, name)
    if name == "hidden":
        return say("layers {layers}", layers=layers_text(value))
    title = value_titles(say).get(name, {}).get(value)
    match name:
        case "normalization":
            return say("without norm") if value == "none" else say("{kind} norm", kind=title)
        case "placement":
            return say("norm before") if value == "before" else say("norm after")
        case "affine":
            return say("with γ and β") if value else say("without γ and β")
        case "initialization":
            return say("{kind} weights", kind=title)
        case _:
            return title or f"{field_titles(say)[name]} {number(float(value), 3)}"


def race_sentence(experiment: Experiment, reached: tuple[int | None, int | None], known: int, say: Translation) -> str:
    """Return which network reaches the threshold when.

    Args:
        experiment: The two networks.
        reached: The first step whose full training loss is at or under the threshold; None: none until now.
        known: How far both have come.
        say: The language.
    """
    names = twin_names(experiment, say)
    head = say("Steps to loss {threshold}", threshold=number(experiment.threshold, 3))
    told = [
        say("{steps} {name}", steps=step, name=name)
        if step is not None
        else say("none in {known} {name}", known=known, name=name)
        for step, name in zip(reached, names, strict=True)
    ]
    end = say("same data, seed and batches")
    first, second = reached
    if first and second and first != second:
        ratio = number(max(first, second) / min(first, second), 2)
        return f"{head}: {told[0]}, {told[1]} ({say('{ratio} times', ratio=ratio)}); {end}"
    return f"{head}: {told[0]}, {told[1]}; {end}"
