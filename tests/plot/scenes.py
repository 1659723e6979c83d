"""Scenes made by hand, so that the plots are tested without what computes for them."""

import numpy as np

import landscape as ls
from landscape.geometry.grid import sample
from landscape.geometry.levels import shading
from landscape.geometry.mesh import mesh
from landscape.scene.layers import Curve, CurvePanel, Heat
from landscape.scene.palette import DASHES, RUN_COLORS, color_map
from landscape.scene.scene import Arrows, ContourLine, Contours, Inset, Marker, Path, Pin, Relief, Scene

STEPS = 60
DOMAIN = ((-3.0, 3.0), (-2.0, 2.0))


def heat(*, hole=False, shade=None):
    x, y = np.meshgrid(-3 + 0.1 * (np.arange(60) + 0.5), -2 + 0.1 * (np.arange(40) + 0.5))
    values = np.asarray((x**2 + y**2) / 13 if shade is None else shade, np.float32)
    if hole:
        values = np.where((x - 2) ** 2 + y**2 < 0.3, np.nan, values).astype(np.float32)
    return Heat(
        shade=values,
        values=13.0 * values.astype(np.float64),
        x=(-3.0, 3.0),
        y=(-2.0, 2.0),
        colors=color_map("viridis"),
        ticks=((0.0, "0"), (1.0, "13")),
    )


def contours():
    turn = np.linspace(0, 2 * np.pi, 80)
    circle = np.stack((np.cos(turn), np.sin(turn)), axis=1)
    gap = np.full((1, 2), np.nan)
    return Contours(lines=tuple(ContourLine(level=r, points=np.vstack((r * circle, gap))) for r in (0.5, 1.0, 1.5)))


def arrows():
    return Arrows(points=np.array(((1.0, 1.0), (-1.0, 0.5))), directions=np.array(((-0.7, -0.7), (0.9, -0.45))))


def spiral(index=0, steps=STEPS, start=(2.0, 1.2)):
    t = np.arange(steps + 1)[:, None]
    decay = np.exp(-t / (12.0 + 4 * index))
    turn = t / (3.0 + index)
    x, y = start
    return decay * np.hstack((x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)))


def path(points, index=0, *, outcome="finished", note=""):
    return Path(
        run=index, name=f"Run {index + 1}", points=np.asarray(points, np.float64), color=RUN_COLORS[index],
        dash=DASHES[index], outcome=outcome, note=note,
    )  # fmt: skip


def curve(values, index=0):
    values = np.asarray(values, np.float64)
    return Curve(run=index, name=f"Run {index + 1}", color=RUN_COLORS[index], dash=DASHES[index], values=values)


def panels(paths):
    losses = tuple(curve((each.points**2).sum(axis=1), each.run) for each in paths)
    rates = tuple(curve(np.full(len(each.points) - 1, 0.1), each.run) for each in paths)
    return (
        CurvePanel(quantity="loss", title="Loss", curves=losses, log=True),
        CurvePanel(quantity="rate", title="Learning rate", curves=rates, log=False),
    )


def inset(rows=6, paths=1):
    inputs = np.linspace(-1, 1, rows)
    models = np.linspace(-1, 1, 16)
    predictions = tuple(np.linspace(0, 1, STEPS + 1)[:, None] * models for _ in range(paths))
    return Inset(
        input_name="u",
        target_name="v",
        points=np.stack((inputs, inputs), axis=1),
        inputs=models,
        predictions=predictions,
    )


def scene(paths=None, *, runs=3, pins=None, curves=None, **layers):
    paths = tuple(path(spiral(index), index) for index in range(runs)) if paths is None else tuple(paths)
    shared = Pin(
        runs=tuple(each.run for each in paths),
        point=(2.0, 1.2),
        colors=tuple(each.color for each in paths),
        label="Start",
    )
    content = {
        "heat": heat(), "contours": contours(), "arrows": None, "inset": None,
        "markers": (Marker(kind="minimum", point=(0.0, 0.0), label="f = 0"),),
    }  # fmt: skip
    return Scene(
        title="Bowl", formula="x^2+y^2", x=(-3.0, 3.0), y=(-2.0, 2.0), domain=DOMAIN, x_label="x", y_label="y",
        paths=paths, pins=(shared,) if pins is None else tuple(pins),
        curves=panels(paths) if curves is None else curves,
        steps=max((len(each.points) - 1 for each in paths), default=0), **(content | layers),
    )  # fmt: skip


def of_surface(formula, scale="linear", domain=DOMAIN, cells=256):
    """Return the layers of a formula: heat and relief."""
    surface = ls.surface(formula, domain=domain)
    x, y = domain
    shade = shading(sample(surface, x, y, 300, 200), scale)
    heat = Heat(
        shade=shade.shade, values=shade.values, x=x, y=y, colors=color_map("viridis"), ticks=((0.0, "0"), (1.0, "1"))
    )
    relief = Relief(
        mesh=mesh(surface, x, y, cells, shade.spread), x=x, y=y, levels=shade.spread.shades(shade.levels),
        surface=surface, spread=shade.spread,
    )  # fmt: skip
    return {"heat": heat, "relief": relief, "contours": Contours(lines=())}
