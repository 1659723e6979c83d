"""Which step is shown when: in the window while it plays, and in each frame of a film."""

import math

import numpy as np
from numpy.typing import NDArray

PLAY_SECONDS = 8.0
"""How long all steps take at normal speed."""
SLOWEST = 4.0
"""Steps per second at the least, so that a run of a few steps does not crawl."""
HOLD_SECONDS = 1.0
"""How long a film rests on its last step; never more than a fifth of it."""

BACK = 0.25
"""Part of the moving film that goes back, where one does."""


def base_speed(steps: int) -> float:
    """Return the steps per second of normal speed: all of them in ``PLAY_SECONDS``, but ``SLOWEST`` at the least."""
    return max(SLOWEST, steps / PLAY_SECONDS)


def step_at(seconds: float, steps: int, steps_per_second: float) -> float:
    """Return the step shown ``seconds`` after the start, in [0, steps]; between two whole steps while moving."""
    return min(max(seconds * steps_per_second, 0.0), float(steps))


def frame_steps(
    steps: float,
    seconds: float,
    fps: float,
    *,
    begin: float = 0.0,
    hold: float | None = None,
    ease: bool = False,
    rewind: bool = False,
) -> NDArray[np.float64]:
    """Return the step shown in each frame of a film.

    The film has ``round(seconds * fps)`` frames, at least one. The first shows step ``begin``, then the steps advance
    evenly, or slowly at first and at last, and the last step is held. A film of one frame shows the last step.

    Args:
        steps: the last step, at least 0.
        seconds: length of the film, above 0.
        fps: frames per second, above 0.
        begin: the first step, at most ``steps``.
        hold: seconds at the end; None: ``HOLD_SECONDS``, at most a fifth of the film.
        ease: move by 3s² − 2s³ of the whole when the part s of the time is over.
        rewind: go back in the last part of the film, slowly at both ends, to just before ``begin``.

    Returns:
        Float64 array (frames,), never falling before the way back, read-only.
    """
    frames = max(1, round(seconds * fps))
    held = math.floor((min(HOLD_SECONDS, seconds / 5) if hold is None else hold) * fps)
    back = round(BACK * (frames - held)) if rewind else 0
    moving = max(1, frames - held - back)
    shown = np.full(frames, float(steps))
    if frames > 1:
        even = np.linspace(begin, steps, moving)
        shown[:moving] = _eased(even) if ease else even
    if back:
        shown[-back:] = _eased(np.linspace(begin, steps, back + 2))[-2:0:-1]
    shown.flags.writeable = False
    return shown


def _eased(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return increasing steps that begin and end slowly in place of even ones."""
    begin, end = steps[0], steps[-1]
    share = (steps - begin) / max(end - begin, 1e-12)
    return np.asarray(begin + (end - begin) * share**2 * (3 - 2 * share))
