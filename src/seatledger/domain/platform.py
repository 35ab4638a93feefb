"""The organisation that owns pools: the tenant."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Platform:
    """`domains` are the mail domains whose addresses may hold seats of transferable pools.

    The rule is SQLBI's (10) and applies where a command asks for it; an empty list allows all.
    The three addresses are only kept for who asks: where its people learn, where courses are
    written, and where they enter.
    """

    id: int
    key: str
    org: str
    name: str
    email: str
    domains: tuple[str, ...]
    created: datetime
    learning_url: str = ""
    studio_url: str = ""
    portal_url: str = ""


def allows_address(domains: tuple[str, ...], email: str) -> bool:
    """Whether the address' domain is listed: exact, without regard to case (SQLBI rule 13)."""
    return not domains or email.rpartition("@")[2].casefold() in {
        domain.casefold() for domain in domains
    }
