"""Links: a whole session as one word, ``landscape:`` and base64 of what is compressed, for a chat or a slide."""

import binascii
import zlib
from base64 import b64decode, urlsafe_b64encode

from landscape.errors import InputError

PREFIX = "landscape:"
FOR_URLS = bytes.maketrans(b"-_", b"+/")


def is_link(text: str) -> bool:
    """Tell whether a text is a link, or begins as one."""
    return text.lstrip().startswith(PREFIX)


def packed(content: bytes) -> str:
    """Return what stands in a file as a link."""
    return PREFIX + urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def unpacked(text: str, most: int) -> bytes:
    """Return what is in a link, ``most`` bytes of it at most, a whole number of millions.

    Line breaks and spaces are left out, which mails put into long words.

    Raises:
        InputError: The text is damaged, or holds more than that.
    """
    word = "".join(text.split()).removeprefix(PREFIX).rstrip("=")
    try:
        # Four letters are three bytes, and what cannot be compressed is hardly longer than it was.
        if len(word) > 2 * most:
            raise _too_large(most)
        compressed = b64decode(word.encode("ascii").translate(FOR_URLS) + b"=" * (-len(word) % 4), validate=True)
        stream = zlib.decompressobj()
        content = stream.decompress(compressed, most + 1)
    except (UnicodeEncodeError, binascii.Error, zlib.error) as error:
        raise _damaged() from error
    if len(content) > most:
        raise _too_large(most)
    if not stream.eof or stream.unused_data:
        raise _damaged()
    return content


def _damaged() -> InputError:
    return InputError("The link is damaged, or a part of it is missing")


def _too_large(most: int) -> InputError:
    return InputError("The link holds more than {most} megabytes", most=most // 1_000_000)
