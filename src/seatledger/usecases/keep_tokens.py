"""Make, list, delete and verify tokens.

A token is 64 random hexadecimal characters, shown once; only its SHA-256 digest is kept. High
entropy needs no slow hash.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.actor import Actor, Role
from seatledger.domain.event import Event, EventKind
from seatledger.domain.learner import Learner
from seatledger.domain.people_command import CreateToken, DeleteToken
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_learner, unknown_platform
from seatledger.storage import events
from seatledger.storage import learners as learner_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import tokens as token_rows
from seatledger.storage.tokens import Token as Token
from seatledger.storage.unit import Unit
from seatledger.usecases.authors import person_of
from seatledger.usecases.naming import read_address
from seatledger.usecases.opening import origin

TOKEN_BYTES = 32
NAME_LENGTH_MAX = 255
SHELL = Actor(  # a process of it is one run of the program
    name="shell",
    role=Role.OPERATOR,
    platform_id=None,
    surface="cli",
    request_id=f"run-{secrets.token_hex(8)}",
)
SWEEP = Actor(name="sweep", role=Role.OPERATOR, platform_id=None, surface="worker")


@dataclass(frozen=True, slots=True)
class Minted:
    """A new token; `text` is seen here and never again."""

    text: str
    token: Token

    @property
    def id(self) -> int:
        return self.token.id

    @property
    def name(self) -> str:
        return self.token.name


def create_tokens(
    unit: Unit, commands: Sequence[CreateToken], now: datetime
) -> list[Minted | Refusal]:
    return [_create(unit, command, now) for command in commands]


def _create(unit: Unit, command: CreateToken, now: datetime) -> Minted | Refusal:
    name = command.name.strip()
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        return invalid("name", f"A token's name has 1 to {NAME_LENGTH_MAX} characters.")
    if command.operator and not command.by.is_operator:
        return Refusal(Code.FORBIDDEN, "Only an operator makes operators' tokens.")
    platform_id = _platform_id(unit, command.by, None if command.operator else command.platform_key)
    if isinstance(platform_id, Refusal):
        return platform_id
    if platform_id is None and not command.operator:
        return invalid("platform_key", "A manager's token belongs to a platform.")
    if token_rows.by_name(unit, platform_id, name) is not None:
        return Refusal(Code.TAKEN, "Another token has this name.", field="name")
    owner = _owner(unit, command, platform_id, now)
    if isinstance(owner, Refusal):
        return owner
    text = secrets.token_hex(TOKEN_BYTES)
    role = Role.OPERATOR if command.operator else Role.MANAGER
    token_id = token_rows.add(
        unit,
        digest=digest(text),
        name=name,
        role=role,
        platform_id=platform_id,
        expires=command.expires,
        created=now,
        learner_id=None if owner is None else owner.id,
    )
    by, after = origin(command, now), {"name": name, "role": role}
    events.add(unit, Event(EventKind.TOKEN_CREATED, by, platform_id, None, token_id, None, after))
    token = token_rows.by_name(unit, platform_id, name)
    assert token is not None
    return Minted(text, token)


def _owner(
    unit: Unit, command: CreateToken, platform_id: int | None, now: datetime
) -> Learner | Refusal | None:
    """Whom the token is for: who is named, else who asks, else nobody (ibl A5)."""
    if command.learner_id is not None:
        known_to = command.by.reach.platform_id if platform_id is None else platform_id
        wanted = {"id": command.learner_id, "platform_id": known_to}
        named = learner_rows.named(unit, [wanted]).by_id
        return named.get(command.learner_id) or unknown_learner()
    if command.email is not None:
        if not command.by.is_operator:
            return Refusal(Code.FORBIDDEN, "Only an operator makes tokens for an address.")
        address = read_address(command.email)
        if isinstance(address, Refusal):
            return address
        return person_of(unit, address, command.name, now)
    return command.by.learner


def delete_tokens(
    unit: Unit, commands: Sequence[DeleteToken], now: datetime
) -> list[str | Refusal]:
    return [_delete(unit, command, now) for command in commands]


def _delete(unit: Unit, command: DeleteToken, now: datetime) -> str | Refusal:
    platform_id = _platform_id(unit, command.by, command.platform_key)
    if isinstance(platform_id, Refusal):
        return platform_id
    token = token_rows.by_name(unit, platform_id, command.name)
    others = token is not None and command.token_id not in {None, token.id}
    if token is None or others or (platform_id is None and not command.by.is_operator):
        return Refusal(Code.UNKNOWN_TOKEN, "There is no such token.")
    token_rows.remove(unit, token.id)
    by, before = origin(command, now), {"name": token.name, "role": token.role}
    events.add(unit, Event(EventKind.TOKEN_DELETED, by, platform_id, None, token.id, before, {}))
    return token.name


def _platform_id(unit: Unit, actor: Actor, key: str | None) -> int | Refusal | None:
    if key is None:
        return None
    platform = platform_rows.by_key(unit, key)
    if platform is None or not actor.reach.covers(platform.id):
        return unknown_platform()
    return platform.id


def list_tokens(unit: Unit, actor: Actor) -> list[Token]:
    """The tokens that the actor's platform has; all of them for operators."""
    if actor.is_operator:
        return token_rows.everyone(unit)
    return token_rows.of_platform(unit, actor.platform_id)


def authenticate(
    unit: Unit, asked: Sequence[tuple[str, str]], now: datetime
) -> list[Actor | Refusal]:
    """The actors behind (token text, surface) pairs, by one query; expired and unknown alike."""
    digests = [digest(text) for text, _ in asked]
    found = token_rows.by_digest(unit, set(digests))
    return [
        _actor(found.get(key), surface, now)
        for key, (_, surface) in zip(digests, asked, strict=True)
    ]


def _actor(token: Token | None, surface: str, now: datetime) -> Actor | Refusal:
    if token is None or token.owner_left or (token.expires is not None and token.expires <= now):
        return Refusal(Code.UNAUTHENTICATED, "A valid token is needed.")
    return Actor(
        name=token.name,
        role=token.role,
        platform_id=token.platform_id,
        surface=surface,
        token_id=token.id,
        platform_key=token.platform_key,
        platform_org=token.platform_org,
        learner=token.owner,
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
