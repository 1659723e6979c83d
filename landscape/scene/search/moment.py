"""What is said of a race at one point of its budget."""

import numpy as np

from landscape.scene.search.scene import Panel, SearchScene
from landscape.scene.search.text import result_text, values_text
from landscape.scene.text import number
from landscape.translation import Translation


def panel_line(scene: SearchScene, panel: Panel, step: float, say: Translation) -> str:
    """Return how many values of both sides an entrant has tested, and its best result."""
    shown = panel.newest(step)
    counts = [len(np.unique(panel.places[shown, side].round(9))) for side in (0, 1)]
    told = (
        say("{count} values", count=counts[0])
        if scene.single
        else say("{across} × {up} values", across=counts[0], up=counts[1])
    )
    best = panel.best(step)
    if best < 0:
        return told
    return f"{told} · {say('best: {result}', result=result_text(float(panel.results[best]), scene.measure, say))}"


def truth_line(scene: SearchScene, say: Translation) -> str:
    """Return how much each dimension matters."""
    if not scene.importance:
        return say("computing… {percent} %", percent=int(100 * scene.known))
    if scene.single:
        return say("best 5 %: {result}", result=result_text(scene.bound, scene.measure, say))
    titles = (title for title, _ in scene.importance)
    shares = " · ".join(f"{title} {share}" for title, share in zip(titles, importance_texts(scene), strict=True))
    return say("importance: {shares}", shares=shares)


def importance_texts(scene: SearchScene) -> tuple[str, ...]:
    """Return the share of the variance that each dimension explains; nothing until it is known."""
    return tuple(f"{number(100 * share, 2)} %" for _, share in scene.importance)


def trial_text(scene: SearchScene, panel: Panel, index: int, say: Translation) -> str:
    """Return the values and the result of one trial."""
    values = values_text(dict(zip(scene.names, panel.values[index].tolist(), strict=True)), say)
    return f"{values} · {result_text(float(panel.results[index]), scene.measure, say)}"


def outcome_text(scene: SearchScene, place: int, step: float, say: Translation) -> str:
    """Return what an entrant has found by now, and how often others of its kind found a good one."""
    panel = scene.panels[place]
    best = panel.best(step)
    told = trial_text(scene, panel, best, say) if best >= 0 else say("nothing yet")
    if not scene.hits or step < 1.0:
        return f"{told}\n{say('computing…')}" if scene.computing else told
    share = float(scene.hits[place][min(int(step), scene.trials) - 1])
    hits = say("{share} % of {count} searches hit the best 5 %", share=number(100 * share, 3), count=scene.searches)
    order = say("They try the same values, each in its own order") if panel.reordered else ""
    return "\n".join(filter(None, (told, hits, order)))
