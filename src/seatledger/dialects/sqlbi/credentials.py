"""Where a caller shows a token: `Authorization: Bearer …`, and nowhere else (A3)."""

from collections.abc import Mapping


def read_token(headers: Mapping[str, str]) -> str | None:
    """The token, or None where there is none of this scheme. The scheme's case does not matter."""
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
