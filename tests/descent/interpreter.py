"""A rule read line by line, slowly: what the compiled kernels must agree with."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.surfaces import Surface
from landscape.formula.tree import evaluate


def interpreted(
    surface: Surface,
    rule: UpdateRule,
    start: tuple[float, float],
    rates: NDArray[np.float64],
    noise: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float64], dict[str, NDArray[np.float64]]]:
    """Return the points (n + 1, 2) and the state after each step; ``noise`` (n, 2) is what the rule reads as noise."""
    hyper = dict(zip(rule.hyper_names, rule.kernel_values, strict=True))
    here = np.array(start)
    empty: ArrayLike = 0.0 if rule.planar else np.zeros(2)
    state = dict.fromkeys(rule.program.state, empty)
    points, states = [here], [state]
    for index, lr in enumerate(rates):
        given = {**hyper, **state, **_seen(surface, rule, here), "lr": lr, "t": index + 1.0}
        if noise is not None:
            given["noise"] = noise[index]
        for name, expression in rule.program.statements:
            given[name] = evaluate([expression], given)[0]
        here = np.array([given["x"], given["y"]]) if rule.planar else np.array(given["theta"])
        state = {name: given[name] for name in rule.program.state}
        points.append(here)
        states.append(state)
    return np.array(points), {name: np.array([one[name] for one in states]) for name in rule.state}


def _seen(surface: Surface, rule: UpdateRule, here: NDArray[np.float64]) -> dict[str, ArrayLike]:
    gradient = surface.gradient(*here)
    seen: dict[str, ArrayLike] = {"gnorm": float(np.sqrt(np.sum(gradient**2)))}
    if not rule.planar:
        return {**seen, "theta": here, "g": gradient}
    hessian = surface.hessian(*here)
    return {
        **seen,
        **{"x": here[0], "y": here[1], "gx": gradient[0], "gy": gradient[1]},
        **{"hxx": hessian[0, 0], "hxy": hessian[0, 1], "hyy": hessian[1, 1]},
    }
