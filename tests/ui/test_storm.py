"""Ten thousand drag moves: every path is right in the end, and nothing piles up."""

import math
import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent

from landscape.catalogue.optimizers import optimizer
from landscape.descent.trajectory import descend
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent

MOVES = 10_000
BURST = 6
"""Moves between two pictures: a mouse tells 1,000 times a second where it is, a screen shows 160 pictures."""
SETTLED = 2_000
"""Moves after which the kept answers have reached their size."""
LEAK = 24 * 2**20
"""Bytes that may come on top of that: the allocator's own fragments."""


def resident() -> int:
    """Return the bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from Linux's /proc")
def test_a_storm_of_drag_moves_ends_with_every_path_right_and_memory_flat(open_window) -> None:
    descent = edits.set_steps(default_descent(), 500)
    for name in ("nesterov", "adagrad", "adamw", "nadam"):
        descent = edits.add_run(descent, optimizer(name))
    person = open_window(descent, size=(1920, 1080))
    window = person.window
    window.answers.capacity_bytes = 32 * 2**20
    person.mouse(QEvent.Type.MouseMove, person.canvas, person.pixel(*descent.start), False)
    person.mouse(QEvent.Type.MouseButtonPress, person.canvas, person.pixel(*descent.start), True)
    before = 0
    for move in range(MOVES):
        if move == SETTLED:
            before = resident()
        angle, radius = move / 97, 0.5 + 3 * (move % 1013) / 1013
        at = person.pixel(radius * math.cos(angle), radius * math.sin(angle))
        person.mouse(QEvent.Type.MouseMove, person.canvas, at, True, wait=move % BURST == 0)
    assert resident() - before < LEAK
    person.mouse(QEvent.Type.MouseButtonRelease, person.canvas, at, False)
    person.settle()
    last = person.descent
    assert last.start == pytest.approx((radius * math.cos(angle), radius * math.sin(angle)), abs=0.02)
    for run, path in zip(last.runs, person.scene.paths, strict=True):
        expected = descend(last.surface, run.rule, last.start, last.steps, schedule=last.schedule)
        np.testing.assert_array_equal(path.points, expected.points)
    window.undo()
    assert person.descent == descent
