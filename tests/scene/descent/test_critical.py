import math
from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.geometry.critical.points import CriticalPoint, CriticalPoints, Flat, Kink, Region, Valley
from landscape.scene.answers import Answers
from landscape.scene.descent.build import build_scene, fitted_view
from landscape.scene.descent.certificate import certificate, notes
from landscape.scene.descent.critical import MOST_MARKERS
from landscape.scene.descent.critical_question import CriticalPointsQuestion, critical_points_question
from landscape.scene.descent.questions import questions
from landscape.scene.descent.view import View, stage_view
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.session import session_with
from landscape.translation import Translation, translation

SAY = Translation()
UNIT = ((-1.0, 1.0), (-1.0, 1.0))


def session_on(name: str):
    return edits.choose_surface(default_descent(), surface(name))


def shown(descent, *, view: View | None = None, answers: Answers | None = None, previous=None, solved: bool = True):
    answers = answers or Answers()
    view = view or stage_view(*fitted_view(descent, 1.5), 240, 160)
    if solved:
        answers.compute(critical_points_question(descent.surface))
    return build_scene(descent, view, answers, SAY, previous)


def open_(kind: str, share: float) -> tuple[Region, ...]:
    return (Region(kind=kind, boxes=((0.0, 1.0, 0.0, 1.0),), share=share),)


def point(kind="minimum", x=0.0, y=0.0, value=0.0, index=1, degenerate=False) -> CriticalPoint:
    eigen = {"minimum": (1.0, 2.0), "maximum": (-2.0, -1.0), "saddle": (-1.0, 2.0), "degenerate": (0.0, 0.0)}
    return CriticalPoint(
        x=x, y=y, value=value, kind=kind, index=index, proven=not degenerate, degenerate=degenerate,
        eigenvalues=eigen[kind], eigenvectors=((1.0, 0.0), (0.0, 1.0)),
    )  # fmt: skip


def found(**changes) -> CriticalPoints:
    nothing = CriticalPoints(
        domain=UNIT, points=(), valleys=(), kinks=(), flats=(), regions=(), boundary_index=0, exhausted=False,
        boxes=1234,
    )  # fmt: skip
    return replace(nothing, **changes)


LINE = np.array([[-1.0, 0.0], [1.0, 0.0]])


def test_the_certificate_of_himmelblau_says_that_nothing_is_missing():
    critical = shown(session_on("himmelblau")).critical
    assert critical.certificate == "4 minima, 1 maximum, 4 saddles: proven complete here (index 4 + 1 − 4 = 1)"
    assert critical.notes == ()
    assert not critical.pending


@pytest.mark.parametrize(
    ("result", "sentence", "more"),
    [
        (found(), "No critical points in the domain: proven", ()),
        (found(points=(point(),), boundary_index=1), "1 minimum: proven complete here (index 1)", ()),
        (found(points=(point(),), boundary_index=None), "1 minimum: proven complete here", ()),
        (
            found(points=(point("saddle", index=-1),), boundary_index=-1),
            "1 saddle: proven complete here (index −1)",
            (),
        ),
        (
            found(points=(point(), point("maximum", 1.0)), exhausted=True, regions=open_("undecided", 0.25)),
            "1 minimum, 1 maximum: proven, and no others outside of the hatched 25 % of the domain",
            ("not decided: 25 % of the domain", "the search ended after 1234 rectangles"),
        ),
        (
            found(flats=(Flat(x=(-1, 1), y=(-1, 1), value=0.0),), regions=open_("flat", 1.0)),
            "The formula is constant: every point of the domain is critical",
            ("a flat region, where the formula is constant",),
        ),
        (found(regions=open_("undecided", 1.0)), "Nothing is decided", ("not decided: 100 % of the domain",)),
        (
            found(points=(point("saddle", index=-2, degenerate=True),), regions=open_("degenerate", 1e-20)),
            "Proven: critical points only at these places:",
            ("Saddle (degenerate Hessian) at (0, 0), index −2",),
        ),
        (
            found(
                points=(point(), point("degenerate", index=None, degenerate=True)), regions=open_("degenerate", 1e-20)
            ),
            "1 minimum: proven, and no others but at these places:",
            ("A point with a degenerate Hessian, kind not decided at (0, 0), index not known",),
        ),
        (
            found(valleys=(Valley(kind="minimum", value=0.0, lines=(LINE,)),), regions=open_("valley", 0.0062)),
            "Proven: no critical points outside of the hatched 0.62 % of the domain",
            ("a valley: a whole curve of minima, f = 0",),
        ),
        (
            found(valleys=(Valley(kind="maximum", value=2.0, lines=(LINE,)),), regions=open_("valley", 2e-5)),
            "Proven: no critical points outside of the hatched less than 0.01 % of the domain",
            ("a ridge: a whole curve of maxima, f = 2",),
        ),
        (
            found(
                valleys=tuple(Valley(kind="degenerate", value=v, lines=(LINE,)) for v in range(5)),
                regions=open_("valley", 0.1),
            ),
            "Proven: no critical points outside of the hatched 10 % of the domain",
            ("5 curves of critical points, f from 0 to 4",),
        ),
        (
            found(
                kinks=(Kink(x=0.0, y=0.5, value=1.0), Kink(x=0.0, y=0.0, value=-1.0, lines=(LINE,))),
                regions=open_("kink", 0.004),
            ),
            "Proven: no critical points outside of the hatched 0.4 % of the domain",
            (
                "not differentiable at (0, 0.5), f = 1",
                "not differentiable along a line, lowest at (0, 0), f = −1",
            ),
        ),
        (
            found(
                points=(point(),), kinks=(Kink(x=0.0, y=0.0, value=1.0, lines=(LINE,)),), regions=open_("kink", 0.004)
            ),
            "1 minimum: proven, and no others outside of the hatched 0.4 % of the domain",
            ("not differentiable along a line, lowest at (0, 0), f = 1",),
        ),
        (
            found(kinks=tuple(Kink(x=float(k), y=0.0, value=float(k)) for k in range(7)), regions=open_("kink", 1e-18)),
            "Proven: critical points only at these places:",
            ("7 places without a derivative, the lowest at f = 0",),
        ),
        (
            found(kinks=(Kink(x=0.0, y=0.0, value=0.0, kind="minimum"),), regions=open_("kink", 1e-18)),
            "Proven: critical points only at these places:",
            ("not differentiable at (0, 0), f = 0: a minimum",),
        ),
        (
            found(kinks=(Kink(x=0.0, y=0.0, value=0.0, kind="saddle"),), regions=open_("kink", 1e-18)),
            "Proven: critical points only at these places:",
            ("not differentiable at (0, 0), f = 0: a saddle",),
        ),
        (
            found(
                kinks=(
                    Kink(x=0.0, y=0.0, value=math.inf, breaks="value", region="pole"),
                    Kink(x=1.0, y=0.0, value=0.0, breaks="value", region="jump", lines=(LINE,)),
                    Kink(x=2.0, y=0.0, value=3.0, breaks="curvature"),
                    Kink(x=3.0, y=0.0, value=math.nan, breaks="gap", region="gap", lines=(LINE,)),
                ),
                regions=(*open_("kink", 1e-18), *open_("jump", 0.004)),
            ),
            "Proven: no critical points outside of the hatched 0.4 % of the domain",
            (
                "the formula is not smooth at (2, 0), f = 3",
                "a gap of the formula along a line through (3, 0), which a limit closes",
                "a jump along a line through (1, 0)",
                "a pole at (0, 0)",
            ),
        ),
        (
            found(
                kinks=tuple(Kink(x=float(k), y=0.0, value=0.0, breaks="value", region="pole") for k in range(5)),
                regions=open_("pole", 1e-18),
            ),
            "Proven: critical points only at these places:",
            ("5 poles",),
        ),
        (
            found(points=(point(),), flats=(Flat(x=(0, 1), y=(0, 1), value=0.0),), regions=open_("flat", 0.25)),
            "1 minimum: proven, and no others outside of the hatched 25 % of the domain",
            ("a flat region, where the formula is constant",),
        ),
    ],
)
def test_every_kind_of_result_has_its_sentence(result, sentence, more):
    assert certificate(result, SAY) == sentence
    told = notes(result, SAY)
    assert len(told) == len(more)
    assert all(one.startswith(start) for one, start in zip(told, more, strict=True))


def test_the_certificate_is_spoken_in_chinese():
    descent = session_on("himmelblau")
    answers = Answers()
    answers.compute(critical_points_question(descent.surface))
    view = stage_view(*fitted_view(descent, 1.5), 240, 160)
    scene = build_scene(descent, view, answers, translation("zh"))
    assert scene.critical.certificate.startswith("4 个极小值点、1 个极大值点、4 个鞍点")


def test_the_catalogues_minima_are_marked_until_the_search_has_an_answer():
    descent = session_on("himmelblau")
    scene = shown(descent, solved=False)
    assert scene.critical.pending
    assert [marker.kind for marker in scene.markers] == ["minimum"] * 4
    assert len(shown(descent).markers) == 9


def test_what_was_proven_stays_and_is_pending_while_a_parameter_is_dragged():
    descent, answers = session_on("himmelblau"), Answers()
    before = shown(descent, answers=answers)
    dragged = edits.set_surface_value(descent, "a", 9.0)
    during = shown(dragged, answers=answers, previous=before, solved=False)
    assert during.critical.pending
    assert during.critical.certificate == before.critical.certificate
    assert during.markers == before.markers
    assert shown(dragged, answers=answers, previous=during, solved=False).critical is during.critical
    after = shown(dragged, answers=answers, previous=during)
    assert not after.critical.pending
    assert after.markers != before.markers


def test_nothing_of_another_formula_stays():
    answers = Answers()
    before = shown(session_on("himmelblau"), answers=answers)
    other = edits.set_formula(session_on("himmelblau"), "x**2 + 3*y**2")
    assert shown(other, answers=answers, previous=before, solved=False).markers == ()


def test_a_brief_answer_that_is_complete_needs_no_other():
    descent, answers = session_on("himmelblau"), Answers()
    answers.compute(critical_points_question(descent.surface).coarser[0])
    assert not shown(descent, answers=answers, solved=False).critical.pending


def test_a_brief_answer_that_was_cut_short_is_shown_as_pending():
    descent, answers = session_on("rastrigin"), Answers()
    brief = critical_points_question(descent.surface).coarser[0]
    cut_short = CriticalPointsQuestion(surface=descent.surface, boxes=20, most_seconds=5.0)
    answers.put(brief, cut_short.run(lambda: False))
    critical = shown(descent, answers=answers, solved=False).critical
    assert critical.pending
    assert critical.certificate.endswith("so far: proven")
    assert critical.notes == ()


def test_only_so_many_markers_are_shown_and_kinds_are_whole():
    descent = session_on("rastrigin")
    scene = shown(descent)
    assert len(scene.critical.markers) == 441
    assert 0 < len(scene.markers) <= MOST_MARKERS
    assert {marker.kind for marker in scene.markers} == {"minimum"}
    near = shown(descent, view=View((-1.2, 1.2), (-1.2, 1.2), 64, 64))
    assert {marker.kind for marker in near.markers} == {"minimum", "maximum", "saddle"}
    assert len(near.markers) == 25


def test_a_saddle_has_its_axes_and_a_valley_its_lines():
    scene = shown(session_on("rank_one"))
    (saddle,) = [marker for marker in scene.markers if marker.kind == "saddle"]
    falling, rising = saddle.axes
    assert np.abs(falling) == pytest.approx([0.5**0.5] * 2)
    assert np.dot(falling, rising) == pytest.approx(0.0, abs=1e-12)
    assert falling[0] * falling[1] > 0  # (1 - xy)²/2 falls along the diagonal
    (valley,) = [marker for marker in scene.markers if marker.kind == "valley"]
    along = np.concatenate(valley.lines)
    assert along[:, 0] * along[:, 1] == pytest.approx(1.0, abs=1e-6)


def test_a_kink_is_marked_as_such():
    scene = shown(session_on("ackley"))
    (kink,) = [marker for marker in scene.critical.markers if marker.kind == "kink"]
    assert kink.point == pytest.approx((0.0, 0.0), abs=1e-9)
    assert kink.label.startswith("Not differentiable here")
    assert scene.critical.markers[0] is kink


def test_the_layer_keeps_its_identity_while_nothing_changes():
    descent, answers = session_on("himmelblau"), Answers()
    before = shown(descent, answers=answers)
    moved = edits.move_start(descent, (1.0, 1.0))
    after = shown(moved, answers=answers, previous=before)
    assert after.markers is before.markers
    assert after.critical is before.critical


def test_the_layer_can_be_switched_off():
    scene = shown(edits.set_layer(session_on("himmelblau"), "critical", False))
    assert scene.critical is None
    assert scene.markers == ()


def test_the_question_is_never_instant_and_asked_after_all_others():
    descent = session_on("himmelblau")
    asked = critical_points_question(descent.surface)
    assert not Answers().is_instant(asked)
    view = stage_view(*fitted_view(descent, 1.5), 240, 160)
    assert questions(descent, view)[-1] == asked


def test_a_cancelled_search_ends_soon():
    asked = critical_points_question(surface("levy13"))
    assert asked.run(lambda: True).boxes < 5_000


def test_a_patient_answer_without_points_replaces_a_brief_one():
    descent, answers = session_on("rank_one"), Answers()
    asked = critical_points_question(descent.surface)
    answers.put(asked.coarser[0], found(points=(point(),), exhausted=True, regions=open_("undecided", 0.5)))
    answers.put(asked, found())
    assert shown(descent, answers=answers, solved=False).critical.certificate.startswith("No critical points")


def test_an_exported_picture_has_the_same_markers():
    from landscape.export.film import Film
    from landscape.export.settings import Settings

    answers, descent = Answers(), session_on("himmelblau")
    film = Film(session_with(descent), Settings(size=(320, 240)), answers)
    for _ in film.prepare(animated=False, pictured=True):
        pass
    assert answers.get(critical_points_question(descent.surface)) is not None
    assert len(shown(descent, answers=answers, solved=False).markers) == 9
