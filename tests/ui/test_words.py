"""What stands beside symbols, lines and places that are not known yet."""

import pytest
from PySide6.QtWidgets import QLabel

from landscape.catalogue.surfaces import surface
from landscape.plot.curve_panel import Panel
from landscape.scene.symbols import meanings
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson
from landscape.translation import translation
from landscape.ui.canvas import Canvas
from landscape.ui.descent.panels.here import ROWS
from landscape.ui.fields import Slider
from landscape.ui.network.why_page import WhyPage
from tests.ui.finding import seen
from tests.untaught import untaught


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_symbol_of_the_place_has_a_sentence_as_tip_and_as_help(open_window, language) -> None:
    person = open_window(language=language)
    told = meanings(translation(language))
    titles = {label.text(): label for label in seen(person.panels.here, QLabel) if label.text() in ROWS}
    assert set(titles) == set(ROWS)
    for name, title in titles.items():
        assert title.toolTip() == told[name]
        assert title.buddy().accessibleDescription() == told[name]


def test_the_sentences_follow_the_language_of_the_window(person) -> None:
    person.window.set_language("zh")
    person.settle()
    told = meanings(translation("zh"))
    titles = {label.text(): label for label in seen(person.panels.here, QLabel)}
    assert titles["κ"].toolTip() == told["κ"]
    assert titles["κ"].buddy().accessibleDescription() == told["κ"]


def test_hyper_parameters_are_explained_where_they_are_set(person) -> None:
    run = next(run for run in person.descent.runs if run.rule.entry == "adam")
    person.panels.runs.choose(run.id)
    person.settle()
    told = meanings(person.window.say)
    tips = {slider.toolTip().split("\n")[0] for slider in seen(person.panels.runs, Slider)}
    assert {told["lr"], told["beta1"], told["beta2"], told["eps"]} <= tips
    helps = {slider.accessibleDescription().split("\n")[0] for slider in seen(person.panels.runs, Slider)}
    assert tips == helps


def test_the_explanation_of_a_hyper_parameter_follows_the_language(person) -> None:
    run = next(run for run in person.descent.runs if run.rule.entry == "adam")
    person.panels.runs.choose(run.id)
    person.window.set_language("zh")
    person.settle()
    told = meanings(translation("zh"))
    for slider in seen(person.panels.runs, Slider):
        assert slider.toolTip().split("\n")[0] == slider.accessibleDescription().split("\n")[0]
        assert slider.toolTip().split("\n")[0] in told.values()


def test_the_index_is_explained_where_it_is_told(person) -> None:
    sentence = next(label for label in seen(person.panels.critical, QLabel) if "index" in label.text())
    assert sentence.toolTip() == meanings(person.window.say)["index"]


def titles(plot) -> list[str]:
    panels: list[Panel] = plot._panels  # noqa: SLF001
    return [panel.item.titleLabel.text for panel in panels if panel.shown]


def test_line_styles_of_networks_are_named_beside_the_title(open_window) -> None:
    person = open_window(untaught("batch-norm"))
    loss, accuracy = titles(person.stage.curves)
    assert loss.split("\u2003") == ["loss", "— training", "– – test", "··· threshold 0.15"]
    assert accuracy.split("\u2003") == ["accuracy", "— training", "– – test"]


def test_the_line_styles_have_room_beside_a_lesson(open_window) -> None:
    person = open_window(lesson("batch-norm"))
    loss, _ = titles(person.stage.curves)
    assert loss.endswith("··· threshold 0.15")


def test_what_is_measured_is_named_by_colour_and_said_to_be_computed_until_it_is(open_window) -> None:
    person = open_window(untaught("batch-norm"))
    person.view.show_page("why")
    (page,) = seen(person.window, WhyPage)
    person.qtbot.waitUntil(lambda: page.scene is not None)
    first = [panel.keys for panel in page.scene.curves if not panel.curves]
    assert first
    assert set(first) == {("computing…",)}
    person.qtbot.waitUntil(lambda: all(panel.curves for panel in page.scene.curves), timeout=60_000)
    assert not any("computing…" in panel.keys for panel in page.scene.curves)
    assert page.scene.curves[4].keys == ("··· 2/lr",)
    person.qtbot.waitUntil(lambda: "batch norm" in page.legend.text())
    for twin in (0, 1):
        curve = page.scene.curves[0].curves[twin]
        assert f'color: {curve.color}">━━</span> {curve.name}' in page.legend.text()
    assert all("λmax" in view.toolTip() for view in seen(page, Canvas))


def test_the_sentence_of_a_hyper_parameter_is_not_told_of_a_name_that_a_person_gave(open_window) -> None:
    person = open_window(edits.choose_surface(default_descent(), surface("sigma*x**2 + alpha*y**2")))
    tips = [label.toolTip() for label in seen(person.window, QLabel) if label.text() in ("sigma", "alpha")]
    assert len(tips) == 2
    assert not any("\n" in tip for tip in tips)
