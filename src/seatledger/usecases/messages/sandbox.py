"""Texts that platforms write: what may stand in one, and how it is filled in.

A text names facts, asks whether there are any, and passes them through a few filters. There is no
loop, no arithmetic, no call and no attribute, so nothing in it takes longer than it is long.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS = {"capitalize", "default", "e", "escape", "lower", "title", "trim", "upper"}
TESTS = {"defined", "none"}
OUTPUT_MAX = 100_000  # characters
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Test,
)
# What parser and compiler raise of texts that are wrong, nested too deep, or have huge numbers.
_BROKEN = (TemplateError, RecursionError, SyntaxError, ValueError, TypeError, MemoryError)


class BadText(Exception):
    """A text that can't be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A text that was looked through, and the facts that it names."""

    template: Template
    names: frozenset[str]


def fill(source: str, facts: Mapping[str, str], *, html: bool = False) -> str:
    """The text with its facts, in HTML escaped. Raises BadText where it can't be used."""
    try:
        read = _read(source, html)
        if unknown := read.names - facts.keys():
            known = ", ".join(sorted(facts))
            raise BadText(f"There is no fact {min(unknown)!r}; there are {known}.")
        return _joined(read.template, facts)
    except _BROKEN as error:
        raise BadText(_sentence(error)) from None


def _joined(template: Template, facts: Mapping[str, str]) -> str:
    parts, length = [], 0
    for part in template.generate(facts):
        length += len(part)
        if length > OUTPUT_MAX:
            raise BadText(f"It comes out longer than {OUTPUT_MAX:,} characters.")
        parts.append(part)
    return "".join(parts)


@lru_cache(maxsize=512)
def _read(source: str, html: bool) -> _Read:
    environment = _HTML if html else _TEXT
    names: set[str] = set()
    waiting: list[nodes.Node] = [environment.parse(source)]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, _ALLOWED):
            word = type(node).__name__.lower()
            raise BadText(f"Line {node.lineno}: a text may name facts and ask if; no {word!r}.")
        if isinstance(node, nodes.Name):
            names.add(node.name)
        waiting.extend(node.iter_child_nodes())
    return _Read(environment.from_string(source), frozenset(names))


def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests = {name: made.tests[name] for name in TESTS}
    made.globals = {}
    return made


_TEXT, _HTML = _environment(html=False), _environment(html=True)


def _sentence(error: BaseException) -> str:
    if isinstance(error, RecursionError | MemoryError):
        return "It is nested too deep."
    line = getattr(error, "lineno", None)
    said = str(getattr(error, "message", None) or error).strip().rstrip(".")[:300]
    return f"Line {line}: {said}." if line else f"{said}."
