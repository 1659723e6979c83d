from landscape.export.workspaces import ExportPart
from tests.workspaces.toy.scene.questions import HalvesQuestion


def _renderer(session, settings, answers, still):
    from tests.workspaces.toy.export.render import ToyRenderer

    return ToyRenderer(session, settings, answers)


class ToyTable:
    columns = ("step", "half")
    blocks = 1

    def __init__(self, toy) -> None:
        self._question = HalvesQuestion(toy=toy)

    def wanted(self):
        return (self._question,)

    def rows(self, answers, say):
        yield ((step, repr(half)) for step, half in enumerate(answers.compute(self._question)))


WORKSPACE = ExportPart(renderer=_renderer, table=lambda toy, _: ToyTable(toy), matters=lambda _: frozenset())
