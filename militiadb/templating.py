"""What makes the templates of public pages quicker to print, and nothing else: the same bytes come out.

A page of a hundred claims calls two thousand macros, asks objects for fourteen thousand attributes, prints eight
thousand values and says nine hundred words of ours. At each Jinja2 asks whether the callee wants the context, whether
a dot means a key, wraps the text in an object, looks up the word: all that is known when the template is compiled.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, find_undeclared
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup, _escape_inner, escape

from profiles.values import speech

# What prints profiles is given objects of reading/ alone: there a dot is an attribute, and never a key.
OBJECTS_ALONE = frozenset({
    "profile.html", "edition.html", "_profile.html", "_macros.html", "_timeline.html", "_lineage.html", "_lead.html",
    "_cite.html", "_compare.html",
})  # fmt: skip
# Names of the compiled code, which a macro's own parameter would hide.
_TAKEN = frozenset({
    "LoopContext", "Markup", "Undefined", "concat", "cond_expr_undefined", "context", "environment", "escape",
    "missing", "printed", "printers", "resolve", "safe", "type", "undefined",
})  # fmt: skip


class Printers(dict[type, Callable[[Any], str]]):
    """How a page prints a value, by its type: escaped, but what is safe already."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return escape


PRINTERS = Printers({str: _escape_inner, Markup: str.__str__, int: int.__repr__, float: float.__repr__})


class Loop:
    """What `loop` is within a loop: the place of the item in its list."""

    __slots__ = ("index0", "last", "length")
    index0: int
    last: bool

    def __init__(self, length: int) -> None:
        self.length = length

    @property
    def first(self) -> bool:
        """Whether this is the first item."""
        return self.index0 == 0

    @property
    def index(self) -> int:
        """How many items there are up to this one."""
        return self.index0 + 1

    @property
    def revindex0(self) -> int:
        """How many items follow."""
        return self.length - self.index0 - 1


def looped(items: Iterable[Any], undefined: object) -> Iterator[tuple[Any, Loop]]:
    """Each item with its place."""
    found: Sequence[Any] = items if isinstance(items, tuple) else list(items)
    loop = Loop(len(found))
    end = len(found) - 1
    for loop.index0, item in enumerate(found):
        loop.last = loop.index0 == end
        yield item, loop


def quicken(environment: Environment) -> None:
    """Let an environment compile its templates so."""
    environment.code_generator_class = DirectCode
    environment.extend(printers=PRINTERS, looped=looped, safe=partial(str.__new__, Markup))


class DirectCode(CodeGenerator):
    """Calls, asks for attributes, escapes and loops as Python itself does: nothing of ours asks for the context."""

    def write_commons(self) -> None:
        """The names that the code of a template uses."""
        super().write_commons()
        self.writeline("printers, safe, LoopContext = environment.printers, environment.safe, environment.looped")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for one in (*node.args, *node.kwargs):
            self.visit(one, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if self.name in OBJECTS_ALONE:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame) and finalize.src is None:
            self.write("printers[type(printed := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame) and finalize.src is None:
            self.write(")](printed)")
        else:
            super()._output_child_post(node, frame, finalize)

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """A macro as a function of its parameters, where it takes nothing else."""
        if not _is_plain(node, frame):
            return super().macro_body(node, frame)
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        inner.require_output_check = False
        names = [arg.name for arg in node.args]
        if taken := _TAKEN.intersection(names):
            self.fail(f"parameter {min(taken)!r} must be called otherwise", node.lineno)
        needed = len(names) - len(node.defaults)
        self.writeline(f"def macro({', '.join([*names[:needed], *(f'{n}=missing' for n in names[needed:])])}):", node)
        self.indent()
        self.buffer(inner)
        self.enter_frame(inner)
        for name in names:
            self.writeline(f"{inner.symbols.ref(name)} = {name}")
        for name, default in zip(names[needed:], node.defaults, strict=True):
            self.writeline(f"if {name} is missing: {inner.symbols.ref(name)} = ")
            self.visit(default, inner)
        self.blockvisit(node.body, inner)
        self.writeline(f"return safe(concat({inner.buffer}))")
        self.outdent()
        return inner, MacroRef(node)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The name of the function, or Jinja2's object around it."""
        if _is_plain(macro_ref.node, frame):
            self.write("macro")
        else:
            super().macro_def(macro_ref, frame)


def _escapes(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _is_plain(node: nodes.Macro | nodes.CallBlock, frame: Frame) -> bool:
    special = ("caller", "kwargs", "varargs")
    return isinstance(node, nodes.Macro) and _escapes(frame) and not find_undeclared(node.body, special)


class Words(InternationalizationExtension):
    """`{% trans %}` as Jinja2 has it, but what goes with no number is said when the template is compiled: all that is
    left to do when a page is made is to print the values."""

    def _make_node(
        self, singular: str, plural: str | None, context: str | None, variables: dict[str, nodes.Expr], *more: Any
    ) -> nodes.Output:
        if plural is not None or context is not None:
            return super()._make_node(singular, plural, context, variables, *more)
        said = speech.text(singular, self.environment.tag)  # type: ignore[attr-defined]
        return nodes.Output(list(_pieces(said, variables)))


def _pieces(said: str, variables: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """A text with its values in their places. A `%` of the text stands doubled in the message."""
    for text, name in re.findall(r"((?:[^%]|%%)*)(?:%\((\w+)\)s)?", said):
        if text:
            yield nodes.TemplateData(text.replace("%%", "%"))
        if name:
            yield variables[name]
