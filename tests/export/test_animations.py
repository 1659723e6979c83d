"""Films and animations of every format, read again by others' libraries: frames, timing, colours, and what is sheer."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from landscape.errors import InputError
from landscape.export.export import export
from landscape.export.film import Film
from landscape.export.formats import formats
from landscape.export.render import matted
from landscape.export.settings import Settings
from landscape.session.files import lesson

av = pytest.importorskip("av")
SMALL = {"size": (320, 180), "fps": 20, "seconds": 1.0}
DECKS = {".animate.zip", ".html", ".pptx", ".wav"}
"""They are made of films, of pages or of sound, and have tests of their own."""
ANIMATED = [suffix for suffix, each in formats().items() if each.animated and suffix not in DECKS]
SHEER = [suffix for suffix, each in formats().items() if each.sheer]
FILMS = {".mp4", ".mov", ".webm"}
GROUND = (255, 200, 40)


@pytest.fixture(scope="module")
def film(qapp, session):
    made = Film(session, Settings(**SMALL))
    for _ in made.prepare(animated=True, pictured=True):
        pass
    yield made
    made.close()


def rgba(frame) -> np.ndarray:
    return np.asarray(frame.convert("RGBA")).astype(float)


def frames_of(path) -> list[np.ndarray]:
    """The frames of a file as red, green, blue and opacity, read by another program's library."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as folder:
            return [rgba(Image.open(io.BytesIO(folder.read(name)))) for name in sorted(folder.namelist())]
    if path.suffix in FILMS:
        return list(decoded(path))
    with Image.open(path) as image:
        found = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            image.load()
            # What stays the same is one frame that lasts longer, as WebP has it.
            times = max(1, round(image.info.get("duration", 50) / 50)) if path.suffix == ".webp" else 1
            found += [rgba(image)] * times
        return found


def decoded(path):
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        # The decoder that comes first knows nothing of opacity.
        decoder = av.CodecContext.create("libvpx-vp9", "r") if path.suffix == ".webm" else stream.codec_context
        for packet in container.demux(stream):
            for frame in decoder.decode(packet):
                yield frame.to_ndarray(format="rgba").astype(float)


@pytest.mark.parametrize("suffix", ANIMATED)
def test_every_frame_is_there_and_shows_its_step(qapp, session, film, tmp_path, suffix):
    path = export(session, tmp_path / f"影片{suffix}", **SMALL)
    found = frames_of(path)
    assert len(found) == 20
    for number in (0, 9, 19):
        expected = film.frame(float(film.steps[number]))[:, :, 2::-1].astype(float)
        error = np.abs(found[number][..., :3] - expected)
        assert np.median(error) <= 3
        assert error.mean() < 6
        assert expected.std() > 20
        assert (found[number][..., 3] == 255).all()


@pytest.mark.parametrize("suffix", [".apng", ".zip"])
def test_what_says_that_nothing_is_lost_loses_nothing(qapp, session, film, tmp_path, suffix):
    found = frames_of(export(session, tmp_path / f"a{suffix}", **SMALL))
    for step, frame in zip(film.steps, found, strict=True):
        assert (frame[..., :3] == film.frame(float(step))[:, :, 2::-1]).all()


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".apng"])
@pytest.mark.parametrize("loops", [0, 1, 3])
def test_an_animation_runs_as_often_as_it_should(qapp, session, tmp_path, suffix, loops):
    with Image.open(export(session, tmp_path / f"a{suffix}", **SMALL, loops=loops)) as image:
        # Of a GIF the repetitions are written, and nothing for once.
        assert image.info.get("loop") == ({0: 0, 1: None, 3: 2}[loops] if suffix == ".gif" else loops)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".apng"])
@pytest.mark.parametrize("fps", [25, 100 / 3, 30])
def test_its_frames_last_as_long_as_they_should(qapp, session, tmp_path, suffix, fps):
    with Image.open(export(session, tmp_path / f"a{suffix}", size=(64, 64), fps=fps, seconds=1.0)) as image:
        times = []
        for number in range(image.n_frames):
            image.seek(number)
            image.load()
            times.append(image.info["duration"])
    assert sum(times) == pytest.approx(1000.0, abs=15)
    if suffix == ".gif":
        assert set(times) == {40 if fps == 25 else 30}


@pytest.mark.parametrize("given", [1, 12, 24, 30, 60, 120])
def test_a_gif_has_only_rates_that_every_program_keeps(session, given):
    fitted = formats()[".gif"].fitted(Film(session, Settings(fps=given)))
    assert round(100 / fitted.fps, 6) in (2, 3, 4, 5)


def test_the_first_frame_of_a_gif_is_whole(qapp, session, tmp_path):
    data = export(session, tmp_path / "a.gif", **SMALL).read_bytes()
    place = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    while data[place] == 0x21:
        place += 2
        while data[place]:
            place += data[place] + 1
        place += 1
    assert data[place] == 0x2C
    assert np.frombuffer(data[place + 1 : place + 9], "<u2").tolist() == [0, 0, 320, 180]


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".mov"])
def test_a_film_says_what_it_is(qapp, session, tmp_path, suffix):
    with av.open(str(export(session, tmp_path / f"a{suffix}", **SMALL))) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_range) == (1, 1)
        found = context.name, context.profile, context.pix_fmt.replace("12le", "10le")
    names = {
        ".mp4": ("h264", "High", "yuv420p"), ".webm": ("vp9", "Profile 0", "yuv420p"),
        ".mov": ("prores", "4444", "yuv444p10le"),
    }  # fmt: skip
    assert found == names[suffix]


@pytest.mark.parametrize("suffix", SHEER)
def test_without_a_ground_it_looks_on_any_ground_as_if_drawn_on_it(qapp, tmp_path, suffix):
    look = {"size": (320, 180), "fps": 20, "seconds": 0.2, "theme": "light"}
    sheer = frames_of(export(lesson("saddle"), tmp_path / f"a{suffix}", **look, transparent=True))[-1]
    plain = Film(lesson("saddle"), Settings(**look, ground="#{:02x}{:02x}{:02x}".format(*GROUND)))
    expected = (plain.frame(float(plain.last_step)) if suffix != ".png" else plain.still())[:, :, 2::-1].astype(float)
    plain.close()
    opacity = sheer[..., 3:] / 255
    shown = sheer[..., :3] * opacity + np.array(GROUND) * (1 - opacity)
    assert 0.2 < (opacity < 0.01).mean() < 0.8
    error = np.abs(shown - expected)
    assert np.median(error) <= 4
    assert np.percentile(error, 97) <= 40
    assert error.mean() < 5


@pytest.mark.parametrize("suffix", [".mp4", ".gif", ".svg"])
def test_what_cannot_be_sheer_says_so_and_names_what_can(session, tmp_path, suffix):
    with pytest.raises(InputError, match=rf"^\{suffix} cannot be transparent; .*\.webm.* can"):
        export(session, tmp_path / f"a{suffix}", **SMALL, transparent=True)


@pytest.mark.parametrize("options", [{"ground": "red"}, {"ground": "#12345"}, {"loops": -1}, {"loops": 1.5}])
def test_no_colour_and_no_number_of_times_is_refused(session, tmp_path, options):
    with pytest.raises(InputError):
        export(session, tmp_path / "a.gif", **options)


def test_a_colour_and_its_opacity_are_told_from_two_grounds():
    source = np.random.default_rng(0)
    color, opacity = source.integers(0, 256, (50, 60, 3)), source.integers(0, 256, (50, 60, 1))
    black, white = np.zeros((50, 60, 4), np.uint8), np.zeros((50, 60, 4), np.uint8)
    black[..., :3] = np.round(color * opacity / 255)
    white[..., :3] = np.round(color * opacity / 255 + 255 - opacity)
    found = matted(black, white).astype(int)
    assert (np.abs(found[..., 3:] - opacity) <= 1).all()
    solid = opacity[..., 0] > 128
    assert (np.abs(found[..., :3] - color)[solid] <= 2).all()
