"""The list at the side of every page."""

from collections.abc import Sequence
from dataclasses import dataclass

from seatledger.console.language import _
from seatledger.console.paths import HOME


@dataclass(frozen=True, slots=True)
class Link:
    """`path` is below the platform's pages; of operators' pages it is the whole address."""

    path: str
    label: str
    icon: str


OF_PLATFORM: Sequence[Link] = (
    Link("", _("Overview"), "overview"),
    Link("/pools", _("Pools"), "pools"),
    Link("/learners", _("Learners"), "people"),
    Link("/groups", _("Groups"), "groups"),
    Link("/links", _("Links"), "link"),
    Link("/invitations", _("Invitations"), "mail"),
    Link("/requests", _("Requests"), "hand"),
    Link("/activity", _("Activity"), "clock"),
    Link("/tokens", _("API tokens"), "key"),
)
OF_OPERATORS: Sequence[Link] = (
    Link(f"{HOME}/platforms", _("Platforms"), "building"),
    Link(f"{HOME}/accounts", _("Accounts"), "people"),
    Link(f"{HOME}/health", _("Health"), "heart"),
)
