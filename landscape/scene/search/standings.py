"""How each strategy of a race does when a part of the budget is spent, as lines of a table."""

import math

from landscape.scene.search.scene import Panel, SearchScene
from landscape.scene.standings import Heading, Row
from landscape.translation import Translation


def standing_headings(say: Translation) -> tuple[Heading, ...]:
    """Return what stands over the columns."""
    return (
        Heading(title=say("best"), tip=say("The best result that was found by now.")),
        Heading(title=say("hits, %"), tip=say("How many searches of its kind have a trial among the best 5 % by now.")),
        Heading(title=say("budget"), tip=say("Budget in whole runs until a trial was among the best 5 %."), whole=True),
    )


def standing_rows(scene: SearchScene, step: float, say: Translation) -> tuple[Row, ...]:
    """Return how each entrant does when ``step`` whole runs have been spent."""
    return tuple(_row(scene, place, panel, step, say) for place, panel in enumerate(scene.panels))


def _row(scene: SearchScene, place: int, panel: Panel, step: float, say: Translation) -> Row:
    best, count = panel.best(step), panel.known(step)
    good = panel.times[:count][panel.results[:count] <= scene.bound]
    hits = math.nan
    if scene.hits and step >= 1.0:
        hits = 100.0 * float(scene.hits[place][min(int(step), scene.trials) - 1])
    return Row(
        name=panel.title,
        color=panel.color,
        numbers=(
            float(panel.results[best]) if best >= 0 else math.nan,
            hits,
            math.ceil(float(good[0])) if len(good) else math.nan,
        ),
        state=say("computing…") if scene.computing else "",
    )
