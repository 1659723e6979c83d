from itertools import combinations, product

import numpy as np
import pytest

from landscape.scene.palette import (
    BASIN_COLORS,
    DARK,
    DASHES,
    LIGHT,
    RUN_COLORS,
    THEMES,
    Theme,
    basin_shades,
    color_map,
)

MAPS = ("viridis", "cividis", "magma", "mako", "grey")
# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB.
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
)
TRITANOPIA = np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]])
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)


def linear(colors: np.ndarray) -> np.ndarray:
    """From sRGB in 0 to 255 to linear RGB in 0 to 1."""
    srgb = np.asarray(colors, dtype=float) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def rgb(color: str) -> np.ndarray:
    assert len(color) == 7
    return np.array(list(bytes.fromhex(color[1:])))


def luminance(colors: np.ndarray) -> np.ndarray:
    return linear(colors) @ TO_XYZ[1]


def contrast(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The ratio of WCAG 2.2, from 1 to 21."""
    a, b = luminance(first), luminance(second)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


def lab(linear_rgb: np.ndarray) -> np.ndarray:
    relative = linear_rgb @ TO_XYZ.T / TO_XYZ.sum(axis=1)
    f = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def seen_as(vision: np.ndarray, colors: tuple[str, ...]) -> np.ndarray:
    """How colours look to someone, as CIELAB."""
    return lab(np.clip(linear(np.array([rgb(color) for color in colors])) @ vision.T, 0, 1))


GREY = np.tile(TO_XYZ[1], (3, 1))
VISIONS = {"all": np.eye(3), "no red": PROTANOPIA, "no green": DEUTERANOPIA, "no blue": TRITANOPIA, "grey": GREY}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_can_be_read_on_every_ground(theme: Theme):
    for text, ground in product((theme.text, theme.muted, theme.error), (theme.window, theme.panel, theme.raised)):
        assert contrast(rgb(text), rgb(ground)) >= 4.5, (text, ground)
    assert contrast(rgb(theme.on_accent), rgb(theme.accent)) >= 4.5
    assert contrast(rgb(theme.stage_text), rgb(theme.halo)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_accent_stands_out_from_every_ground(theme: Theme):
    for ground in (theme.window, theme.panel, theme.raised):
        assert contrast(rgb(theme.accent), rgb(ground)) >= 3.0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_run_colors_stand_out_from_the_panel(theme: Theme):
    for color in RUN_COLORS:
        assert contrast(rgb(color), rgb(theme.panel)) >= 3.0, color


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", MAPS)
def test_a_path_or_its_halo_stands_out_from_every_shade(name: str, theme: Theme):
    shades, halo = color_map(name), rgb(theme.halo)
    for color in RUN_COLORS:
        line = contrast(rgb(color), shades)
        through_halo = np.minimum(contrast(halo, shades), contrast(halo, rgb(color)))
        assert np.maximum(line, through_halo).min() >= 1.7, color


@pytest.mark.parametrize("seen", [np.eye(3), PROTANOPIA, DEUTERANOPIA], ids=["all", "no red", "no green"])
def test_run_colors_can_be_told_apart_also_without_red_or_green(seen: np.ndarray):
    colors = lab(np.clip(linear(np.array([rgb(color) for color in RUN_COLORS])) @ seen.T, 0, 1))
    for first, second in combinations(range(len(RUN_COLORS)), 2):
        distance = np.linalg.norm(colors[first] - colors[second])
        assert distance >= 15, (RUN_COLORS[first], RUN_COLORS[second])
        if max(first, second) < 4:
            assert distance >= 30, (RUN_COLORS[first], RUN_COLORS[second])


def test_run_colors_can_be_told_apart_also_without_blue():
    colors = seen_as(TRITANOPIA, RUN_COLORS)
    for first, second in combinations(range(len(RUN_COLORS)), 2):
        distance = np.linalg.norm(colors[first] - colors[second])
        assert distance >= (25 if max(first, second) < 4 else 13), (RUN_COLORS[first], RUN_COLORS[second])


def test_runs_of_one_line_style_differ_in_lightness():
    lightness = lab(np.repeat(luminance(np.array([rgb(color) for color in RUN_COLORS]))[:, None], 3, axis=1))[:, 0]
    for first, second in combinations(range(len(RUN_COLORS)), 2):
        if DASHES[first] == DASHES[second]:
            assert abs(lightness[first] - lightness[second]) >= 5.5, (RUN_COLORS[first], RUN_COLORS[second])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("vision", VISIONS)
def test_a_path_in_its_halo_is_seen_on_every_shade_by_everyone(vision: str, name: str, theme: Theme):
    matrix = VISIONS[vision]
    shades, halo = (np.clip(linear(colors) @ matrix.T, 0, 1) for colors in (color_map(name), rgb(theme.halo)))
    for color in RUN_COLORS:
        line = np.clip(linear(rgb(color)) @ matrix.T, 0, 1)
        assert (halo @ TO_XYZ[1] + 0.05) / (line @ TO_XYZ[1] + 0.05) >= 2.75, color
        apart = np.linalg.norm(lab(shades) - lab(line), axis=-1)
        through = np.minimum(np.linalg.norm(lab(shades) - lab(halo), axis=-1), np.linalg.norm(lab(halo) - lab(line)))
        assert np.maximum(apart, through).min() >= 18, color


def test_no_run_has_the_color_of_a_basin_however_soon_a_start_arrives_there():
    runs = lab(linear(np.array([rgb(color) for color in RUN_COLORS])))
    for color in BASIN_COLORS:
        shades = lab(linear(basin_shades(color)))
        assert np.linalg.norm(shades[:, None] - runs[None], axis=2).min() >= 15, color


@pytest.mark.parametrize(("vision", "least"), [("all", 17), ("no red", 9), ("no green", 9), ("no blue", 9)])
def test_basins_can_be_told_apart(vision: str, least: float):
    colors = seen_as(VISIONS[vision], BASIN_COLORS)
    for first, second in combinations(range(len(BASIN_COLORS)), 2):
        assert np.linalg.norm(colors[first] - colors[second]) >= least, (BASIN_COLORS[first], BASIN_COLORS[second])


def test_there_are_eight_run_colors_each_with_a_line_style():
    assert len(set(RUN_COLORS)) == len(DASHES) == 8
    assert THEMES == {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("name", MAPS)
def test_a_color_map_becomes_lighter_all_the_way(name: str):
    lightness = lab(linear(color_map(name)))[:, 0]
    assert (np.diff(lightness) > -0.1).all()
    assert lightness[-1] - lightness[0] > 60
    steps = np.diff(lightness[::15])
    assert steps.max() < 2.5 * steps.min()


@pytest.mark.parametrize("name", MAPS)
def test_a_color_map_is_a_read_only_table_of_256_colors(name: str):
    table = color_map(name)
    assert (table.shape, table.dtype) == ((256, 3), np.uint8)
    assert not table.flags.writeable


@pytest.mark.reference
@pytest.mark.parametrize("name", ["viridis", "cividis", "magma", "grey"])
def test_a_color_map_is_the_published_one(name: str):
    matplotlib = pytest.importorskip("matplotlib")
    published = matplotlib.colormaps[name](np.arange(256))[:, :3] * 255
    assert np.abs(color_map(name) - published).max() <= 1.51


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_an_error_is_red_can_be_read_and_is_not_like_any_other_text(theme: Theme):
    error = rgb(theme.error).astype(int)
    assert error[0] > 1.35 * max(error[1:])
    for ground in (theme.panel, theme.raised, theme.window):
        assert contrast(error, rgb(ground)) >= 4.5
    for other in (theme.text, theme.muted, theme.accent, theme.line):
        assert np.abs(error - rgb(other)).max() > 60
