"""Finds what suggestions name: what is suggested, and whom to. A few statements for many."""

from collections.abc import Sequence
from dataclasses import dataclass

from seatledger.domain.actor import Actor, Reach
from seatledger.domain.group import Group
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.pathway import Pathway
from seatledger.domain.refusal import (
    Code,
    Refusal,
    invalid,
    unknown_group,
    unknown_item,
    unknown_pathway,
)
from seatledger.domain.suggestion import SubjectKind
from seatledger.domain.suggestion_command import SubjectName, SuggestToGroup, Wish
from seatledger.storage import departments as department_rows
from seatledger.storage import groups as group_rows
from seatledger.storage import items as item_rows
from seatledger.storage import pathways as pathway_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.enrolment_places import the_one
from seatledger.usecases.persons import find_people


@dataclass(frozen=True, slots=True)
class Place:
    """What is suggested, whom to, and how many people that is."""

    subject: Item | Pathway
    to: Learner | Group
    people: int = 1


def places_of(
    unit: Unit, platform_id: int, by: Actor, wishes: Sequence[Wish], *, department_mode: bool
) -> list[Place | Refusal]:
    """What each wish is about: found by what the platform knows and has."""
    people = find_people(unit, Reach(platform_id), [wish.person for wish in wishes])
    led = {each.id for each in people if isinstance(each, Learner)}
    if department_mode:
        led = _led(unit, platform_id, by, led)
    subjects = Subjects(unit, platform_id, [wish.subject for wish in wishes])

    def place(wish: Wish, person: Learner | Refusal) -> Place | Refusal:
        of_item = None if wish.subject.kind is SubjectKind.PATHWAY else subjects.item(wish.subject)
        for found in (of_item, person):
            if isinstance(found, Refusal):
                return found
        assert isinstance(person, Learner)
        subject = of_item or subjects.pathway(wish.subject, person)
        if isinstance(subject, Refusal):
            return subject
        return Place(subject, person) if person.id in led else not_led()

    return [place(wish, person) for wish, person in zip(wishes, people, strict=True)]


def place_of_group(unit: Unit, platform_id: int, command: SuggestToGroup) -> Place | Refusal:
    """What is suggested to which group. The group is locked: it is not deleted meanwhile."""
    subjects = Subjects(unit, platform_id, [command.subject])
    of_item = None
    if command.subject.kind is not SubjectKind.PATHWAY:
        of_item = subjects.item(command.subject)
    if isinstance(of_item, Refusal):
        return of_item
    group = group_rows.lock(unit, command.group_id)
    if group is None or group.platform_id != platform_id:
        return unknown_group()
    subject = of_item or subjects.pathway(command.subject, None)
    if isinstance(subject, Refusal):
        return subject
    members = group_rows.members(unit, [group.id])[group.id]
    if command.department_mode and not leads_all(unit, platform_id, command.by, members):
        return not_led()
    return Place(subject, group, len(members))


class Subjects:
    """What a platform may suggest, of all that is named: its own, and what it has a pool of."""

    def __init__(self, unit: Unit, platform_id: int, names: Sequence[SubjectName]) -> None:
        keys: dict[SubjectKind, set[str]] = {kind: set() for kind in SubjectKind}
        uuids = {name.uuid for name in names if name.uuid is not None}
        for name in names:
            if name.key is not None and name.uuid is None:
                keys[name.kind].add(name.key)
        self._items = {
            kind: item_rows.within(unit, Reach(platform_id), ItemKind(kind), keys[kind])
            for kind in (SubjectKind.COURSE, SubjectKind.PROGRAM)
            if keys[kind]
        }
        of_pathways = keys[SubjectKind.PATHWAY]
        self._pathways: list[Pathway] = []
        if uuids or of_pathways:
            self._pathways = pathway_rows.named(unit, platform_id, uuids, of_pathways)

    def item(self, name: SubjectName) -> Item | Refusal:
        return self._items.get(name.kind, {}).get(name.key or "") or unknown_item()

    def pathway(self, name: SubjectName, person: Learner | None) -> Pathway | Refusal:
        """By its uuid, which decides; a key means the person's own, else the only one (ibl C6)."""
        if name.uuid is None:
            if name.key is None:
                return invalid("pathway_uuid", "Name the pathway.")
            return the_one([each for each in self._pathways if each.key == name.key], person)
        found = [each for each in self._pathways if each.uuid == name.uuid]
        if found and name.key not in {None, found[0].key}:
            return Refusal(Code.SELECTORS_DIFFER, "Id and uuid are of two pathways.", "pathway_id")
        return found[0] if found else unknown_pathway()


def leads_all(unit: Unit, platform_id: int, by: Actor, learner_ids: Sequence[int]) -> bool:
    """Whether there are any, and all are in departments that the actor's person leads."""
    return bool(learner_ids) and len(_led(unit, platform_id, by, set(learner_ids))) == len(
        learner_ids
    )


def not_led() -> Refusal:
    return Refusal(
        Code.FORBIDDEN, "In department mode you may only suggest to people of your departments."
    )


def _led(unit: Unit, platform_id: int, by: Actor, learner_ids: set[int]) -> set[int]:
    if by.learner is None:
        return set()
    return department_rows.led(unit, platform_id, by.learner.id, learner_ids)
