"""H.264 in MP4: what slides, browsers and phones play."""

from collections.abc import Generator, Iterator
from contextlib import closing
from fractions import Fraction
from functools import partial
from pathlib import Path

from landscape.export.encoder import Frame, encoded
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import Imprint
from landscape.export.muxing import mux

QUALITY = {"preset": "veryfast", "crf": "18"}
THREADS = 4
"""As many encode, however many cores there are, for the bytes depend on it. More would wait for what is drawn."""
BT709 = 1
"""The number of this standard for colour space, primaries and transfer alike (ITU-T H.273)."""
LIMITED = 1
"""The number for the range 16 to 235."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write ``film``, whose width and height are even, with the moov atom first, 4:2:0."""
    yield from encoded(film, partial(_encode, path, film.size, film.fps, film.imprint(animated=True)))


def _encode(path: Path, size: tuple[int, int], fps: float, imprint: Imprint, frames: Iterator[Frame]) -> None:
    import av
    from av.video.reformatter import VideoReformatter

    rate = Fraction(fps).limit_denominator(1001)
    with closing(av.open(str(path), "w", options={"movflags": "+faststart"})) as container:
        # Of the names that this kind of film knows, the last one may be as long as a session.
        container.metadata.update(title=imprint.title, comment=imprint.citation, synopsis=imprint.link)
        stream = container.add_stream("libx264", rate=rate, options=QUALITY)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.thread_count = THREADS
        context.color_range, context.colorspace = LIMITED, BT709
        context.color_primaries = context.color_trc = BT709
        reformatter = VideoReformatter()

        def halved(pixels: Frame) -> av.VideoFrame:
            picture = av.VideoFrame.from_numpy_buffer(pixels, format="bgra")
            return reformatter.reformat(picture, format="yuv420p", dst_colorspace=BT709, dst_color_range=LIMITED)

        mux(container, stream, rate, map(halved, frames))


FORMAT = Format(
    suffix=".mp4",
    titles={"en": "Film (MP4, H.264)", "zh": "视频（MP4，H.264）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    multiple=2,
)
