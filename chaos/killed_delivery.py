"""SIGKILL to workers that deliver to a receiver that fails, hangs, is late, and takes twice."""

import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from random import Random

from chaos.fickle_receiver import Arrival, FickleReceiver, receiving
from chaos.ledger import Ledger
from chaos.report import Report
from chaos.stage import Stage
from chaos.workers import working
from seatledger.domain.command import AssignSeat, EndSeat
from seatledger.domain.webhook import WEBHOOK, Secret, settings_of
from seatledger.storage import subscriptions
from tests.support.cast import OPERATOR

SECRET = "whsec_" + "Y2hhb3MtY2hhb3MtY2hhb3MtY2hhb3MtY2hhb3M="
EACH = 4  # events of one learner and item: two seats given, and two taken back
AT_ONCE = 200  # learners in a batch of commands
MOMENT = (0.5, 3.0)  # seconds after all workers are there again
SECONDS_MAX = 900


def run(stage: Stage, engine: str, events: int, kills: int, seed: int) -> Report:
    """So many changes of seats, and so many kills while they are made and delivered."""
    report = Report(f"killed delivery {engine}")
    random = Random(seed)
    ledger = stage.ledger(engine)
    with receiving(SECRET, seed) as receiver:
        _subscribe(ledger, receiver.url)
        with working(ledger, engine, SEATLEDGER_WEBHOOK_PRIVATE="127.0.0.0/8") as workers:
            expected = _changes(ledger, events)
            deadline = time.monotonic() + SECONDS_MAX
            for _ in range(kills):
                time.sleep(random.uniform(*MOMENT))
                workers.kill_one(random)
                report.count("kills")
            while len(_accepted(receiver.arrivals)) < expected and time.monotonic() < deadline:
                time.sleep(0.2)
    report.count("events", expected)
    _judge(ledger, receiver, expected, report)
    return report


def _judge(ledger: Ledger, receiver: FickleReceiver, expected: int, report: Report) -> None:
    arrivals = list(receiver.arrivals)
    report.count("arrivals", len(arrivals))
    report.count("of them repeated", len(arrivals) - len({each.sequence for each in arrivals}))
    report.count("attempts that failed", sum(receiver.moods.values()) - receiver.moods["well"])
    lost = expected - len(_accepted(arrivals))
    report.expect(lost == 0, f"{lost} of {expected} events never arrived")
    report.expect(receiver.forged == 0, f"{receiver.forged} requests had a bad signature")
    ids = {(each.id, each.sequence) for each in arrivals}
    report.expect(
        len(ids) == len({of for of, _ in ids}) == len({sequence for _, sequence in ids}),
        "an event arrived under two ids, or two under one",
    )
    for key, theirs in _by_key(arrivals).items():
        report.expect(_in_order(theirs), f"{key} arrived as {[each.sequence for each in theirs]}")
    verified = ledger.verify()
    report.expect(verified.ok, f"verify: {verified.offenders}")


def _accepted(arrivals: Sequence[Arrival]) -> set[int]:
    return {each.sequence for each in list(arrivals) if each.accepted}


def _by_key(arrivals: Sequence[Arrival]) -> dict[str, list[Arrival]]:
    found: dict[str, list[Arrival]] = defaultdict(list)
    for each in arrivals:
        found[each.order_key].append(each)
    return found


def _in_order(arrivals: Sequence[Arrival]) -> bool:
    """Whether each event came, as often as it came, before the next came for the first time."""
    numbers = [number for number, _ in groupby(each.sequence for each in arrivals)]
    return numbers == sorted(set(numbers))


def _subscribe(ledger: Ledger, url: str) -> None:
    """Let the receiver hear of seats, and of nothing else."""
    with ledger.world() as world, world.database.write() as unit:
        subscriptions.add(
            unit,
            platform_id=1,
            connector=WEBHOOK,
            kinds=["seat_assigned", "seat_ended"],
            settings=settings_of(url, [Secret(SECRET, world.now)]),
            last=0,
            now=world.now,
        )


def _changes(ledger: Ledger, events: int) -> int:
    """Give and take seats; answers how many events that were."""
    learners = events // EACH
    people = range(learners)
    pool = ledger.pool(learners).id
    with ledger.world() as world:
        for first in range(0, learners, AT_ONCE):
            emails = [f"p{number}@acme.example" for number in people[first : first + AT_ONCE]]
            for _ in range(EACH // 2):
                gave = [AssignSeat(OPERATOR, pool_id=pool, email=email) for email in emails]
                seats = [each.seat.id for each in world.all(*gave)]
                world.all(*(EndSeat(OPERATOR, seat_id=seat) for seat in seats))
    return learners * EACH
