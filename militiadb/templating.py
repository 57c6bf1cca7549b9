"""What makes the templates of public pages quicker to print, and nothing else: the same bytes come out.

A page of a hundred claims calls two thousand macros, prints eight thousand values and says nine hundred words of ours.
At each Jinja2 asks whether the callee wants the context, wraps the text in an object, looks up the word: all that is
known when the template is compiled.
"""

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup, _escape_inner, escape

from profiles.values import speech


def escaped(value: Any) -> str:
    """A value as a page prints it: escaped, but what is safe already."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup else escape(value)


class DirectCalls(CodeGenerator):
    """Calls what a template calls directly: nothing of ours asks for the context."""

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

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


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
