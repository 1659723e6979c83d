"""The curvature as a rule feels it that scales each parameter by its own past gradients."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.geometry.curvature import eigenvalues


def preconditioned_sharpness(
    rule: UpdateRule, state: Mapping[str, NDArray[np.float64]], step: int, entries: NDArray[np.float64]
) -> float | None:
    """Return the largest eigenvalue of P⁻¹H, where the rule moves along P⁻¹ times a mean of the gradients.

    For Adam ``P = (1 - β₁ᵗ)(√(v/(1 - β₂ᵗ)) + ε)``, with AMSGrad of its largest v (Cohen et al. 2022, arXiv:2207.14484,
    section 2), for RMSProp without momentum ``P = √s + ε``. With P held, a quadratic is stable while this is below
    :func:`gain` / η.

    Args:
        rule: The rule.
        state: What it remembers after each step, (n + 1, 2), as in a trajectory.
        step: After how many steps, at least 1.
        entries: The Hessian xx, xy, yy there.

    Returns:
        None for other rules, for step 0, where it is not finite, and where the rule remembers no squares: β₂ = 0.
    """
    values = dict(rule.values)
    if step < 1 or gain(rule) is None:
        return None
    adam = rule.entry == "adam"
    squares = state.get(("w" if values["amsgrad"] else "v") if adam else "s")
    if squares is None:
        return None
    with np.errstate(all="ignore"):  # A start may bring squares below 0: then there is none.
        if adam:
            scale = np.sqrt(squares[step] / (1.0 - values["beta2"] ** step)) + values["eps"]
            scale = scale * (1.0 - values["beta1"] ** step)
        else:
            scale = np.sqrt(squares[step]) + values["eps"]
        px, py = scale.tolist()
        scaled = np.asarray(entries) / np.array((px, np.sqrt(px) * np.sqrt(py), py))
    largest = float(eigenvalues(scaled)[1])
    return largest if np.isfinite(largest) else None


def gain(rule: UpdateRule) -> float | None:
    """Return what η times the preconditioned sharpness must stay below: 2(1 + β₁)/(1 - β₁) for Adam, 2 for RMSProp.

    Adam with a P that is held is the heavy ball with a running mean; 38 for β₁ = 0.9. None for other rules.
    """
    values = dict(rule.values)
    if rule.entry == "adam":
        return 2.0 * (1.0 + values["beta1"]) / (1.0 - values["beta1"])
    if rule.entry == "rmsprop" and not values["momentum"] and not values["centered"]:
        return 2.0
    return None
