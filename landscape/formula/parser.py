"""The operator-precedence parser: tokens to tree, by binding powers, counting what it builds."""

import keyword
import math

from landscape.errors import Listing
from landscape.formula.mistakes import FormulaError, suggestion
from landscape.formula.tokens import GREEK, Token
from landscape.formula.tree import (
    COMPARISONS,
    ELEMENTARY,
    FUNCTIONS,
    REDUCTIONS,
    Call,
    Name,
    Node,
    Number,
    call,
    evaluate,
)

NODES = 500
"""Most nodes in a formula or program."""
DEPTH = 64
"""Deepest nesting: brackets, signs, powers, and every term of a sum or product count one."""
CONSTANTS = {"pi": math.pi, "e": math.e}
_CALLABLE = {**ELEMENTARY, **REDUCTIONS}
_FOLDED = ("min", "max", "norm")
_INFIX = {"+": ("add", 10), "-": ("sub", 10), "*": ("mul", 20), "/": ("div", 20), "**": ("pow", 40)}
COMPARE = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
SIGN = 30
_ROOTS = {"√": "sqrt", "∛": "cbrt"}


class Parser:
    """A Pratt parser over one list of tokens; counts what it builds."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.index = 0
        self.level = 0
        self.nodes = 0
        self.depths: dict[Node, int] = {}
        self.open: list[str] = []

    def restart(self, words: list[Token]) -> None:
        """Go on with the tokens of the next statement; what was counted stays counted."""
        self.words, self.index, self.open = words, 0, []

    def peek(self) -> Token:
        """Return the next token."""
        return self.words[self.index]

    def advance(self) -> Token:
        """Return the next token and go past it; the end is never passed."""
        token = self.words[self.index]
        self.index += token.kind != "end"
        return token

    def accept(self, text: str) -> bool:
        """Go past the operator ``text`` if it is next."""
        token = self.peek()
        found = token.kind == "operator" and token.text == text
        self.index += found
        return found

    def statement(self) -> tuple[str, Node]:
        """Parse ``name = expression``."""
        target = self.advance()
        if target.kind != "name" or not self.accept("="):
            raise FormulaError("Write name = expression on every line", **target.place)
        if target.text in FUNCTIONS or target.text in CONSTANTS:
            raise FormulaError(
                "{name} is a function or a constant; choose another name", **target.place, name=target.text
            )
        _refuse_keyword(target)
        node = self.expression()
        self.finish()
        return target.text, node

    def finish(self) -> None:
        """Refuse whatever follows a complete expression."""
        token = self.peek()
        if token.kind != "end":
            raise self.misplaced(token)

    def misplaced(self, token: Token) -> FormulaError:
        """Return the error for a token that cannot stand where it does."""
        if token.kind == "end":
            return FormulaError("The formula ends too early: a number, a name or a bracket must follow", **token.place)
        if token.kind in ("number", "name"):
            _refuse_keyword(token)
            return FormulaError(
                "An operator is missing before {word}: to multiply, write *{word}", **token.place, word=token.text
            )
        if token.text in COMPARE:
            return FormulaError("A comparison can only be the condition of where(condition, a, b)", **token.place)
        if token.text == "=":
            return FormulaError("= cannot stand here; to compare, write ==", **token.place)
        if token.text == ",":
            return FormulaError(
                "A comma only separates the arguments of a function; decimals have a point", **token.place
            )
        return FormulaError("{word} cannot stand here", **token.place, word=token.text)

    def expression(self, minimum: int = 0) -> Node:
        """Parse operands joined by operators that bind more tightly than ``minimum``."""
        left = self.operand()
        while True:
            token = self.peek()
            function, power = self.infix(token)
            if power <= minimum:
                return left
            if token.kind == "power":
                left = self.make("pow", self.advance(), left, self.leaf(Number(float(token.text)), token))
                continue
            if token.kind == "operator" and token.text in _INFIX:
                self.advance()
            right = self.inner(power - 1) if function == "pow" else self.expression(power)
            left = self.make(function, token, left, right)

    def infix(self, token: Token) -> tuple[str, int]:
        """Return the function and the binding power of what follows an operand; power 0 ends the expression."""
        if token.kind == "power":
            return _INFIX["**"]
        if token.kind == "operator":
            opens = token.text in ("(", *_ROOTS) or (token.text == "|" and self.open[-1:] != ["|"])
            return _INFIX["*"] if opens else _INFIX.get(token.text, ("", 0))
        return _INFIX["*"] if token.kind == "name" and self.may_multiply(token) else ("", 0)

    def may_multiply(self, token: Token) -> bool:
        """Tell whether a name may follow an operand without ``*``: always, except another plain name before it."""
        before = self.words[self.index - 1]
        return before.kind != "name" or before.greek or token.greek or token.text in _CALLABLE

    def inner(self, minimum: int = 0) -> Node:
        """Parse an expression one level deeper."""
        self.level += 1
        if self.level > DEPTH:
            raise _too_deep(self.peek())
        node = self.expression(minimum)
        self.level -= 1
        return node

    def operand(self) -> Node:
        """Parse what an operator can be applied to."""
        token = self.advance()
        if token.kind == "number":
            return self.leaf(_literal(token), token)
        if token.kind == "name":
            return self.name(token)
        if token.kind != "operator":
            raise self.misplaced(token)
        if token.text in ("+", "-"):
            node = self.inner(SIGN)
            return node if token.text == "+" else self.make("neg", token, node)
        if token.text in _ROOTS:
            return self.root(token)
        if token.text in ("(", "|"):
            return self.bracket(token)
        raise self.misplaced(token)

    def bracket(self, token: Token) -> Node:
        """Parse what follows ``(`` or an opening ``|``."""
        self.open.append(token.text)
        node = self.inner()
        self.close(token)
        return node if token.text == "(" else self.make("abs", token, node)

    def close(self, opening: Token) -> None:
        """Go past the bracket that closes ``opening``."""
        self.open.pop()
        if self.accept(")" if opening.text != "|" else "|"):
            return
        if self.peek().kind == "end":
            raise FormulaError("The bracket {word} is never closed", **opening.place, word=opening.text)
        raise self.misplaced(self.peek())

    def root(self, token: Token) -> Node:
        """Parse what ``√`` stands before: the next operand alone."""
        self.level += 1
        if self.level > DEPTH:
            raise _too_deep(token)
        node = self.operand()
        self.level -= 1
        if self.peek().kind == "power" or self.peek().text == "**":
            raise FormulaError(
                "A power after {word} can be read in two ways: add parentheses", **token.place, word=token.text
            )
        return self.make(_ROOTS[token.text], token, node)

    def name(self, token: Token) -> Node:
        """Parse a constant, a function with its arguments, or a name."""
        if token.text in _CALLABLE:
            return self.function(token)
        _refuse_keyword(token)
        called = self.peek().kind == "operator" and self.peek().text == "("
        if called and len(token.text) > 1 and not token.greek and token.text not in CONSTANTS:
            raise _unknown_function(token)
        value = CONSTANTS.get(token.text)
        return self.leaf(Name(token.text) if value is None else Number(value), token)

    def function(self, token: Token) -> Node:
        """Parse the arguments of a function and apply it."""
        opening = self.peek()
        if not self.accept("("):
            raise FormulaError("{name} is a function: write {name}(…)", **token.place, name=token.text)
        self.open.append("(")
        arguments: list[Node] = []
        if not (self.peek().kind == "operator" and self.peek().text == ")"):
            arguments.append(self.condition() if token.text == "where" else self.inner())
            while self.accept(","):
                arguments.append(self.inner())
        self.close(opening)
        return self.apply(token, arguments)

    def condition(self) -> Node:
        """Parse the comparison that ``where`` decides by."""
        left = self.inner()
        token = self.advance()
        if token.text not in COMPARE:
            raise FormulaError("where needs a comparison first: where(x < 0, a, b)", **token.place)
        right = self.inner()
        if self.peek().text in COMPARE:
            raise FormulaError("Compare two things at a time: where(0 < x, where(x < 1, a, b), b)", **self.peek().place)
        return self.make(COMPARE[token.text], token, left, right)

    def apply(self, token: Token, arguments: list[Node]) -> Node:
        """Return the function applied to its arguments, after checking how many there are."""
        function, count = token.text, len(arguments)
        if function == "norm" and count == 1:
            return self.make("abs", token, arguments[0])
        if function in _FOLDED and count >= 2:
            node = arguments[0]
            for argument in arguments[1:]:
                node = self.make(function, token, node, argument)
            return node
        if count == _CALLABLE[function]:
            return self.make(function, token, *arguments)
        if function in _FOLDED:
            raise FormulaError(
                "{name} takes two or more arguments, not {count}", **token.place, name=function, count=count
            )
        needed = _CALLABLE[function]
        raise FormulaError(
            "Number of arguments of {name}: {needed}, not {count}",
            **token.place,
            name=function,
            needed=needed,
            count=count,
        )

    def leaf(self, node: Node, token: Token) -> Node:
        """Count a number or a name."""
        self.nodes += 1
        if self.nodes > NODES:
            raise FormulaError("The formula has more than {limit} parts", **token.place, limit=NODES)
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


def _literal(token: Token) -> Number:
    value = float(token.text)
    if math.isinf(value):
        raise FormulaError("The number {number} overflows: it must be below 1.8e308", **token.place, number=token.text)
    return Number(value)


def _refuse_keyword(token: Token) -> None:
    if keyword.iskeyword(token.text) and token.text not in GREEK.values():
        raise FormulaError("{name} is a word of Python and cannot be a name here", **token.place, name=token.text)


def _too_deep(token: Token) -> FormulaError:
    return FormulaError("The formula is nested more than {limit} deep", **token.place, limit=DEPTH)


def _unknown_function(token: Token) -> FormulaError:
    meant = suggestion(token.text, (*_CALLABLE, "x", "y"))
    if meant:
        return FormulaError(
            "{name} is not a function; did you mean {meant}? To multiply, write {name}*(…)",
            **token.place, name=token.text, meant=meant,
        )  # fmt: skip
    return FormulaError(
        "{name} is not a function; to multiply, write {name}*(…). The functions are {names}",
        **token.place, name=token.text, names=Listing(_CALLABLE),
    )  # fmt: skip


def _not_finite(node: Call, token: Token) -> FormulaError:
    [value] = evaluate([node], {})
    if math.isnan(value) or node.function in ("div", "log", "log10"):
        return FormulaError("The constant part has no value at {word}", **token.place, word=token.text)
    return FormulaError("The constant part overflows at {word}", **token.place, word=token.text)
