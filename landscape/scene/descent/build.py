"""From a descent and its answers to the scene.

Nothing is computed here but what is cheaper than asking. A layer that did not change is the same object as in the
previous scene; one whose answer is not there yet stays as it was.
"""

from collections.abc import Mapping

from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.formula.syntax import parse_expression
from landscape.formula.typeset import latex
from landscape.memory import bounded
from landscape.scene.answers import Answers
from landscape.scene.cut_layer import Cut
from landscape.scene.descent.critical import critical_points
from landscape.scene.descent.curves import curve_panels
from landscape.scene.descent.inset import inset
from landscape.scene.descent.lens import lenses
from landscape.scene.descent.paths import paths, pins
from landscape.scene.descent.questions import arrows_question, shading_question
from landscape.scene.descent.surface_questions import ContourQuestion, ReliefQuestion
from landscape.scene.descent.text import shape_text, surface_title
from landscape.scene.descent.view import View
from landscape.scene.identity import kept
from landscape.scene.layers import Heat, Range
from landscape.scene.palette import color_map
from landscape.scene.population_layer import Population
from landscape.scene.scene import (
    Arrows,
    Basins,
    Contours,
    HyperMapLayer,
    Path,
    Probe,
    Relief,
    Scene,
    StepLayer,
    TrialSpread,
)
from landscape.scene.text import number
from landscape.session.descent.document import Descent
from landscape.translation import Translation

WIDEST = 1.6
"""How much farther than its domain a surface is shown, so that units are equally long in both directions."""


def build_scene(
    descent: Descent,
    view: View,
    answers: Answers,
    say: Translation,
    previous: Scene | None = None,
    title: str = "",
) -> Scene:
    """Return the picture of ``descent`` in ``view``, from the answers that are there.

    Args:
        descent: what to show.
        view: the part of the plane, and the resolution of the surface.
        answers: what has been computed; :func:`~landscape.scene.descent.questions.questions` says what is needed.
        say: the language of the sentences.
        previous: the scene shown until now. Its unchanged layers are used again; where an answer is missing its layer
            stays, and the paths of runs that are still being computed are marked ``pending``.
        title: of a lesson; empty: that of the surface.
    """
    known_spreads = _spreads(descent, answers, say)
    drawn = paths(descent, answers, say, previous, known_spreads)
    formula = _formula(descent.surface)
    known = previous if previous and previous.formula == formula else None
    critical, signs = critical_points(descent, view, answers, say, known)
    return Scene(
        title=title or surface_title(descent.surface, say),
        formula=formula,
        shape=shape_text(descent.surface, say),
        x=view.x,
        y=view.y,
        domain=descent.surface.domain,
        x_label="x",
        y_label="y",
        heat=_heat(descent, view, answers, previous),
        contours=_contours(descent, view, answers, previous),
        arrows=_arrows(descent, view, answers, previous),
        paths=drawn,
        pins=pins(descent, say, previous),
        markers=signs,
        curves=curve_panels(descent, answers, say, drawn, previous),
        inset=inset(descent, answers, drawn, previous),
        steps=descent.steps,
        critical=critical,
        lenses=lenses(descent, answers, drawn, previous),
        basins=_basins(descent, view, answers, say, previous),
        hyper_map=_hyper_map(descent, answers, say, previous),
        relief=_relief(descent, view, answers, previous),
        camera=descent.camera,
        surface=descent.surface,
        probe=_probe(descent, answers, say, previous),
        cut=_cut(descent, view, answers, say, drawn, previous),
        step=_step(descent, answers, drawn, previous),
        spreads=known_spreads,
        populations=_populations(descent, answers, drawn, previous),
    )


def fitted_view(descent: Descent, aspect: float) -> tuple[Range, Range]:
    """Return the ranges of x and y that show the domain on a stage of ``aspect`` = width/height.

    The shorter direction is widened until units are equally long in both, so that paths cross contour lines at right
    angles; by ``WIDEST`` at most, so that a domain of a very different form still fills the stage.
    """
    x, y = descent.surface.domain
    ratio = aspect * (y[1] - y[0]) / (x[1] - x[0])
    return _widened(x, min(WIDEST, max(1.0, ratio))), _widened(y, min(WIDEST, max(1.0, 1 / ratio)))


def _widened(given: Range, factor: float) -> Range:
    centre, half = (given[0] + given[1]) / 2, (given[1] - given[0]) / 2 * factor
    return centre - half, centre + half


def _heat(descent: Descent, view: View, answers: Answers, previous: Scene | None) -> Heat | None:
    old = previous.heat if previous else None
    shading = answers.get(shading_question(descent, view))
    if shading is None:
        return old
    ticks = tuple((shade, number(value)) for shade, value in shading.ticks)
    new = Heat(
        shade=shading.shade, values=shading.values, x=view.x, y=view.y, colors=color_map(descent.colormap), ticks=ticks
    )
    return kept(old, new)


def _contours(descent: Descent, view: View, answers: Answers, previous: Scene | None) -> Contours | None:
    if not descent.contours:
        return None
    found = answers.get(ContourQuestion(shading=shading_question(descent, view)))
    return found or (previous.contours if previous else None)


def _arrows(descent: Descent, view: View, answers: Answers, previous: Scene | None) -> Arrows | None:
    if not descent.arrows:
        return None
    found = answers.get(arrows_question(descent, view))
    return found or (previous.arrows if previous else None)


def _relief(descent: Descent, view: View, answers: Answers, previous: Scene | None) -> Relief | None:
    if descent.stage == "map":
        return None
    found = answers.get(ReliefQuestion(shading=shading_question(descent, view)))
    return found or (previous.relief if previous else None)


def _basins(descent: Descent, view: View, answers: Answers, say: Translation, previous: Scene | None) -> Basins | None:
    if descent.basins is None:
        return None
    # Loaded with the first basins, not with the first picture.
    from landscape.scene.descent.basins import basins

    return basins(descent, view, answers, say, previous)


def _spreads(descent: Descent, answers: Answers, say: Translation) -> Mapping[int, TrialSpread]:
    if descent.tuning is None:
        return {}
    # Loaded with the first fair race, not with the first picture.
    from landscape.scene.descent.tuning import spreads

    return spreads(descent, answers, say)


def _hyper_map(descent: Descent, answers: Answers, say: Translation, previous: Scene | None) -> HyperMapLayer | None:
    if descent.hyper_map is None:
        return None
    # Loaded with the first map, not with the first picture.
    from landscape.scene.descent.hyper_map import hyper_map_layer

    return hyper_map_layer(descent, answers, say, previous)


def _probe(descent: Descent, answers: Answers, say: Translation, previous: Scene | None) -> Probe | None:
    if descent.probe is None:
        return None
    # Loaded with the first probe, not with the first picture.
    from landscape.scene.descent.probe import probe

    return probe(descent, answers, say, previous)


def _cut(
    descent: Descent,
    view: View,
    answers: Answers,
    say: Translation,
    drawn: tuple[Path, ...],
    previous: Scene | None,
) -> Cut | None:
    if descent.cut is None:
        return None
    # Loaded with the first cut, not with the first picture.
    from landscape.scene.descent.cut import cut

    return cut(descent, view, answers, say, drawn, previous)


def _step(descent: Descent, answers: Answers, drawn: tuple[Path, ...], previous: Scene | None) -> StepLayer | None:
    if descent.explained is None:
        return None
    # Loaded with the first step that is explained, not with the first picture.
    from landscape.scene.descent.step import step_layer

    return step_layer(descent, answers, drawn, previous)


def _populations(
    descent: Descent, answers: Answers, drawn: tuple[Path, ...], previous: Scene | None
) -> tuple[Population, ...]:
    if not any(run.strategy for run in descent.runs):
        return ()
    # Loaded with the first strategy, not with the first picture.
    from landscape.scene.descent.population import populations

    return populations(descent, answers, drawn, previous)


def _formula(surface: Surface) -> str:
    symbols = tuple((parameter.name, parameter.symbol) for parameter in parameters_of(surface) if parameter.symbol)
    return _latex(surface.formula, symbols)


@bounded(64, megabytes=16)
def _latex(formula: str, symbols: tuple[tuple[str, str], ...]) -> str:
    return latex(parse_expression(formula), dict(symbols))
