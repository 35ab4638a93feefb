"""What the machine may ask for, drawn at random."""

from hypothesis import strategies as st

from seatledger.domain.command import IfHeld

# Small, so that things meet: two pools of one item, and few who want few places.
LEARNERS = 4
SIZES = (2, 1)
MOVES = (None, 3)  # how many each allows, None is no limit
HOURS = st.sampled_from((0, 1, 1, 2, 5))

pool_numbers = st.integers(0, len(SIZES) - 1)
learner_numbers = st.integers(0, LEARNERS - 1)
teams = st.lists(learner_numbers, unique=True, max_size=LEARNERS)
ends = st.none() | HOURS
wishes = st.fixed_dictionaries(
    {
        "pool": pool_numbers,
        "learner": learner_numbers,
        "if_held": st.sampled_from(IfHeld),
        "hours": ends,
    },
    optional={
        "active": st.booleans(),
        "one_per_item": st.booleans(),
        "recycle": st.booleans(),
    },
)
filters = st.fixed_dictionaries(
    {}, optional={name: st.booleans() for name in ("live", "standing", "in_force")}
)
