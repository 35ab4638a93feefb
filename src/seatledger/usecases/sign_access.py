"""Signs answers to "may they open it?", so that who is offline can tell that they are ours."""

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from seatledger.domain.actor import Actor
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.signing_key import RotateKey
from seatledger.storage import signing_keys as key_rows
from seatledger.storage.engine import Database, Unavailable
from seatledger.storage.signing_keys import ALGORITHM
from seatledger.usecases.carry_out import carry_out

MEDIA_TYPE = "seatledger-access+jwt"  # so that no token of another sort passes for one of these


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs now."""

    key_id: str
    _key: Ed25519PrivateKey = field(repr=False)

    def sign(self, claims: Mapping[str, Any]) -> str:
        """The claims as a token (JWS, compact)."""
        headers = {"kid": self.key_id, "typ": MEDIA_TYPE}
        return jwt.encode(dict(claims), self._key, algorithm=ALGORITHM, headers=headers)


def signer_of(database: Database, by: Actor, now: datetime) -> Signer | Refusal:
    """The signer, for which a key is made at first use; of several at once one key is kept."""
    try:
        found = _read(database)
        if found is None:
            made = carry_out(database, [RotateKey(by, only_first=True)], now)[0]
            if isinstance(made, Exception):
                raise made
            if isinstance(made, Refusal):
                return made
            found = _read(database)
    except Unavailable:
        found = None
    return found or Refusal(Code.UNAVAILABLE, "No key to sign with can be read now.")


def _read(database: Database) -> Signer | None:
    with database.read() as unit:
        found = key_rows.signing(unit)
    if found is None:
        return None
    key, private = found
    raw = urlsafe_b64decode(private + "=" * (-len(private) % 4))
    return Signer(key.id, Ed25519PrivateKey.from_private_bytes(raw))
