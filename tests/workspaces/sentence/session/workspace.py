"""The least that a workspace can be: it shows a sentence."""

from dataclasses import dataclass
from typing import ClassVar

from landscape.session.workspaces import SessionPart


@dataclass(frozen=True, kw_only=True)
class Sentence:
    workspace: ClassVar[str] = "sentence"

    text: str = "There will be a search."
    steps: int = 1

    @property
    def last_step(self) -> int:
        return self.steps

    @property
    def subject(self) -> str:
        return self.text


WORKSPACE = SessionPart(document=Sentence, new=Sentence, check=lambda sentence: sentence)
