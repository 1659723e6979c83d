"""What a lecture shows one after the other: from mark to mark, each with what is to be said there."""

from dataclasses import dataclass

from landscape.export.film import Film

SHORTEST = 1.5
"""Seconds of a part at the least."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """From one mark to the next."""

    begin: float
    """The step at which it begins."""
    end: float
    note: str
    """What is to be said at its end."""
    seconds: float


def parts(film: Film) -> tuple[Part, ...]:
    """Return the parts of a session's time line: each ends at a mark, or at the end of all.

    Together they last as long as the film, but each ``SHORTEST`` at the least.
    """
    last = float(film.last_step)
    marks = [mark for mark in film.marks if mark.step <= last]
    ends = [(float(mark.step), mark.note) for mark in marks]
    if not marks or marks[-1].step < last:
        ends.append((last, ""))
    begin, found = 0.0, list[Part]()
    for end, note in ends:
        share = (end - begin) / last if last else 1.0
        seconds = max(SHORTEST, film.settings.seconds * share)
        found.append(Part(begin=begin, end=end, note=note, seconds=seconds))
        begin = end
    return tuple(found)


def part_film(film: Film, part: Part) -> Film:
    """Return the film of a part alone."""
    return film.changed(span=(part.begin, part.end), seconds=part.seconds, hold=0.0, rewind=False)
