"""How long to look: `modest` is the same each time, `--hypothesis-profile=long` looks further."""

from hypothesis import HealthCheck, settings

ALL = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))

settings.register_profile("modest", ALL, max_examples=15, stateful_step_count=30, derandomize=True)
settings.register_profile("long", ALL, max_examples=500, stateful_step_count=60)
settings.load_profile("modest")
