"""What a file says of itself: its title, how to cite it, and the session it was made of, in which it opens again."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from landscape.export.settings import Settings
from landscape.export.standing import shown
from landscape.scene.answers import Answers
from landscape.scene.text import session_title
from landscape.scene.workspaces import scene_part
from landscape.session.files import link
from landscape.session.session import Session
from landscape.translation import translation
from landscape.version import __version__

PROGRAM = f"Landscape {__version__}"
END = "="
"""Closes a link: whatever follows it in a file could be taken for more of it."""
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<photoshop:Source>{link}</photoshop:Source>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What stands in the metadata of a file."""

    title: str
    description: str
    """What is seen, for somebody who does not see it."""
    citation: str
    """How to cite the figure, as a sentence."""
    link: str
    """The session as one word that opens like a file; empty where it is left out."""

    @property
    def text(self) -> str:
        """The description, and how to cite it."""
        return f"{self.description}\n{self.citation}"

    @property
    def packet(self) -> bytes:
        """All of it as an XMP packet (ISO 16684-1), for the formats that hold one."""
        texts = {"title": self.title, "text": self.text, "program": PROGRAM, "link": self.link}
        return _PACKET.format(**{name: escape(text) for name, text in texts.items()}).encode()


def described(session: Session, settings: Settings, answers: Answers, *, animated: bool = False) -> str:
    """Return what a film or a picture shows, in sentences, of what is known."""
    drawn = shown(session, settings, animated=animated)
    step = None if animated else settings.step
    say = translation(settings.language)
    told = scene_part(drawn.workspace).described(drawn.document, answers, say, step)
    return "\n".join((session_title(session, say), *told))


def imprint(session: Session, settings: Settings, answers: Answers, *, animated: bool) -> Imprint:
    """Return what a film or a picture of a session says of itself."""
    say = translation(settings.language)
    title = session_title(session, say)
    return Imprint(
        title=title,
        description=described(session, settings, answers, animated=animated),
        citation=say("“{title}”, drawn with {program}. It opens again in Landscape.", title=title, program=PROGRAM)
        if settings.session
        else say("“{title}”, drawn with {program}.", title=title, program=PROGRAM),
        link=link(shown(session, settings, animated=animated)) + END if settings.session else "",
    )
