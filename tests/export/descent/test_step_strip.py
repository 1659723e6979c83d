"""The strip under a picture: the rule of a run, and the numbers of the step that the picture shows."""

import re
from pathlib import Path

import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule
from landscape.export.export import export
from landscape.export.film import Film
from landscape.export.render import application
from landscape.export.settings import Settings
from landscape.plot.descent.arrangement import picture_unit
from landscape.plot.descent.step_strip import StepStrip
from landscape.plot.theme import configure
from landscape.scene.descent.step_strip import explaining, strip_plan
from landscape.scene.palette import THEMES
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.session import session_with

SIGNED = "m = beta*m + (1 - beta)*g\ntheta = theta - lr*sign(m)"
SIZES = [(1280, 720), (1920, 1080), (1080, 1350), (800, 800)]


def racing(rule: str, **values: float) -> Descent:
    """Return a descent with one run."""
    one = default_descent()
    for run in (1, 2, 3):
        one = edits.remove_run(one, run)
    one = edits.set_rule(one, 0, optimizer(rule, **values))
    return edits.set_layer(edits.set_steps(one, 20), "critical", shown=False)


def texts(descent: Descent, path: Path, step: float, **options: object) -> str:
    """Return what is written in a picture."""
    export(session_with(descent), path, size=(1280, 720), step=step, **options)
    return "".join(re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text(encoding="utf-8")))


def test_a_rule_that_was_typed_is_under_the_picture_with_the_numbers_of_its_step(tmp_path: Path) -> None:
    descent = racing(SIGNED, lr=0.25, beta=0.5)
    x, y = descent.start
    gx, gy = descent.surface.gradient(x, y)
    written = texts(descent, tmp_path / "a.svg", 0, explain=True)
    assert "0 → 1" in written
    assert written.count("0.25·sign(") == 2
    assert f"Δx = {'0.25' if gx < 0 else '−0.25'}, Δy = {'0.25' if gy < 0 else '−0.25'}" in written
    assert "0 → 1" not in texts(descent, tmp_path / "b.svg", 0)


def test_the_numbers_of_a_film_are_those_of_the_step_of_each_frame() -> None:
    film = Film(session_with(racing("adam")), Settings(size=(640, 480), explain=True))
    for _ in film.prepare(animated=True, pictured=True):
        pass
    frames = [film.frame(step)[-60:].astype(int) for step in (3.0, 3.4, 4.0)]
    film.close()
    assert (frames[0] == frames[1]).all()
    assert (frames[0] != frames[2]).any()


def test_the_run_is_the_one_that_the_session_explains_or_the_chosen_or_the_first() -> None:
    descent = default_descent()
    assert explaining(edits.explain(descent, 2), 1).explained == 2
    assert explaining(descent, 1).explained == 1
    assert explaining(descent).explained == 0
    assert explaining(edits.set_visible(descent, 0, visible=False)).explained == 1


@pytest.mark.parametrize("entry", optimizer_entries())
def test_every_rule_has_room_for_its_lines_beside_each_other_and_for_a_picture_above(entry: str) -> None:
    application()
    configure()
    descent = racing(entry)
    descent = edits.explain(edits.set_schedule(descent, schedule("cosine", warmup=4)), 0)
    plan = strip_plan(descent)
    for size in SIZES:
        unit = picture_unit(size)
        width, most = size[0] - 40 * unit, 0.42 * size[1]
        strip = StepStrip(plan, THEMES["dark"])
        assert strip.height(width, unit, most) <= most
        layout = strip.laid_out(width, unit, most)
        assert len(layout.blocks) == len(plan.blocks) - layout.first
        for index, one in enumerate(layout.blocks):
            assert one.right() <= width + 1
            assert not any(one.intersects(other) for other in layout.blocks[index + 1 :])
            assert not one.intersects(layout.matrices)
