"""How questions are answered: what they need first, from coarse to fine, in turns, until nobody wants them any more.

The window does this in jobs, exports and the command line as they go: :func:`answering` is the one way.
"""

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np

from landscape.scene.answers import Answers
from landscape.scene.question import Cancelled, Question

Result = TypeVar("Result")

log = logging.getLogger(__name__)


def never() -> bool:
    """Return no: everything is wanted to the end."""
    return False


def unanswered(questions: Iterable[Question[Any]], answers: Answers) -> tuple[Question[Any], ...]:
    """Return the questions that have no whole answer yet, and could have one."""
    return tuple(one for one in questions if answers.get(one) is None and answers.error(one) is None)


def answering(
    questions: Sequence[Question[Any]], answers: Answers, cancelled: Cancelled = never, is_old: Cancelled = never
) -> Iterator[float]:
    """Answer questions in turns, and yield which share of all is known, after each result.

    Every result goes into ``answers``; an error goes there, too, and the others go on.

    Args:
        questions: What is asked.
        answers: What is known, and is added to.
        cancelled: Says yes when everything is to end at once.
        is_old: Says yes when something newer is wanted: what is patient ends, the rest after its first result.
    """
    waiting = deque(_steps(question, answers, cancelled, is_old) for question in questions)
    while waiting and not cancelled():
        one = waiting.popleft()
        if next(one, None) is not None:
            waiting.append(one)
        yield known_share(questions, answers)


def known_share(questions: Sequence[Question[Any]], answers: Answers) -> float:
    """Return which share of some questions is answered, from 0 to 1; those that cannot be count as answered."""
    shares = [1.0 if answers.error(one) is not None else answers.share(one) for one in questions]
    return sum(shares) / len(shares) if shares else 1.0


def _steps(question: Question[Any], answers: Answers, cancelled: Cancelled, is_old: Cancelled) -> Iterator[bool]:
    """Answer one question and all that comes before it; yield True after each result."""
    try:
        for part in question.parts:
            yield from _steps(part, answers, cancelled, is_old)
            if (error := answers.error(part)) is not None:
                raise error
            if answers.get(part) is None and (cancelled() or is_old()):
                return
        for coarse in question.coarser:
            yield from _steps(coarse, answers, cancelled, is_old)
            found = answers.get(coarse)
            if found is not None and question.is_settled_by(found):
                answers.put(question, found)
        yield from _results(question, answers, cancelled, is_old)
    except Exception as error:  # noqa: BLE001  it is told by whoever asked
        log.info("There is no answer to %s: %s", question, error)
        answers.refuse(question, error)


def _results(question: Question[Any], answers: Answers, cancelled: Cancelled, is_old: Cancelled) -> Iterator[bool]:
    """Answer one question whose parts are known; what is not whole when it ends stays as it is."""
    given = False

    def stopped() -> bool:
        return cancelled() or ((question.patient or given) and is_old())

    if answers.get(question) is not None or stopped():
        return
    answers.warm(question)
    for answer, share in _quietly(question.results(answers, stopped)):
        given = True
        answers.put(question, answer, share)
        yield True
        if stopped():
            return


def _quietly(results: Iterable[Result]) -> Iterator[Result]:
    """Yield the results; what overflows on the way is infinite, and nobody is warned of it."""
    coming = iter(results)
    while True:
        with np.errstate(all="ignore"):
            found = next(coming, None)
        if found is None:
            return
        yield found
