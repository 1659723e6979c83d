"""Slides: one for each mark, with a film that plays by itself, what is to be said there, and alternative text."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from landscape.export.deck import Part, part_film, parts
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.formats.mp4 import CODEC
from landscape.export.imprint import PROGRAM, Imprint
from landscape.export.muxing import film_written
from landscape.export.stills import picture
from landscape.export.turns import Stopped, Turns, in_thread

WIDTH = 12_192_000
"""Of a slide, in the units of its file: 13⅓ inches."""


@dataclass(frozen=True, kw_only=True)
class _Slide:
    film: bytes
    poster: bytes
    """The first frame as a PNG."""
    note: str
    description: str


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write a slide for each part of the time line; each film is encoded beside the file first."""
    slides, done = list[_Slide](), 0
    beside = path.with_suffix(".mp4")
    try:
        for part in parts(film):
            with closing(part_film(film, part)) as alone:
                yield from _counted(_encoding(alone, part, beside, slides), done)
                done += len(alone.steps)
    finally:
        beside.unlink(missing_ok=True)
    imprint = film.imprint(animated=True)
    yield from in_thread(lambda _: path.write_bytes(_packed(slides, film.size, imprint)))
    yield done


def _counted(work: Turns[None], before: int) -> Turns[None]:
    """Do some work, and yield how many frames are done with those before; what is thrown in reaches it."""
    try:
        frames = next(work)
        while True:
            try:
                yield None if frames is None else before + frames
            except Stopped as stop:
                frames = work.throw(stop)
            else:
                frames = next(work)
    except StopIteration:
        return
    finally:
        work.close()


def _encoding(alone: Film, part: Part, beside: Path, slides: list[_Slide]) -> Turns[None]:
    first = yield from alone.drawing(part.begin)
    poster = BytesIO()
    yield from in_thread(lambda _: picture(first, sheer=False).save(poster, "PNG"))
    yield from film_written(beside, alone, CODEC)
    description = alone.changed(step=part.end).imprint(animated=False).description
    content = yield from in_thread(lambda _: beside.read_bytes())
    slides.append(_Slide(film=content, poster=poster.getvalue(), note=part.note, description=description))


def _packed(slides: list[_Slide], size: tuple[int, int], imprint: Imprint) -> bytes:
    from pptx import Presentation
    from pptx.opc import package as opc
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.packuri import PackURI
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(round(WIDTH * size[1] / size[0]))
    told = deck.core_properties
    told.title, told.author, told.subject = imprint.title, PROGRAM, imprint.citation
    if imprint.link:
        # Offices keep such a part when they save the slides again.
        content = f"<landscape>{imprint.link}</landscape>".encode()
        part = opc.Part(PackURI("/customXml/item1.xml"), "application/xml", deck.part.package, content)
        deck.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    empty = deck.slide_layouts[6]
    for each in slides:
        slide = deck.slides.add_slide(empty)
        place = (0, 0, deck.slide_width, deck.slide_height)
        film = slide.shapes.add_movie(BytesIO(each.film), *place, BytesIO(each.poster), "video/mp4")
        _tell(film.element, each.description)
        _play(slide.element)
        slide.notes_slide.notes_text_frame.text = each.note
    packed = BytesIO()
    deck.save(packed)
    return _dateless(packed)


def _dateless(packed: BytesIO) -> bytes:
    """Return a packed folder without dates: the same session makes the same file. Films are compressed already."""
    found = BytesIO()
    with ZipFile(packed) as given, ZipFile(found, "w") as folder:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            plain = name.startswith(("customXml/", "ppt/media/"))
            folder.writestr(ZipInfo(name), given.read(name), ZIP_STORED if plain else ZIP_DEFLATED)
    return found.getvalue()


def _tell(film: Any, description: str) -> None:  # noqa: ANN401
    """Give a film on a slide its alternative text."""
    for named in film.xpath(".//p:cNvPr"):
        named.set("descr", description)


def _play(slide: Any) -> None:  # noqa: ANN401
    """Have the film of a slide play as soon as the slide is there."""
    for condition in slide.xpath(".//p:timing//p:video//p:cond"):
        condition.set("delay", "0")


FORMAT = Format(
    suffix=".pptx",
    titles={"en": "Slides (PowerPoint)", "zh": "幻灯片（PowerPoint）"},
    animated=True,
    pictured=True,
    write=write,
    length=lambda film: sum(len(part_film(film, part).steps) for part in parts(film)),
    multiple=2,
    audible=True,
)
