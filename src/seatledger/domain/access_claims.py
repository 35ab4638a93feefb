"""What a signed answer says: the claims of a short-lived token (RFC 7519)."""

from datetime import datetime
from typing import Any

from seatledger.domain.access import Access, Allowed

LIFETIME_SECONDS = 300


def claims(
    access: Access, *, issuer: str, platform_key: str, item: str, token_id: str, now: datetime
) -> dict[str, Any] | None:
    """The claims of an answer about a person; None where nobody is known whom it could be about.

    Times are whole seconds, rounded down, so that a token never outlasts the access it tells of:
    nor does a "no" outlast the instant at which access begins.
    """
    if access.learner_id is None:
        return None
    issued = int(now.timestamp())
    allow = isinstance(access, Allowed)
    turn = access.until if isinstance(access, Allowed) else access.next
    expires = issued + LIFETIME_SECONDS
    if turn is not None:
        expires = min(expires, int(turn.timestamp()))
    seat_id = None if access.way is None else access.way.seat_id
    said = {
        "iss": issuer,
        "sub": str(access.learner_id),
        "aud": platform_key,
        "item": item,
        "allow": allow,
        "seat": None if seat_id is None else str(seat_id),
        "iat": issued,
        "nbf": issued,
        "exp": expires,
        "jti": token_id,
    }
    return said if isinstance(access, Allowed) else {**said, "reason": access.reason}
