"""Where pages are, and which of them a stranger may be sent to."""

import re
from urllib.parse import quote, unquote, urlencode, urlsplit

HOME = "/console"
SIGN_IN = f"{HOME}/sign-in"
STATIC = f"{HOME}/static"
LINKS = f"{HOME}/links"
VISITORS = "/l"  # where auto-enrolment links lead

# A place of ours: nothing that a browser reads as another host, nor a line break.
_OWN = re.compile(rf"{HOME}(?:[/?][!-\[\]-~]*)?")


def is_ours(path: str) -> bool:
    """Whether a path is a page of the console, or below it, or one that a link leads to."""
    return path == HOME or path.startswith((f"{HOME}/", f"{VISITORS}/"))


def is_visitors(path: str) -> bool:
    """Whether it is a page of who follows an auto-enrolment link, and has no account here."""
    return path.startswith(f"{VISITORS}/")


def own(text: str | None, otherwise: str = HOME) -> str:
    """`text` where it is an address within the console; no redirect leads anywhere else."""
    if text is None or not _OWN.fullmatch(text) or "//" in text.partition("?")[0]:
        return otherwise
    path = text.partition("?")[0]
    return otherwise if "/.." in path or path.startswith(SIGN_IN) else text


def with_query(path: str, **query: str | int | None) -> str:
    """The path with the parameters that are not None, beside those that it has."""
    given = urlencode({name: value for name, value in query.items() if value not in {None, ""}})
    if not given:
        return path
    return f"{path}{'&' if '?' in path else '?'}{given}"


def sign_in_for(path: str, query: bytes) -> str:
    """Where a stranger signs in who wanted to see a page, and is led to it afterwards."""
    wanted = quote(path) + (f"?{query.decode('latin-1')}" if query else "")
    wanted = own(wanted)
    return SIGN_IN if wanted == HOME else with_query(SIGN_IN, next=wanted)


def parts_of(url: str) -> tuple[str, bytes]:
    """The path and the query of an address, as a request for it would have them."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", b""
    return unquote(parts.path), parts.query.encode("latin-1", "replace")
