"""A rule that somebody has typed, against the same rule of the catalogue."""

import time
from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np

from landscape.catalogue.optimizers import UpdateRule, optimizer, optimizer_entries
from landscape.catalogue.surfaces import surface
from landscape.descent.basins import Basins, basins
from landscape.session.descent import edits
from tests.benchmarks.drag import FRAME, rest, until, window
from tests.benchmarks.harness import Row, Seconds, Side

STEPS, SIDE = 500, 256
COLD = 0.3
"""Seconds after which what was typed is to be seen."""
PAUSE = 1e-3
"""Seconds between looks at the events: a window that has none sleeps, and does not keep the compiler from its work."""


def typed_adam() -> UpdateRule:
    """Return Adam as a person types it, with other names for what is made on the way."""
    rule = optimizer_entries()["adam"].rule.replace("m_hat", "first").replace("v_hat", "second")
    return optimizer(rule, **{**dict(optimizer("adam").values), "lr": 0.05})


def batch(rule: UpdateRule) -> Callable[[], Basins]:
    """Return the descent of a rule from many starts."""
    return lambda: basins(surface("himmelblau"), rule, steps=STEPS, resolution=SIDE)


def prepare() -> tuple[Side, Side]:
    """Return both; they come to the same minima."""
    ours, theirs = batch(typed_adam()), batch(optimizer("adam", lr=0.05))
    assert np.array_equal(ours().labels, theirs().labels)
    return ours, theirs


def prepare_keys(*, known: bool, clock: Callable[[], float] = time.perf_counter) -> Callable[[], tuple[Side, Side]]:
    """Return a key in the editor up to the first trajectory of the new rule, and how long that may take."""

    def ready() -> tuple[Side, Side]:
        from PySide6.QtTest import QTest

        shown = window()
        view = shown.workspaces.front
        if view.editor is None:
            shown.edit(edits.remove_run, view.descent.runs[-1].id)
            view.panels.runs._add_rule()  # noqa: SLF001
            until(lambda: view.editor is not None and view.settled())
        field, numbers = view.editor.panel.field, count(time.time_ns() % 10**6)
        text = typed(next(numbers))

        def path() -> Any:
            run = view.descent.runs[-1].id
            return next(one for one in view.refresh.scene.paths if one.run == run)

        def key() -> Seconds:
            rule = text if known else typed(next(numbers))
            field.setPlainText(rule[:-1])
            until(lambda: view.settled() and shown.jobs.idle)
            rest(0.3)
            field.moveCursor(field.textCursor().MoveOperation.End)
            before, begin = path(), clock()
            QTest.keyClicks(field, rule[-1])
            until(
                lambda: path() is not before and not path().pending and view.descent.runs[-1].rule.rule == rule, PAUSE
            )
            return Seconds(clock() - begin)

        return key, (FRAME if known else COLD)

    return ready


def typed(number: int) -> str:
    """Return a rule that nobody has typed before."""
    return f"m = beta*m + (1 - beta)*g\ntheta = theta - lr*sign(m)*(1 + 0.000{number}*m) - 0.0000{number}1"


ROWS = [
    Row(
        workload="a rule is typed: key to its first trajectory, compiled",
        against="0.3 s",
        prepare=prepare_keys(known=False),
        aim=1.0,
        repeats=5,
    ),
    Row(
        workload="a rule is typed: the same in time of the processor",
        against="0.3 s",
        prepare=prepare_keys(known=False, clock=time.process_time),
        aim=1.0,
        repeats=5,
    ),
    Row(
        workload="a rule is typed: key to its trajectory, known already",
        against="two 60 Hz frames",
        prepare=prepare_keys(known=True),
        aim=2.0,
        repeats=5,
    ),
    Row(workload=f"typed copy of Adam, {SIDE}² starts", against="the catalogue's Adam", prepare=prepare, aim=1.05),
]
