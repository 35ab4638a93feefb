"""Reads addresses as people paste them: a line each, or separated, with names or without."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What stands between separators; in a part: text in quotes, an address in brackets, a word.
_PART = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^,;\t])+')
_PIECE = re.compile(r'"[^"]*"|<[^<>]*>|[^\s"<>]+')


@dataclass(frozen=True, slots=True)
class Pasted:
    """Somebody; an `email` that is no address is for whoever looks at each to say."""

    email: str
    name: str


def read(text: str) -> list[Pasted]:
    """`ada@acme.example`, `Ada Moreno <ada@acme.example>`, `Ada Moreno, ada@acme.example` …

    Text is a name where it stands before an address in brackets, or beside the only address of a
    line, with a separator between. Any other stays as an `email` of its own, so that it can be
    refused by name. Somebody who is named twice is read once.
    """
    found: dict[str, Pasted] = {}
    for line in text.splitlines():
        for each in _of_line(line):
            found.setdefault(each.email.casefold(), each)
    return list(found.values())


def written(email: str, name: str) -> str:
    """Somebody as a line that is read so again."""
    email = " ".join(email.split())
    name = " ".join(name.replace('"', "'").split())
    if not name and _PIECE.fullmatch(email) and not set(email) & set(",;"):
        return email
    return f'"{name}" <{email}>' if set(name) & set(",;<>@") else f"{name} <{email}>".strip()


def _of_line(line: str) -> Iterator[Pasted]:
    parts = [part.strip() for part in _PART.findall(line) if part.strip()]
    pair = _named(parts, is_row="\t" in line)
    if pair is not None:
        yield pair
        return
    for part in parts:
        yield from _of_part(part)


def _named(parts: Sequence[str], *, is_row: bool) -> Pasted | None:
    """Of a line with one address: whom it names. In a row of a table a name may have cells."""
    emails = [part for part in parts if _is_bare(part)]
    names = [part.strip('"') for part in parts if _is_name(part)]
    if len(emails) != 1 or not names or len(names) + 1 != len(parts):
        return None
    return Pasted(emails[0], " ".join(names)) if is_row or len(parts) == 2 else None


def _of_part(part: str) -> Iterator[Pasted]:
    before: list[str] = []
    for piece in _PIECE.findall(part):
        if piece[0] == "<":
            yield Pasted(piece[1:-1].strip(), " ".join(before))
            before = []
        elif "@" in piece and piece[0] != '"':
            yield from _refused(before)
            yield Pasted(piece, "")
            before = []
        else:
            before.append(piece.strip('"'))
    yield from _refused(before)


def _refused(words: Sequence[str]) -> Iterator[Pasted]:
    if words:
        yield Pasted(" ".join(words), "")


def _is_bare(text: str) -> bool:
    """Whether it is an address and nothing else."""
    return "@" in text and len(text.split()) == 1 and not set(text) & set('"<>')


def _is_name(text: str) -> bool:
    """Whether it may be somebody's name, and is no address without its `@`: `ada.acme.example`."""
    if set(text) & set("@<>"):
        return False
    return text[0] == '"' or len(text.split()) > 1 or "." not in text.strip(".")
