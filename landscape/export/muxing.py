"""The last step of a film: pictures become packets in a file."""

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av import VideoFrame, VideoStream
    from av.container import OutputContainer


def mux(container: "OutputContainer", stream: "VideoStream", rate: Fraction, frames: Iterable["VideoFrame"]) -> None:
    """Write pictures that are shown for 1/``rate`` seconds each, and what the encoder still holds at the end."""
    for number, frame in enumerate(frames):
        frame.pts, frame.time_base = number, 1 / rate
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
