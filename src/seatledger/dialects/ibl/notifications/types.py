"""The vendor's names for types of message (ibl U1), and ours behind them."""

from seatledger.domain.message_type import MESSAGE_TYPES

PUBLISHED = {
    "COURSE_LICENSE_ASSIGNMENT": "course_assignment",
    "COURSE_LICENSE_GROUP_ASSIGNMENT": "course_group_assignment",
    "PROGRAM_LICENSE_ASSIGNMENT": "program_assignment",
    "PROGRAM_LICENSE_GROUP_ASSIGNMENT": "program_group_assignment",
    "USER_LICENSE_ASSIGNMENT": "user_assignment",
    "USER_LICENSE_GROUP_ASSIGNMENT": "user_group_assignment",
    "PLATFORM_INVITATION": "platform_invitation",
    "COURSE_INVITATION": "course_invitation",
    "PROGRAM_INVITATION": "program_invitation",
}
# What the contract does not know has a name of the same sort. It is served one by one, and not in
# the list, where clients would stumble over a type that is none of the published ones.
FURTHER = {
    "PLATFORM_LICENSE_ASSIGNMENT": "platform_assignment",
    "PLATFORM_LICENSE_GROUP_ASSIGNMENT": "platform_group_assignment",
    "LICENSE_ENDED": "ended",
    "LICENSE_EXPIRING": "expiring",
    "LICENSE_EXPIRED": "expired",
    "LICENSE_REMINDER": "reminder",
    "LINK_CODE": "link_code",
    "WEBHOOK_PAUSED": "webhook_paused",
}
OURS = {**PUBLISHED, **FURTHER}
THEIRS = {ours: theirs for theirs, ours in OURS.items()}

DESCRIPTIONS = {
    "assignment": "A seat was given.",
    "group_assignment": "A seat was given by way of a group.",
    "invitation": "Somebody was invited.",
    "ended": "A seat was taken back.",
    "expiring": "A seat ends soon.",
    "expired": "A seat's time was up.",
    "reminder": "A seat was not begun.",
    "link_code": "A code that somebody asked for.",
    "webhook_paused": "A webhook was paused.",
}


def description(type_name: str) -> str:
    """When a message of this type (by our name) is written."""
    return DESCRIPTIONS[MESSAGE_TYPES[type_name].kind]
