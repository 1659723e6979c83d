"""What a lesson is about, without what is taught: as a session of one's own, at its end and with nothing hidden."""

from dataclasses import replace

from landscape.session.files import lesson
from landscape.session.session import Session


def untaught(name: str) -> Session:
    """Return the session of a lesson without its lesson, and as it is first opened."""
    return replace(lesson(name), lessons={}, presentations={})
