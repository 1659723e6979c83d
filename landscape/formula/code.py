"""The text of a function in LLVM's language: instructions, blocks, and values with numbers for names.

Only numbered values and words of the kernel's own are ever written, so nothing that a person calls a parameter can
meet a name of the kernel. Instructions are written as text rather than through Numba because they are then compiled in
about 10 ms instead of 100, and without the 0.4 s that Numba needs to start.
"""

import struct
from dataclasses import dataclass, field


@dataclass
class Code:
    """The body of one function under construction."""

    lines: list[str] = field(default_factory=list)
    block: str = "entry"
    declarations: dict[str, None] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def value(self, instruction: str) -> str:
        """Return the value of a pure instruction; the same instruction is written once."""
        if instruction not in self.known:
            self.known[instruction] = self.effect(instruction)
        return self.known[instruction]

    def effect(self, instruction: str) -> str:
        """Return the value of an instruction that must be executed here and now, such as a load."""
        self.count += 1
        self.lines.append(f"  %v{self.count} = {instruction}")
        return f"%v{self.count}"

    def write(self, *lines: str) -> None:
        """Write instructions that have no value, or whose value has a name."""
        self.lines += [f"  {line}" for line in lines]

    def begin(self, block: str) -> None:
        """Begin a block; values of a block that does not lead here in every case must not be used in it."""
        self.lines.append(f"{block}:")
        self.block = block

    def fresh(self, word: str) -> str:
        """Return a block or value name that is used nowhere else."""
        self.count += 1
        return f"{word}{self.count}"

    def load(self, pointer: str, index: int | str, lanes: int = 1) -> str:
        """Return ``lanes`` numbers of the array at ``pointer``, from ``index`` on."""
        address = self.effect(f"getelementptr double, ptr {pointer}, i64 {index}")
        return self.effect(f"load {shape(lanes)}, ptr {address}, align 8")

    def store(self, value: str, pointer: str, index: int | str, lanes: int = 1) -> None:
        """Put ``lanes`` numbers into the array at ``pointer``, from ``index`` on."""
        address = self.effect(f"getelementptr double, ptr {pointer}, i64 {index}")
        self.write(f"store {shape(lanes)} {value}, ptr {address}, align 8")

    def splat(self, scalar: str, lanes: int, element: str = "double") -> str:
        """Return the scalar in every lane."""
        if lanes == 1:
            return scalar
        kind = shape(lanes, element)
        first = self.value(f"insertelement {kind} poison, {element} {scalar}, i32 0")
        return self.value(f"shufflevector {kind} {first}, {kind} poison, <{lanes} x i32> zeroinitializer")

    def module(self, signature: str) -> str:
        """Return the whole module: ``signature`` with this body."""
        return "\n".join([*self.declarations, f"define {signature} {{", "entry:", *self.lines, "}", ""])


def shape(lanes: int, element: str = "double") -> str:
    """Return the type of a value with so many lanes."""
    return element if lanes == 1 else f"<{lanes} x {element}>"


def literal(value: float) -> str:
    """Return a number, exact to the last bit."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"
