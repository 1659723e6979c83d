"""The numbers at the pointer: value, gradient, curvature, and the learning rate that is stable there."""

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QPushButton, QWidget

from landscape.descent.trajectory import Trajectory
from landscape.errors import InputError
from landscape.geometry.curvature import hessians
from landscape.geometry.escape import near_saddle, saddle_near
from landscape.geometry.preconditioning import gain, preconditioned_sharpness
from landscape.geometry.stability import stable_rate
from landscape.scene.answers import Answers
from landscape.scene.descent.questions import trajectory_question
from landscape.scene.descent.scene import Scene
from landscape.scene.text import number, run_titles
from landscape.session.descent import edits
from landscape.session.session import Point, Session
from landscape.translation import Translation
from landscape.ui.context import BESIDE, Context
from landscape.ui.layouts import GRID, Elided, caption, column, heading, row

ROWS = ("f", "∇f", "‖∇f‖", "λ₁, λ₂", "κ", "2/λmax")


class HerePanel(QWidget):
    """Shows a session's surface at one point."""

    times_asked = Signal(int)
    """A person wants to know how long the runs stay near the saddle that this run sits at."""

    def __init__(self, context: Context, answers: Answers) -> None:
        super().__init__()
        self._context, self._answers = context, answers
        self._session: Session | None = None
        self._pointer: Point | None = None
        self._scene: Scene | None = None
        self._run = -1
        self._step = 0.0
        self._place = caption()
        self._stable = caption(wrap=True)
        self._numbers = {name: Elided("–") for name in ROWS}
        table = QFormLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(GRID)
        table.setVerticalSpacing(GRID // 2)
        for name, label in self._numbers.items():
            table.addRow(caption(name), label)
        self._escape = QPushButton(context.say("Step along the escape direction"))
        self._escape.clicked.connect(self._step_out)
        self._times = QPushButton(context.say("Time near this saddle…"))
        self._times.clicked.connect(lambda: self.times_asked.emit(max(self._run, 0)))
        for button in (self._escape, self._times):
            button.setProperty("role", "quiet")
            button.hide()
        self._soon = QTimer(self, singleShot=True, interval=BESIDE)
        self._soon.timeout.connect(self._show)
        self.setLayout(
            column(row(heading(context.say("Here")), None, self._place), table, self._stable, self._escape, self._times)
        )

    def display(self, session: Session) -> None:
        """Show the surface of ``session`` at the pointer, or at the start while the pointer is elsewhere."""
        self._session = session
        self._follow()

    def set_pointer(self, point: Point | None) -> None:
        """Show the surface at ``point``; None: the pointer left the map."""
        self._pointer = point
        self._follow()

    def display_scene(self, scene: Scene) -> None:
        """Follow the paths of ``scene`` while the pointer is elsewhere."""
        self._scene = scene
        self._follow()

    def set_run(self, run: int) -> None:
        """Follow another run; -1: the first one."""
        self._run = run
        self._follow()

    def set_step(self, step: float) -> None:
        """Follow the run to ``step``."""
        if int(step) != int(self._step):
            self._step = step
            self._follow()

    def near_saddle(self, run: int) -> Point | None:
        """Return where a run is at the play head if that is near a saddle or a maximum, None if it is elsewhere."""
        if self._session is None or run >= len(self._session.runs):
            return None
        point, _ = self._place_of(self._session, run)
        return point if near_saddle(self._session.surface, point) else None

    def saddle_near(self, run: int) -> Point | None:
        """Return the saddle that a run is near to at the play head, None where there is none."""
        point = self.near_saddle(run)
        return None if self._session is None or point is None else saddle_near(self._session.surface, point)

    def _here(self, session: Session) -> tuple[Point, str]:
        """Return where the pointer is, or the run, and how that is called."""
        if self._pointer is not None:
            x, y = self._pointer
            return (x, y), self._context.say("at ({x}, {y})", x=number(x, 4), y=number(y, 4))
        return self._place_of(session, max(self._run, 0))

    def _place_of(self, session: Session, run: int) -> tuple[Point, str]:
        """Return where a run is at the play head, and how that is called."""
        say = self._context.say
        paths = [path for path in self._scene.paths if path.run == run] if self._scene else []
        if not paths or self._step < 1:
            start = session.start_of(session.runs[run]) if run < len(session.runs) else session.start
            return start, say("at the start")
        step = min(int(self._step), len(paths[0].points) - 1)
        x, y = paths[0].points[step].tolist()
        return (x, y), say("at step {step}", step=step)

    def _limit(self, point: Point) -> str:
        """Return how the chosen run's rate compares with the largest that is stable at ``point``."""
        if self._session is None:
            return ""
        return stability_sentence(self._session, max(self._run, 0), point, self._context.say, int(self._step))

    def _felt(self) -> str:
        """Return how the curvature that an adaptive run feels compares with its limit; empty where that is unknown."""
        session, run = self._session, max(self._run, 0)
        if session is None or self._pointer is not None or run >= len(session.runs):
            return ""
        trajectory = self._answers.get(trajectory_question(session, session.runs[run]))
        return adaptive_sentence(session, run, trajectory, int(self._step), self._context.say) if trajectory else ""

    def _step_out(self) -> None:
        """Move the run's start out of the saddle that it sits at."""
        run = max(self._run, 0)
        point = self.near_saddle(run)
        if point is not None:
            self._context.edit(edits.escape, run, point)

    def _follow(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _show(self) -> None:
        if self._session is None:
            return
        point, place = self._here(self._session)
        self._place.setText(place)
        texts = numbers_at(self._session, point)
        for name, label in self._numbers.items():
            if label.text() != texts[name]:
                label.setText(texts[name])
        sentence = self._felt() or self._limit(point)
        self._stable.setText(sentence)
        self._stable.setVisible(bool(sentence))
        run, follows = max(self._run, 0), self._pointer is None
        self._escape.setVisible(follows and self.near_saddle(run) is not None)
        self._times.setVisible(follows and self.saddle_near(run) is not None)


def numbers_at(session: Session, point: Point) -> dict[str, str]:
    """Return the texts of ``ROWS`` at ``point``; what does not exist there is "–"."""
    surface = session.surface
    texts = {name: number(float("nan")) for name in ROWS}
    texts["f"] = number(float(surface.value(*point)), 5)
    try:
        gradient, hessian = surface.gradient(*point), surface.hessian(*point)
    except InputError:
        # A formula too large to be differentiated twice: what is known is shown.
        return texts
    parts = [number(float(part), 3) for part in gradient]
    if any("×" in part for part in parts):  # There is room for two powers of ten with two digits each.
        parts = [number(float(part), 2) for part in gradient]
    texts["∇f"] = f"({', '.join(parts)})"
    texts["‖∇f‖"] = number(float(np.hypot(*gradient)), 4)
    if np.isfinite(hessian).all():
        low, high = (float(value) for value in np.linalg.eigvalsh(hessian))
        texts["λ₁, λ₂"] = f"{number(high, 4)}, {number(low, 4)}"
        if low > 0:
            texts["κ"] = number(high / low, 4)
        if high > 0:
            texts["2/λmax"] = number(2.0 / high, 3)
    return texts


def stability_sentence(session: Session, run: int, point: Point, say: Translation, step: int = 0) -> str:
    """Return how the rate of a run compares with the largest that is stable at ``point``.

    The limit is the run's own rule's; where that has none, gradient descent's is told. Where there is no Hessian, that
    is said; where nothing holds a run, nothing is.

    Args:
        session: The surface and the runs.
        run: Index of the run.
        point: Where.
        say: The language.
        step: The step whose learning rate is meant, by the run's schedule.
    """
    try:
        hessian = session.surface.hessian(*point)
    except InputError as error:
        return say("The Hessian cannot be computed: {problem}", problem=say.error(error))
    if not np.isfinite(hessian).all():
        return say("There is no Hessian here")
    sharpness = float(np.linalg.eigvalsh(hessian)[-1])
    rule = session.runs[run].rule if run < len(session.runs) else None
    limit = stable_rate(rule, sharpness) if rule is not None else None
    if rule is None or limit is None:
        if not sharpness > 0.0:
            return ""
        return say("Gradient descent is stable here below lr = {rate}", rate=number(2.0 / sharpness, 3))
    rates = session.schedule_of(session.runs[run]).rates(lr=rule.lr, steps=session.steps)
    rate = float(rates[min(step, session.steps - 1)])
    told = {
        "name": run_titles(session, say)[run],
        "lr": number(rate),
        "ratio": number(rate / limit, 2),
        "limit": number(limit, 3),
    }
    if rate > limit:
        return say("{name}: lr {lr} is {ratio} times the stable limit {limit} along the steep axis", **told)
    return say("{name}: lr {lr} is stable here, {ratio} of the limit {limit} along the steep axis", **told)


def adaptive_sentence(session: Session, run: int, trajectory: Trajectory, step: int, say: Translation) -> str:
    """Return how the curvature that an adaptive rule feels after ``step`` steps compares with what is stable for it.

    Empty for the rules that do not scale the gradient, at the start, and where nothing holds the run.
    """
    rule, step = session.runs[run].rule, min(step, len(trajectory.rates))
    factor = gain(rule)
    if factor is None or step < 1:
        return ""
    (entries,) = hessians(session.surface, trajectory.points[step : step + 1])
    felt = preconditioned_sharpness(rule, trajectory.state, step, entries)
    if felt is None or felt <= 0.0:
        return ""
    limit = factor / float(trajectory.rates[min(step, len(trajectory.rates) - 1)])
    return say(
        "{name}: its preconditioned sharpness {felt} is {ratio} of the limit {limit} = {gain}/lr",
        name=run_titles(session, say)[run],
        felt=number(felt, 3),
        ratio=number(felt / limit, 2),
        limit=number(limit, 3),
        gain=number(factor, 3),
    )
