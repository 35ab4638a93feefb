"""Suggestions in history, and what becomes of them when what they name goes away."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.actor import Reach
from seatledger.domain.catalog_command import DeleteItem, DeletePathway, SavePathway
from seatledger.domain.command import Command, DeleteGroup, SaveGroup
from seatledger.domain.event import EventKind, subject_of
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import AddLearner, CreatePlatform
from seatledger.domain.privacy import EraseLearner
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.suggestion import Notes, SubjectKind, Suggested
from seatledger.domain.suggestion_command import (
    SubjectName,
    Suggest,
    SuggestToGroup,
    SuggestToMany,
    Wish,
    WithdrawSuggestion,
)
from seatledger.storage.columns import metadata
from seatledger.storage.tables import events
from seatledger.usecases.erase_learners import Dossier, export_learner
from tests.support.cast import DAY, MANAGER, OPERATOR
from tests.support.statements import noted
from tests.support.world import World

COURSE = SubjectName(kind=SubjectKind.COURSE, key="course-1")
NOTE = "likes punched cards"
WRITERS = 4


@pytest.fixture
def ada(world: World) -> int:
    """Somebody of acme, where `course-1` is known."""
    world.pool()
    return member(world, "ada")


def member(world: World, name: str) -> int:
    command = AddLearner(OPERATOR, platform_key="acme", email=f"{name}@acme.example", name=name)
    learner_id: int = world.do(command).membership.learner.id
    return learner_id


def wish(learner_id: int, subject: SubjectName = COURSE, **notes: Any) -> Wish:
    person = PersonName(learner_id=learner_id)
    return Wish(subject=subject, person=person, notes=Notes(**notes))


def suggest(world: World, learner_id: int, **notes: Any) -> Suggested:
    made: Suggested = world.do(
        Suggest(MANAGER, platform_key="acme", wish=wish(learner_id, **notes))
    )
    return made


def happened(world: World) -> list[tuple[str, int, Any, Any]]:
    """What history tells of suggestions: kind, subject, before, after."""
    query = select(events).where(events.c.kind.like("suggestion%")).order_by(events.c.seq)
    with world.database.read() as unit:
        return [(row.kind, row.subject_id, row.before, row.after) for row in unit.select(query)]


def everywhere(world: World) -> str:
    """Every value in every table, as text."""
    with world.database.read() as unit:
        tables = metadata.tables.values()
        rows = [tuple(row) for each in tables for row in unit.select(select(each))]
    return repr(rows).casefold()


def test_every_change_is_told_once_and_whole(world: World, ada: int) -> None:
    """I6."""
    made = suggest(world, ada, metadata={"a": 1}).suggestion
    named = {"learner_id": ada, "group_id": None, "item_id": made.item_id, "pathway_id": None}
    facts = {
        **named,
        "accepted": False,
        "visible": True,
        "direct": True,
        "metadata": {"a": 1},
        "withdrawn": False,
    }
    suggest(world, ada, metadata={"a": 1})  # changes nothing
    suggest(world, ada, accepted=True)
    suggest(world, ada, suggested_by="Bo")  # who that is, is not told: it may be a name
    world.do(WithdrawSuggestion(MANAGER, suggestion_id=made.id, kind=SubjectKind.COURSE))
    assert happened(world) == [
        ("suggestion_made", made.id, None, facts),
        ("suggestion_changed", made.id, {"accepted": False}, {**named, "accepted": True}),
        ("suggestion_changed", made.id, {}, named),
        ("suggestion_withdrawn", made.id, {"withdrawn": False}, {**named, "withdrawn": True}),
    ]
    assert {subject_of(EventKind(kind)) for kind, *_ in happened(world)} == {"suggestion"}
    world.check()


def test_of_many_each_has_its_outcome_and_its_events(world: World, ada: int) -> None:
    """W42; the same one twice is made once and changed once."""
    bob = member(world, "bob")
    unknown = SubjectName(kind=SubjectKind.COURSE, key="none")
    wishes = (wish(ada), wish(999), wish(ada, unknown), wish(ada, accepted=True), wish(bob))
    outcomes = world.do(SuggestToMany(MANAGER, platform_key="acme", wishes=wishes))
    codes = [each.code if isinstance(each, Refusal) else None for each in outcomes]
    assert codes == [None, Code.UNKNOWN_LEARNER, Code.UNKNOWN_ITEM, None, None]
    assert outcomes[0].suggestion.id == outcomes[3].suggestion.id != outcomes[4].suggestion.id
    assert [kind for kind, *_ in happened(world)] == [
        "suggestion_made",
        "suggestion_changed",
        "suggestion_made",
    ]
    again = world.do(SuggestToMany(MANAGER, platform_key="acme", wishes=(wish(ada), wish(bob))))
    assert [each.suggestion for each in again] == [outcomes[3].suggestion, outcomes[4].suggestion]
    assert len(happened(world)) == 3


def test_a_batch_of_many_takes_as_many_statements_as_one(world: World, ada: int) -> None:
    people = [member(world, f"p{number}") for number in range(40)]
    counts = []
    for some in (people[:1], people[1:]):
        command = SuggestToMany(
            MANAGER, platform_key="acme", wishes=tuple(wish(each) for each in some)
        )
        with noted(world.database) as statements:
            world.do(command)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_who_suggest_the_same_at_once_make_one(world: World, ada: int) -> None:
    """O1."""
    command = Suggest(MANAGER, platform_key="acme", wish=wish(ada))
    with ThreadPoolExecutor(WRITERS) as threads:
        made = list(threads.map(world.do, [command] * WRITERS))
    assert len({each.suggestion.id for each in made}) == 1
    assert [kind for kind, *_ in happened(world)] == ["suggestion_made"]


def test_a_rehearsal_suggests_nothing(world: World, ada: int) -> None:
    shown = world.do(Suggest(MANAGER, platform_key="acme", wish=wish(ada), dry_run=True))
    assert shown.suggestion.learner_id == ada
    assert happened(world) == []


def test_another_platform_is_unknown(world: World, ada: int) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    group = world.do(SaveGroup(OPERATOR, platform_key="zeta", name="Theirs")).group
    commands: list[tuple[Command, Code]] = [
        (Suggest(MANAGER, platform_key="zeta", wish=wish(ada)), Code.UNKNOWN_PLATFORM),
        (SuggestToMany(MANAGER, platform_key="zeta", wishes=(wish(ada),)), Code.UNKNOWN_PLATFORM),
        (
            SuggestToGroup(MANAGER, platform_key="acme", subject=COURSE, group_id=group.id),
            Code.UNKNOWN_GROUP,
        ),
        (Suggest(OPERATOR, platform_key="zeta", wish=wish(ada)), Code.UNKNOWN_ITEM),
    ]
    assert [world.code(command) for command, _ in commands] == [code for _, code in commands]
    assert happened(world) == []


def test_a_subject_that_is_deleted_takes_its_suggestions_along(world: World, ada: int) -> None:
    owner = PersonName(learner_id=ada)
    way = world.do(
        SavePathway(MANAGER, owner=owner, platform_key="acme", key="w", name="W", path=[])
    ).pathway
    pathway = SubjectName(kind=SubjectKind.PATHWAY, uuid=way.uuid)
    group = world.do(SaveGroup(MANAGER, platform_key="acme", name="G", member_ids=(ada,))).group
    world.do(Suggest(MANAGER, platform_key="acme", wish=wish(ada, pathway)))
    world.do(SuggestToGroup(MANAGER, platform_key="acme", subject=pathway, group_id=group.id))
    kept = suggest(world, ada).suggestion
    world.do(DeletePathway(MANAGER, key="w", owner=owner))
    told = happened(world)
    assert [kind for kind, *_ in told].count("suggestion_withdrawn") == 2
    assert kept.id not in {subject for kind, subject, *_ in told if kind == "suggestion_withdrawn"}
    # What a pool stands on stays, and so do its suggestions.
    in_use = DeleteItem(OPERATOR, kind=ItemKind.COURSE, key="course-1")
    assert world.code(in_use) is Code.IN_USE
    assert len(happened(world)) == len(told)


def test_a_group_that_is_deleted_takes_its_suggestions_along(world: World, ada: int) -> None:
    group = world.do(SaveGroup(MANAGER, platform_key="acme", name="G", member_ids=(ada,))).group
    made = world.do(
        SuggestToGroup(MANAGER, platform_key="acme", subject=COURSE, group_id=group.id)
    ).suggestion
    direct = suggest(world, ada).suggestion
    world.do(DeleteGroup(MANAGER, group_id=group.id))
    withdrawn = [subject for kind, subject, *_ in happened(world) if kind.endswith("withdrawn")]
    assert withdrawn == [made.id]
    assert suggest(world, ada).suggestion == direct


def test_an_export_tells_of_them_and_of_their_history(world: World, ada: int) -> None:
    suggest(world, member(world, "bob"))
    made = suggest(world, ada, metadata={"note": NOTE}, suggested_by="bo").suggestion
    with world.database.read() as unit:
        dossier = export_learner(unit, Reach(1), ada)
    assert isinstance(dossier, Dossier)
    (row,) = dossier.rows["suggestions"]
    assert (row["id"], row["metadata"], row["suggested_by"]) == (made.id, {"note": NOTE}, "bo")
    assert "suggestion_made" in [each["kind"] for each in dossier.rows["events"]]


def test_who_is_erased_is_suggested_nothing_and_named_nowhere(world: World, ada: int) -> None:
    """Also what was withdrawn before, and where they were the one who suggested."""
    bob = member(world, "bob")
    said = {"metadata": {"note": NOTE}, "suggested_by": "bob@acme.example"}
    early = suggest(world, ada, **said).suggestion
    world.do(WithdrawSuggestion(MANAGER, suggestion_id=early.id, kind=SubjectKind.COURSE))
    world.now += DAY
    suggest(world, ada, **said)
    of_bob = suggest(world, bob, suggested_by="ADA@acme.example", accepted=True).suggestion
    world.do(EraseLearner(MANAGER, learner_id=ada))
    left = everywhere(world)
    assert "ada@acme.example" not in left
    assert NOTE not in left
    assert [kind for kind, *_ in happened(world)].count("suggestion_withdrawn") == 2
    kept = suggest(world, bob).suggestion
    assert (kept.id, kept.accepted, kept.suggested_by) == (of_bob.id, True, None)
    world.check()
