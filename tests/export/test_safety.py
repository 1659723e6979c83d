"""A file is written whole, or what was there stays as it was."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from inspect import isfunction
from itertools import islice

import numpy as np
import pytest

from landscape.errors import InputError
from landscape.export.descent.table import TrajectoryTable
from landscape.export.encoder import Encoder, encoded
from landscape.export.export import export, export_steps
from landscape.export.film import Film
from landscape.export.formats import formats
from landscape.export.settings import Settings
from landscape.export.turns import Stopped, finished
from landscape.translation import LANGUAGES

TINY = {"size": (160, 120), "fps": 20, "seconds": 1.0}
ANIMATED = [suffix for suffix, each in formats().items() if each.animated]
PAGES = {".animate.zip", ".wav"}
"""What is painted or heard, and not encoded."""
BEFORE = b"what was there before"
METHODS = [
    name for name, each in vars(Film).items() if isfunction(each) and not name.startswith("_") and name != "close"
]
"""What a format can ask of a film."""
DRAWING = {"drawing", "drawing_still", "painting", "painting_still", "solid", "tikz", "rows", "sound"}
"""Those that draw: each format asks for one of them at least."""


@pytest.fixture(params=formats())
def target(request, tmp_path):
    path = tmp_path / f"film{request.param}"
    path.write_bytes(BEFORE)
    return path


def only(path):
    """Whether the folder holds this file as it was, and nothing else."""
    return [each.name for each in path.parent.iterdir()] == [path.name] and path.read_bytes() == BEFORE


def encoders():
    return [thread for thread in threading.enumerate() if thread.name == "encoder"]


def test_progress_goes_to_the_end_and_the_file_is_there_only_then(qapp, session, tmp_path):
    path = tmp_path / "film.mp4"
    seen = []
    for done, total, *_ in export_steps(session, path, **TINY):
        seen.append(done)
        assert path.exists() == (done == total)
        assert total == 20
    assert seen[-1] == 20
    assert seen == sorted(seen)
    assert seen.count(20) == 1


@pytest.mark.parametrize("suffix", formats())
def test_progress_tells_what_is_computed_and_how_long_the_rest_will_take(qapp, session, tmp_path, suffix):
    begun = time.monotonic()
    seen = list(export_steps(session, tmp_path / f"film{suffix}", **TINY))
    took = time.monotonic() - begun
    assert seen[0].left is None
    assert seen[-1] == (seen[-1].total, seen[-1].total, 1.0, 0.0)
    shares = [progress.computed for progress in seen]
    assert shares == sorted(shares)
    begun_at = shares.index(1.0)
    assert all(progress.done == 0 for progress in seen[:begun_at])
    assert all(0.0 <= progress.left <= 20 * took for progress in seen if progress.left is not None)


@pytest.mark.parametrize("suffix", ANIMATED)
def test_an_export_that_is_stopped_goes_on_until_its_threads_have_ended_and_leaves_nothing(
    qapp, session, tmp_path, suffix
):
    path = tmp_path / f"film{suffix}"
    path.write_bytes(BEFORE)
    steps = export_steps(session, path, **TINY)
    while next(steps).done < 3:
        pass
    with pytest.raises(Stopped):
        stop(steps)
    assert only(path)
    assert not encoders()


def stop(steps) -> None:
    steps.throw(Stopped())
    for _ in steps:
        pass


@pytest.mark.parametrize("suffix", ANIMATED)
@pytest.mark.parametrize("frames", [0, 1, 7])
def test_an_export_that_is_cancelled_leaves_nothing(qapp, session, tmp_path, suffix, frames):
    path = tmp_path / f"film{suffix}"
    path.write_bytes(BEFORE)
    steps = export_steps(session, path, **TINY)
    for _ in range(frames):
        next(steps)
    steps.close()
    assert only(path)
    assert not encoders()


def test_an_export_that_is_forgotten_leaves_nothing(qapp, session, tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(BEFORE)
    steps = export_steps(session, path, **TINY)
    next(steps)
    del steps
    assert only(path)
    assert not encoders()


def asked(session, path, monkeypatch):
    """Write a file, and return the methods by which its format has anything drawn, computed or told."""
    found = {}
    with monkeypatch.context() as patch:
        for each, name in ((TrajectoryTable, "rows"), *((Film, name) for name in METHODS)):
            patch.setattr(each, name, noted(found, each, name))
        export(session, path, **TINY)
    return list(found)


def noted(found, each, name):
    method = getattr(each, name)

    def call(*given, **named):
        found[each, name] = True
        return method(*given, **named)

    return call


def test_an_error_while_drawing_leaves_nothing(qapp, session, target, tmp_path_factory, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no picture")

    draws = asked(session, tmp_path_factory.mktemp("whole") / target.name, monkeypatch)
    assert {name for _, name in draws} & DRAWING
    for each, name in draws:
        with monkeypatch.context() as patch:
            patch.setattr(each, name, fail)
            with pytest.raises(RuntimeError, match="no picture"):
                export(session, target, **TINY)
        assert only(target)
        assert not encoders()


def test_a_folder_that_is_not_there_is_one_sentence(session, tmp_path):
    path = tmp_path / "nowhere" / "film.mp4"
    with pytest.raises(InputError, match=r"film\.mp4 cannot be written: No such file or directory"):
        export(session, path, **TINY)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are of Unix")
def test_a_full_disk_is_one_sentence_and_harms_nothing(target):
    """A limit on the size of files stands in for the full disk: writing fails just so."""
    code = """
import resource, signal, sys
from landscape.errors import InputError
from landscape.export.export import export, export_steps
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
export("saddle", sys.argv[2], size=(160, 120), fps=20, seconds=1.0)  # compiles what is needed, while there is room
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    export("saddle", sys.argv[1], size=(640, 480), fps=20, seconds=1.0)
except InputError as error:
    print(error)
"""
    room = target.parent / "room"
    room.mkdir()
    command = [sys.executable, "-c", code, str(target), str(room / target.name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert f"{target} cannot be written: " in done.stdout
    for each in room.iterdir():
        each.unlink()
    room.rmdir()
    assert only(target)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_kill_in_the_middle_does_not_harm_the_file_that_was_there(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(BEFORE)
    code = """
import sys
from landscape.export.export import export_steps
for done, *_ in export_steps("saddle", sys.argv[1], size=(160, 120), fps=20, seconds=600.0):
    print(done, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as process:
        while int(process.stdout.readline()) < 30:
            pass
        os.kill(process.pid, signal.SIGKILL)
    assert path.read_bytes() == BEFORE


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"size": (63, 500)}, "The size 63×500 is not possible; width and height can be 64 to 7680 pixels"),
        ({"size": (500, 7681)}, "The size 500×7681 is not possible"),
        ({"size": (640.0, 360)}, "The size 640.0×360 is not possible"),
        ({"fps": 0.5}, "0.5 frames per second are not possible; 1 to 120 are"),
        ({"fps": float("nan")}, "nan frames per second are not possible"),
        ({"fps": 121}, "121 frames per second are not possible"),
        ({"view": ((0, 0), (-3, 3))}, "The view from 0 to 0 is empty"),
        ({"view": ((-3, 3), (2.0, -2.0))}, "The view from 2.0 to -2.0 is empty"),
        ({"view": ((-3, 3), (0.0, float("nan")))}, "The view from 0.0 to nan is empty"),
        ({"seconds": 0.05}, "A film of 0.05 seconds is not possible; one of 0.1 to 600 seconds is"),
        ({"seconds": float("inf")}, "A film of inf seconds is not possible"),
        ({"theme": "pink"}, "There is no theme 'pink'; there are: light, dark"),
        ({"language": "fr"}, f"There is no language 'fr'; there are: {', '.join(LANGUAGES)}"),
    ],
)
def test_what_cannot_be_is_refused_at_once_in_one_sentence(session, tmp_path, options, sentence):
    with pytest.raises(InputError) as caught:
        export_steps(session, tmp_path / "film.mp4", **options)
    assert str(caught.value).startswith(sentence)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("film", "film has no suffix that tells the format; there are: {allowed}"),
        ("film.mp5", "There is no format .mp5; did you mean .mp4? There are: {allowed}"),
        ("film.xyz", "There is no format .xyz; there are: {allowed}"),
    ],
)
def test_a_format_that_is_not_known_is_refused_with_those_that_are(session, name, sentence):
    with pytest.raises(InputError) as caught:
        export_steps(session, name)
    assert str(caught.value) == sentence.format(allowed=", ".join(formats()))


def test_a_slow_encoder_does_not_pile_frames_up():
    waiting, most = [], []

    def consume(frames):
        for frame in frames:
            time.sleep(0.01)
            waiting.remove(int(frame[0, 0, 0]))

    encoder = Encoder(consume)
    for number in range(30):
        waiting.append(number)
        most.append(len(waiting))
        finished(encoder.put(np.full((1, 1, 4), number, np.uint8)))
    for _ in encoder.finish():
        pass
    assert waiting == []
    assert max(most) <= 7


@pytest.mark.parametrize("copied", [True, False])
def test_frames_are_drawn_over_others_only_where_nobody_keeps_those(qapp, session, copied):
    film = Film(session, Settings(size=(160, 120), fps=10.0, seconds=2.0))
    finished(film.prepare(animated=True, pictured=True))
    kept, seen = [], []

    def consume(frames):
        for frame in frames:
            kept.append(frame)
            seen.append(frame.copy())

    for _ in encoded(film, consume, copied=copied):
        pass
    assert len(seen) == len(film.steps) == 20
    for step, frame, other in zip(film.steps.tolist(), seen, kept, strict=True):
        assert np.array_equal(frame[..., :3], film.frame(step)[..., :3])
        assert copied or np.array_equal(frame, other)
    places = len({id(frame) for frame in kept})
    assert places <= 7 if copied else places == 20


@pytest.mark.parametrize("suffix", [suffix for suffix in ANIMATED if suffix not in PAGES])
def test_an_encoder_that_fails_at_every_tenth_frame_leaves_nothing(qapp, session, tmp_path, monkeypatch, suffix):
    path, waiting = tmp_path / f"film{suffix}", Encoder.waiting
    path.write_bytes(BEFORE)

    def broken(self, stopped):
        yield from islice(waiting(self, stopped), 9)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Encoder, "waiting", broken)
    for _ in range(2):
        with pytest.raises(InputError, match="cannot be written: No space left on device"):
            export(session, path, **TINY)
        assert only(path)
        assert not encoders()


def test_an_encoder_that_fails_says_so_to_who_draws():
    def consume(frames):
        next(frames)
        raise OSError(28, "No space left on device")

    encoder = Encoder(consume)
    frame = np.zeros((1, 1, 4), np.uint8)
    with pytest.raises(OSError, match="No space left"):
        list(map(finished, (encoder.put(frame) for _ in range(100))))
    encoder.stop()
    assert not encoders()


def test_a_film_rests_on_its_last_step(session):
    steps = Film(session.with_document(replace(session.document, steps=50)), Settings(seconds=4.0, fps=10)).steps
    assert len(steps) == 40
    assert steps[0] == 0.0
    assert (steps[-5:] == 50.0).all()


@pytest.mark.slow
def test_the_first_picture_is_refused_in_another_thread_and_a_later_one_is_written(tmp_path):
    code = """
import sys, threading
from pathlib import Path
from landscape.errors import InputError
from landscape.export.export import export

def write(name):
    try:
        export("saddle", Path(sys.argv[1], name), size=(160, 120))
    except InputError as error:
        print(error)

for here, name in ((False, "first.png"), (True, "second.png"), (False, "third.png")):
    thread = threading.Thread(target=write, args=(name,))
    write(name) if here else (thread.start(), thread.join())
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("main thread") == done.stdout.count("\n") == 1
    assert "QBasicTimer" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"second.png", "third.png"}
