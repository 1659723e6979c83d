"""The headings that the catalogue's entries stand under."""

from collections.abc import Mapping

from landscape.translation import Translation


def group_title(group: str, titles: Mapping[str, Mapping[str, str]], say: Translation) -> str:
    """Return the heading of a group; one that the catalogue gives no title is its own."""
    return say.pick(titles[group]) if group in titles else group
