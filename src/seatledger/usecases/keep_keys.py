"""Make, rotate and show the keys that answers are signed with (Ed25519, RFC 8037)."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from seatledger.domain.event import Event, EventKind
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.signing_key import PublicKey, RotateKey
from seatledger.storage import events
from seatledger.storage import signing_keys as key_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin


def rotate_keys(
    unit: Unit, commands: Sequence[RotateKey], now: datetime
) -> list[PublicKey | Refusal]:
    return [_rotate(unit, command, now) for command in commands]


def _rotate(unit: Unit, command: RotateKey, now: datetime) -> PublicKey | Refusal:
    before = key_rows.signing(unit)
    if command.only_first and before is not None:
        return before[0]
    if not command.only_first and not command.by.is_operator:
        return Refusal(Code.FORBIDDEN, "Only an operator rotates keys.")
    key, private = _made(now)
    if before is not None:
        key_rows.retire(unit, before[0], now)
    row_id = key_rows.add(unit, key, private)
    was = None if before is None else {"kid": before[0].id}
    by = origin(command, now)
    events.add(unit, Event(EventKind.KEY_ROTATED, by, None, None, row_id, was, {"kid": key.id}))
    return key


def list_keys(unit: Unit) -> list[PublicKey]:
    """All keys there ever were, the oldest first."""
    return key_rows.everyone(unit)


def shown_keys(unit: Unit, now: datetime) -> list[PublicKey]:
    """The keys of which a token may be in force now, or soon."""
    return [key for key in key_rows.everyone(unit) if key.is_shown(now)]


def _made(now: datetime) -> tuple[PublicKey, str]:
    """A new pair. Its id is the thumbprint of the public key (RFC 7638)."""
    pair = Ed25519PrivateKey.generate()
    x = _spelled(pair.public_key().public_bytes_raw())
    required = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": x}, separators=(",", ":"))
    thumbprint = _spelled(hashlib.sha256(required.encode()).digest())
    return PublicKey(thumbprint, x, now), _spelled(pair.private_bytes_raw())


def _spelled(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
