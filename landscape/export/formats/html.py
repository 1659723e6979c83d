"""A page for any browser that needs nothing but itself: the film, its marks as slides, what is to be said, and keys."""

import json
from base64 import b64encode
from collections.abc import Generator
from dataclasses import replace
from html import escape
from pathlib import Path

import numpy as np

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.formats.mp4 import CODEC
from landscape.export.imprint import Imprint
from landscape.export.muxing import film_written
from landscape.export.turns import in_thread
from landscape.resources import asset
from landscape.translation import translation

MOST = 2_000_000
"""Bytes of the film: in the page they are four thirds as many letters."""
HEARD = 0.25
"""The most of it that is sound."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write a page of at most three megabytes; the film is encoded beside it first."""
    beside = path.with_suffix(".mp4")
    # So many bits a second at the most, in any second or two; what is heard takes its part of them.
    bits = int(8 * MOST / (len(film.steps) / film.fps + 2))
    heard = min(CODEC.audio_bits, int(HEARD * bits)) if film.settings.sound else 0
    most = str(bits - heard)
    # Where bytes are few, twice the time of a file's encoder is well spent.
    options = {"preset": "veryfast", "crf": "21", "profile": "high", "x264-params": "me=dia:subme=1:bframes=1"}
    options |= {"maxrate": most, "bufsize": most}
    codec = replace(CODEC, options=options, audio_bits=heard)
    imprint, page = film.imprint(animated=True), _page(film)
    try:
        yield from film_written(beside, film, codec)
        yield from in_thread(lambda _: path.write_text(_filled(page, imprint, beside.read_bytes()), encoding="utf-8"))
    finally:
        beside.unlink(missing_ok=True)
    yield len(film.steps)


def _page(film: Film) -> dict[str, str]:
    """Return the texts of the page."""
    say, colors = translation(film.settings.language), film.settings.colors
    forth = film.steps[: 1 + int(np.argmax(film.steps))]
    places = [
        {"time": float(np.searchsorted(forth, mark.step) / film.fps), "note": mark.note}
        for mark in film.marks
        if mark.step <= film.last_step
    ]
    return {
        "language": film.settings.language,
        "ground": colors.panel,
        "text": colors.text,
        "muted": colors.muted,
        "accent": colors.accent,
        "silent": "" if film.settings.sound else "muted",
        "play": say("Play or pause"),
        "keys": say("Space plays; arrow keys and a clicker go from mark to mark"),
        # What begins a tag would end the script.
        "marks": json.dumps(places, ensure_ascii=False).replace("<", "\\u003c"),
    }


def _filled(page: dict[str, str], imprint: Imprint, film: bytes) -> str:
    text = (asset("pages") / "film.html").read_text(encoding="utf-8")
    values = {name: value if name == "marks" else escape(value) for name, value in page.items()}
    told = {"title": imprint.title, "description": imprint.text, "link": imprint.link}
    values |= {name: escape(value) for name, value in told.items()} | {"film": b64encode(film).decode()}
    for name, value in values.items():
        text = text.replace(f"%{name}%", value)
    return text


FORMAT = Format(
    suffix=".html",
    titles={"en": "Page for browsers (HTML)", "zh": "网页（HTML）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: len(film.steps),
    multiple=2,
    audible=True,
)
