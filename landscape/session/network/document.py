"""An experiment: two networks that differ in what the person picks, trained alike on the same data."""

from collections.abc import Hashable
from dataclasses import dataclass, field, fields
from typing import ClassVar

from landscape.catalogue.optimizers import UpdateRule, optimizer
from landscape.catalogue.schedules import Schedule, schedule
from landscape.network.data.samples import Data, check
from landscape.network.network import Network, Precision, Training


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """Twin networks and how both are trained: on the same rows in the same order, from the same seed."""

    workspace: ClassVar[str] = "network"

    data: Data = field(default_factory=Data)
    twins: tuple[Network, Network]
    rule: UpdateRule
    schedule: Schedule
    steps: int = 500
    batch_size: int = 32
    """Rows in a mini-batch; 0: all of them."""
    seed: int = 0
    precision: Precision = "float32"
    threshold: float = 0.15
    """The training loss that both are to reach."""
    early_stopping: int | None = None
    """Steps without a lower loss over the test rows after which a training ends; None: never."""

    @property
    def last_step(self) -> int:
        """Length of the time line."""
        return self.steps

    @property
    def subject(self) -> Hashable:
        """The data set, whatever its values; of a person's own data the names of the columns."""
        return self.data.name, tuple(name for name, _ in self.data.columns)

    @property
    def training(self) -> Training:
        """How each of the two is trained."""
        return Training(
            rule=self.rule,
            schedule=self.schedule,
            steps=self.steps,
            batch_size=self.batch_size,
            seed=self.seed,
            precision=self.precision,
            early_stopping=self.early_stopping,
        )

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields of :class:`~landscape.network.network.Network` in which the twins differ, in their order."""
        first, second = self.twins
        return tuple(
            field.name for field in fields(Network) if getattr(first, field.name) != getattr(second, field.name)
        )


def default_experiment() -> Experiment:
    """Return what the workspace opens with: two spirals, without and with batch norm."""
    return Experiment(
        data=check(Data(name="spirals")),
        twins=(Network(), Network(normalization="batch")),
        rule=optimizer("sgd", lr=0.3),
        schedule=schedule("constant"),
    )
