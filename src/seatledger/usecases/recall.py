"""What came of requests with a key, looked up before anything else is judged."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from seatledger.storage import repeats as repeat_rows
from seatledger.storage.repeats import Stored
from seatledger.storage.unit import Unit
from seatledger.usecases import outcomes
from seatledger.usecases.once import Replayed

Key = tuple[int, str]  # platform, key


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is known of a request: what came of its commands, by number, and its answer, if kept."""

    fingerprint: str
    commands: Mapping[int, Replayed]
    answer: str | None


def recall(unit: Unit, asked: Sequence[Key], _now: datetime) -> list[Recalled | None]:
    """What is known of the requests of keys, by one query; None of those that are new."""
    stored: dict[Key, dict[int, Stored]] = defaultdict(dict)
    for (platform_id, key, number), each in repeat_rows.of_keys(unit, asked).items():
        stored[platform_id, key][number] = each
    return [_recalled(stored[each]) if each in stored else None for each in asked]


def _recalled(stored: Mapping[int, Stored]) -> Recalled:
    first = stored[min(stored)]
    came = {n: Replayed(outcomes.read(each.outcome), each.at) for n, each in stored.items()}
    return Recalled(first.fingerprint, came, first.answer)
