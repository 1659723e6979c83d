"""Names and sentences about networks in training."""

from collections.abc import Mapping, Sequence

from landscape.network.network import RUNNING, Network
from landscape.network.training.recording import Recording
from landscape.scene.architecture import layers_text, norm_text, norm_titles
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

NOTABLE = 1.05
"""How many times as fast the faster of two is at least, where that is told."""


def page_titles(say: Translation) -> Mapping[str, str]:
    """Return how the pages of the stage are called, in the order of their tabs."""
    return {
        "twins": say("Twins"),
        "sweep": say("Learning rates"),
        "why": say("Why"),
        "landscape": say("Landscape"),
        "bias": say("Bias or optimization"),
    }


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
        "normalization": norm_titles(say),
        "placement": {"before": say("before"), "after": say("after")},
        "affine": {True: say("on"), False: say("off")},
        "conditional": {True: say("on"), False: say("off")},
        "residual": {True: say("on"), False: say("off")},
        "initialization": {
            "zero": say("zero"),
            "constant": say("constant"),
            "normal": say("normal"),
            "xavier": "Xavier",
            "kaiming": "Kaiming",
            "orthogonal": say("orthogonal"),
        },
        "loss": {
            "cross_entropy": say("cross-entropy"),
            "squared_error": say("squared error"),
            "binary_cross_entropy": say("sigmoid per class"),
        },
    }


def field_titles(say: Translation) -> Mapping[str, str]:
    """Return how the fields of a network are called."""
    return {
        "hidden": say("layers"),
        "filters": say("filters"),
        "residual": say("residual"),
        "activation": say("activation"),
        "normalization": say("norm"),
        "groups": say("groups"),
        "placement": say("placement"),
        "affine": say("γ and β"),
        "conditional": say("γ(u), β(u)"),
        "momentum": say("averaging"),
        "r_max": say("largest r"),
        "d_max": say("largest d"),
        "dropout": say("dropout"),
        "initialization": say("weights"),
        "gain": say("gain"),
        "loss": say("loss"),
        "l1": "L1",
        "l2": "L2",
        "clip_norm": say("clip norm"),
        "clip_value": say("clip value"),
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
            return norm_text(value, say)
        case "placement":
            return say("norm before") if value == "before" else say("norm after")
        case "clip_norm" | "clip_value" | "dropout" if not value:
            return say("without {name}", name=field_titles(say)[name])
        case "affine":
            return say("with γ and β") if value else say("without γ and β")
        case "conditional":
            return say("γ and β of the inputs") if value else say("γ and β of their own")
        case "residual":
            return say("with residual links") if value else say("without residual links")
        case "initialization":
            return say("{kind} weights", kind=title)
        case _:
            return title or f"{field_titles(say)[name]} {number(float(value), 3)}"


def layer_titles(network: Network, say: Translation) -> tuple[str, ...]:
    """Return the names of the layers that are activated, the convolution first."""
    hidden = tuple(say("layer {number}", number=place) for place in range(1, len(network.hidden) + 1))
    return (say("convolution"), *hidden) if network.filters else hidden


def recording_note(recording: Recording, say: Translation) -> str:
    """Return why a training ended early; empty where it did not."""
    if recording.outcome != "diverged":
        return ""
    return say("stopped at step {step}: the loss is not finite", step=recording.step)


def statistics_sentence(experiment: Experiment, say: Translation) -> str:
    """Return which means and variances batch norm takes for what is shown; empty where there is no batch norm."""
    if all(twin.normalization not in RUNNING for twin in experiment.twins):
        return ""
    if all(twin.normalization != "batch" for twin in experiment.twins):
        return say(
            "In training the norm takes the statistics of each mini-batch. The training curve is taken with those of "
            "all training rows; the regions and the test curve in evaluation mode, with the running ones."
        )
    return say(
        "Batch norm trains with the mean and variance of each mini-batch. The training curve is taken with those of "
        "all training rows; the regions and the test curve in evaluation mode, with the running ones."
    )


def race_sentence(experiment: Experiment, recordings: Sequence[Recording | None], step: float, say: Translation) -> str:
    """Return which network has reached the threshold when, as far as both have come at ``step``."""
    if all(recording is None for recording in recordings):
        return say("The networks are being prepared.")
    names, reached = twin_names(experiment, say), list[int | None]()
    told: list[str] = []
    for name, recording in zip(names, recordings, strict=True):
        first = recording.reached(experiment.threshold) if recording else None
        come = min(recording.step, int(step)) if recording else 0
        reached.append(first if first is not None and first <= come else None)
        if reached[-1] is not None:
            told.append(say("{name}: {steps}", name=name, steps=first))
        elif recording and recording.outcome == "diverged" and come == recording.step:
            told.append(say("{name} diverged at {steps}", name=name, steps=come))
        elif come:
            told.append(say("{name} not within {steps}", name=name, steps=come))
        else:
            told.append(say("{name}: …", name=name))
    values = {"threshold": number(experiment.threshold, 3), "first": told[0], "second": told[1]}
    one, other = reached
    times = max(one, other) / min(one, other) if one and other else 1.0
    if times < NOTABLE:
        return say("Steps to loss {threshold}: {first}, {second}. Same data, seed and batches.", **values)
    values["times"] = number(times, 2)
    return say("Steps to loss {threshold}: {first}, {second} ({times} times). Same data, seed and batches.", **values)
