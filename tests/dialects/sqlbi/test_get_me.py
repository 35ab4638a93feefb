"""GET /v1/me: the license manager."""

from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreateToken
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import DAY, NOON, World, refused


def test_the_manager_is_shown_with_the_documented_fields(world: World) -> None:
    """Rules 5, 12."""
    world.pool(size=8)
    world.pool("dax", size=4, transferable=False)
    assert world.get("/v1/me") == {
        "id": 1,
        "name": "Acme Training",
        "email": "learning@acme.example",
        "pools": 2,
        "licenses": 12,
        "untransferableLicenses": 4,
        "transferableLicenses": 8,
        "allowedDomainsForTransferableLicenses": ["acme.example"],
    }


def test_pools_that_are_over_still_count_as_bought(world: World) -> None:
    """O26."""
    world.pool(size=3, start=NOON - 9 * DAY, end=NOON - DAY)
    me = world.get("/v1/me")
    assert (me["pools"], me["licenses"]) == (1, 3)


def test_only_pools_of_courses_count(world: World) -> None:
    """Rule 1."""
    world.pool("suite", size=50, item_kind=ItemKind.PROGRAM)
    me = world.get("/v1/me")
    assert (me["pools"], me["licenses"]) == (0, 0)


def test_a_manager_without_pools_is_answered_with_zeros_not_refused(world: World) -> None:
    """O34: done otherwise than recommended, as the README says."""
    me = world.get("/v1/me")
    assert (me["pools"], me["licenses"], me["transferableLicenses"]) == (0, 0, 0)
    for path in ("/v1/courses", "/v1/pools", "/v1/licenses", "/v1/students"):
        assert world.get(path) == []


def test_an_operator_is_no_license_manager(world: World) -> None:
    """O34."""
    minted = world.carry_out(CreateToken(SHELL, name="root", operator=True))
    world.tokens["root"] = minted.text
    assert refused(world.ask("GET", "/v1/me", by="root")) == (403, "forbidden")


def test_an_operator_sees_every_manager_s_pools(world: World) -> None:
    world.tokens["root"] = world.carry_out(CreateToken(SHELL, name="root", operator=True)).text
    world.platform("zeta")
    pools = [world.pool(), world.pool(platform_key="zeta")]
    assert [int(each["id"]) for each in world.get("/v1/pools", by="root")] == pools
