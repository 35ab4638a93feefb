"""How a pool says whether its seats may pass from one learner to another."""

import msgspec

from seatledger.domain import moves as domain
from seatledger.domain.moves import Moves


class MoveRule(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """`limited` has at least one limit, the others none. `progress_max` is in percent."""

    allowed: Moves
    days_after_start: int | None = None
    progress_max: float | None = None
    per_pool_max: int | None = None


def read_rule(rule: MoveRule | None) -> domain.MoveRule | None:
    """The domain's rule; None is the usual one."""
    if rule is None:
        return None
    return domain.MoveRule(
        rule.allowed, rule.days_after_start, rule.progress_max, rule.per_pool_max
    )


def shown(rule: domain.MoveRule) -> MoveRule:
    return MoveRule(rule.allowed, rule.days_after_start, rule.progress_max, rule.per_pool_max)
