"""POST /v1/pool/{id}/license: which of several refusals is the answer."""

from typing import Any

import pytest

from tests.dialects.sqlbi.world import DAY, NOON, World, refused

# Each line breaks all the rules from its own on; the first broken one is the answer.
BUSINESS = [
    ("pool_ended", {"end": NOON - DAY}, "jon@zeta.example", "2020-01-01"),
    ("domain_not_allowed", {}, "jon@zeta.example", "2020-01-01"),
    ("end_in_past", {}, "mira@acme.example", "2020-01-01"),
    ("end_after_pool", {}, "mira@acme.example", "2030-01-01"),
    ("already_enrolled", {}, "mira@acme.example", "2027-01-01"),
    ("no_available_licenses", {}, "jon@acme.example", "2027-01-01"),
]


@pytest.mark.parametrize(("code", "how", "email", "day"), BUSINESS, ids=[b[0] for b in BUSINESS])
def test_of_several_broken_rules_the_first_in_order_is_the_answer(
    world: World, code: str, how: dict[str, Any], email: str, day: str
) -> None:
    """O35: pool in force, domain, date, enrolled, availability."""
    other, full = world.pool(size=1), world.pool(size=1, **{"end": NOON + 400 * DAY, **how})
    world.assign(other, "mira")
    if not how:
        world.assign(full, "zoe")
    assert refused(world.try_assign(full, email, endDate=day)) == (400, code)


def test_a_malformed_field_is_named_before_any_rule_of_business(world: World) -> None:
    """O35."""
    over = world.pool(end=NOON - DAY)
    assert refused(world.try_assign(over, "mira")) == (400, "invalid_email")
    assert refused(world.try_assign(over, "mira@acme.example", endDate="soon")) == (
        400,
        "invalid_end_date",
    )
