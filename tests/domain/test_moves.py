"""The rule of a pool about passing seats on."""

import pytest

from seatledger.domain.moves import MoveRule, Moves, rule_of, usual_rule, wrong_rule
from tests.support.cast import pool


@pytest.mark.parametrize(
    "rule",
    [
        MoveRule(Moves.NEVER),
        MoveRule(Moves.ALWAYS),
        MoveRule(Moves.LIMITED, days_after_start=0),
        MoveRule(Moves.LIMITED, days_after_start=14, progress_max=12.5, per_pool_max=3),
    ],
)
def test_a_rule_is_kept_as_it_was_given(rule: MoveRule) -> None:
    assert wrong_rule(rule) is None
    assert rule_of(rule.facts()) == rule


@pytest.mark.parametrize(
    "rule",
    [
        MoveRule(Moves.LIMITED),
        MoveRule(Moves.ALWAYS, per_pool_max=3),
        MoveRule(Moves.NEVER, days_after_start=0),
        MoveRule(Moves.LIMITED, days_after_start=-1),
        MoveRule(Moves.LIMITED, days_after_start=10**30),
        MoveRule(Moves.LIMITED, progress_max=-0.5),
        MoveRule(Moves.LIMITED, progress_max=100.5),
        MoveRule(Moves.LIMITED, progress_max=float("nan")),
        MoveRule(Moves.LIMITED, per_pool_max=-1),
        MoveRule(Moves.LIMITED, per_pool_max=2**31),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: MoveRule) -> None:
    refusal = wrong_rule(rule)
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("invalid", "moves")


def test_without_a_rule_seats_move_where_they_could_be_taken_back_anyway() -> None:
    assert pool(transferable=True).move_rule == usual_rule(transferable=True)
    assert pool(transferable=True).move_rule.allowed is Moves.ALWAYS
    assert pool(transferable=False).move_rule.allowed is Moves.NEVER
    own = MoveRule(Moves.LIMITED, per_pool_max=1)
    assert pool(transferable=False, moves=own).move_rule == own
