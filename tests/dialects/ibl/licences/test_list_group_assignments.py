"""GET licenses/{kind}/assignment/group/ (H5, H10, W26)."""

import pytest

from tests.dialects.ibl.world import PROGRAM_KIND, SEATED, Kind, World, problem

kinds = pytest.mark.parametrize("kind", SEATED, ids=str)


@kinds
def test_the_oldest_come_first_and_only_those_of_the_licence(world: World, kind: Kind) -> None:
    """S3, H10."""
    made, other = world.licence(kind), world.licence(kind)
    groups = [world.group(name=name) for name in ("b", "a", "c")]
    given = [world.grant(kind, made["id"], group) for group in groups]
    world.grant(kind, other["id"], groups[0])
    assert world.grants(kind, made["id"]) == given
    assert world.grants(kind, made["id"], sort="-id") == given[::-1]
    assert world.grants(kind, made["id"], page=2, page_size=2) == given[2:]
    by_name = [row["group_name"] for row in world.grants(kind, made["id"], sort="group_name")]
    assert by_name == ["a", "b", "c"]
    path = f"{kind}/assignment/group/"
    problem(world.manager.get(path, license_id=made["id"], sort="colour"), 400, "sort")


@kinds
def test_an_unknown_licence_has_no_group_assignments(world: World, kind: Kind) -> None:
    """T1."""
    other = SEATED[(SEATED.index(kind) + 1) % 3]
    made = world.licence(other)
    world.grant(other, made["id"], world.group())
    assert world.grants(kind, 99) == world.grants(kind, made["id"]) == []


def test_program_lists_are_narrowed_by_group_and_state(world: World) -> None:
    """S4. A grant for which somebody waits is not fulfilled (W26)."""
    made = world.licence(PROGRAM_KIND, 1)
    ada = world.member("ada")
    off, full, done = world.group(name="off"), world.group(ada, name="full"), world.group()
    world.grant(PROGRAM_KIND, made["id"], off, active=False)
    world.grant(PROGRAM_KIND, made["id"], full, fulfilled=True)
    world.grant(PROGRAM_KIND, made["id"], done, fulfilled=True)
    world.regroup(full, ada, world.member("bob"))

    def found(**query: object) -> list[int]:
        return [row["group_id"] for row in world.grants(PROGRAM_KIND, made["id"], **query)]

    assert found() == [off, full, done]
    assert found(group_id=full) == [full]
    assert found(active="false") == [off]
    assert found(fulfilled="true") == [done]
    assert found(fulfilled="0") == [off, full]
    assert found(fulfilled="0", active="1") == [full]


def test_program_grants_count_members_and_who_of_them_holds_the_licence(world: World) -> None:
    """H5."""
    made = world.licence(PROGRAM_KIND)
    ada, bob = world.member("ada"), world.member("bob")
    world.grant(PROGRAM_KIND, made["id"], world.group(ada, bob))
    (seat, _) = world.seats(PROGRAM_KIND, made["id"])
    world.manager.delete("program/assignment/", assignment_id=seat["id"])
    (grant,) = world.grants(PROGRAM_KIND, made["id"])
    assert (grant["user_count"], grant["assigned_count"]) == (2, 1)
