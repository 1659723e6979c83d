"""Basins as a layer of the picture: colours, shares and words, from coarse to fine."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.scene.answers import Answers
from landscape.scene.asking import answering
from landscape.scene.descent.basin_question import FOLLOWED, BasinsQuestion, basins_question
from landscape.scene.descent.build import build_scene
from landscape.scene.descent.view import View
from landscape.scene.palette import BASIN_COLORS, RUN_COLORS
from landscape.scene.scene import Basins, Scene
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.descent.workspace import default_descent
from landscape.translation import Translation

SAY = Translation()
VIEW = View((-6.0, 6.0), (-6.0, 6.0), 60, 40)


def session_on(name: str, rule: int = 0) -> Descent:
    return edits.show_basins(edits.choose_surface(default_descent(), surface(name)), rule)


def shown(descent: Descent, levels: int = 3, answers: Answers | None = None, previous: Scene | None = None) -> Scene:
    answers = answers or Answers()
    question = basins_question(descent, VIEW)
    for one in (*question.coarser, question)[:levels] if question else ():
        answers.compute(one)
    return build_scene(descent, VIEW, answers, SAY, previous)


def layer(scene: Scene) -> Basins:
    assert scene.basins is not None
    return scene.basins


def test_basins_of_a_schedule_that_reads_the_loss_are_shown_on_a_coarser_grid() -> None:
    descent = edits.set_schedule(session_on("himmelblau"), schedule("plateau", patience=3))
    question = basins_question(descent, replace(VIEW, columns=900, rows=600))
    assert question is not None
    assert (question.columns, question.rows) == (FOLLOWED, FOLLOWED)
    assert len(layer(shown(descent, levels=1)).keys) >= 4


def test_the_key_tells_where_the_minima_are_and_how_much_of_the_view_each_has() -> None:
    basins = layer(shown(session_on("himmelblau")))
    assert basins.title == "Basins of SGD"
    texts = [key.text for key in basins.keys]
    assert texts[:4] == ["minimum −3.78, −3.28", "minimum −2.81, 3.13", "minimum 3, 2", "minimum 3.58, −1.85"]
    shares = [float(key.share.removesuffix(" %").removeprefix("< ")) for key in basins.keys]
    assert sum(shares) == pytest.approx(100.0, abs=3.0)
    for label, key in enumerate(basins.keys[:4]):
        assert float(key.share.removesuffix(" %")) == pytest.approx(100 * (basins.label == label).mean(), abs=0.5)
        assert key.color == BASIN_COLORS[basins.hues[label]]


def test_what_diverges_is_told_apart_from_what_is_on_its_way() -> None:
    fast = edits.set_hyper(session_on("himmelblau"), 0, "lr", 0.05)
    slow = edits.set_hyper(session_on("himmelblau"), 0, "lr", 1e-6)
    assert layer(shown(fast)).keys[-1].text == "diverged or left"
    assert [key.text for key in layer(shown(slow)).keys][-1] == "on the way"


def test_each_level_is_finer_and_the_finest_that_is_known_is_shown() -> None:
    descent, answers = session_on("himmelblau"), Answers()
    columns = [layer(shown(descent, levels, answers)).label.shape[1] for levels in (1, 2, 3)]
    assert columns == [15, 60, 120]


def test_while_a_rate_is_dragged_the_basins_found_last_stay() -> None:
    descent, answers = session_on("himmelblau"), Answers()
    first = shown(descent, 1, answers)
    dragged = edits.set_hyper(descent, 0, "lr", 0.004)
    waiting = build_scene(dragged, VIEW, answers, SAY, first)
    assert layer(waiting).label is layer(first).label
    assert layer(shown(dragged, 1, answers, waiting)).label is not layer(first).label


def test_of_basins_that_nobody_holds_at_most_the_last_ones_are_kept() -> None:
    """Each may take 16 MB."""
    found = []
    for rate in (0.003, 0.004, 0.005):
        answers, descent = Answers(), edits.set_hyper(session_on("himmelblau"), 0, "lr", rate)
        shown(descent, 1, answers)
        found.append(weakref.ref(answers.latest(BasinsQuestion)[1]))
    del answers
    gc.collect()
    assert [one() is not None for one in found[:2]] == [False, False]


@pytest.mark.parametrize("steps", [5, 2000])
def test_basins_that_stay_while_the_number_of_steps_is_dragged_keep_their_own_number(steps: int) -> None:
    descent, answers = session_on("himmelblau"), Answers()
    first = shown(descent, 3, answers)
    waiting = layer(build_scene(edits.set_steps(descent, steps), VIEW, answers, SAY, first))
    assert waiting.label is layer(first).label
    assert waiting.most == descent.steps >= waiting.taken.max()
    assert waiting.bar is layer(first).bar


def test_basins_of_another_surface_are_not_shown_for_this_one() -> None:
    answers = Answers()
    first = shown(session_on("himmelblau"), 1, answers)
    assert build_scene(session_on("beale"), VIEW, answers, SAY, first).basins is None


def test_an_unchanged_layer_is_the_same_object() -> None:
    descent, answers = session_on("himmelblau"), Answers()
    first = shown(descent, 3, answers)
    moved = edits.move_start(descent, (1.0, 1.0))
    assert layer(shown(moved, 3, answers, first)) is first.basins


def test_no_basins_are_asked_for_or_shown_without_a_run() -> None:
    descent = edits.show_basins(session_on("himmelblau"), None)
    assert basins_question(descent, VIEW) is None
    assert shown(descent).basins is None


def test_many_attractors_share_colours_but_not_with_their_neighbours() -> None:
    basins = layer(shown(session_on("rastrigin")))
    assert len(basins.hues) > 60
    across = basins.label[:, 1:] != basins.label[:, :-1]
    known = (basins.label[:, 1:] >= 0) & (basins.label[:, :-1] >= 0)
    hue = basins.hues[basins.label]
    assert (hue[:, 1:] != hue[:, :-1])[across & known].mean() > 0.99
    assert basins.keys[0].text == "minimum 0, 0"
    assert basins.keys[4].text.endswith("others")


def test_the_basins_are_those_of_what_the_run_remembers_at_its_start() -> None:
    rest = session_on("himmelblau", 1)
    pushed = edits.set_state(rest, 1, "b", (60.0, -35.0))
    assert basins_question(rest, VIEW) != basins_question(pushed, VIEW)
    still, moved = (
        {key.text for key in layer(shown(one, levels=1)).keys}
        for one in (rest, edits.set_state(rest, 1, "b", (3e9, 0.0)))
    )
    assert still != moved


def test_noise_that_the_basins_leave_out_is_told() -> None:
    assert layer(shown(session_on("himmelblau"), 1)).note == ""
    noisy = replace(session_on("himmelblau"), noise=0.1)
    assert layer(shown(noisy, 1)).note == "Without the noise of the gradient"


def test_every_run_stands_out_from_every_basin() -> None:
    def luminance(color: str) -> float:
        parts = np.array(list(bytes.fromhex(color[1:]))) / 255
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    lightest_run = max(map(luminance, RUN_COLORS))
    assert all(luminance(color) > lightest_run for color in BASIN_COLORS)


def test_the_bar_is_bright_where_a_start_arrives_at_once_and_dark_where_it_takes_all_steps() -> None:
    bar = layer(shown(session_on("himmelblau"))).bar
    told = sorted((shade, text) for shade, text in bar.ticks)
    steps = [int(text.removesuffix(" steps")) for _, text in told]
    assert steps[-1] == 0
    assert steps[0] == default_descent().steps
    assert steps == sorted(steps, reverse=True)
    light = [int(bar.colors[round(shade * 255)].astype(int).sum()) for shade, _ in told]
    assert light == sorted(light)
    for (shade, _), count in zip(told, steps, strict=True):
        assert count == pytest.approx(steps[0] * (1 - shade), abs=1)


def test_a_coarse_look_that_comes_too_late_is_shown_until_there_is_a_newer_one() -> None:
    descent, answers = session_on("himmelblau"), Answers()
    for _ in answering([basins_question(descent, VIEW)], answers, is_old=lambda: True):
        pass
    moved_on = edits.set_hyper(descent, 0, "lr", 0.004)
    assert layer(build_scene(moved_on, VIEW, answers, SAY, None)).label.shape == (10, 15)
