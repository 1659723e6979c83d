"""Maps for LaTeX: small, whole, and compiled where a TeX is installed."""

import re
import shutil
import subprocess

import numpy as np
import pytest

from landscape.export.export import export
from landscape.geometry.simplified import pieces, simplified
from landscape.session.files import lesson, lessons, load

COMPILERS = [name for name in ("lualatex", "xelatex", "pdflatex") if shutil.which(name)]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(lessons("descent")))
def test_it_is_small_and_opens_again(tmp_path, name):
    path = export(lesson(name), tmp_path / "图 a.pgf")
    text = path.read_text(encoding="utf-8")
    assert 2_000 < path.stat().st_size <= 300_000
    assert text.count("\\begin{") == text.count("\\end{")
    drawn = "".join(line for line in text.splitlines() if not line.startswith("%"))
    assert drawn.count("{") == drawn.count("}")
    assert "nan" not in drawn
    assert "inf" not in drawn
    assert load(path).documents == lesson(name).documents


def test_each_path_ends_where_its_run_is_at_the_step(tmp_path, session):
    text = export(session, tmp_path / "a.pgf", step=12.0).read_text(encoding="utf-8")
    heads = re.findall(r"\\fill\[color=[^]]*, draw=white\] \(([-\d.]+),([-\d.]+)\) circle", text)
    assert len(heads) == 3
    from landscape.descent.trajectory import descend

    descent = session.document
    (x0, x1), (y0, y1) = descent.surface.domain
    for head, run in zip(heads, descent.runs, strict=True):
        x, y = descend(descent.surface, run.rule, descent.start, descent.steps).points[12]
        expected = 10 * (x - x0) / (x1 - x0), 10 * (y - y0) / (y1 - y0)
        assert tuple(map(float, head)) == pytest.approx(expected, abs=2e-3)


@pytest.mark.skipif(not COMPILERS, reason="no TeX is installed")
def test_it_compiles(tmp_path):
    export(lesson("beale-race"), tmp_path / "a.pgf")
    page = "\\documentclass{article}\\usepackage{tikz}\\begin{document}\\input{a.pgf}\\end{document}"
    (tmp_path / "page.tex").write_text(page, encoding="utf-8")
    command = [COMPILERS[0], "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    subprocess.run(command, check=True, cwd=tmp_path, timeout=120)
    assert (tmp_path / "page.pdf").stat().st_size > 10_000


def test_a_line_of_fewer_points_is_nowhere_farther_than_it_may_be():
    t = np.linspace(0, 6, 500)
    line = np.column_stack((t, np.sin(3 * t)))
    for tolerance in (0.001, 0.02, 0.3):
        found = simplified(line, tolerance)
        assert (found[[0, -1]] == line[[0, -1]]).all()
        assert len(found) < 200
        ends = np.searchsorted(found[:, 0], line[:, 0]).clip(1, len(found) - 1)
        begin, end = found[ends - 1], found[ends]
        share = (line[:, 0] - begin[:, 0]) / (end[:, 0] - begin[:, 0])
        # The distance from a piece is no more than that straight up.
        above = np.abs(begin[:, 1] + share * (end[:, 1] - begin[:, 1]) - line[:, 1])
        slope = (end[:, 1] - begin[:, 1]) / (end[:, 0] - begin[:, 0])
        assert (above / np.hypot(1, slope)).max() <= tolerance + 1e-12


def test_a_row_of_nan_ends_a_line():
    gap = [np.nan, np.nan]
    found = pieces(np.array([[0.0, 0], [1, 0], gap, [2, 0], [3, 0], [4, 1], gap, [7, 7]]))
    assert [len(one) for one in found] == [2, 3]
