"""What a person can choose about an exported file."""

import math
import re
from dataclasses import dataclass, replace
from typing import TypedDict

from landscape.annotations import misfit, types
from landscape.catalogue.surface_checks import as_picture
from landscape.errors import InputError, Listing
from landscape.scene.layers import Range
from landscape.scene.network.page import StagePage
from landscape.scene.palette import THEMES, Theme
from landscape.session.camera import StageView
from landscape.translation import LANGUAGES

SIZES = (64, 7680)
"""Smallest and largest width and height, in pixels."""
RATES = (1.0, 120.0)
"""Frames per second."""
LENGTHS = (0.1, 600.0)
"""Seconds."""

TEXTS = (0.5, 3.0)
"""Factors of the size of text and lines."""
MILLIMETERS = (10.0, 1000.0)
MOST_LOOPS = 1000
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Size, timing and look of an exported file; what cannot be used raises an :class:`InputError`."""

    size: tuple[int, int] = (1920, 1080)
    fps: float = 30.0
    seconds: float = 10.0
    theme: str = "dark"
    language: str = "en"
    curves: bool = True
    legend: bool = True
    view: tuple[Range, Range] | None = None
    """Ranges of x and y; None: the domain of the surface."""
    step: float | None = None
    """Which step a still picture shows; None: the last."""
    stage: StageView | None = None
    """Of surfaces, whether the map, the relief or both are shown; None: as in the session."""
    turntable: bool = False
    """The relief turns once around in the course of a film."""
    explain: bool = False
    """Of surfaces, the step of a run in numbers below the picture, line by line."""
    caption: bool = False
    """Of surfaces, below the picture a line for each run: its rule, and the numbers in it."""
    text: float = 1.0
    """How many times as large as usual text and lines are."""
    run: int | None = None
    """Which run that is, by its id, where the session explains none; None: the first one that is seen."""
    page: StagePage | None = None
    """Of networks, what is shown in place of the twins."""
    session: bool = True
    """The file carries the session it was made of, and opens again like one."""
    ground: str | None = None
    """Colour around the plots, as ``"#rrggbb"``, such as that of the slides; None: the theme's."""
    transparent: bool = False
    """There is no ground, where the format can do without."""
    loops: int = 0
    """How many times an animation runs, where the format says so; 0: for ever."""

    span: tuple[float, float] | None = None
    """The steps between which a film moves; None: from the first to the last."""
    hold: float | None = None
    """Seconds that a film rests at its end; None: one, but a fifth of it at the most."""
    ease: bool = False
    """A film begins and ends slowly."""
    rewind: bool = False
    """A film goes back to where it began, so that it repeats without a jump."""
    sound: bool = False
    """A film is heard: the tone of a run is the higher the higher the loss is, and marks click."""
    byte_order_mark: bool = False
    """A table begins with one, by which some spreadsheets know its letters."""
    millimeters: float = 100.0
    """The longer side of a relief as a thing."""

    def __post_init__(self) -> None:
        if len(self.size) != 2 or not all(isinstance(side, int) and SIZES[0] <= side <= SIZES[1] for side in self.size):
            raise InputError(
                "The size {width}×{height} is not possible; width and height can be {low} to {high} pixels",
                width=self.size[0], height=self.size[1], low=SIZES[0], high=SIZES[1],
            )  # fmt: skip
        if not RATES[0] <= self.fps <= RATES[1]:
            raise InputError(
                "{fps} frames per second are not possible; {low:g} to {high:g} are",
                fps=self.fps, low=RATES[0], high=RATES[1],
            )  # fmt: skip
        if not LENGTHS[0] <= self.seconds <= LENGTHS[1]:
            raise InputError(
                "A film of {seconds} seconds is not possible; one of {low:g} to {high:g} seconds is",
                seconds=self.seconds, low=LENGTHS[0], high=LENGTHS[1],
            )  # fmt: skip
        self._check_content()
        self._check_course()
        if self.theme not in THEMES:
            allowed = Listing(THEMES)
            raise InputError("There is no theme {given!r}; there are: {allowed}", given=self.theme, allowed=allowed)
        if self.language not in LANGUAGES:
            allowed = Listing(LANGUAGES)
            raise InputError(
                "There is no language {given!r}; there are: {allowed}", given=self.language, allowed=allowed
            )

    @property
    def colors(self) -> Theme:
        """The colours of the picture."""
        theme = THEMES[self.theme]
        return theme if self.ground is None else replace(theme, panel=self.ground)

    def over(self, ground: str) -> "Settings":
        """Return the same on a ground."""
        return replace(self, ground=ground, transparent=False)

    def _check_course(self) -> None:
        """Refuse times, steps and sizes that nothing can have."""
        if not (isinstance(self.loops, int) and 0 <= self.loops <= MOST_LOOPS):
            raise InputError(
                "An animation runs 1 to {most} times, or 0 for ever, not {given}", most=MOST_LOOPS, given=self.loops
            )
        if self.hold is not None and not 0.0 <= self.hold < self.seconds:
            raise InputError(
                "A film of {seconds:g} seconds cannot rest for {given} seconds", seconds=self.seconds, given=self.hold
            )
        if not TEXTS[0] <= self.text <= TEXTS[1]:
            raise InputError(
                "Text {given} times as large is not possible; {low:g} to {high:g} times is",
                given=self.text, low=TEXTS[0], high=TEXTS[1],
            )  # fmt: skip
        if self.span is not None and not (0.0 <= self.span[0] <= self.span[1] < math.inf):
            raise InputError("A film cannot go from step {begin} to {end}", begin=self.span[0], end=self.span[1])
        if not MILLIMETERS[0] <= self.millimeters <= MILLIMETERS[1]:
            raise InputError(
                "A relief of {given} mm is not possible; one of {low:g} to {high:g} mm is",
                given=self.millimeters, low=MILLIMETERS[0], high=MILLIMETERS[1],
            )  # fmt: skip

    def _check_content(self) -> None:
        """Refuse a view, a step or a page that cannot be shown."""
        for low, high in () if self.view is None else self.view:
            if not 0 < high - low < math.inf:
                raise InputError("The view from {low} to {high} is empty", low=low, high=high)
        if self.view is not None:
            as_picture(self.view)
        if self.step is not None and not math.isfinite(self.step):
            raise InputError('"{name}" must be a finite number, not {given}', name="step", given=self.step)
        if self.ground is not None and not _COLOR.fullmatch(self.ground):
            raise InputError("{given} is no colour; write one as #rrggbb, such as #ffffff", given=self.ground)
        hints = types(Settings)
        for name in (
            "byte_order_mark",
            "caption",
            "curves",
            "ease",
            "explain",
            "legend",
            "page",
            "rewind",
            "run",
            "session",
            "sound",
            "stage",
            "transparent",
            "turntable",
        ):
            found = misfit(hints[name], getattr(self, name), name, frozen=True)
            if found is not None:
                raise found.error


class _Look(TypedDict, total=False):
    size: tuple[int, int]
    fps: float
    seconds: float
    theme: str
    language: str
    curves: bool
    legend: bool
    view: tuple[Range, Range] | None
    step: float | None
    stage: StageView | None
    turntable: bool
    explain: bool
    caption: bool
    text: float
    run: int | None
    session: bool
    ground: str | None
    transparent: bool
    loops: int
    span: tuple[float, float] | None
    hold: float | None
    ease: bool
    rewind: bool
    sound: bool
    byte_order_mark: bool
    millimeters: float


class Options(_Look, total=False):
    """The fields of :class:`Settings`, as keyword arguments."""

    page: StagePage | None


class Named(_Look, total=False):
    """The same, with a workspace and a page of it that may be named."""

    workspace: str
    page: StagePage | str | None
