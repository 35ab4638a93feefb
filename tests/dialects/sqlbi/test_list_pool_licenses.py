"""GET /v1/pool/{id}/licenses: the licenses assigned from one pool."""

from seatledger.domain.item import ItemKind
from tests.dialects.sqlbi.world import World, refused


def test_each_element_is_what_the_license_by_itself_is(world: World) -> None:
    """O5."""
    pool_id = world.pool()
    license_ = world.assign(pool_id, "mira")
    listed = world.get(f"/v1/pool/{pool_id}/licenses")
    assert listed == [world.get(f"/v1/license/{license_['id']}")]


def test_only_the_licenses_of_the_pool_are_listed(world: World) -> None:
    pool_id, other = world.pool(), world.pool("dax")
    mine = world.assign(pool_id, "mira")
    world.assign(other, "mira")
    assert [each["id"] for each in world.get(f"/v1/pool/{pool_id}/licenses")] == [str(mine["id"])]


def test_inactive_licenses_are_listed_only_where_they_are_asked_for(world: World) -> None:
    """Rules 40, 52; O20."""
    pool_id = world.pool()
    gone, there = world.assign(pool_id, "mira"), world.assign(pool_id, "jon")
    world.revoke(gone["id"])

    def ids(**query: str) -> list[int]:
        answer = world.ask("GET", f"/v1/pool/{pool_id}/licenses", params=query)
        listed = [int(each["id"]) for each in answer.json()]
        assert answer.headers["X-Total-Count"] == str(len(listed))
        return listed

    assert ids() == ids(includeInactive="false") == [there["id"]]
    assert ids(includeInactive="true") == [gone["id"], there["id"]]


def test_a_pool_without_licenses_has_an_empty_list(world: World) -> None:
    """Rule 51."""
    answer = world.ask("GET", f"/v1/pool/{world.pool()}/licenses")
    assert (answer.json(), answer.headers["X-Total-Count"]) == ([], "0")


def test_untransferable_licenses_are_listed_too(world: World) -> None:
    """Rule 56."""
    pool_id = world.pool(transferable=False)
    world.assign(pool_id, "mira")
    (license_,) = world.get(f"/v1/pool/{pool_id}/licenses")
    assert (license_["active"], license_["revokable"]) == (True, False)


def test_another_manager_s_pool_and_a_pool_of_no_course_are_unknown(world: World) -> None:
    """O3."""
    world.platform("zeta")
    others = [world.pool(platform_key="zeta"), world.pool("suite", item_kind=ItemKind.PROGRAM)]
    for pool_id in others:
        assert refused(world.ask("GET", f"/v1/pool/{pool_id}/licenses")) == (404, "not_found")
