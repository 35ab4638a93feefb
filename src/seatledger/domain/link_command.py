"""What may be asked about auto-enrolment links, by managers and by visitors."""

from dataclasses import dataclass, field

from seatledger.domain.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLink(Command):
    """Make a link of a pool (F16, F17, F19). Answers with LinkUse.

    `quota` None offers the whole pool; `duration_days` None lends until the pool ends.
    """

    pool_id: int
    quota: int | None = None
    duration_days: int | None = None
    auto_reassign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteLink(Command):
    """Let a link open nothing from now on; its seats stay (F21h). Answers with what it was."""

    link_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForCode(Command):
    """Mail a code to an address that wants to use a link (F21d). Answers with CodeAsked.

    The answer is the same whether a mail goes out or not. `token` is the link's.
    """

    token: str = field(repr=False)
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemLink(Command):
    """Seat who has proved an address with a mailed code (F18, F20–F21g). Answers with Seated."""

    token: str = field(repr=False)
    email: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSeat(Command):
    """Give back, by who holds it, a seat that the link lent (F21j). Answers with Seated."""

    token: str = field(repr=False)
    email: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetCodes(Command):
    """Forget codes that count no more, at most `rows_max`. Answers how many it were."""

    rows_max: int = 1000
