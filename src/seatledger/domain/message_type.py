"""Which texts there are: one for each kind of message, and of some one for each kind of item."""

from dataclasses import dataclass

from seatledger.domain.item import ItemKind
from seatledger.domain.message import MessageKind

_GIVEN = (ItemKind.COURSE, ItemKind.PROGRAM, ItemKind.PLATFORM, ItemKind.USER)
_INVITED = (ItemKind.PLATFORM, ItemKind.COURSE, ItemKind.PROGRAM)
_ITEM_KINDS = {
    MessageKind.ASSIGNMENT: _GIVEN,
    MessageKind.GROUP_ASSIGNMENT: _GIVEN,
    MessageKind.INVITATION: _INVITED,
}


@dataclass(frozen=True, slots=True)
class MessageType:
    """A text of its own: `item_kind` is None where the kind has one text for all items."""

    kind: MessageKind
    item_kind: ItemKind | None = None

    @property
    def name(self) -> str:
        """`course_assignment`, `ended` …"""
        return self.kind if self.item_kind is None else f"{self.item_kind}_{self.kind}"


MESSAGE_TYPES = {
    each.name: each
    for kind in MessageKind
    for each in (MessageType(kind, item_kind) for item_kind in _ITEM_KINDS.get(kind, (None,)))
}


def type_of(kind: MessageKind, item_kind: ItemKind | None) -> MessageType:
    """The type of a message of a kind that is about such an item."""
    return MessageType(kind, item_kind if kind in _ITEM_KINDS else None)
