"""The rule of a pool that says whether its seats may pass from one learner to another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from seatledger.domain.refusal import Refusal, invalid

COUNT_MAX = 2_147_483_647
DAYS_MAX = 36_500


class Moves(StrEnum):
    NEVER = "never"
    ALWAYS = "always"
    LIMITED = "limited"  # while every limit given holds


@dataclass(frozen=True, slots=True)
class MoveRule:
    """Limits go with `limited`, which has at least one; None is no limit.

    `days_after_start` are days since the seat began to count, `progress_max` is in percent of the
    item, and `per_pool_max` is how many moves the whole pool has.
    """

    allowed: Moves
    days_after_start: int | None = None
    progress_max: float | None = None
    per_pool_max: int | None = None

    @property
    def limits(self) -> dict[str, float]:
        """The limits that are set, by name."""
        given = {name: value for name, value in asdict(self).items() if name != "allowed"}
        return {name: value for name, value in given.items() if value is not None}

    def facts(self) -> dict[str, Any]:
        """What history and the row of a pool keep of it."""
        return {"allowed": self.allowed, **self.limits}


def rule_of(facts: Mapping[str, Any]) -> MoveRule:
    """The rule that told these facts."""
    return MoveRule(**{**facts, "allowed": Moves(facts["allowed"])})


def usual_rule(*, transferable: bool) -> MoveRule:
    """The rule of a pool that was given none."""
    return MoveRule(Moves.ALWAYS if transferable else Moves.NEVER)


def wrong_rule(rule: MoveRule | None) -> Refusal | None:
    """What no rule may be."""
    if rule is None:
        return None
    if bool(rule.limits) != (rule.allowed is Moves.LIMITED):
        return invalid("moves", "Limits go with allowed: limited, which has at least one.")
    highest = {"days_after_start": DAYS_MAX, "progress_max": 100, "per_pool_max": COUNT_MAX}
    for name, value in rule.limits.items():
        if not 0 <= value <= highest[name]:
            return invalid("moves", f"{name} is from 0 to {highest[name]}.")
    return None
