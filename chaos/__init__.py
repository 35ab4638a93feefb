"""Breaks things on purpose and counts what was lost: `python -m chaos short` or `long`.

One file a fault. Each runs the real service on a real database, hurts it, and checks that the
promises of docs/reliability.md held. `sabotage/` breaks the promises, to see that it is noticed.
"""
