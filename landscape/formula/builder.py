"""Budgets of the parser: the tokens that are read one by one, and the tree that is counted while it is built."""

import math

from landscape.formula.mistakes import FormulaError
from landscape.formula.tokens import Token
from landscape.formula.tree import COMPARISONS, REDUCTIONS, Call, Node, Number, call, evaluate

NODES = 500
"""Most nodes in a formula or program; a local name counts as often as it is read, and a sum as often as it runs."""
OPERANDS = 4 * NODES
"""Most operands, which a sum of much that folds into a number may have more of."""
DEPTH = 64
"""Deepest nesting: brackets, signs, powers, and every term of a sum or product count one."""


class Builder:
    """A list of tokens that is gone through, and what is built of them."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.index = 0
        self.level = 0
        self.nodes = 0
        self.operands = 0
        self.depths: dict[Node, int] = {}
        self.open: list[str] = []

    def restart(self, words: list[Token]) -> None:
        """Go on with the tokens of the next statement; what was counted stays counted."""
        self.words, self.index, self.open = words, 0, []

    def peek(self) -> Token:
        """Return the next token."""
        return self.words[self.index]

    def before(self) -> Token:
        """Return the token that was gone past last."""
        return self.words[self.index - 1]

    def advance(self) -> Token:
        """Return the next token and go past it; the end is never passed."""
        token = self.words[self.index]
        self.index += token.kind != "end"
        return token

    def is_next(self, text: str) -> bool:
        """Tell whether the operator ``text`` is next."""
        token = self.peek()
        return token.kind == "operator" and token.text == text

    def accept(self, text: str) -> bool:
        """Go past the operator ``text`` if it is next."""
        found = self.is_next(text)
        self.index += found
        return found

    def deepen(self, token: Token) -> None:
        """Go one level deeper."""
        self.level += 1
        if self.level > DEPTH:
            raise _too_deep(token)

    def count(self, nodes: int, token: Token) -> None:
        """Count so many more nodes."""
        self.nodes += nodes
        if self.nodes > NODES or self.operands > OPERANDS:
            raise FormulaError("The formula has more than {limit} parts", **token.place, limit=NODES)

    def leaf(self, node: Node, token: Token) -> Node:
        """Count a number or a name."""
        self.count(1, token)
        self.depths[node] = 0
        return node

    def make(self, function: str, token: Token, *arguments: Node) -> Node:
        """Return ``function`` applied to ``arguments``, within the budgets and with constants folded."""
        node = call(function, *arguments)
        constant = all(isinstance(argument, Number) for argument in arguments)
        if constant and isinstance(node, Call) and function not in COMPARISONS and function not in REDUCTIONS:
            raise _not_finite(node, token)
        if node not in self.depths:
            self.leaf(node, token)
            self.depths[node] = 1 + max(self.depths.get(argument, 0) for argument in arguments)
        if self.depths[node] > DEPTH:
            raise _too_deep(token)
        return node


def _too_deep(token: Token) -> FormulaError:
    return FormulaError("The formula is nested more than {limit} deep", **token.place, limit=DEPTH)


def _not_finite(node: Call, token: Token) -> FormulaError:
    [value] = evaluate([node], {})
    if math.isnan(value) or node.function in ("div", "log", "log2", "log10", "log1p", "atanh", "gamma"):
        return FormulaError("The constant part has no value at {word}", **token.place, word=token.text)
    return FormulaError("The constant part overflows at {word}", **token.place, word=token.text)
