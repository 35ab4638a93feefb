"""Who asks, and how far they reach.

A `Reach` can only be had from an `Actor`, and an `Actor` only from a token that was verified, so
a query that demands a `Reach` cannot be made without an authenticated caller (I8).
"""

from dataclasses import dataclass
from enum import StrEnum

from seatledger.domain.learner import Learner


class Role(StrEnum):
    OPERATOR = "operator"  # runs the whole deployment
    MANAGER = "manager"  # gives and takes the seats of one platform


@dataclass(frozen=True, slots=True)
class Reach:
    """The rows a query may see: one platform's, or (operators only) every platform's."""

    platform_id: int | None

    def covers(self, platform_id: int) -> bool:
        return self.platform_id is None or self.platform_id == platform_id


@dataclass(frozen=True, slots=True)
class Actor:
    """A verified caller: `name` is the token's, `surface` the tongue it speaks (ibl, cli …).

    `learner` is the person a token was made for (ibl A5); None where it was made for nobody.
    `request_id` names the request, or the run of a program, that they speak in; `account_id` is
    whose console they sit at.
    """

    name: str
    role: Role
    platform_id: int | None
    surface: str
    token_id: int | None = None
    platform_key: str | None = None
    platform_org: str | None = None
    learner: Learner | None = None
    request_id: str | None = None
    account_id: int | None = None

    @property
    def login(self) -> str:
        """The name of who speaks: the person's, or the address of the token itself."""
        return self.address if self.learner is None else self.learner.login

    @property
    def address(self) -> str:
        """The e-mail address of who speaks."""
        if self.learner is not None:
            return self.learner.email
        return service_address(self.surface if self.token_id is None else f"token-{self.token_id}")

    @property
    def is_operator(self) -> bool:
        return self.role is Role.OPERATOR

    @property
    def reach(self) -> Reach:
        return Reach(None if self.is_operator else self.platform_id)

    def reach_within(self, platform_id: int) -> Reach | None:
        """The reach narrowed to one platform, or None where the actor does not reach it."""
        return Reach(platform_id) if self.reach.covers(platform_id) else None


SERVICE_DOMAIN = "seatledger.invalid"  # which no mail can reach (RFC 2606)


def service_address(name: str) -> str:
    """The address of something that acts and is no person, or of somebody who was erased."""
    return f"{name}@{SERVICE_DOMAIN}"
