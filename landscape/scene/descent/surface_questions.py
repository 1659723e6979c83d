"""Questions about the surface: its values, its shades, its contour lines and its slopes."""

from dataclasses import dataclass
from typing import Any

from landscape.catalogue.surfaces import Surface
from landscape.geometry import grid
from landscape.geometry.levels import LevelScale, Shading, contour_lines, shading
from landscape.geometry.mesh import mesh
from landscape.scene.layers import Range
from landscape.scene.question import Array, Ask, Question, effort
from landscape.scene.scene import Arrows, ContourLine, Contours, Relief

MESH = 256
"""Cells of the relief's mesh in either direction."""
CONTOUR_FINEST = 256
"""Most columns and rows of the grid that contour lines are traced on: finer ones look the same."""


@dataclass(frozen=True, kw_only=True)
class GridQuestion(Question[Array]):
    """The values of a surface on a grid: float64 (rows, columns) at the centres of the cells."""

    surface: Surface
    x: Range
    y: Range
    columns: int
    rows: int

    def answer(self, ask: Ask) -> Array:  # noqa: ARG002
        """Sample the surface: compiled where the kernel is loaded, by plain evaluation otherwise."""
        return grid.sample(self.surface, self.x, self.y, self.columns, self.rows)

    def seconds(self) -> float:
        """Return the time for all cells, each of which takes every row of the data."""
        plain, costly = effort(self.surface.tree)
        cell = 0.01e-9 * plain + 4e-9 * costly if self.is_warm() else 1.2e-9 * plain + 6e-9 * costly
        return self.columns * self.rows * (0.3e-9 + max(1, self.surface.rows) * cell)

    def is_warm(self) -> bool:
        """Tell whether the surface's kernel is loaded."""
        return grid.is_warm(self.surface)

    def warm(self) -> None:
        """Load or compile the surface's kernel."""
        grid.warm(self.surface)


@dataclass(frozen=True, kw_only=True)
class ShadingQuestion(Question[Shading]):
    """The same values as shades from 0 to 1, with the levels of the contour lines."""

    grid: GridQuestion
    scale: LevelScale

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The grid."""
        return (self.grid,)

    def answer(self, ask: Ask) -> Shading:
        """Spread the values over the shades."""
        return shading(ask(self.grid), self.scale)

    def seconds(self) -> float:
        """Return the time for all cells."""
        return self.grid.columns * self.grid.rows * 9e-9


@dataclass(frozen=True, kw_only=True)
class ContourQuestion(Question[Contours]):
    """Contour lines at the levels of a shading, traced on a coarser grid."""

    shading: ShadingQuestion

    @property
    def coarse(self) -> GridQuestion:
        """The grid that the lines are traced on."""
        fine = self.shading.grid
        return GridQuestion(
            surface=fine.surface,
            x=fine.x,
            y=fine.y,
            columns=min(fine.columns, CONTOUR_FINEST),
            rows=min(fine.rows, CONTOUR_FINEST),
        )

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The shading, for its levels, and the coarse grid."""
        return self.shading, self.coarse

    def answer(self, ask: Ask) -> Contours:
        """Trace the lines."""
        coarse = self.coarse
        columns, rows = grid.centres(coarse.x, coarse.columns), grid.centres(coarse.y, coarse.rows)
        lines = contour_lines(ask(coarse), columns, rows, ask(self.shading).levels)
        return Contours(lines=tuple(ContourLine(level=level, points=points) for level, points in lines))

    def seconds(self) -> float:
        """Return the time for all cells."""
        return self.coarse.columns * self.coarse.rows * 30e-9


@dataclass(frozen=True, kw_only=True)
class ReliefQuestion(Question[Relief]):
    """The surface in three dimensions, as high as a shading tells."""

    shading: ShadingQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The shading, from which heights come."""
        return (self.shading,)

    def answer(self, ask: Ask) -> Relief:
        """Make the mesh."""
        grid_of, shade = self.shading.grid, ask(self.shading)
        return Relief(
            mesh=mesh(grid_of.surface, grid_of.x, grid_of.y, MESH, shade.spread),
            x=grid_of.x,
            y=grid_of.y,
            levels=shade.spread.shades(shade.levels),
            surface=grid_of.surface,
            spread=shade.spread,
        )

    def seconds(self) -> float:
        """Return the time for all vertices, most of it for their gradients, by plain evaluation."""
        plain, costly = effort(self.shading.grid.surface.tree)
        rows = max(1, self.shading.grid.surface.rows)
        return 4e-3 + MESH * MESH * rows * (3e-9 * plain + 15e-9 * costly)


@dataclass(frozen=True, kw_only=True)
class ArrowsQuestion(Question[Arrows]):
    """The direction of steepest descent on a lattice."""

    surface: Surface
    x: Range
    y: Range
    columns: int
    rows: int

    def answer(self, ask: Ask) -> Arrows:  # noqa: ARG002
        """Evaluate the gradient on the lattice."""
        points, directions = grid.arrows(self.surface, self.x, self.y, self.columns, self.rows)
        return Arrows(points=points, directions=directions)

    def seconds(self) -> float:
        """Return the time for all arrows, by plain evaluation."""
        return 1e-3 + self.columns * self.rows * max(1, self.surface.rows) * 0.2e-6
