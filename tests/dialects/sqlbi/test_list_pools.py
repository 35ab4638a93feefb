"""GET /v1/pools: the manager's pools."""

from tests.dialects.sqlbi.world import DAY, NOON, World


def test_each_element_is_what_the_pool_by_itself_is(world: World) -> None:
    """O5."""
    pool_id = world.pool()
    assert world.get("/v1/pools") == [world.get(f"/v1/pool/{pool_id}")]


def test_pools_are_pages_of_ten_in_the_order_of_their_ids(world: World) -> None:
    """Rules 50, 51; O14, O19."""
    pools = [world.pool() for _ in range(12)]
    listed = [int(pool["id"]) for pool in world.get("/v1/pools")]
    rest = [int(pool["id"]) for pool in world.get("/v1/pools", params={"page": 2})]
    assert (listed, rest) == (pools[:10], pools[10:])
    assert world.ask("GET", "/v1/pools").headers["X-Total-Count"] == "12"


def test_pools_that_are_over_and_pools_to_come_are_shown(world: World) -> None:
    """O26."""
    over = world.pool(start=NOON - 9 * DAY, end=NOON - DAY)
    to_come = world.pool(start=NOON + DAY)
    assert [int(pool["id"]) for pool in world.get("/v1/pools")] == [over, to_come]


def test_untransferable_pools_are_shown_too(world: World) -> None:
    """Rule 56."""
    world.pool(transferable=False)
    (pool,) = world.get("/v1/pools")
    assert pool["transferable"] is False


def test_another_manager_s_pools_are_not_shown(world: World) -> None:
    world.platform("zeta")
    world.pool(platform_key="zeta")
    assert world.get("/v1/pools") == []
    assert len(world.get("/v1/pools", by="zeta")) == 1
