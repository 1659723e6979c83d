"""Films as files: pictures are encoded, and their packets written with what the film says of itself."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from landscape.export.audio import BITS, AudioTrack
from landscape.export.encoder import Frame, encoded
from landscape.export.film import Film
from landscape.export.imprint import Imprint
from landscape.export.turns import Turns

if TYPE_CHECKING:
    from av import VideoFrame, VideoStream
    from av.container import OutputContainer

    from landscape.export.sound import Sound

THREADS = 4
"""As many encode, however many cores there are, for the bytes depend on it. More would wait for what is drawn."""
BT709 = 1
"""The number of this standard for colour space, primaries and transfer alike (ITU-T H.273)."""
LIMITED = 1
"""The number for the range 16 to 235."""


@dataclass(frozen=True, kw_only=True)
class Codec:
    """How the pictures of one kind of film are encoded."""

    name: str
    options: Mapping[str, str]
    opaque: str
    """The form of the pixels of a picture that covers its ground."""
    sheer: str = ""
    """That of one through which the ground is seen; empty where there is none."""
    container: Mapping[str, str] = field(default_factory=dict)
    """Options of the file around them."""
    audio: str = "aac"
    """How its sound is encoded."""
    audio_bits: int = BITS
    """How many bits a second of it takes."""
    link: str
    """The name under which this kind of file can hold a text as long as a session."""

    def tags(self, imprint: Imprint) -> Mapping[str, str]:
        """Return what a film says of itself."""
        told = {"title": imprint.title, "comment": imprint.citation, "description": imprint.description}
        return {**told, self.link: imprint.link}


def film_written(path: Path, film: Film, codec: Codec) -> Turns[None]:
    """Write a film by turns."""
    sound = film.sound() if film.settings.sound else None
    encode = partial(_encode, path, film, codec, film.imprint(animated=True), sound)
    yield from encoded(film, encode, copied=True)  # into the form of pixels that the encoder takes


def rate_of(film: Film) -> Fraction:
    """Return the frames per second as encoders take them."""
    return Fraction(film.fps).limit_denominator(1001)


def mux(container: "OutputContainer", stream: "VideoStream", rate: Fraction, frames: Iterable["VideoFrame"]) -> None:
    """Write pictures that are shown for 1/``rate`` seconds each, and what the encoder still holds at the end."""
    for number, frame in enumerate(frames):
        frame.pts, frame.time_base = number, 1 / rate
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _encode(
    path: Path, film: Film, codec: Codec, imprint: Imprint, sound: "Sound | None", frames: Iterator[Frame]
) -> None:
    import av
    from av.video.reformatter import VideoReformatter

    pixels = codec.sheer if film.settings.transparent else codec.opaque
    rate = rate_of(film)
    with closing(av.open(str(path), "w", options=dict(codec.container))) as container:
        container.metadata.update(codec.tags(imprint))
        stream = container.add_stream(codec.name, rate=rate, options=dict(codec.options))
        stream.width, stream.height = film.size
        stream.pix_fmt = pixels
        context = stream.codec_context
        context.thread_count = THREADS
        context.color_range, context.colorspace = LIMITED, BT709
        context.color_primaries = context.color_trc = BT709
        reformatter = VideoReformatter()

        def converted(frame: Frame) -> av.VideoFrame:
            picture = av.VideoFrame.from_numpy_buffer(frame, format="bgra")
            return reformatter.reformat(picture, format=pixels, dst_colorspace=BT709, dst_color_range=LIMITED)

        if sound is None:
            mux(container, stream, rate, map(converted, frames))
            return
        track = AudioTrack(container, codec.audio, sound, codec.audio_bits)
        mux(container, stream, rate, _with_sound(map(converted, frames), track, rate))
        track.finish()


def _with_sound(frames: "Iterable[VideoFrame]", track: AudioTrack, rate: Fraction) -> "Iterator[VideoFrame]":
    """Yield pictures, and write what is heard with each before the next."""
    for number, frame in enumerate(frames, start=1):
        yield frame
        track.write_until(float(number / rate))
