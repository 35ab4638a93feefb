"""Auto-enrolment links: libraries of seats that people take out themselves (SQLBI F16–F21k)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from seatledger.domain.actor import Actor, Role
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.domain.window import earliest

DURATION_DAYS_MAX = 3650


@dataclass(frozen=True, slots=True)
class Link:
    """Who has the `token` may ask for one of at most `quota` seats of the pool (F21a).

    A seat is lent for `duration_days`, or (None) until its pool ends. With `auto_reassign` the
    oldest seat of a full library passes to the newcomer (F20). The token is kept readable, since a
    manager must be able to copy the link again; by itself it gives nothing away: see RedeemLink.
    """

    id: int
    platform_id: int
    pool_id: int
    token: str = field(repr=False)
    quota: int
    duration_days: int | None
    auto_reassign: bool
    created: datetime

    def lends_until(self, pool: Pool, now: datetime) -> datetime | None:
        """When a seat given now ends: never later than its pool (F21g)."""
        if self.duration_days is None:
            return pool.window.end
        return earliest(now + timedelta(days=self.duration_days), pool.window.end)

    def visitor(self, request_id: str | None = None) -> Actor:
        """Who acts when somebody uses the link: it stands for the manager who handed it out."""
        return Actor(
            name=f"link-{self.id}",
            role=Role.MANAGER,
            platform_id=self.platform_id,
            surface="link",
            request_id=request_id,
        )

    @property
    def counter(self) -> Actor:
        """Whose requests are counted together: those of all the visitors of one link."""
        visitor = self.visitor()
        return replace(visitor, surface=visitor.name)

    def facts(self) -> dict[str, Any]:
        """What history records of a link: never its token."""
        return {
            "pool_id": self.pool_id,
            "quota": self.quota,
            "duration_days": self.duration_days,
            "auto_reassign": self.auto_reassign,
        }


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link with its pool, and how many seats it has out: `live` now, `ever` since it was made."""

    link: Link
    pool: Pool
    platform_name: str
    live: int
    ever: int

    def free(self, now: datetime) -> int:
        """How many may be taken out now: the quota and the pool both bound (F21f)."""
        if self.pool.closed_to_newcomers(now, must_have_started=True):
            return 0
        lent = counted(self.live, self.ever, transferable=self.pool.transferable)
        return max(0, min(self.link.quota - lent, self.pool.free))

    def available(self, now: datetime) -> bool:
        """Whether a newcomer would get a seat now, a free one or the oldest holder's."""
        if self.pool.closed_to_newcomers(now, must_have_started=True):
            return False
        return self.free(now) > 0 or (self.link.auto_reassign and self.live > 0)


@dataclass(slots=True)
class Library:
    """What a batch knows of a link: how many seats it has out, and the ids of those held longest.

    Only those may make way (F21f). Of another that ends in the same batch nothing is noticed here:
    that may refuse a newcomer, never seat one too many.
    """

    quota: int
    lent: int
    oldest: set[int] = field(default_factory=set)

    @property
    def is_full(self) -> bool:
        return self.lent >= self.quota

    def lend(self) -> None:
        self.lent += 1

    def take_back(self, seat_id: int) -> None:
        """Note that a seat ended, if it is one of this library's."""
        if seat_id in self.oldest:
            self.oldest.discard(seat_id)
            self.lent -= 1


def counted(live: int, ever: int, *, transferable: bool) -> int:
    """How many seats count against a quota: where none comes back, all there ever were."""
    return live if transferable else ever


def unusable(
    pool: Pool, quota: int, duration_days: int | None, auto_reassign: bool
) -> Refusal | None:
    """Why a link of a pool can't have these settings (F17, F19, F21a)."""
    if not 1 <= quota <= pool.size:
        return invalid("quota", f"A link of pool {pool.id} offers 1 to {pool.size} seats.")
    if duration_days is not None and not 1 <= duration_days <= DURATION_DAYS_MAX:
        return invalid("duration_days", f"Seats are lent for 1 to {DURATION_DAYS_MAX} days.")
    if auto_reassign and not pool.transferable:
        return Refusal(
            Code.NOT_TRANSFERABLE,
            f"Pool {pool.id} is not transferable: its seats are not reassigned.",
            field="auto_reassign",
        )
    return None


def unknown_link() -> Refusal:
    """The same of a link that never was and of one that was deleted (F21h)."""
    return Refusal(Code.UNKNOWN_LINK, "This link is not valid.")
