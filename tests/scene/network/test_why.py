"""What is told of why a network trains faster."""

from dataclasses import replace

import numpy as np

from landscape.network.measures.smoothness import Smoothness
from landscape.scene.network.why import Found, build_why, measured, why_question
from landscape.session.network.document import default_experiment
from landscape.translation import Translation

SAY = Translation()
SHORT = replace(default_experiment(), steps=3)


def smooth(twin: int, rise: float, change: float, slope: float) -> Found:
    """Return one measure of a network: the range of its loss, the change of its gradient, and that by distance."""
    return Found(
        twin=twin,
        measure=Smoothness(
            step=0,
            loss=0.5,
            losses=np.array([0.0, rise]),
            changes=np.array([0.0, change]),
            cosines=np.zeros(2),
            slopes=np.array([0.0, slope]),
        ),
    )


def test_who_is_smoother_by_all_three_measures_is_told_even_if_it_is_not_batch_norm():
    both = [smooth(0, 1.0, 2.0, 3.0), smooth(1, 2.0, 4.0, 6.0)]
    assert "roughest, without norm is the smoother one" in build_why(SHORT, both, SAY).sentence
    assert (
        "roughest, batch norm is the smoother one"
        in build_why(SHORT, [replace(one, twin=1 - one.twin) for one in both], SAY).sentence
    )


def test_measures_that_do_not_agree_are_no_reason():
    sentence = build_why(SHORT, [smooth(0, 1.0, 2.0, 3.0), smooth(1, 2.0, 1.0, 3.0)], SAY).sentence
    assert "loss range 1 (1) and 2 (2); gradient change 2 (2) and 1 (1); β-smoothness 3 (3) and 3 (3)." in sentence
    assert "do not tell why one is faster" in sentence
    assert "smoother one" not in sentence


def test_networks_without_hidden_layers_have_no_layers_that_shift():
    linear = replace(SHORT, twins=tuple(replace(twin, hidden=()) for twin in SHORT.twins))
    scene = build_why(linear, list(measured(why_question(linear), lambda: False)), SAY)
    assert all(np.isnan(curve.values).all() for curve in scene.curves[-1].curves)
    assert scene.sentence
