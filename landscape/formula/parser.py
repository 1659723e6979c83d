"""The operator-precedence parser: tokens to tree, by binding powers, counting what it builds."""

import math
from collections.abc import Mapping

from landscape.formula.builder import Builder
from landscape.formula.mistakes import FormulaError
from landscape.formula.refusals import check_target, misplaced, refuse_index, refuse_keyword, unknown_function
from landscape.formula.tokens import Token
from landscape.formula.tree import Name, Node, Number
from landscape.formula.vocabulary import (
    CALLABLE,
    COMPARE,
    CONSTANTS,
    FUNCTION_WORDS,
    ONLY_CALLED,
    function_of,
)

_FOLDED = ("min", "max", "norm")
_RANGES = {"sum": ("add", 0.0), "prod": ("mul", 1.0)}
_INFIX = {"+": ("add", 10), "-": ("sub", 10), "*": ("mul", 20), "/": ("div", 20), "**": ("pow", 40)}
SIGN = 30
_TIGHT = 35
"""Between signs and powers: an operand with its powers."""
_ROOTS = {"√": "sqrt", "∛": "cbrt"}
_BRACKETS: Mapping[str, tuple[str, str]] = {
    "(": (")", ""), "[": ("]", ""), "{": ("}", ""), "|": ("|", "abs"), "⌊": ("⌋", "floor"), "⌈": ("⌉", "ceil"),
}  # fmt: skip
"""What opens a bracket, what closes it, and the function of what is inside."""
_CALLS = ("(", "[", "{")
_LATEX = (r"\frac", r"\sqrt")


class Parser(Builder):
    """A Pratt parser over one list of tokens; ``local`` names stand for trees that were read before."""

    def __init__(self, words: list[Token]) -> None:
        super().__init__(words)
        self.local: dict[str, tuple[Node, int]] = {}
        self.read: set[str] = set()

    def assign(self, name: str, node: Node, nodes: int) -> None:
        """Let ``name`` stand for a tree that counts as so many nodes."""
        self.local[name] = (node, nodes)

    def statement(self) -> tuple[str, Node]:
        """Parse ``name = expression``."""
        target = self.advance()
        if target.kind != "name" or not self.accept("="):
            raise FormulaError("Write name = expression on every line", **target.place)
        check_target(target)
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
        neighbours = self.words[max(self.words.index(token) - 1, 0) :][:3] if token.text == "," else ()
        return misplaced(token, neighbours)

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
            known = _INFIX.get(token.text)
            return known or (_INFIX["*"] if self.opens(token) else ("", 0))
        return _INFIX["*"] if token.kind == "name" else ("", 0)

    def opens(self, token: Token) -> bool:
        """Tell whether an operator begins another factor, and does not end what is open."""
        if token.text == "|":
            return self.open[-1:] != ["|"]
        return token.text in _BRACKETS or token.text in _ROOTS or token.text in _LATEX

    def inner(self, minimum: int = 0) -> Node:
        """Parse an expression one level deeper."""
        self.deepen(self.peek())
        node = self.expression(minimum)
        self.level -= 1
        return node

    def operand(self) -> Node:
        """Parse what an operator can be applied to."""
        token = self.advance()
        self.operands += 1
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
        if token.text in _BRACKETS:
            return self.bracket(token)
        if token.text in _LATEX:
            return self.fraction(token) if token.text == r"\frac" else self.latex_root(token)
        raise self.misplaced(token)

    def alone(self) -> Node:
        """Parse an operand without its powers, one level deeper."""
        self.deepen(self.peek())
        node = self.operand()
        self.level -= 1
        return node

    def bracket(self, token: Token) -> Node:
        """Parse what follows an opening bracket."""
        self.open.append(token.text)
        node = self.inner()
        self.close(token)
        function = _BRACKETS[token.text][1]
        return self.make(function, token, node) if function else node

    def close(self, opening: Token) -> None:
        """Go past the bracket that closes ``opening``."""
        self.open.pop()
        if self.accept(_BRACKETS[opening.text][0]):
            return
        if self.peek().kind == "end":
            raise FormulaError("The bracket {word} is never closed", **opening.place, word=opening.text)
        raise self.misplaced(self.peek())

    def root(self, token: Token) -> Node:
        """Parse what ``√`` stands before: the next operand alone, a number or a name with its power."""
        if self.peek().text not in _BRACKETS:
            return self.make(_ROOTS[token.text], token, self.inner(_TIGHT))
        node = self.alone()
        if self.peek().kind == "power" or self.is_next("**"):
            raise FormulaError(
                "A power after {word} can be read in two ways: add parentheses", **token.place, word=token.text
            )
        return self.make(_ROOTS[token.text], token, node)

    def group(self, command: Token) -> Node:
        """Parse ``{…}`` after a command of LaTeX."""
        opening = self.advance()
        if opening.kind != "operator" or opening.text != "{":
            raise FormulaError("{word} needs braces: {word}{{…}}", **command.place, word=command.text)
        return self.bracket(opening)

    def fraction(self, token: Token) -> Node:
        r"""Parse what follows ``\frac``."""
        return self.make("div", token, self.group(token), self.group(token))

    def latex_root(self, token: Token) -> Node:
        r"""Parse what follows ``\sqrt``, with the degree in square brackets if there is one."""
        degree: Node = self.bracket(self.advance()) if self.is_next("[") else Number(2.0)
        inside = self.group(token)
        if isinstance(degree, Number) and degree.value in (2.0, 3.0):
            return self.make("sqrt" if degree.value == 2.0 else "cbrt", token, inside)
        return self.make("pow", token, inside, self.make("div", token, Number(1.0), degree))

    def name(self, token: Token) -> Node:
        """Parse a constant, a function with its arguments, or a name."""
        called = self.is_next("(")
        if token.text in self.local:
            node, nodes = self.local[token.text]
            self.count(nodes, token)
            self.read.add(token.text)
            return node
        if token.text == "Gamma" and called:
            return self.function(Token("name", "gamma", token.position, token.length))
        if token.text in FUNCTION_WORDS and (token.text not in ONLY_CALLED or (called and not token.greek)):
            return self.function(token)
        refuse_keyword(token)
        if called and len(token.text) > 1 and not token.greek and token.text not in CONSTANTS:
            raise unknown_function(token)
        if self.is_next("["):
            refuse_index(token, self.words[self.index : self.index + 3])
        value = CONSTANTS.get(token.text)
        return self.leaf(Name(token.text) if value is None else Number(value), token)

    def function(self, token: Token) -> Node:
        """Parse the arguments of a function and apply it, with a power between the two as in ``sin²(x)``."""
        power = self.power_of(token)
        opening = self.peek()
        if opening.kind == "operator" and opening.text in _CALLS:
            self.advance()
            self.open.append(opening.text)
            if function_of(token.text) in _RANGES and self.is_range():
                return self.unfolded(token, opening)
            node = self.apply(token, self.arguments(token, opening))
        elif CALLABLE[function_of(token.text)] == 1 and self.begins_argument(token):
            node = self.apply(token, [self.argument(token)])
        else:
            raise FormulaError("{name} is a function: write {name}(…)", **token.place, name=token.text)
        return node if power is None else self.make("pow", token, node, power)

    def power_of(self, token: Token) -> Node | None:
        """Parse the power in ``sin²(x)`` or ``sin^2 x``; -1 would mean two things."""
        word = self.peek()
        if word.kind == "power":
            self.advance()
            power = self.leaf(Number(float(word.text)), word)
        elif self.is_next("**"):
            self.advance()
            power = self.operand()
        else:
            return None
        if not isinstance(power, Number):
            raise FormulaError("{name} is a function: write {name}(…)", **token.place, name=token.text)
        if power.value <= 0.0:
            raise FormulaError(
                "A negative power of {name} can be read in two ways: write 1/{name}(…), or the name of its inverse",
                **token.place, name=token.text,
            )  # fmt: skip
        return power

    def arguments(self, token: Token, opening: Token) -> list[Node]:
        """Parse what is in the brackets of a function."""
        found: list[Node] = []
        if not self.is_next(_BRACKETS[opening.text][0]):
            found.append(self.condition() if token.text == "where" else self.inner())
            while self.accept(","):
                found.append(self.inner())
        self.close(opening)
        return found

    def begins_argument(self, function: Token) -> bool:
        """Tell whether what follows a function is its argument, without brackets."""
        token = self.peek()
        if token.kind != "operator":
            return token.kind in ("number", "name")
        if token.text == "-":
            following = self.words[self.index + 1]
            return following.position == token.position + 1 > function.position + function.length + 1
        return self.opens(token)

    def argument(self, function: Token) -> Node:
        """Parse an argument without brackets: ``x``, ``2x``, ``πx``, ``-x``, ``x²``, ``|x|``."""
        sign = self.peek() if self.accept("-") else None
        fenced = self.peek().text in _BRACKETS
        node = self.alone() if fenced else self.inner(_TIGHT)
        while not fenced and self.goes_on():
            node = self.make("mul", self.peek(), node, self.inner(_TIGHT))
        if self.is_ambiguous(fenced):
            raise FormulaError(
                "How far {name} reaches can be read in two ways: write {name}(…)", **function.place, name=function.text
            )
        return node if sign is None else self.make("neg", sign, node)

    def goes_on(self) -> bool:
        """Tell whether the next factor is still the argument's: next to it, or after a number."""
        token, before = self.peek(), self.before()
        if token.kind != "name" or token.text in FUNCTION_WORDS:
            return False
        return before.kind == "number" or token.position == before.position + before.length

    def is_ambiguous(self, fenced: bool) -> bool:
        """Tell whether an argument may be meant to go on: in ``sin x y``, ``sin x/2`` or ``log|x|²``."""
        token, before = self.peek(), self.before()
        if fenced:
            return token.kind == "power" or self.is_next("**")
        if token.kind == "name":
            return token.text not in FUNCTION_WORDS
        if token.kind == "operator" and token.text in ("*", "/"):
            return token.position == before.position + before.length
        return token.kind == "operator" and self.opens(token)

    def is_range(self) -> bool:
        """Tell whether ``i,`` follows: then a sum runs over a range, not over rows of data."""
        name, comma = self.peek(), self.words[min(self.index + 1, len(self.words) - 1)]
        return name.kind == "name" and comma.kind == "operator" and comma.text == ","

    def unfolded(self, token: Token, opening: Token) -> Node:
        """Parse ``sum(i, 1, 5, …)``: what is summed is read once for each i."""
        index = self.advance()
        check_target(index)
        self.advance()
        low, high = self.whole(token), self.whole(token)
        self.count(max(high - low, 0), token)
        self.nodes -= max(high - low, 0)
        first, outer = self.index, self.local.get(index.text)
        parts: list[Node] = []
        for value in range(low, max(high, low) + 1):
            self.index = first
            self.assign(index.text, Number(float(value)), 1)
            parts.append(self.inner())
        del self.local[index.text]
        if outer is not None:
            self.local[index.text] = outer
        self.close(opening)
        function, empty = _RANGES[function_of(token.text)]
        return self.folded(function, token, parts) if high >= low else self.leaf(Number(empty), token)

    def whole(self, token: Token) -> int:
        """Parse an end of a range, and the comma after it."""
        node = self.inner()
        if not (isinstance(node, Number) and node.value.is_integer() and self.accept(",")):
            raise FormulaError(
                "{name} runs over whole numbers: {name}(i, 1, 5, …)", **token.place, name=token.text
            )  # fmt: skip
        return int(node.value)

    def folded(self, function: str, token: Token, parts: list[Node]) -> Node:
        """Return all parts added or multiplied, in halves: so a long sum is not deep."""
        if len(parts) == 1:
            return parts[0]
        middle = (len(parts) + 1) // 2
        halves = (self.folded(function, token, half) for half in (parts[:middle], parts[middle:]))
        return self.make(function, token, *halves)

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
        function, count = function_of(token.text), len(arguments)
        if function in _RANGES and count != CALLABLE[function]:
            raise FormulaError("{name} runs over whole numbers: {name}(i, 1, 5, …)", **token.place, name=token.text)
        if function == "norm" and count == 1:
            return self.make("abs", token, arguments[0])
        if function in _FOLDED and count >= 2:
            node = arguments[0]
            for argument in arguments[1:]:
                node = self.make(function, token, node, argument)
            return node
        if count == CALLABLE[function] and function != "prod":
            return self.make(function, token, *arguments)
        if function in _FOLDED:
            raise FormulaError(
                "{name} takes two or more arguments, not {count}", **token.place, name=function, count=count
            )
        needed = CALLABLE[function]
        raise FormulaError(
            "Number of arguments of {name}: {needed}, not {count}",
            **token.place,
            name=token.text,
            needed=needed,
            count=count,
        )


def _literal(token: Token) -> Number:
    value = float(token.text)
    if math.isinf(value):
        raise FormulaError("The number {number} overflows: it must be below 1.8e308", **token.place, number=token.text)
    return Number(value)
