"""Loss surfaces: a formula in x and y with parameters, a domain, a rotation, and where it has them, data.

A :class:`Surface` is made of text and numbers only, so that it can be compared, hashed, saved and undone. Trees,
derivatives and arrays follow from it and are kept by pure functions of the text.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.arguments import checked
from landscape.catalogue import surface_checks as checks
from landscape.catalogue.formulas import check_described, is_id, named
from landscape.catalogue.loading import Fields, Shelf, shelf
from landscape.catalogue.parameters import Described, Parameter, Values, bind, described, widened
from landscape.catalogue.parameters import check_described as check_ranges
from landscape.catalogue.surface_checks import Data, Domain
from landscape.catalogue.surface_trees import (
    TRANSFORM,
    VARIABLES,
    affine,
    directional_tree,
    exact_trees,
    exponent_names,
    gradient_trees,
    hessian_trees,
    own_parameter_names,
    surface_tree,
)
from landscape.errors import InputError, Listing
from landscape.formula.tree import Node, evaluate
from landscape.memory import bounded


@dataclass(frozen=True, kw_only=True)
class Surface:
    """A function of x and y: ``formula`` with its parameters at ``values``, rotated and rescaled.

    Rotation and scaling act about the centre c of the domain: the value at p is that of the formula at
    ``c + S^-1 R^T (p - c)`` with R the rotation by ``rotation`` and S = diag(``scaling``): first the surface is
    stretched by ``scaling`` along its own axes, then it is turned counter-clockwise.
    """

    formula: str
    values: Values = ()
    domain: Domain = ((-3.0, 3.0), (-3.0, 3.0))
    rotation: float = 0.0
    """Degrees, counter-clockwise."""
    scaling: tuple[float, float] = (1.0, 1.0)
    data: Data = ()
    """Equally long columns; ``mean`` and ``sum`` in the formula run over their rows. The last is the target."""
    model: str = ""
    """What the model predicts, as a formula of x, y, the parameters and the first column; empty without data."""
    entry: str = ""
    """Catalogue id; empty for a formula that was typed."""
    described: Described = ()
    """The ranges and scales of parameters that somebody gave a formula that was typed."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Computed once: what is asked about a surface is looked up many times in each frame, data and all."""
        return hash((self.formula, self.values, self.domain, self.rotation, self.scaling, self.data, self.model))

    @property
    def tree(self) -> Node:
        """The formula's tree, of the names ``x``, ``y``, ``columns`` and ``parameter_names``."""
        return surface_tree(self.formula, self.is_transformed)

    @property
    def gradient_trees(self) -> tuple[Node, Node]:
        """Trees of the first derivatives by x and y."""
        return gradient_trees(self.formula, self.is_transformed)

    @property
    def hessian_trees(self) -> tuple[Node, Node, Node]:
        """Trees of the second derivatives xx, xy, yy."""
        return hessian_trees(self.formula, self.is_transformed)

    @property
    def exact_trees(self) -> tuple[Node, tuple[Node, Node], tuple[Node, Node, Node]]:
        """Trees of the formula and of its first and second derivatives, in which nothing is rounded."""
        return exact_trees(self.formula, self.is_transformed, self._exponents)

    @property
    def directional_tree(self) -> Node:
        """Tree of the derivative along a direction, in which nothing is rounded."""
        return directional_tree(self.formula, self.is_transformed, self._exponents)

    @property
    def _exponents(self) -> tuple[tuple[str, float], ...]:
        """The parameters that are read in exponents, with their values."""
        read, values = exponent_names(self.formula), zip(self.parameter_names, self.kernel_values, strict=True)
        return tuple((name, value) for name, value in values if name in read)

    @property
    def is_transformed(self) -> bool:
        """Whether the surface is rotated or rescaled."""
        return self.rotation % 360.0 != 0.0 or self.scaling != (1.0, 1.0)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the data columns; empty without data."""
        return tuple(name for name, _ in self.data)

    @property
    def rows(self) -> int:
        """Number of data rows; 0 without data."""
        return len(self.data[0][1]) if self.data else 0

    @property
    def data_array(self) -> NDArray[np.float64]:
        """The data, shape (columns, rows), read-only."""
        return _data_array(self.data)

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """What the kernels take besides x, y and the data: the formula's parameters, then ``TRANSFORM`` if needed."""
        own = own_parameter_names(self.formula, self.columns)
        return own + TRANSFORM if self.is_transformed else own

    @property
    def kernel_values(self) -> tuple[float, ...]:
        """Values of ``parameter_names``, in that order; a parameter that was not given is 1."""
        values = dict(self.values)
        own = tuple(values.get(name, 1.0) for name in own_parameter_names(self.formula, self.columns))
        return own + self.transform if self.is_transformed else own

    @property
    def transform(self) -> tuple[float, float, float, float, float, float]:
        """The affine map from the plane to the formula's own x and y, values of ``TRANSFORM``."""
        (left, right), (low, high) = self.domain
        return affine(((left + right) / 2, (low + high) / 2), self.rotation, self.scaling)

    @checked
    def value(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Return the value at (x, y); they broadcast; float64 of the broadcast shape.

        Overflow and points where the formula is undefined give inf and NaN.
        """
        return self._evaluate((self.tree,), x, y)[0]

    @checked
    def gradient(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Return the exact gradient at (x, y), shape (2, ...). On a kink: the one-sided rule of the language.

        NaN where the value is: the formulas of the derivatives of log(x) and others go on there.
        """
        return _read_only(np.stack(self._where_defined(self.gradient_trees, x, y)))

    @checked
    def hessian(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Return the exact second derivatives at (x, y), shape (2, 2, ...); NaN where the value is."""
        xx, xy, yy = self._where_defined(self.hessian_trees, x, y)
        return _read_only(np.stack([np.stack([xx, xy]), np.stack([xy, yy])]))

    def _where_defined(self, trees: Sequence[Node], x: ArrayLike, y: ArrayLike) -> list[NDArray[np.float64]]:
        value, *derivatives = self._evaluate((self.tree, *trees), x, y)
        unknown = np.isnan(value)
        return [np.where(unknown, np.nan, each) for each in derivatives] if unknown.any() else derivatives

    def _evaluate(self, trees: Sequence[Node], x: ArrayLike, y: ArrayLike) -> list[NDArray[np.float64]]:
        names = dict(zip(self.parameter_names, self.kernel_values, strict=True))
        columns = {name: np.asarray(column) for name, column in self.data}
        if _is_missing(x) or _is_missing(y):
            raise TypeError("None is no number, though NumPy reads it as one")
        try:
            shape = np.broadcast_shapes(np.shape(x), np.shape(y))
        except ValueError:
            raise InputError(
                "x and y must have shapes that go together, not {x} and {y}", x=np.shape(x), y=np.shape(y)
            ) from None
        answers = evaluate(trees, {"x": x, "y": y, **names}, columns)
        return [_read_only(np.array(np.broadcast_to(answer, shape))) for answer in answers]


def _is_missing(given: ArrayLike) -> bool:
    """Tell whether None is given, or is among what is given."""
    if given is None:
        return True
    if isinstance(given, (float, int, np.ndarray)) and getattr(given, "dtype", None) != np.dtype(object):
        return False
    return any(one is None for one in np.asarray(given, dtype=object).ravel())


@dataclass(frozen=True, kw_only=True)
class SurfaceEntry:
    """A surface of the catalogue, with what makes its first picture a good one."""

    id: str
    titles: Mapping[str, str]
    group: str
    formula: str
    parameters: tuple[Parameter, ...] = ()
    domain: Domain
    start: tuple[float, float]
    """A start whose paths show what the surface is known for."""
    steps: int = 200
    rates: Mapping[str, float]
    """Learning rates by optimizer id or by family of optimizers; the id goes first."""
    minima: tuple[tuple[float, float, float], ...] = ()
    """Known minima (x, y, value) at the default parameters, the lowest first."""
    source: str
    smooth: bool = True
    """Whether the second derivatives are continuous on the domain."""
    data: Data = ()
    model: str = ""

    @property
    def surface(self) -> Surface:
        """The surface with its default parameters."""
        values = tuple((parameter.name, parameter.default) for parameter in self.parameters)
        return Surface(
            formula=self.formula, values=values, domain=self.domain, data=self.data, model=self.model, entry=self.id
        )


@checked
def surface(
    name_or_formula: str,
    *,
    domain: Domain | None = None,
    rotation: float = 0.0,
    scaling: tuple[float, float] = (1.0, 1.0),
    data: Mapping[str, Sequence[float]] | None = None,
    **values: float,
) -> Surface:
    """Return a surface of the catalogue by its id, or of a formula.

    Args:
        name_or_formula: A catalogue id such as ``"himmelblau"``, or a formula of ``x`` and ``y`` such as
            ``"x**2 + a*y**2"``. A single word is an id, but for ``x``, ``y`` and what is made of them, such as ``xy``.
        domain: ``((x0, x1), (y0, y1))``; the entry's own, or -3 to 3.
        rotation: Degrees, counter-clockwise, about the centre of the domain.
        scaling: Stretch along the surface's own axes; both positive.
        data: Columns by name; ``mean(...)`` and ``sum(...)`` run over their rows. The last is the target.
        **values: Values of the parameters; those of a formula that are not given are 1.

    Raises:
        InputError: a ValueError that says what was given and what is allowed.
    """
    text = name_or_formula.strip()
    is_name = is_id(text, surface_entries(), VARIABLES)
    base = named(surface_entries(), text).surface if is_name else Surface(formula=text)
    base = replace(
        base,
        domain=base.domain if domain is None else checks.as_picture(domain),
        rotation=checks.as_degrees(rotation),
        scaling=checks.as_scaling(scaling),
        data=base.data if data is None else checks.as_data(data.items()),
    )
    _check_formula(base, frozenset(values))
    if not is_name:
        checks.check_typed(text, base.columns)
    options = ("domain", "rotation", "scaling", "data")
    return replace(base, values=bind(parameters_of(base), values, text, options))


def check(candidate: Surface) -> Surface:
    """Return ``candidate`` if all of it can be used: what is read from a file goes through here.

    Raises:
        InputError: for a formula, parameter, domain, scaling or data that cannot be used.
    """
    checks.as_picture(candidate.domain)
    checks.as_degrees(candidate.rotation)
    checks.as_scaling(candidate.scaling)
    checks.as_data(candidate.data)
    check_ranges(candidate.described)
    _check_formula(candidate, frozenset(name for name, _ in candidate.values))
    bind(parameters_of(candidate), dict(candidate.values), candidate.entry or candidate.formula)
    return candidate


def _check_formula(given: Surface, parameters: Collection[str]) -> None:
    _check_columns(given)
    checks.check_formula(given.formula, given.columns, parameters)
    checks.check_model(given.model, given.formula, given.columns)


def _check_columns(given: Surface) -> None:
    """Refuse data for an entry whose formula reads other columns, or none."""
    entry = entry_of(given)
    if entry is None or given.columns == entry.surface.columns:
        return
    if not entry.data:
        raise InputError('"{name}" takes no data', name=entry.id)
    columns = Listing(entry.surface.columns)
    raise InputError('"{name}" needs the data columns {columns}', name=entry.id, columns=columns)


def surface_entries() -> Mapping[str, SurfaceEntry]:
    """Return the catalogue's surfaces by id, in the order of the menus."""
    return surface_shelf().entries


@lru_cache(maxsize=1)
def surface_shelf() -> Shelf[SurfaceEntry]:
    """Return the shipped and the user's own surfaces, with what was wrong with the latter."""
    return shelf("surfaces", _build, _examine)


def parameters_of(given: Surface) -> tuple[Parameter, ...]:
    """Return the parameters of a surface: those of its entry, or of its formula (default 1, range -10 to 10).

    A range is widened where the surface's value lies outside of it.
    """
    entry = entry_of(given)
    if entry is not None:
        return widened(entry.parameters, given.values)
    names = own_parameter_names(given.formula, given.columns)
    own = (Parameter(name=name, default=1.0, minimum=-10.0, maximum=10.0) for name in names)
    return widened(described(own, given.described), given.values)


def entry_of(given: Surface) -> SurfaceEntry | None:
    """Return the entry that ``given`` was made from; None where its formula is another one by now."""
    entry = surface_entries().get(given.entry)
    return entry if entry is not None and entry.formula == given.formula else None


@bounded(64, megabytes=64)
def _data_array(data: Data) -> NDArray[np.float64]:
    rows = len(data[0][1]) if data else 0
    return _read_only(np.array([column for _, column in data], dtype=np.float64).reshape(len(data), rows))


def _read_only(array: NDArray[np.float64]) -> NDArray[np.float64]:
    array.flags.writeable = False
    return array


def _build(fields: Fields) -> SurfaceEntry:
    start_x, start_y = fields.numbers("start", 2)
    return SurfaceEntry(
        id=fields.entry,
        titles=fields.titles(),
        group=fields.text("group"),
        formula=fields.text("formula"),
        parameters=fields.parameters(),
        domain=fields.ranges("domain"),
        start=(start_x, start_y),
        steps=fields.whole("steps", 200),
        rates=fields.table("rates"),
        minima=tuple((x, y, value) for x, y, value in fields.rows("minima", 3, ())),
        source=fields.text("source"),
        smooth=fields.flag("smooth", True),
        data=fields.columns("data"),
        model=fields.text("model", ""),
    )


def _examine(fields: Fields, entry: SurfaceEntry) -> None:
    made = entry.surface
    described = [parameter.name for parameter in entry.parameters]
    fields.check("domain", lambda: checks.as_picture(made.domain))
    fields.check("data", lambda: checks.as_data(made.data))
    fields.check("formula", lambda: checks.check_formula(made.formula, made.columns, described))
    fields.check("model", lambda: checks.check_model(made.model, made.formula, made.columns))
    fields.check("parameters", lambda: check_entry(entry))


def check_entry(entry: SurfaceEntry) -> None:
    """Refuse parameters that the formula does not read, and names that it reads but that have no parameter."""
    columns = entry.surface.columns
    read = own_parameter_names(entry.formula, columns)
    check_described(entry.parameters, read, entry.formula, (*VARIABLES, *columns))
