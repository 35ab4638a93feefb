"""Where the token stands: `Authorization: Bearer TOKEN`."""

from seatledger.dialects.dialect import Headers


def read_token(headers: Headers) -> str | None:
    """The token, or None where the header is missing or of another scheme."""
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return token.strip() or None if scheme.casefold() == "bearer" else None
