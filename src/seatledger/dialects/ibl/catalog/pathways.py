"""Pathways: list, create or change, delete (ibl M7, C6)."""

from functools import partial
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.catalog.courses import DeleteResponse
from seatledger.dialects.ibl.fields import Document, Id, Word, none, unset
from seatledger.dialects.ibl.operations import Call, Said
from seatledger.dialects.ibl.platforms import platform_of
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain import pathway as domain
from seatledger.domain.catalog_command import DeletePathway, SavePathway
from seatledger.domain.learner import PersonName
from seatledger.usecases.keep_pathways import SavedPathway, list_pathways

CALLED = {"key": "pathway_id", "uuid": "pathway_uuid", "learner_id": "user_id"}


class PathwayQuery(msgspec.Struct, kw_only=True):
    item_id: Word | UnsetType = UNSET
    name: Word | UnsetType = UNSET
    pathway_id: Word | UnsetType = UNSET
    pathway_uuid: Word | UnsetType = UNSET
    platform_key: Word | UnsetType = UNSET
    slug: Word | UnsetType = UNSET
    user_id: Id | UnsetType = UNSET
    username: Word | UnsetType = UNSET
    visible: bool | UnsetType = UNSET


class PathwayDeleteQuery(msgspec.Struct, kw_only=True):
    pathway_id: Word
    user_id: Id
    pathway_uuid: Word | UnsetType = UNSET
    platform_key: Word | UnsetType = UNSET


class PathwayCreateUpdateRequest(msgspec.Struct, kw_only=True):
    """`pathway_uuid` names a pathway that exists; never send it to make one (M7)."""

    user_id: Id
    name: Word
    path: list[Document]
    pathway_id: Word | UnsetType = UNSET
    pathway_uuid: Word | UnsetType = UNSET
    username: str | UnsetType = UNSET
    slug: Word | UnsetType = UNSET
    visible: Annotated[bool | UnsetType, Meta(description="True for a new pathway.")] = UNSET
    platform_key: Word | UnsetType = UNSET
    data: Any = UNSET


class Pathway(msgspec.Struct, kw_only=True):
    id: int
    pathway_id: str
    pathway_uuid: Annotated[str, Meta(extra_json_schema={"format": "uuid"})]
    path: Annotated[str, Meta(description="The steps, as the text of a JSON list.")]
    name: str
    visible: bool
    slug: str | None
    user_id: int
    username: str
    platform_key: str
    data: Any


async def list_all(call: Call[PathwayQuery, Any]) -> list[Pathway]:
    """The pathways of the platform's people; `item_id` is a value in one of their steps."""
    query = call.query
    within = granted(await reach(call.desk, call.actor, keys=(query.platform_key,)))
    question = partial(
        list_pathways,
        uuid=none(query.pathway_uuid),
        key=none(query.pathway_id),
        slug=none(query.slug),
        name=none(query.name),
        learner_id=none(query.user_id),
        username=none(query.username),
        visible=none(query.visible),
    )
    found: list[domain.Pathway] = granted(
        await call.desk.ask(question, within, none(query.item_id))
    )
    return [pathway(each) for each in found]


async def save(call: Call[Any, PathwayCreateUpdateRequest]) -> Said:
    """A pathway is changed where its uuid is given, or owner and id are those of one (M7)."""
    body = call.body
    platform = await platform_of(call, key=body.platform_key)
    saved: SavedPathway = granted(
        await call.desk.submit(
            SavePathway(
                call.actor,
                owner=PersonName(learner_id=body.user_id),
                platform_key=platform.key,
                uuid=none(body.pathway_uuid),
                key=none(body.pathway_id),
                name=body.name,
                path=body.path,
                slug=unset(body.slug),
                visible=unset(body.visible),
                details=unset(body.data),
            )
        ),
        **CALLED,
    )
    return Said(pathway(saved.pathway), 201 if saved.created else 200)


async def delete(call: Call[PathwayDeleteQuery, Any]) -> DeleteResponse:
    query = call.query
    granted(await reach(call.desk, call.actor, keys=(query.platform_key,)))
    count: int = granted(
        await call.desk.submit(
            DeletePathway(
                call.actor,
                key=query.pathway_id,
                owner=PersonName(learner_id=query.user_id),
                platform_key=none(query.platform_key),
                uuid=none(query.pathway_uuid),
            )
        ),
        **CALLED,
    )
    return DeleteResponse(count=count, type={"pathway": count} if count else {})


def pathway(said: domain.Pathway) -> Pathway:
    return Pathway(
        id=said.id,
        pathway_id=said.key,
        pathway_uuid=said.uuid,
        path=msgspec.json.encode(list(said.path)).decode(),
        name=said.name,
        visible=said.visible,
        slug=said.slug,
        user_id=said.owner.id,
        username=said.owner.login,
        platform_key=said.platform_key,
        data=said.details,
    )
