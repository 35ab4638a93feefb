"""The cookie in which a browser keeps the text of its session."""

from collections.abc import Mapping

from seatledger.domain.account import AGE_MAX

NAME = "seatledger"


def name(scheme: str) -> str:
    """Over https only a cookie that no other host or path can have set counts (RFC 6265bis)."""
    return f"__Host-{NAME}" if scheme == "https" else NAME


def read(scheme: str, headers: Mapping[str, str]) -> str | None:
    """The text of the session, whatever cookies others have set beside it."""
    own = name(scheme)
    for pair in headers.get("cookie", "").split(";"):
        given, _, text = pair.strip().partition("=")
        if given == own and text:
            return text
    return None


def keep(scheme: str, text: str) -> str:
    """The header that has a browser keep it."""
    return _header(scheme, text, int(AGE_MAX.total_seconds()))


def drop(scheme: str) -> str:
    """The header that has a browser forget it."""
    return _header(scheme, "", 0)


def _header(scheme: str, text: str, seconds: int) -> str:
    secure = "; Secure" if scheme == "https" else ""
    return f"{name(scheme)}={text}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
