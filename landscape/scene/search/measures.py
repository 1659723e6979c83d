"""What a lesson can tell of a search: the best trial, how many values were tried, and which share lies above one."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.scene.answers import Answers
from landscape.scene.measures import Measures, Told
from landscape.scene.question import Question
from landscape.scene.search.questions import names_of, race_question
from landscape.scene.search.text import entrant_title
from landscape.search.spaces import table_of
from landscape.search.trials import History
from landscape.session.lesson import Quantity
from landscape.session.search.document import Study
from landscape.translation import Translation


def _questions(study: Study) -> Sequence[Question[Any]]:
    return [race_question(study)]


def _history(study: Study, entrant: int, answers: Answers) -> History | None:
    race = answers.get(race_question(study))
    places = [place for place, one in enumerate(study.entrants) if one.id == entrant]
    return race[places[0]] if race is not None and places else None  # type: ignore[index]


def _measure(study: Study, asked: Quantity, answers: Answers, say: Translation) -> Told:
    """Return a quantity of the study, or of one of its entrants."""
    if asked.of == "title":
        return _titles(study, say).get(asked.run, "–")
    if asked.of in ("trials", "length"):
        return float(study.trials if asked.of == "trials" else study.steps)
    history = _history(study, asked.run, answers)
    return math.nan if history is None else _of_search(study, history, asked)


def _of_search(study: Study, history: History, asked: Quantity) -> float:
    entrant = study.entrant(asked.run)
    spent = history.spent <= (study.trials if asked.step is None else asked.step) * study.steps
    results = history.results[spent]
    if not len(results):
        return math.nan
    if asked.of == "best":
        whole = history.until[spent] == study.steps
        return float(results[whole].min(initial=math.inf))
    if asked.hyper not in names_of(study):
        return math.nan
    values = _values(study, entrant.id, history.units[spent], asked.hyper)
    if asked.of == "distinct":
        return float(len(np.unique(np.round(values, 12))))
    if asked.of == "share_above":
        return float(np.mean(values > (0.0 if asked.below is None else asked.below)))
    return float(values[int(np.argmin(results))]) if asked.of == "best_value" else math.nan


def _values(study: Study, entrant: int, units: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    table: NDArray[np.float64] = table_of(study.space_of(study.entrant(entrant)), units)
    values: NDArray[np.float64] = table[names_of(study).index(name)]
    return values


def _titles(study: Study, say: Translation) -> Mapping[int, str]:
    return {entrant.id: entrant_title(entrant, say) for entrant in study.entrants}


def _first(study: Study, below: float | None, step: int | None, answers: Answers) -> int | None:
    """Return the entrant that has the best trial in the end, or after a number of trials."""
    best, least = None, math.inf
    for entrant in study.entrants:
        history = _history(study, entrant.id, answers)
        asked = Quantity(name="", of="best", run=entrant.id, step=step, below=below)
        value = math.nan if history is None else _of_search(study, history, asked)
        if value < least:
            best, least = entrant.id, value
    return best


MEASURES: Measures[Study] = Measures(questions=_questions, measure=_measure, titles=_titles, first=_first)
