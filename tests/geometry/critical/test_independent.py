"""Independent runs tell a false answer from a true one: a point left out, moved or misnamed, a tip in no open box."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from landscape.catalogue.surfaces import Surface, surface
from tests.geometry.critical.independent import false_words

SQUARE = ((-2.0, 2.0), (-2.0, 2.0))


def point(kind: str, x: float, y: float, **changes: Any) -> Any:
    """Return a proven point as an answer tells it."""
    given = {"x": x, "y": y, "kind": kind, "index": -1 if kind == "saddle" else 1, "proven": True}
    return SimpleNamespace(**given | changes)


def answer(*points: Any, boxes: tuple[Any, ...] = (), **changes: Any) -> Any:
    """Return what a search could have answered."""
    regions = (SimpleNamespace(kind="undecided", boxes=boxes),) if boxes else ()
    area = sum((x1 - x0) * (y1 - y0) for x0, x1, y0, y1 in boxes)
    indices = sum(point.index or 0 for point in points)
    given = {
        "domain": SQUARE, "points": points, "open": boxes, "regions": regions, "share": area / 16, "kinks": (),
        "valleys": (), "complete": not boxes, "boundary_index": indices, "index_sum": indices,
    }  # fmt: skip
    return SimpleNamespace(**given | changes)


WELLS = surface("(x^2 - 1)^2 + y^2", domain=SQUARE)
LEFT, RIGHT, MIDDLE = point("minimum", -1.0, 0.0), point("minimum", 1.0, 0.0), point("saddle", 0.0, 0.0)
TIP = surface("abs(x - 0.3) + y^2", domain=SQUARE)
FLAT = surface("x^6 + y^6", domain=SQUARE)
AROUND_TIP = (0.29, 0.31, -0.01, 0.01)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (WELLS, answer(LEFT, RIGHT, MIDDLE)),
        (WELLS, answer(LEFT, MIDDLE, boxes=((0.9, 1.1, -0.1, 0.1),))),
        (TIP, answer(boxes=(AROUND_TIP,))),
        (FLAT, answer(boxes=((-0.1, 0.1, -0.1, 0.1),))),
    ],
)
def test_nothing_is_said_against_a_true_answer(given: Surface, told: Any) -> None:
    assert false_words(given, told, 100) == []


@pytest.mark.parametrize(
    ("given", "told", "word"),
    [
        (WELLS, answer(LEFT, MIDDLE), "the minimum at (1.0, 0.0) is neither proven nor open"),
        (WELLS, answer(LEFT, RIGHT), "the saddle at"),
        (WELLS, answer(LEFT, RIGHT, point("maximum", 0.0, 0.0)), "the proven maximum at (0.0, 0.0) is a saddle"),
        (WELLS, answer(LEFT, point("minimum", 1.0 + 1e-10, 0.0), MIDDLE), "the proven minimum at (1.0000000001, 0.0)"),
        (WELLS, answer(LEFT, RIGHT, MIDDLE, boundary_index=3), "the index 3 of the border and 1 of the points"),
        (WELLS, answer(LEFT, RIGHT, MIDDLE, complete=False), "complete is False"),
        (WELLS, answer(LEFT, MIDDLE, boxes=((0.9, 1.1, -0.1, 0.1),), regions=()), "the regions have 0 boxes"),
        (WELLS, answer(LEFT, MIDDLE, boxes=((0.9, 1.1, -0.1, 0.1),), share=0.5), "the open share is 0.5"),
        (WELLS, answer(LEFT, RIGHT, MIDDLE, boxes=((1.9, 2.1, 0, 1),)), "not in the domain"),
        (TIP, answer(), "the minimum within"),
        (TIP, answer(boxes=((0.31, 0.33, -0.01, 0.01),)), "the minimum within"),
        (surface("abs(x - 0.3) - abs(y)", domain=SQUARE), answer(), "and that of its points 0"),
        (
            surface("-abs(x - 0.3) - abs(y)", domain=SQUARE),
            answer(boxes=((0.31, 0.33, -0.01, 0.01),)),
            "the maximum within",
        ),
        (
            FLAT,
            answer(boxes=(AROUND_TIP,), regions=(SimpleNamespace(kind="flat", boxes=(AROUND_TIP,)),)),
            "it is not flat",
        ),
        (
            WELLS,
            answer(
                *(LEFT, RIGHT, MIDDLE),
                valleys=(SimpleNamespace(kind="minimum", value=0.0, lines=(np.array([[0.5, 0.0], [0.6, 0.0]]),)),),
            ),
            "there is no curve of minimum",
        ),
        (
            surface("x^3 - 3*x*y^2", domain=SQUARE),
            answer(point("saddle", 0.0, 0.0, proven=False), boxes=((-0.1, 0.1, -0.1, 0.1),)),
            "has the index -2, not -1",
        ),
        (
            surface("x^4 - y^4", domain=SQUARE),
            answer(point("minimum", 0.0, 0.0, proven=False), boxes=((-0.1, 0.1, -0.1, 0.1),)),
            "the minimum at (0.0, 0.0) is not seen",
        ),
    ],
)  # fmt: skip
def test_a_false_word_is_found(given: Surface, told: Any, word: str) -> None:
    assert any(word in sentence for sentence in false_words(given, told, 100))
