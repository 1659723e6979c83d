"""Names and sentences about searches."""

from collections.abc import Mapping

import numpy as np

from landscape.catalogue.surfaces import surface_entries
from landscape.formula.symbols import plain_symbol
from landscape.network.data.datasets import DATASETS
from landscape.scene.text import number, rule_title
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
    if study.network is not None:
        place = say.pick(DATASETS[study.network.data.name].titles)
    else:
        entry = surface_entries().get(study.surface.entry)
        place = say.pick(entry.titles) if entry else say("Own surface")
    return say("Search: {rule} on {place}", rule=rule_title(study.rule, say), place=place)


def result_text(result: float, measure: str, say: Translation) -> str:
    """Return a result in words."""
    if measure == "steps":
        return say("{count} steps", count=int(result)) if np.isfinite(result) else say("never that low")
    return say("loss {value}", value=number(result, 3)) if np.isfinite(result) else say("diverged")


def values_text(values: Mapping[str, float]) -> str:
    """Return values as a line."""
    return ", ".join(f"{plain_symbol(name) or name} = {number(value, 3)}" for name, value in values.items())
