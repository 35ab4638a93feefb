"""Erasing somebody whose row of a file is still to be tried."""

import pytest

from seatledger.domain.job import JobKind
from seatledger.domain.privacy import EraseLearner
from seatledger.usecases import job_files
from tests.support import jobs
from tests.support.cast import MANAGER
from tests.support.jobs import asked, job, outcomes, work
from tests.support.world import World


def test_a_row_that_was_not_tried_yet_is_passed_over_and_its_neighbours_are_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_files, "CHUNK_ROWS", 2)
    pool = world.pool()
    (ada,) = world.assign(world.pool(item_key="course-2").id, "ada")
    made = job(world, pool.id, JobKind.IMPORT, asked("bob", "ada", "ada", "cem"))
    world.do(EraseLearner(MANAGER, learner_id=ada.learner.id))
    work(world.database, world.now, made.id)
    assert outcomes(world.database, made.id) == ["assigned", "invalid", "invalid", "assigned"]
    assert "ada@" not in repr(jobs.rows(world.database, made.id))
    assert world.holders(pool.id) == ["bob", "cem"]
    world.check()
