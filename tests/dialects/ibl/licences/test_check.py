"""GET licenses/user/assignment/check/ (part K, W7, W9, W17, W45): public."""

from tests.dialects.ibl.world import COURSE_KIND, DAY, USER_KIND, World, problem

PATH = "user/assignment/check/"


def holds(world: World, email: str = "ada@acme.example") -> bool:
    answer = world.nobody.get(PATH, email=email)
    assert answer.status_code in {200, 404}
    return answer.status_code == 200


def test_an_address_with_an_active_user_seat_is_found_without_a_key(world: World) -> None:
    """A7, B4, K1, K3, W17: also where it is all that is known of the person."""
    made = world.licence(USER_KIND)
    assert not holds(world)
    world.assign(USER_KIND, made["id"], email="ada@acme.example")
    assert holds(world)
    assert holds(world, " ADA@acme.example ")
    assert not holds(world, "bob@acme.example")


def test_seats_of_other_kinds_do_not_count(world: World) -> None:
    """K1."""
    made = world.licence(COURSE_KIND)
    world.assign(COURSE_KIND, made["id"], email="ada@acme.example")
    assert not holds(world)


def test_it_looks_on_every_platform(world: World) -> None:
    """K2."""
    made = world.licence(USER_KIND, platform_key="zeta")
    body = {"license_id": made["id"], "email": "ada@acme.example"}
    assert world.stranger.post("user/assignment/", body).status_code == 200
    assert holds(world)


def test_a_seat_switched_off_or_taken_back_is_not_found(world: World) -> None:
    """K1, W21."""
    made = world.licence(USER_KIND)
    given = world.assign(USER_KIND, made["id"], email="ada@acme.example", active=False)
    assert not holds(world)
    world.assign(USER_KIND, made["id"], email="ada@acme.example", active=True)
    assert holds(world)
    world.manager.delete("user/assignment/", assignment_id=given["id"])
    assert not holds(world)


def test_it_is_true_from_the_start_of_the_licence_until_just_before_its_end(world: World) -> None:
    """W7: a half-open window."""
    start = world.clock.now + DAY
    made = world.licence(USER_KIND, started=start.isoformat(), expired=(start + DAY).isoformat())
    world.assign(USER_KIND, made["id"], email="ada@acme.example")
    seen = {}
    for name, moment in {
        "before": start - DAY / 86400,
        "start": start,
        "last second": start + DAY - DAY / 86400,
        "end": start + DAY,
    }.items():
        world.clock.now = moment
        seen[name] = holds(world)
    assert seen == {"before": False, "start": True, "last second": True, "end": False}


def test_access_comes_back_with_a_licence_that_is_prolonged_or_switched_on(world: World) -> None:
    """W7, W9: without new assignments."""
    made = world.licence(USER_KIND, expired=(world.clock.now + DAY).isoformat())
    world.assign(USER_KIND, made["id"], email="ada@acme.example")

    def update(**fields: object) -> None:
        body = {"license_id": made["id"], **fields}
        assert world.operator.post("user/update/", body).status_code == 200

    update(active=False)
    assert not holds(world)
    update(active=True)
    assert holds(world)
    world.clock.now += 2 * DAY
    assert not holds(world)
    update(expired=(world.clock.now + DAY).isoformat())
    assert holds(world)


def test_either_of_two_licences_is_enough(world: World) -> None:
    """W10."""
    off = world.licence(USER_KIND)
    on = world.licence(USER_KIND)
    for made in (off, on):
        world.assign(USER_KIND, made["id"], email="ada@acme.example")
    world.operator.post("user/update/", {"license_id": off["id"], "active": False})
    assert holds(world)


def test_without_an_address_it_is_400(world: World) -> None:
    """K1."""
    problem(world.nobody.get(PATH), 400, "email")
    for email in ("", "ada", "a b@c.example", "ada\x00@acme.example"):
        problem(world.nobody.get(PATH, email=email), 400, "email")


def test_it_never_says_why_not(world: World) -> None:
    """W45."""
    made = world.licence(USER_KIND)
    world.assign(USER_KIND, made["id"], email="off@acme.example", active=False)
    world.assign(USER_KIND, made["id"], email="ada@acme.example")
    found = world.nobody.get(PATH, email="ada@acme.example")
    assert found.json() == {}
    known, unknown = (
        world.nobody.get(PATH, email=f"{name}@acme.example") for name in ("off", "never")
    )
    assert problem(known, 404) == problem(unknown, 404)


def test_a_key_changes_nothing(world: World) -> None:
    made = world.licence(USER_KIND)
    world.assign(USER_KIND, made["id"], email="ada@acme.example")
    assert world.stranger.get(PATH, email="ada@acme.example").status_code == 200
