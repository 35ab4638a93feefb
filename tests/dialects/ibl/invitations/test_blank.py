"""POST /api/catalog/invitations/{kind}/blank/ (ibl L7, W43)."""

from typing import Any

import pytest

from tests.dialects.ibl.invitations.inviting import ALL, OF_ITEMS, PATH, PLATFORMS, listed, offer
from tests.dialects.ibl.world import Kind, World, problem


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_so_many_are_made_that_name_nobody(world: World, kind: Kind) -> None:
    offer(world, kind, 3, "fair", metadata={"stand": 4}, badge="x")
    rows = listed(world, kind)
    assert len(rows) == 3
    assert {(row["user_id"], row["source"], row["active"]) for row in rows} == {
        (None, "fair", True)
    }
    assert rows[0]["metadata"] == {"stand": 4, "badge": "x"}


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": -1}, "count"),
        ({"count": 1001}, "count"),
        ({"count": 10**30}, "count"),
        ({"count": "3"}, "count"),
        ({"count": 1.5}, "count"),
        ({"source": ""}, "source"),
        ({"source": None}, "source"),
        ({"metadata": None}, "metadata"),
    ],
)
def test_bad_fields_are_400_by_name_and_make_nothing_w43(
    world: World, kind: Kind, said: dict[str, Any], field: str
) -> None:
    body = {**kind.item, "count": 1, "source": "fair", **said}
    problem(world.manager.post(f"{PATH}/{kind}/blank/", body), 400, field)
    assert listed(world, kind) == []


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_source_count_and_item_are_required_l7(world: World, kind: Kind) -> None:
    whole = {**kind.item, "count": 1, "source": "fair"}
    for field in whole:
        body = {name: value for name, value in whole.items() if name != field}
        problem(world.manager.post(f"{PATH}/{kind}/blank/", body), 400, field)


def test_unknown_items_and_platforms(world: World) -> None:
    for kind in OF_ITEMS:
        body = {next(iter(kind.item)): "nothing", "count": 1, "source": "fair"}
        problem(world.manager.post(f"{PATH}/{kind}/blank/", body), 404)
    body = {"platform_key": "zeta", "count": 1, "source": "fair"}
    problem(world.manager.post(f"{PATH}/{PLATFORMS}/blank/", body), 403)
    body = {"platform_key": "nowhere", "count": 1, "source": "fair"}
    problem(world.operator.post(f"{PATH}/{PLATFORMS}/blank/", body), 404)
