"""Reliefs as things, read again by another library: watertight for every surface, of the chosen size, with paths."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface, surface_entries
from landscape.errors import InputError
from landscape.export.export import export
from landscape.geometry.solids import ball, tube
from landscape.session.descent import edits
from landscape.session.files import lesson

trimesh = pytest.importorskip("trimesh")


def body(path):
    return trimesh.load(path, force="mesh")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(surface_entries()))
def test_every_surface_is_one_watertight_body_of_the_chosen_size(session, tmp_path, name):
    descent = edits.choose_surface(session.document, surface(name))
    found = body(export(session.with_document(descent), tmp_path / "a.stl", millimeters=80.0))
    assert found.is_watertight
    assert found.is_winding_consistent
    assert found.volume > 0
    width, depth, height = found.extents
    assert max(width, depth) == pytest.approx(80.0)
    assert 0.03 * 80 < height <= 0.431 * 80


def test_where_a_surface_has_no_value_there_is_only_the_base_plate(session, tmp_path):
    half = surface("sqrt(x) + y**2", domain=((-1, 1), (-1, 1)))
    path = export(session.with_document(edits.choose_surface(session.document, half)), tmp_path / "a.stl")
    found = body(path)
    assert found.is_watertight
    left = found.vertices[(found.vertices[:, 0] < 48) & (found.vertices[:, 2] > 0)]
    assert np.allclose(left[:, 2], 3.0)


def test_a_higher_loss_is_higher_on_the_thing(session, tmp_path):
    plane = surface("x", domain=((0, 1), (0, 1)))
    found = body(export(session.with_document(edits.choose_surface(session.document, plane)), tmp_path / "a.stl"))
    right = found.vertices[np.isclose(found.vertices[:, 0], 100.0)]
    assert right[:, 2].max() == pytest.approx(43.0, abs=0.1)


def test_a_glb_has_the_surface_each_path_and_the_minima(session, tmp_path):
    scene = trimesh.load(export(lesson("saddle"), tmp_path / "a.glb", millimeters=200.0))
    names = " ".join(scene.geometry)
    for name in ("Saddle", "SGD", "Momentum", "Adam"):
        assert name in names
    # A surface, four paths and their heads, two minima.
    assert len(scene.geometry) == 1 + 4 + 4 + 2
    assert max(scene.extents) == pytest.approx(0.2, rel=0.1)
    ground = max(scene.geometry.values(), key=lambda each: len(each.vertices))
    assert len(np.unique(ground.visual.vertex_attributes["color"], axis=0)) > 50


def test_a_path_lies_on_the_surface(session, tmp_path):
    scene = trimesh.load(export(lesson("saddle"), tmp_path / "a.glb"))
    ground = max(scene.geometry.values(), key=lambda each: len(each.vertices))
    path = next(each for name, each in scene.geometry.items() if name.startswith("SGD"))
    apart = np.linalg.norm(path.vertices[:, None] - ground.vertices[None, ::7], axis=2).min(axis=1)
    assert apart.max() < 0.004


@pytest.mark.parametrize("name", ["batch-norm", "grid-or-random"])
@pytest.mark.parametrize("suffix", [".stl", ".glb", ".pgf"])
def test_what_is_no_surface_is_no_thing(tmp_path, name, suffix):
    with pytest.raises(InputError, match="Only a surface can be written so"):
        export(lesson(name), tmp_path / f"a{suffix}")


@pytest.mark.parametrize("given", [5.0, 2000.0, float("nan")])
def test_a_size_that_no_printer_has_is_refused(session, tmp_path, given):
    with pytest.raises(InputError, match="mm is not possible"):
        export(session, tmp_path / "a.stl", millimeters=given)


@pytest.mark.parametrize("made", [
    tube(np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 5.0], [1, 1, 5.0], [1, 1, 4.0]]), 0.1),
    tube(np.zeros((3, 3)), 0.2), ball(np.array([1.0, 2.0, 3.0]), 0.5),
])  # fmt: skip
def test_tubes_and_balls_are_closed_and_face_outwards(made):
    found = trimesh.Trimesh(made.vertices, made.faces, process=False)
    assert found.is_watertight
    assert found.volume > 0
