"""The last seat, and many who want it at once (W6)."""

from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import pytest

from tests.dialects.ibl.world import SEATED, Kind, World


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_of_many_at_once_exactly_as_many_sit_as_there_are_seats(world: World, kind: Kind) -> None:
    made = world.licence(kind, 5)

    def ask(number: int) -> int:
        body = {"license_id": made["id"], "email": f"p{number}@acme.example"}
        return world.manager.post(f"{kind}/assignment/", body).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(ask, range(24)))
    assert sorted(statuses) == [*repeat(200, 5), *repeat(400, 19)]
    assert world.used(kind, made["id"]) == len(world.seats(kind, made["id"])) == 5


def test_one_person_asking_at_once_from_everywhere_sits_once(world: World) -> None:
    kind = SEATED[0]
    made = world.licence(kind, 5)
    body = {"license_id": made["id"], "email": "ada@acme.example"}

    def ask(_: int) -> int:
        given: int = world.manager.post(f"{kind}/assignment/", body).json()["id"]
        return given

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(ask, range(16)))) == 1
    assert world.used(kind, made["id"]) == 1
