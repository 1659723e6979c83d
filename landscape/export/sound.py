"""The sound of a film: the lower the loss, the lower the tone; it comes from where the run is; marks click."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
"""Samples a second."""
PIECE = RATE // 2
"""Samples that are made at once: a long film takes little memory."""
LOWEST, OCTAVES = 110.0, 3.0
"""Of the lowest loss, in hertz; and how much higher the highest one is."""
WIDE = 100.0
"""Losses that are farther apart than by this factor are heard on a logarithmic scale."""
LOUD, OVERTONE, CLICK = 0.3, 0.25, 0.5
CLICK_SECONDS, FADE_SECONDS = 0.03, 0.25
"""How long a click lasts, and how soon a tone is silent where nothing moves."""
CLICK_HERTZ = 2000.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Voice:
    """What is heard of a run."""

    steps: NDArray[np.float64]
    """(n,) increasing."""
    losses: NDArray[np.float64]
    """(n,) of them; not finite where the run is lost, which is silent."""
    sides: NDArray[np.float64]
    """(n,) from -1 at the left to 1 at the right."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Sound:
    """What is heard in the course of a film."""

    voices: tuple[Voice, ...]
    frames: NDArray[np.float64]
    """(frames,) the step that each frame shows."""
    fps: float
    marks: tuple[float, ...] = ()
    """The steps at which it clicks."""

    @property
    def samples(self) -> int:
        """How many there are of each side."""
        return round(len(self.frames) / self.fps * RATE)

    def pieces(self) -> Iterator[NDArray[np.float32]]:
        """Yield (2, n) arrays of the left and the right side one after the other, from -1 to 1."""
        tones, phases = [_pitches(voice) for voice in self.voices], [0.0] * len(self.voices)
        clicks = self._clicks()
        for first in range(0, self.samples, PIECE):
            at = np.arange(first, min(first + PIECE, self.samples)) / RATE
            steps, loud = self._course(at)
            sound = np.zeros((2, len(at)))
            for index, (voice, tone) in enumerate(zip(self.voices, tones, strict=True)):
                phases[index] = _add_tone(sound, voice, tone, steps, loud / len(self.voices), phases[index])
            for click in clicks:
                since = at - click
                heard = (since >= 0) & (since < CLICK_SECONDS)
                envelope = CLICK * np.exp(-since[heard] * 6 / CLICK_SECONDS)
                sound[:, heard] += envelope * np.sin(2 * np.pi * CLICK_HERTZ * since[heard])
            yield np.clip(sound, -1.0, 1.0).astype(np.float32)

    def _course(self, at: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the step at each moment, and how loud it is: silent soon after the steps stand still."""
        places = np.arange(len(self.frames)) / self.fps
        steps = np.interp(at, places, self.frames)
        moving = np.append(np.diff(self.frames) != 0, False)
        last = np.maximum.accumulate(np.where(moving, places + 1 / self.fps, -np.inf))
        first = int(np.argmax(moving)) / self.fps if moving.any() else np.inf
        since = at - last[np.minimum((at * self.fps).astype(int), len(self.frames) - 1)]
        fading = np.clip(1 - since / FADE_SECONDS, 0, 1)
        return steps, LOUD * fading * np.clip((at - first) / 0.02, 0, 1)

    def _clicks(self) -> list[float]:
        """Return the seconds at which the film comes to a mark, the first time."""
        forth = self.frames[: 1 + int(np.argmax(self.frames))]
        reached = [step for step in self.marks if forth[0] <= step <= forth[-1]]
        return [float(np.searchsorted(forth, step)) / self.fps for step in reached]


def _pitches(voice: Voice) -> NDArray[np.float64]:
    """Return the pitch of each loss in hertz."""
    losses = voice.losses
    known = losses[np.isfinite(losses)]
    if not len(known):
        return np.full(len(losses), np.nan)
    low, high = float(known.min()), float(known.max())
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = np.log(losses) if 0 < low * WIDE < high else losses
        low, high = np.nanmin(scaled[np.isfinite(losses)]), np.nanmax(scaled[np.isfinite(losses)])
        share = (scaled - low) / (high - low) if high > low else np.zeros(len(losses))
    return np.where(np.isfinite(losses), LOWEST * 2.0 ** (OCTAVES * share), np.nan)


def _add_tone(
    sound: NDArray[np.float64],
    voice: Voice,
    pitches: NDArray[np.float64],
    steps: NDArray[np.float64],
    loud: NDArray[np.float64],
    phase: float,
) -> float:
    """Add the tone of a voice; return its phase at the end."""
    pitch, side = np.interp(steps, voice.steps, pitches), np.interp(steps, voice.steps, voice.sides)
    heard = np.isfinite(pitch) & np.isfinite(side) & (steps <= voice.steps[-1])
    angles = phase + np.cumsum(2 * np.pi * np.where(heard, pitch, 0.0) / RATE)
    tone = np.where(heard, loud, 0.0) * (np.sin(angles) + OVERTONE * np.sin(2 * angles))
    # As loud together wherever it comes from.
    turned = (np.clip(np.where(heard, side, 0.0), -1, 1) + 1) * np.pi / 4
    sound[0] += tone * np.cos(turned)
    sound[1] += tone * np.sin(turned)
    return float(angles[-1] % (2 * np.pi))
