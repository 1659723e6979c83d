"""A strategy by its name, with its hyper-parameters: what is run in place of a rule, or starts one again and again.

What strategies there are is known where they are run: :mod:`landscape.descent.strategies`.
"""

from dataclasses import dataclass, replace

from landscape.arguments import checked
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.parameters import Parameter, Values, bind


@dataclass(frozen=True)
class Strategy:
    """A strategy with its hyper-parameters at ``values``."""

    entry: str
    """What it is called in the registry."""
    values: Values = ()
    rule: UpdateRule | None = None
    """The update rule that it runs inside; None where it runs none."""

    @checked
    def with_values(self, **values: float) -> "Strategy":
        """Return the strategy with some hyper-parameters changed; InputError for one that it does not have."""
        known = (Parameter(name=name, default=value, minimum=value, maximum=value) for name, value in self.values)
        return replace(self, values=bind(known, values, self.entry))
