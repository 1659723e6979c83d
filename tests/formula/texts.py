"""Random formulas for property tests: trees in the normal form that reading a text gives."""

from hypothesis import strategies as st

from landscape.formula.tree import ELEMENTARY, Call, Name, Node, Number, call, walk

_LEAVES = st.one_of(
    st.sampled_from(["x", "y", "beta1", "m_hat", "lr"]).map(Name),
    st.integers(-20, 20).map(lambda value: Number(float(value))),
    st.floats(-1e9, 1e9, allow_nan=False).map(Number),
    st.sampled_from([1e-8, 0.1, 3.5e-300, 1e300, -0.0, 12345678.9]).map(Number),
)
_ARITHMETIC = {"add": 2, "sub": 2, "mul": 2, "div": 2, "pow": 2, "neg": 1}


def _larger(functions: dict[str, int]) -> "st.SearchStrategy[Node]":
    def extend(inner: "st.SearchStrategy[Node]") -> "st.SearchStrategy[Node]":
        return st.sampled_from(sorted(functions)).flatmap(lambda function: _applied(function, functions, inner))

    return st.recursive(_LEAVES, extend, max_leaves=12).filter(is_finite)


def _applied(function: str, functions: dict[str, int], inner: "st.SearchStrategy[Node]") -> "st.SearchStrategy[Node]":
    if function == "where":
        comparison = st.tuples(st.sampled_from(["lt", "le", "gt", "ge", "eq", "ne"]), inner, inner)
        condition = comparison.map(lambda parts: call(*parts))
        return st.tuples(condition, inner, inner).map(lambda parts: call("where", *parts))
    return st.tuples(*[inner] * functions[function]).map(lambda parts: call(function, *parts))


def is_finite(root: Node) -> bool:
    """Tell whether no part of the tree is a constant without a value: such a tree cannot come from a text."""
    calls = [node for node in walk((root,)) if isinstance(node, Call)]
    return not any(all(isinstance(part, Number) for part in node.arguments) for node in calls)


def trees() -> "st.SearchStrategy[Node]":
    """Trees of every operator and function of the language."""
    return _larger({**_ARITHMETIC, **ELEMENTARY, "mean": 1, "sum": 1})


def algebra() -> "st.SearchStrategy[Node]":
    """Trees of the operators and of functions that plain text writes as the language does."""
    return _larger({**_ARITHMETIC, "sqrt": 1, "abs": 1, "exp": 1, "sinh": 1})
