"""What a strategy did in a step, in words with its numbers."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from landscape.scene.population_layer import Population
from landscape.scene.text import number
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.descent.course import Course


def strategy_sentences(population: Population, step: int, say: Translation) -> tuple[str, ...]:
    """Return what the strategy did in the step from ``step`` to the next; nothing where there is no step."""
    course = population.course
    last = len(course.points) - 1
    if last < 1:
        return ()
    k = min(max(step, 0), last - 1) + 1
    tell = _TOLD.get(population.strategy.entry, _columns)
    if tell is _hopping:
        tell = partial(_hopping, temperature=dict(population.strategy.values)["temperature"])
    return (*tell(course, k, say), _price(course, k, say))


def _price(course: "Course", k: int, say: Translation) -> str:
    return say(
        "Evaluations until here: {count}, {new} of them in this step; a gradient counts 2. Best f = {best}",
        count=number(course.evaluations[k]),
        new=number(course.evaluations[k] - course.evaluations[k - 1]),
        best=number(course.best[k]),
    )


def _columns(course: "Course", k: int, _say: Translation) -> tuple[str, ...]:
    """Return what is recorded of a step, by name, where there is no sentence for it."""
    return tuple(f"{name} = {_numbers(rows[k])}" for name, rows in course.state.items())


def _numbers(value: object) -> str:
    found = [number(float(one)) for one in np.atleast_1d(np.asarray(value, dtype=float))]
    return found[0] if len(found) == 1 else f"({', '.join(found)})"


def _metropolis(course: "Course", k: int, say: Translation, temperature: float) -> str:
    """Return why a move was taken or refused."""
    state = course.state
    worse, taken = float(state["worse"][k]), state["accepted"][k] == 1.0
    if not math.isfinite(course.losses[k - 1]):
        return say("f had no value before: accepted")
    if worse == math.inf:
        return say("f has no value there: refused")
    if worse <= 0.0:
        return say("Not worse (Δ = {worse}): accepted", worse=number(worse))
    told = {
        "worse": number(worse),
        "temperature": number(temperature),
        "probability": number(float(state["probability"][k])),
        "drawn": number(float(state["drawn"][k])),
    }
    if taken:
        return say(
            "Worse by Δ = {worse}: accepted with probability e^(−Δ/T) = {probability} at T = {temperature}; "
            "drawn {drawn}, accepted",
            **told,
        )
    return say(
        "Worse by Δ = {worse}: accepted with probability e^(−Δ/T) = {probability} at T = {temperature}; "
        "drawn {drawn}, refused",
        **told,
    )


def _annealing(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    proposed = say(
        "Proposed {point}: f = {value}, from {before}",
        point=_numbers(course.population[k, 1]),
        value=number(course.values[k, 1]),
        before=number(course.losses[k - 1]),
    )
    lines = say("On the lines around the point, a move would be taken with probability 90 %, 50 % and 10 %")
    return proposed, _metropolis(course, k, say, float(course.state["temperature"][k])), lines


def _hopping(course: "Course", k: int, say: Translation, temperature: float = 0.0) -> tuple[str, ...]:
    return _hop(course, k, say), _metropolis(course, k, say, temperature)


def _hop(course: "Course", k: int, say: Translation) -> str:
    state = course.state
    told = {"point": _numbers(state["thrown"][k, :2]), "value": number(state["thrown"][k, 2])}
    if not math.isfinite(state["thrown"][k, 2]):
        return say("Thrown to {point}, where f has no value", **told)
    if not state["local"][k]:
        return say("Thrown to {point}, f = {value}, where there is hardly a slope to go down", **told)
    return say(
        "Thrown to {point}, f = {value}; downhill in {steps} steps and {spent} evaluations to f = {landed}",
        **told,
        steps=number(state["local"][k]),
        spent=number(state["spent"][k]),
        landed=number(state["landed"][k, 2]),
    )


def _triangle(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    move = int(course.state["move"][k])
    if move == 5:
        return (say("Shrinking: neither corner that was tried is better, so all move towards the best one"),)
    told = {"before": number(course.values[k - 1, 2]), "after": number(_new_value(course, k))}
    sentences = {
        1: say("Reflection accepted: the worst corner's f fell from {before} to {after}", **told),
        2: say("Expansion accepted: the worst corner's f fell from {before} to {after}", **told),
        3: say("Contraction outside accepted: the worst corner's f fell from {before} to {after}", **told),
        4: say("Contraction inside accepted: the worst corner's f fell from {before} to {after}", **told),
    }
    reflected = say("The reflected corner has f = {value}", value=number(course.state["reflected"][k, 2]))
    return reflected, sentences[move]


def _new_value(course: "Course", k: int) -> float:
    """Return the value of the corner that was not there before."""
    before, after = course.population[k - 1], course.population[k]
    fresh = ~(after[:, None] == before).all(axis=2).any(axis=1)
    return float(course.values[k][fresh].min(initial=np.inf)) if fresh.any() else float(course.values[k, 2])


def _genetic(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    told = course.told
    return (
        say(
            "Of {count} members the best lives on; of the children {crossed} have two parents and {mutated} mutated",
            count=course.population.shape[1],
            crossed=number(told["crossed"][k].sum()),
            mutated=number(told["mutated"][k].sum()),
        ),
        _best(course, k, say),
    )


def _best(course: "Course", k: int, say: Translation) -> str:
    """Return what became of the best member."""
    mean, after = number(float(course.state["mean"][k])), number(course.losses[k])
    if not course.losses[k] < course.losses[k - 1]:
        return say("No child is better than the best, f = {after}; the mean is {mean}", after=after, mean=mean)
    before = number(course.losses[k - 1])
    return say("The best f fell from {before} to {after}; the mean is {mean}", before=before, after=after, mean=mean)


def _swarm(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    leader = int(course.state["leader"][k])
    parts = {name: course.told[name][k, leader] for name in ("inertia", "own", "common")}
    return (
        say("Particle {leader} has found the best f = {value}", leader=leader + 1, value=number(course.losses[k])),
        say(
            "Its velocity {velocity} is inertia {inertia} + to its own best {own} + to that of all {common}",
            velocity=_numbers(sum(parts.values())),
            **{name: _numbers(part) for name, part in parts.items()},
        ),
    )


def _cma_es(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    state = course.state
    xx, xy, yy = state["covariance"][k - 1]
    spread = state["sigma"][k - 1] * np.sqrt(np.maximum(np.linalg.eigvalsh([[xx, xy], [xy, yy]]), 0.0))
    return (
        say(
            "Drawn from an ellipse with standard deviations {small} and {large}",
            small=number(float(spread[0])),
            large=number(float(spread[1])),
        ),
        say("The mean moves by {move}", move=_numbers(state["mean"][k] - state["mean"][k - 1])),
        say(
            "The path of the width has length {length}, where chance alone makes 1.25: σ from {before} to {after}",
            length=number(float(np.hypot(*state["width_path"][k])), 3),
            before=number(float(state["sigma"][k - 1])),
            after=number(float(state["sigma"][k])),
        ),
    )


def _fell(course: "Course", k: int, say: Translation) -> str:
    """Return what a line search came to."""
    if course.rates[k - 1] == 0.0:
        return say("No length brings enough: it stays where it is")
    return say(
        "α = {alpha} at try {trials}: f fell from {before} to {after}",
        alpha=number(float(course.rates[k - 1])),
        trials=number(float(course.state["trials"][k])),
        before=number(course.losses[k - 1]),
        after=number(course.losses[k]),
    )


def _armijo(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    state = course.state
    found = [_fell(course, k, say)]
    if state["refused"][k] > 0.0 and course.rates[k - 1] > 0.0:
        found.append(
            say(
                "α = {refused} was too long: there f = {value}; enough is f ≤ {bound} at the length that was taken",
                refused=number(float(state["refused"][k])),
                value=number(float(state["refused_loss"][k])),
                bound=number(float(state["bound"][k])),
            )
        )
    return tuple(found)


def _conjugate(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    beta = float(course.state["beta"][k])
    direction = _numbers(course.state["direction"][k])
    if beta == 0.0:
        along = say("The direction {direction} is steepest descent", direction=direction)
    else:
        along = say(
            "The direction {direction} is steepest descent plus β = {beta} times the one before",
            direction=direction, beta=number(beta),
        )  # fmt: skip
    return along, _fell(course, k, say)


def _lbfgs(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    along = say(
        "The direction {direction} is −H∇f with H guessed from {pairs} steps before",
        direction=_numbers(course.state["direction"][k]),
        pairs=number(float(course.state["pairs"][k])),
    )
    return along, _fell(course, k, say)


def _coordinate(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    axis = "xy"[int(course.state["axis"][k])]
    along = say(
        "Along {axis} alone, where the slope is {slope}", axis=axis, slope=number(float(course.state["partial"][k]))
    )
    return along, _fell(course, k, say)


def _restarts(course: "Course", k: int, say: Translation) -> tuple[str, ...]:
    state = course.state
    descent = int(state["restart"][k]) + 1
    if state["age"][k] == 0.0:
        return (
            say("Descent {count} begins at {point}", count=descent, point=_numbers(course.points[k])),
            say("The one before ended at f = {value}", value=number(course.losses[k - 1])),
        )
    if state["lost"][k] == 1.0:
        return (say("Descent {count} is lost", count=descent),)
    return (
        say(
            "Step {age} of descent {count}: f from {before} to {after}",
            age=number(float(state["age"][k])),
            count=descent,
            before=number(course.losses[k - 1]),
            after=number(course.losses[k]),
        ),
    )


_TOLD: Mapping[str, Callable[["Course", int, Translation], tuple[str, ...]]] = {
    "annealing": _annealing,
    "basin_hopping": _hopping,
    "nelder_mead": _triangle,
    "genetic": _genetic,
    "swarm": _swarm,
    "cma_es": _cma_es,
    "line_search": _armijo,
    "conjugate_gradient": _conjugate,
    "lbfgs": _lbfgs,
    "coordinate": _coordinate,
    "restarts": _restarts,
}
"""What is said of each strategy; of all others what is recorded."""
