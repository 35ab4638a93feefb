"""The demo: a platform with courses, pools, learners and a group, and what happened there lately.

All of it goes the way of every other write, so that it has a history like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from seatledger.domain.account_command import CreateAccount
from seatledger.domain.actor import Role
from seatledger.domain.command import AssignSeat, EndSeat, GrantGroup, OpenPool, SaveGroup
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform, CreateToken, LinkLearner
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.ledger import Together

PLATFORM = "acme"
ORG = "ACME"
DOMAIN = "acme.example"
FOUNDED = 120  # days ago
PEOPLE = (
    "Ada Moreno",
    "Ben Okafor",
    "Chiara Rossi",
    "Daniel Novak",
    "Elif Demir",
    "Farid Haddad",
    "Grace Lindqvist",
    "Hiro Tanaka",
    "Ines Carvalho",
    "Jonas Weber",
    "Katya Sorokina",
    "Liam Byrne",
)
REGISTERED = 10  # of PEOPLE; the others have not signed in yet


@dataclass(frozen=True, slots=True)
class Stock:
    """A pool to open. Days count back from now: 30 is a month ago, -30 in a month."""

    external_id: str
    key: str
    title: str
    size: int
    holders: tuple[int, ...]  # places in PEOPLE
    opened: int
    start: int
    end: int | None = None
    kind: ItemKind = ItemKind.COURSE
    transferable: bool = True


STOCKS = (
    Stock("D-1", "course-v1:ACME+FIRE101+2026", "Fire drill", 10, (0, 1, 2, 5), 100, 100, 10),
    Stock("D-2", "course-v1:ACME+SAFE101+2026", "Safety at work", 50, tuple(range(10)), 90, 90),
    Stock("D-3", "course-v1:ACME+DATA+2026", "Reading data", 5, (0, 3, 6, 10), 60, 60),
    Stock("D-4", "course-v1:ACME+SALES1+2026", "Selling with care", 20, (11,), 45, 45, -90),
    Stock(
        "D-5",
        "course-v1:ACME+CERT300+2026",
        "Certified auditor",
        8,
        (1, 4, 7),
        30,
        30,
        transferable=False,
    ),
    Stock(
        "D-6",
        "leading-people",
        "Leading people",
        12,
        (2, 8),
        14,
        -30,
        -365,
        kind=ItemKind.PROGRAM,
    ),
)
LEAVER = ("D-2", 8)  # whose seat of this pool was taken back
SALES = ("Sales", (2, 4, 6, 9), "D-4")  # a group, its members, and the pool it is given


def fill(together: Together, now: datetime) -> str:
    """Make the platform with all that it has; answers with its manager's token."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    together.do(
        CreatePlatform(
            SHELL,
            key=PLATFORM,
            org=ORG,
            name="Acme Learning",
            email=f"licences@{DOMAIN}",
            domains=(DOMAIN,),
        ),
        _days_before(today, FOUNDED),
    )
    pools: dict[str, int] = {}
    seats: dict[tuple[str, int], int] = {}
    learners: dict[int, int] = {}
    for stock in STOCKS:
        pools[stock.external_id] = _open(together, stock, today)
        opened = _days_before(today, stock.opened)
        for place in stock.holders:
            when = opened + timedelta(hours=8 + place)
            seated = together.do(_assign(pools[stock.external_id], place), when)
            seats[stock.external_id, place] = seated.seat.id
            learners.setdefault(place, seated.learner.id)
    _register(together, [learners[place] for place in range(REGISTERED)], today)
    _grant_sales(together, learners, pools, today)
    together.do(EndSeat(SHELL, seat_id=seats[LEAVER]), _days_before(today, 3))
    made = together.do(CreateToken(SHELL, name="demo manager", platform_key=PLATFORM), now)
    return str(made.text)


def sign_up(together: Together, now: datetime, password: str) -> dict[str, str]:
    """Make two people who sign in to the console with one password, of which this is the hash."""
    manager = CreateAccount(
        SHELL,
        email=f"manager@{DOMAIN}",
        name="Mira Manager",
        role=Role.MANAGER,
        platform_keys=(PLATFORM,),
        password=password,
    )
    operator = CreateAccount(
        SHELL,
        email=f"operator@{DOMAIN}",
        name="Olaf Operator",
        role=Role.OPERATOR,
        password=password,
    )
    return {
        "demo_manager_email": together.do(manager, now).email,
        "demo_operator_email": together.do(operator, now).email,
    }


def _days_before(today: datetime, days: int) -> datetime:
    return today - timedelta(days=days)


def _open(together: Together, stock: Stock, today: datetime) -> int:
    pool = together.do(
        OpenPool(
            SHELL,
            platform_key=PLATFORM,
            item_kind=stock.kind,
            item_key=stock.key,
            item_title=stock.title,
            size=stock.size,
            start=_days_before(today, stock.start),
            end=None if stock.end is None else _days_before(today, stock.end),
            transferable=stock.transferable,
            external_id=stock.external_id,
            source="demo",
        ),
        _days_before(today, stock.opened),
    )
    return int(pool.id)


def _assign(pool_id: int, place: int) -> AssignSeat:
    name = PEOPLE[place]
    address = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    return AssignSeat(SHELL, pool_id=pool_id, email=address, name=name)


def _register(together: Together, learner_ids: Sequence[int], today: datetime) -> None:
    for learner_id in learner_ids:
        link = LinkLearner(SHELL, learner_id=learner_id, platform_key=PLATFORM)
        together.do(link, _days_before(today, 12))


def _grant_sales(
    together: Together, learners: dict[int, int], pools: dict[str, int], today: datetime
) -> None:
    name, places, stock = SALES
    group = together.do(
        SaveGroup(
            SHELL,
            platform_key=PLATFORM,
            name=name,
            description="Everybody who sells.",
            member_ids=tuple(learners[place] for place in places),
        ),
        _days_before(today, 8),
    )
    grant = GrantGroup(SHELL, pool_id=pools[stock], group_id=group.group.id)
    together.do(grant, _days_before(today, 7))
