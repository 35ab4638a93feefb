"""Hashes of passwords: argon2id, with the parameters of RFC 9106 for little memory.

It takes tens of milliseconds and 64 MiB on purpose: never in a transaction, nor in an event loop.
"""

import secrets
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is taken for something else
assert RFC_9106_LOW_MEMORY.type is Type.ID


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def verify(password: str, hashed_password: str | None) -> bool:
    """Whether it is the password; where there is none, no, after as long a time."""
    try:
        _HASHER.verify(hashed_password or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed_password is not None


def made_up() -> str:
    """A password that nobody guesses and anybody can type: `k7hq-w2mz-…`."""
    parts = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(parts)


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex())
