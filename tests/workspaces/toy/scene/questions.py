"""The halves of a number, one after the other."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from landscape.scene.question import Ask, Cancelled, StreamQuestion, gathered
from tests.workspaces.toy.session.document import Toy


@dataclass(frozen=True, kw_only=True)
class HalvesQuestion(StreamQuestion[tuple[float, ...]]):
    toy: Toy

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[float, ...], float]]:
        return gathered(self._halves(cancelled), self.toy.steps + 1, cancelled)

    def _halves(self, cancelled: Cancelled) -> Iterator[float]:
        for step in range(self.toy.steps + 1):
            if cancelled():
                return
            time.sleep(0.005)
            yield self.toy.begin * 0.5**step
