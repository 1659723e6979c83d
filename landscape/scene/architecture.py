"""What the layers and the norm of a network are called, in every workspace."""

from collections.abc import Mapping
from itertools import groupby

from landscape.translation import Translation


def layers_text(layers: tuple[int, ...]) -> str:
    """Return hidden layers as a person writes them: ``4×12``, ``16 8 4``; "–" where there is none."""
    runs = [(units, len(tuple(same))) for units, same in groupby(layers)]
    return " ".join(f"{count}×{units}" if count > 1 else str(units) for units, count in runs) or "–"


def norm_titles(say: Translation) -> Mapping[object, str]:
    """Return how the norms are called in a list of them."""
    return {
        "none": say("none"),
        "batch": say("batch"),
        "layer": say("layer"),
        "instance": say("instance"),
        "group": say("group"),
        "rms": say("RMS"),
        "weight": say("weight"),
        "whitening": say("whitening"),
        "cross": say("cross"),
        "renorm": say("batch renorm"),
    }


def norm_text(norm: str, say: Translation) -> str:
    """Return with which norm a network is."""
    if norm in ("none", "renorm"):
        return say("without norm") if norm == "none" else say("batch renorm")
    return say("{kind} norm", kind=norm_titles(say)[norm])
