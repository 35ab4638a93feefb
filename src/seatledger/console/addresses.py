"""Reads addresses as people paste them: a line each, or separated, with names or without."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A name in quotes, an address in brackets, or what stands between separators.
_PART = re.compile(r'"[^"]*"|<[^<>]*>|[^,;\t"<>]+')


@dataclass(frozen=True, slots=True)
class Pasted:
    """Somebody; an `email` that is no address is for whoever looks at each to say."""

    email: str
    name: str


def read(text: str) -> list[Pasted]:
    """`ada@acme.example`, `Ada Moreno <ada@acme.example>`, `Ada Moreno, ada@acme.example` …

    What has no address in it stays as it is, so that it can be refused by name. Somebody who is
    named twice is read once.
    """
    found: dict[str, Pasted] = {}
    for line in text.splitlines():
        for each in _of_line(line):
            found.setdefault(each.email.casefold(), each)
    return list(found.values())


def _of_line(line: str) -> Iterator[Pasted]:
    before, separator, after = line.partition(",")
    if separator and _is_bare(before) and after.strip() and "@" not in after:
        yield Pasted(before.strip(), after.strip(" ,;\t"))
        return
    name: list[str] = []
    for part in _PART.findall(line):
        if part[0] == '"':
            name.append(part.strip('"'))
            continue
        for word in [part[1:-1].strip()] if part[0] == "<" else part.split():
            if "@" in word or part[0] == "<":
                yield Pasted(word, " ".join(name))
                name = []
            else:
                name.append(word)
    if name:
        yield Pasted(" ".join(name), "")


def _is_bare(text: str) -> bool:
    """Whether it is an address and nothing else."""
    return "@" in text and len(text.split()) == 1 and not set(text) & set('"<>;')
