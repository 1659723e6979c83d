"""Sound in a file: beside the pictures of a film, or alone."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from landscape.export.sound import RATE, Sound

if TYPE_CHECKING:
    from av import AudioStream
    from av.container import OutputContainer

BITS = 128_000
"""A second."""


class AudioTrack:
    """Writes a sound piece by piece, as far as the pictures are."""

    def __init__(self, container: "OutputContainer", codec: str, sound: Sound, bits: int = BITS) -> None:
        self._container = container
        self._stream = cast("AudioStream", container.add_stream(codec, rate=RATE, layout="stereo"))
        self._stream.bit_rate = bits
        self._pieces: Iterator[NDArray[np.float32]] = sound.pieces()
        self._written = 0

    def write_until(self, seconds: float) -> None:
        """Write what is heard until then."""
        while self._written < seconds * RATE:
            piece = next(self._pieces, None)
            if piece is None:
                return
            self._write(piece)

    def finish(self) -> None:
        """Write what is left, and what the encoder still holds."""
        for piece in self._pieces:
            self._write(piece)
        self._container.mux(self._stream.encode(None))

    def _write(self, piece: NDArray[np.float32]) -> None:
        import av

        plain = self._stream.format.name == "s16"
        samples = (32767 * piece.T).round().astype(np.int16).reshape(1, -1) if plain else np.ascontiguousarray(piece)
        frame = av.AudioFrame.from_ndarray(samples, format="s16" if plain else "fltp", layout="stereo")
        frame.sample_rate, frame.pts = RATE, self._written
        self._written += piece.shape[1]
        self._container.mux(self._stream.encode(frame))
