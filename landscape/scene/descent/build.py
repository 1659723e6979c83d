"""From a session and its answers to the scene.

Nothing is computed here but what is cheaper than asking. A layer that did not change is the same object as in the
previous scene; one whose answer is not there yet stays as it was.
"""

from functools import lru_cache

from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.formula.syntax import parse_expression
from landscape.formula.typeset import latex
from landscape.scene.answers import Answers
from landscape.scene.descent.critical import critical_points
from landscape.scene.descent.curves import curve_panels
from landscape.scene.descent.inset import inset
from landscape.scene.descent.lens import lenses
from landscape.scene.descent.paths import paths, pins
from landscape.scene.descent.questions import View, arrows_question, shading_question
from landscape.scene.descent.scene import Arrows, Basins, Contours, Heat, HyperMapLayer, Range, Scene
from landscape.scene.descent.surface_questions import ContourQuestion
from landscape.scene.identity import kept
from landscape.scene.palette import color_map
from landscape.scene.text import number, session_title, shape_text
from landscape.session.session import Session
from landscape.translation import Translation

WIDEST = 1.6
"""How much farther than its domain a surface is shown, so that units are equally long in both directions."""


def build_scene(
    session: Session, view: View, answers: Answers, say: Translation, previous: Scene | None = None
) -> Scene:
    """Return the picture of ``session`` in ``view``, from the answers that are there.

    Args:
        session: what to show.
        view: the part of the plane, and the resolution of the surface.
        answers: what has been computed; :func:`~landscape.scene.descent.questions.questions` says what is needed.
        say: the language of the sentences.
        previous: the scene shown until now. Its unchanged layers are used again; where an answer is missing its layer
            stays, and the paths of runs that are still being computed are marked ``pending``.
    """
    drawn = paths(session, answers, say, previous)
    formula = _formula(session.surface)
    known = previous if previous and previous.formula == formula else None
    critical, signs = critical_points(session, view, answers, say, known)
    return Scene(
        title=session_title(session, say),
        formula=formula,
        shape=shape_text(session.surface, say),
        x=view.x,
        y=view.y,
        domain=session.surface.domain,
        x_label="x",
        y_label="y",
        heat=_heat(session, view, answers, previous),
        contours=_contours(session, view, answers, previous),
        arrows=_arrows(session, view, answers, previous),
        paths=drawn,
        pins=pins(session, say, previous),
        markers=signs,
        curves=curve_panels(session, answers, say, drawn, previous),
        inset=inset(session, answers, drawn, previous),
        steps=session.steps,
        critical=critical,
        lenses=lenses(session, answers, drawn, previous),
        basins=_basins(session, view, answers, say, previous),
        hyper_map=_hyper_map(session, answers, say, previous),
    )


def fitted_view(session: Session, aspect: float) -> tuple[Range, Range]:
    """Return the ranges of x and y that show the domain on a stage of ``aspect`` = width/height.

    The shorter direction is widened until units are equally long in both, so that paths cross contour lines at right
    angles; by ``WIDEST`` at most, so that a domain of a very different form still fills the stage.
    """
    x, y = session.surface.domain
    ratio = aspect * (y[1] - y[0]) / (x[1] - x[0])
    return _widened(x, min(WIDEST, max(1.0, ratio))), _widened(y, min(WIDEST, max(1.0, 1 / ratio)))


def _widened(given: Range, factor: float) -> Range:
    centre, half = (given[0] + given[1]) / 2, (given[1] - given[0]) / 2 * factor
    return centre - half, centre + half


def _heat(session: Session, view: View, answers: Answers, previous: Scene | None) -> Heat | None:
    old = previous.heat if previous else None
    shading = answers.get(shading_question(session, view))
    if shading is None:
        return old
    ticks = tuple((shade, number(value)) for shade, value in shading.ticks)
    return kept(old, Heat(shade=shading.shade, x=view.x, y=view.y, colors=color_map(session.colormap), ticks=ticks))


def _contours(session: Session, view: View, answers: Answers, previous: Scene | None) -> Contours | None:
    if not session.contours:
        return None
    found = answers.get(ContourQuestion(shading=shading_question(session, view)))
    return found or (previous.contours if previous else None)


def _arrows(session: Session, view: View, answers: Answers, previous: Scene | None) -> Arrows | None:
    if not session.arrows:
        return None
    found = answers.get(arrows_question(session, view))
    return found or (previous.arrows if previous else None)


def _basins(session: Session, view: View, answers: Answers, say: Translation, previous: Scene | None) -> Basins | None:
    if session.basins is None:
        return None
    # Loaded with the first basins, not with the first picture.
    from landscape.scene.descent.basins import basins

    return basins(session, view, answers, say, previous)


def _hyper_map(session: Session, answers: Answers, say: Translation, previous: Scene | None) -> HyperMapLayer | None:
    if session.hyper_map is None:
        return None
    # Loaded with the first map, not with the first picture.
    from landscape.scene.descent.hyper_map import hyper_map_layer

    return hyper_map_layer(session, answers, say, previous)


def _formula(surface: Surface) -> str:
    symbols = tuple((parameter.name, parameter.symbol) for parameter in parameters_of(surface) if parameter.symbol)
    return _latex(surface.formula, symbols)


@lru_cache(maxsize=64)
def _latex(formula: str, symbols: tuple[tuple[str, str], ...]) -> str:
    return latex(parse_expression(formula), dict(symbols))
