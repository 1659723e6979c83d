"""Names and sentences about searches."""

from collections.abc import Mapping

import numpy as np

from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.errors import InputError
from landscape.formula.symbols import plain_symbol
from landscape.network.data.datasets import DATASETS
from landscape.network.data.samples import Data
from landscape.network.network import Network
from landscape.scene.architecture import layers_text, norm_text
from landscape.scene.text import number, rule_title
from landscape.search.objectives import OF_NETWORKS
from landscape.session.offers import Offer, TrainingOffer
from landscape.session.search.document import Entrant, Study
from landscape.translation import Translation


def strategy_titles(say: Translation) -> Mapping[str, str]:
    """Return how the strategies are called."""
    return {
        "grid": say("Grid"),
        "random": say("Random"),
        "sobol": "Sobol",
        "coarse_to_fine": say("Coarse to fine"),
        "halving": say("Successive halving"),
        "asha": "ASHA",
        "population": say("Population"),
        "tpe": "TPE",
    }


def scale_titles(say: Translation) -> Mapping[str, str]:
    """Return how the scales of a dimension are called."""
    return {
        "linear": say("even"),
        "log": say("logarithmic"),
        "one_minus_log": say("1 − value, logarithmic"),
        "whole": say("whole numbers"),
        "choice": say("choices"),
    }


def measure_titles(say: Translation) -> Mapping[str, str]:
    """Return by what trials are judged."""
    return {"loss": say("judged by the last loss"), "steps": say("judged by the steps to a threshold")}


def dimension_title(name: str, say: Translation) -> str:
    """Return how a hyper-parameter is called: its symbol, or in words what is a network's."""
    words = {
        "lr": say("learning rate"),
        "batch_size": say("batch size"),
        "width": say("width"),
        "depth": say("depth"),
        "gain": say("gain"),
        "l2": "L2",
    }
    return words.get(name) or plain_symbol(name) or name


def entrant_title(entrant: Entrant, say: Translation) -> str:
    """Return how an entrant is called."""
    title = strategy_titles(say)[entrant.strategy]
    return say("{strategy}, drawn evenly", strategy=title) if entrant.even else title


def study_title(study: Study, say: Translation) -> str:
    """Return what is searched: the rule and what it runs on."""
    place = data_title(study.network.data, say) if study.network is not None else subject_title(study, say)
    return say("Search: {rule} on {place}", rule=rule_title(study.rule, say), place=place)


def subject_title(study: Study, say: Translation) -> str:
    """Return what the trials run on: a surface, or a network and its data."""
    if study.network is not None:
        return network_title(study.network.data, study.network.network, say)
    return _surface_title(study.surface, say)


def offer_title(offer: Offer, say: Translation) -> str:
    """Return what another workspace offers to be searched."""
    rule = rule_title(offer.rule, say)
    if isinstance(offer, TrainingOffer):
        return say("{rule} on {place}", rule=rule, place=network_title(offer.data, offer.network, say))
    return say("{rule} on {place}", rule=rule, place=_surface_title(offer.surface, say))


def network_title(data: Data, network: Network, say: Translation) -> str:
    """Return the data of a network, its layers and its norm."""
    shape = say("layers {layers}", layers=layers_text(network.hidden))
    return f"{data_title(data, say)}, {shape}, {norm_text(network.normalization, say)}"


def data_title(data: Data, say: Translation) -> str:
    """Return what a data set is called."""
    return say.pick(DATASETS[data.name].titles)


def _surface_title(surface: Surface, say: Translation) -> str:
    entry = surface_entries().get(surface.entry)
    return say.pick(entry.titles) if entry else say("Own surface")


def choices_text(choices: tuple[float, ...]) -> str:
    """Return values to choose from as they are typed: ``8 16 32``."""
    return " ".join(f"{value:.6g}" for value in choices)


def typed_choices(text: str) -> tuple[float, ...]:
    """Return the values that a person typed, each once; InputError where one of them is no number."""
    try:
        return tuple(dict.fromkeys(float(part) for part in text.replace(",", " ").replace(";", " ").split()))
    except ValueError:
        raise InputError("Values are numbers such as 8 16 32, not {given}", given=text) from None


def result_text(result: float, measure: str, say: Translation) -> str:
    """Return a result in words."""
    if measure == "steps":
        return say("{count} steps", count=int(result)) if np.isfinite(result) else say("never that low")
    return say("loss {value}", value=number(result, 3)) if np.isfinite(result) else say("diverged")


def values_text(values: Mapping[str, float], say: Translation) -> str:
    """Return values as a line."""
    titles = {
        name: dimension_title(name, say) if name in OF_NETWORKS else plain_symbol(name) or name for name in values
    }
    # Close to 1 it is the distance from it that tells values apart.
    digits = {name: 5 if 0.99 < value < 1.0 else 3 for name, value in values.items()}
    return ", ".join(f"{titles[name]} = {number(value, digits[name])}" for name, value in values.items())
