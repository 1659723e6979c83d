"""The comparison by evaluations as a table and a picture."""

import csv

import pytest
from PySide6.QtGui import QImage

from landscape.catalogue.surfaces import surface
from landscape.descent.comparison import wilson
from landscape.export.export import describe, export
from landscape.scene.answers import Answers
from landscape.scene.descent.comparison_question import comparison_questions
from landscape.session.descent import comparing, edits
from landscape.session.descent.racing import entrant, raced
from landscape.session.descent.workspace import default_descent
from landscape.session.files import load
from landscape.session.session import Session, session_with


@pytest.fixture(scope="module")
def session() -> Session:
    descent = edits.choose_surface(default_descent(), surface("rastrigin"))
    raced_session = raced(session_with(descent), map(entrant, ("sgd,lr=.002", "swarm")))
    compared = comparing.set_number(comparing.compare(raced_session.document), "repetitions", 20)
    return session_with(compared)


def test_the_table_has_every_repetition_and_reads_back_as_it_was_computed(session, tmp_path) -> None:
    with export(session, tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 20
    for place, question in enumerate(comparison_questions(session.document).values()):
        own = rows[20 * place : 20 * (place + 1)]
        found = Answers().compute(question)
        assert [float(row["found_after"] or "inf") for row in own] == found.needed.tolist()
        assert [(float(row["end_x"]), float(row["end_y"])) for row in own] == list(map(tuple, found.ends.tolist()))
        assert [float(row["loss"]) for row in own] == found.values.tolist()
    assert {row["found_after"] for row in rows[:20]} == {""}


def test_a_picture_carries_what_is_compared_and_tells_it(session, qapp, tmp_path) -> None:
    path = export(session, tmp_path / "a.png", size=(480, 320))
    assert load(path).document.comparison == session.document.comparison
    assert (QImage(str(path)).width(), QImage(str(path)).height()) == (480, 320)
    told = describe(session)
    low, high = (round(100 * end) for end in wilson(0, 20))
    assert f"SGD: 0 % of the starts, 95 % interval {low}–{high} %" in told.replace("\N{NO-BREAK SPACE}", " ")


def test_a_film_draws_the_curves_with_the_steps(session, qapp, tmp_path) -> None:
    first, last = (
        QImage(str(export(session, tmp_path / f"{step}.png", size=(480, 320), theme="light", step=step)))
        for step in (0.0, 200.0)
    )
    assert first != last
    assert QImage(str(export(session, tmp_path / "e.png", size=(480, 320), theme="light"))) == last
