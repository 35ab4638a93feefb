"""Where a caller's key stands in a request (ibl A4)."""

from collections.abc import Mapping

# The scheme words that public clients put before the key. `Bearer` is not among them: it belongs to
# another kind of credentials, and a key sent so is no key.
SCHEMES = frozenset({"api-token", "api-key", "token"})
CHALLENGE = "Api-Token"


def read_token(headers: Mapping[str, str]) -> str | None:
    """The key in `Authorization`: after a scheme word in any case, or by itself (ibl A4, W55)."""
    words = headers.get("authorization", "").split()
    if len(words) == 1 and words[0].lower() not in SCHEMES:
        return words[0]
    if len(words) == 2 and words[0].lower() in SCHEMES:
        return words[1]
    return None
