"""The sound of a film: its pitch is the loss, its side is x, marks click; read again by another program's library."""

import io
import re
import wave
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.export.export import export
from landscape.export.formats import formats
from landscape.export.sound import CLICK_HERTZ, LOWEST, OCTAVES, RATE, Sound, Voice
from landscape.session.files import load
from landscape.session.network.document import default_experiment
from landscape.session.presentation import Mark, Presentation
from landscape.session.search.document import default_study
from landscape.session.session import session_with

av = pytest.importorskip("av")
STEPS = np.arange(101.0)
FPS = 50.0


def heard(losses, sides=None, frames=None, marks=()) -> np.ndarray:
    """Return (2, n) of a run of 100 steps in two seconds."""
    sides = np.zeros(101) if sides is None else sides
    voice = Voice(steps=STEPS, losses=np.asarray(losses, float), sides=np.asarray(sides, float))
    frames = STEPS if frames is None else frames
    return np.concatenate(list(Sound(voices=(voice,), frames=frames, fps=FPS, marks=marks).pieces()), axis=1)


def pitch(sound: np.ndarray, seconds: float) -> float:
    """Return the loudest frequency around a moment, in hertz."""
    middle = round(seconds * RATE)
    piece = sound.sum(axis=0)[middle - 4096 : middle + 4096] * np.hanning(8192)
    return float(np.argmax(np.abs(np.fft.rfft(piece, 2**17))) * RATE / 2**17)


def test_the_tone_falls_by_as_many_octaves_as_the_loss_by_decades():
    sound = heard(10.0 ** (4 - STEPS / 25))
    assert sound.shape == (2, round(101 / FPS * RATE))
    for seconds in (0.5, 1.0, 1.5):
        expected = LOWEST * 2.0 ** (OCTAVES * (1 - seconds / 2))
        assert pitch(sound, seconds) == pytest.approx(expected, rel=0.03)


def test_losses_that_are_near_each_other_or_below_zero_are_heard_in_proportion():
    assert pitch(heard(5 - STEPS / 10), 1.0) == pytest.approx(LOWEST * 2.0 ** (OCTAVES / 2), rel=0.03)


def test_a_loss_that_stays_has_a_tone_that_stays():
    sound = heard(np.full(101, 3.0))
    assert pitch(sound, 0.5) == pytest.approx(pitch(sound, 1.5), rel=0.01)


def test_a_run_is_heard_from_its_side_as_loud_from_anywhere():
    sound = heard(np.full(101, 3.0), sides=np.linspace(-1, 1, 101))
    left, right = (np.sqrt((side.reshape(-1, 1010) ** 2).mean(axis=1)) for side in sound[:, : 95 * 1010])
    assert left[5] > 10 * right[5]
    assert right[-5] > 10 * left[-5]
    together = np.hypot(left, right)[3:-3]
    assert together.max() / together.min() < 1.25


def test_what_rests_or_is_lost_is_silent():
    rests = heard(np.linspace(9, 1, 101), frames=np.append(STEPS, np.full(100, 100.0)))
    assert np.abs(rests[:, round(2.5 * RATE) :]).max() == 0.0
    assert np.abs(rests[:, round(1.0 * RATE) : round(1.2 * RATE)]).max() > 0.2
    losses = np.linspace(1, 9, 101)
    losses[50:] = np.inf
    assert np.abs(heard(losses)[:, round(1.05 * RATE) : -1]).max() == 0.0


def test_each_mark_clicks_once_when_the_film_comes_to_it():
    frames = np.append(STEPS, STEPS[::-1])
    plain, clicks = heard(np.full(101, 3.0), frames=frames), heard(np.full(101, 3.0), frames=frames, marks=(25.0, 75.0))
    others = np.flatnonzero(np.abs(clicks - plain).max(axis=0) > 0.05) / RATE
    begins = others[np.append(True, np.diff(others) > 0.1)]
    assert begins == pytest.approx([0.5, 1.5], abs=2 / CLICK_HERTZ)


@pytest.fixture(scope="module")
def marked(session):
    return replace(session, presentations={session.workspace: Presentation(marks=(Mark(step=20, note=""),))})


def test_the_file_is_as_long_as_the_film_and_opens_again(qapp, marked, tmp_path):
    path = export(marked, tmp_path / "a.wav", seconds=2.5)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE)
        assert file.getnframes() == round(2.5 * RATE)
    found = load(path)
    assert (found.documents, found.presentations) == (marked.documents, marked.presentations)


@pytest.mark.parametrize("run", [0, 1, 2])
def test_it_is_that_of_the_run_that_is_explained(qapp, session, tmp_path, run):
    path = export(session, tmp_path / "a.wav", seconds=2.0, hold=0.0, run=run)
    with wave.open(str(path)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2).T / 32768
    descent = session.document
    losses = descend(descent.surface, descent.runs[run].rule, descent.start, descent.steps).losses
    wide = 0 < losses.min() * 100 < losses.max()
    values = np.log(losses) if wide else losses
    share = np.interp(1.0 * 40 / (59 / 30), np.arange(41), (values - values.min()) / np.ptp(values))
    assert pitch(sound, 1.0) == pytest.approx(LOWEST * 2.0 ** (OCTAVES * share), rel=0.15)


AUDIBLE = [
    suffix for suffix, each in formats().items() if each.audible and each.pictured and suffix not in (".pptx", ".html")
]


@pytest.mark.parametrize("suffix", AUDIBLE)
def test_a_film_has_its_sound_only_if_it_is_wanted(qapp, marked, tmp_path, suffix):
    small = {"size": (160, 120), "fps": 20, "seconds": 1.0}
    with av.open(str(export(marked, tmp_path / f"a{suffix}", sound=True, **small))) as film:
        (stream,) = film.streams.audio
        assert stream.codec_context.sample_rate == RATE
        sound = np.concatenate([frame.to_ndarray() for frame in film.decode(stream)], axis=1)
        assert sound.shape[1] / RATE == pytest.approx(1.0, abs=0.05)
        assert np.abs(sound).max() > 0.2
    with av.open(str(export(marked, tmp_path / f"b{suffix}", **small))) as film:
        assert len(film.streams) == 1


@pytest.mark.parametrize("sound", [True, False])
def test_a_page_for_browsers_is_heard_if_that_is_wanted(qapp, marked, tmp_path, sound):
    path = export(marked, tmp_path / "a.html", sound=sound, size=(160, 120), fps=20, seconds=1.0)
    ((attributes, film),) = re.findall(r'<video ([^>]*) src="data:video/mp4;base64,([^"]*)"', path.read_text("utf-8"))
    assert ("muted" in attributes) is not sound
    with av.open(io.BytesIO(b64decode(film))) as container:
        assert len(container.streams.audio) == sound


def test_a_page_with_a_long_sound_is_no_larger_than_any_other(qapp, marked, tmp_path):
    path = export(marked, tmp_path / "a.html", sound=True, size=(64, 64), fps=1, seconds=200.0)
    assert path.stat().st_size <= 3_000_000


def test_two_networks_are_heard_and_a_search_is_not(qapp, tmp_path):
    networks = session_with(replace(default_experiment(), steps=30))
    assert export(networks, tmp_path / "a.wav", seconds=1.0).stat().st_size > RATE
    with pytest.raises(InputError, match="no sound of the workspace Search"):
        export(session_with(default_study()), tmp_path / "b.wav")
