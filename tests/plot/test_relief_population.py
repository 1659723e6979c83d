"""Populations on the relief lie where their members are on the surface, and faintly where it hides them."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from landscape.catalogue.surfaces import surface
from landscape.descent.course import follow
from landscape.descent.strategies.strategy import strategy
from landscape.plot.population import HIDDEN
from landscape.plot.relief import ReliefPlot
from landscape.plot.relief_layers import ReliefPlane
from landscape.scene.palette import DARK
from landscape.scene.population_layer import Population
from landscape.session.camera import Camera
from tests.plot.test_relief import relief_scene

COLOR = "#ff00ff"


def swarm(name="nelder_mead", formula="x**2 + y**2", **values) -> Population:
    mover = strategy(name, **values)
    course = follow(surface(formula, domain=((-3.0, 3.0), (-2.0, 2.0))), mover, (1.0, 0.5), 20)
    return Population(run=0, name="Population", color=COLOR, strategy=mover, course=course)


@pytest.fixture
def shown(qtbot, view):
    """Return what shows a population on the relief of a formula, and its picture at a step."""
    plot = ReliefPlot(DARK)
    view.setCentralItem(plot.item)
    view.show()
    qtbot.waitExposed(view)

    def show(population, step, **others):
        plot.show(relief_scene(paths=(), pins=(), populations=(population,), **others))
        plot.set_step(step)
        view.grab()
        QApplication.processEvents()
        return plot, view.grab().toImage()

    return show


def strength(image, view, at: QPointF) -> float:
    """Return how much of the colour of the run is at a place, from 0 to 1."""
    color = image.pixelColor(view.mapFromScene(at))
    return min(color.redF(), color.blueF()) - color.greenF()


def test_members_are_where_the_surface_is_over_them(shown, view):
    population = swarm()
    plot, image = shown(population, 3.0)
    corners = population.course.population[3]
    assert all(strength(image, view, plot.pixel_of(tuple(corner))) > 0.8 for corner in corners)
    plot.set_step(12.0)
    later = view.grab().toImage()
    assert not all(strength(later, view, plot.pixel_of(tuple(corner))) > 0.8 for corner in corners)


def test_a_side_of_the_simplex_follows_the_surface_and_not_the_chord(shown, view):
    population = swarm(size=0.3)
    plot, image = shown(population, 0.0)
    corners = population.course.population[0]
    first, last = corners[corners[:, 0].argmin()], corners[corners[:, 0].argmax()]
    parts = np.linspace(0.15, 0.85, 8)[:, None]
    between = first + parts * (last - first)
    found = [
        max(strength(image, view, plot.pixel_of(tuple(each)) + QPointF(0, k)) for k in (-1, 0, 1)) for each in between
    ]
    assert np.mean(np.array(found) > 0.4) > 0.8
    ends = [plot.pixel_of(tuple(each)) for each in (first, last)]
    chord = ends[0] + 0.5 * (ends[1] - ends[0])
    assert (chord - plot.pixel_of(tuple((first + last) / 2))).manhattanLength() > 6.0


def test_a_member_behind_a_hill_is_faint(shown, view):
    formula, low = "exp(-3*(x**2 + y**2))", Camera(azimuth=0.0, elevation=12.0)
    population = swarm("swarm", members=4.0)
    plot, _ = shown(population, 0.0, formula=formula, camera=low)
    plane = ReliefPlane(relief=plot._scene.relief, camera=plot._projection())  # noqa: SLF001
    layer = plot.population
    before, behind = layer._clear(plane, np.array(((0.0, -1.5), (0.0, 1.2))))  # noqa: SLF001
    assert (before, behind) == (True, False)
    assert 0.0 < HIDDEN < 1.0


def test_on_a_finer_screen_it_is_the_same_picture_larger(shown):
    plot, _ = shown(swarm(), 3.0)
    plane, points = plot.population.plane, np.array(((1.0, 0.5), (-1.0, 1.0)))
    finer = plane.sized(2 * plane.width, 2 * plane.height, 2 * plane.unit)
    np.testing.assert_allclose(finer.pixels(points), 2 * plane.pixels(points), atol=0.5)
