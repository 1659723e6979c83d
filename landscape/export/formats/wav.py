"""The sound of a film alone: for who does not see it, and for lectures whose slides have their own films."""

from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path

from landscape.export.audio import AudioTrack
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.turns import in_thread
from landscape.scene.question import Cancelled

TURN = 0.1
"""Seconds that are written in one turn."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write the sound, two sides of 16 bits."""
    import av

    sound, imprint = film.sound(), film.imprint(animated=True)
    frames = len(film.steps)
    with closing(av.open(str(path), "w", format="wav", options={"fflags": "+bitexact"})) as container:
        container.metadata.update(title=imprint.title, comment=f"{imprint.text}\n{imprint.link}")
        track = AudioTrack(container, "pcm_s16le", sound)
        for done in range(1, frames + 1, max(1, round(film.fps * TURN))):
            yield from in_thread(partial(_write_until, track, done / film.fps))
            yield done
        yield from in_thread(lambda _: track.finish())
    yield frames


def _write_until(track: AudioTrack, seconds: float, _cancelled: Cancelled) -> None:
    track.write_until(seconds)


FORMAT = Format(
    suffix=".wav",
    titles={"en": "Sound of the descent (WAV)", "zh": "下降过程的声音（WAV）"},
    animated=True,
    pictured=False,
    write=write,
    length=lambda film: len(film.steps),
    audible=True,
)
