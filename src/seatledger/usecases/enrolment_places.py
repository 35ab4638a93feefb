"""Finds what a change of an enrolment names: platform, program or pathway, and person."""

from collections.abc import Sequence
from dataclasses import dataclass

from seatledger.domain.actor import Reach
from seatledger.domain.catalog_command import ChangeEnrolment, PathwayName
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.pathway import Pathway
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_item, unknown_pathway
from seatledger.storage import items as item_rows
from seatledger.storage import members as member_rows
from seatledger.storage import pathways as pathway_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.persons import find_person


@dataclass(frozen=True, slots=True)
class Place:
    """Who is meant to be enrolled in which program or pathway, and on which platform."""

    learner: Learner
    platform: Platform
    subject: Item | Pathway

    @property
    def item_id(self) -> int | None:
        return self.subject.id if isinstance(self.subject, Item) else None

    @property
    def pathway_id(self) -> int | None:
        return self.subject.id if isinstance(self.subject, Pathway) else None


def find_place(unit: Unit, command: ChangeEnrolment) -> Place | Refusal:
    """Find everything that the command names, in order: platform, subject, person, membership."""
    reach = reach_of(unit, command.by, key=command.platform_key)
    if isinstance(reach, Refusal):
        return reach
    program = _program(unit, reach, command) if command.pathway is None else None
    if isinstance(program, Refusal):
        return program
    learner = find_person(unit, command.by.reach, command.person)
    if isinstance(learner, Refusal):
        return learner
    subject: Item | Pathway | Refusal | None = program
    if command.pathway is not None:
        subject = find_pathway(unit, reach, command.pathway, learner)
    if isinstance(subject, Refusal):
        return subject
    assert subject is not None
    platform = platform_rows.by_id(unit, reach.platform_id or subject.platform_id)
    assert platform is not None
    if command.members_only and not _belongs(unit, platform, learner):
        return Refusal(Code.FORBIDDEN, "Only members of the platform may enroll by themselves.")
    return Place(learner, platform, subject)


def _program(unit: Unit, reach: Reach, command: ChangeEnrolment) -> Item | Refusal:
    if not command.program_keys:
        return invalid("item", "Name the program.")
    for key in command.program_keys:
        found = item_rows.find(unit, reach, ItemKind.PROGRAM, key=key)
        if found:
            return found[0].item
    return unknown_item()


def find_pathway(
    unit: Unit, reach: Reach, name: PathwayName, learner: Learner
) -> Pathway | Refusal:
    """The pathway that is named; of several with the same key, the person's own (ibl C6)."""
    if name.uuid is None and name.key is None and name.slug is None:
        return invalid("pathway_uuid", "Name the pathway.")
    found = pathway_rows.find(unit, reach, uuid=name.uuid, key=name.key, slug=name.slug)
    return the_one(found, learner)


def the_one(found: Sequence[Pathway], learner: Learner | None) -> Pathway | Refusal:
    """Of pathways that are named alike the person's own; where that is not one, a refusal."""
    own = [] if learner is None else [each for each in found if each.owner.id == learner.id]
    candidates = own or found
    if not candidates:
        return unknown_pathway()
    if len(candidates) > 1:
        return Refusal(
            Code.SELECTORS_DIFFER,
            "Several pathways are named so: name one by its uuid.",
            field="pathway_uuid",
        )
    return candidates[0]


def _belongs(unit: Unit, platform: Platform, learner: Learner) -> bool:
    membership = member_rows.get(unit, platform.id, learner.id)
    return membership is not None and membership.active
