"""How long to look: the same each time, or, with `--hypothesis-profile=long`, at random."""

import pytest
from hypothesis import HealthCheck, settings

ALL = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
MODEST = settings(ALL, max_examples=30, stateful_step_count=40, derandomize=True)
LONG = settings(ALL, max_examples=500, stateful_step_count=60)

settings.register_profile("long", LONG)


@pytest.fixture
def effort(pytestconfig: pytest.Config) -> settings:
    return LONG if pytestconfig.getoption("--hypothesis-profile") == "long" else MODEST
