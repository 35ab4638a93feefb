"""Make platforms, and find them for whoever reaches them."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.actor import Actor, Reach
from seatledger.domain.event import Event, EventKind
from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_platform
from seatledger.storage import events
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.naming import is_domain, read_address
from seatledger.usecases.opening import origin

NAME_LENGTH_MAX = 200


def create_platforms(
    unit: Unit, commands: Sequence[CreatePlatform], now: datetime
) -> list[Platform | Refusal]:
    return [_create(unit, command, now) for command in commands]


def _create(unit: Unit, command: CreatePlatform, now: datetime) -> Platform | Refusal:
    if not command.by.is_operator:
        return Refusal(Code.FORBIDDEN, "Only an operator makes platforms.")
    for field in ("key", "org", "name"):
        if not 1 <= len(getattr(command, field).strip()) <= NAME_LENGTH_MAX:
            return invalid(field, f"A platform's {field} has 1 to {NAME_LENGTH_MAX} characters.")
    if platform_rows.by_key(unit, command.key) is not None:
        return Refusal(Code.TAKEN, "Another platform has this key.", field="key")
    if platform_rows.by_org(unit, command.org) is not None:
        return Refusal(Code.TAKEN, "Another platform has this org.", field="org")
    email, domains = command.email.strip(), read_domains(command.domains)
    if refusal := wrong_email(email) or wrong_domains(domains):
        return refusal
    platform = platform_rows.add(
        unit,
        key=command.key,
        org=command.org,
        name=command.name,
        email=email,
        domains=domains,
        created=now,
    )
    after = {"key": platform.key, "org": platform.org, "name": platform.name}
    by = origin(command, now)
    events.add(
        unit,
        Event(EventKind.PLATFORM_CREATED, by, platform.id, None, platform.id, None, after),
    )
    return platform


def read_domains(domains: tuple[str, ...]) -> tuple[str, ...]:
    """Mail domains as they are compared: without case, and without an `@` before them."""
    return tuple(domain.strip().lower().removeprefix("@") for domain in domains)


def wrong_domains(domains: tuple[str, ...]) -> Refusal | None:
    """A domain that no address has would keep everybody out, and nobody would see why."""
    for domain in domains:
        if not is_domain(domain):
            return invalid("domains", f"'{domain}' is no mail domain, as acme.example.")
    return None


def wrong_email(email: str) -> Refusal | None:
    """The address to reach a platform by; it may have none."""
    found = read_address(email) if email else None
    return found if isinstance(found, Refusal) else None


def reach_of(
    unit: Unit, actor: Actor, *, key: str | None = None, org: str | None = None
) -> Reach | Refusal:
    """The actor's reach, narrowed to the platform that a request names by key, org or both.

    Naming none leaves it as it is. Unknown, contradicting or out of reach: unknown.
    """
    reach = actor.reach
    for name, find in ((key, platform_rows.by_key), (org, platform_rows.by_org)):
        if name is None:
            continue
        platform = find(unit, name)
        if platform is None or not reach.covers(platform.id):
            return unknown_platform()
        reach = Reach(platform.id)
    return reach


def find_platform(
    unit: Unit,
    actor: Actor,
    *,
    key: str | None = None,
    org: str | None = None,
    platform_id: int | None = None,
) -> Platform | Refusal:
    """The platform that all the given names mean; at least one must be given."""
    found = [
        find(unit, name)
        for name, find in ((key, platform_rows.by_key), (org, platform_rows.by_org))
        if name is not None
    ]
    if platform_id is not None:
        found.append(platform_rows.by_id(unit, platform_id))
    platform = found[0] if found else None
    if platform is None or any(each != platform for each in found):
        return unknown_platform()
    return platform if actor.reach.covers(platform.id) else unknown_platform()


def platform_key_of(unit: Unit, reach: Reach) -> str | Refusal:
    """The key of the one platform within reach."""
    platform = None if reach.platform_id is None else platform_rows.by_id(unit, reach.platform_id)
    return unknown_platform() if platform is None else platform.key


def list_platforms(unit: Unit, actor: Actor) -> list[Platform]:
    """The platforms the actor reaches."""
    return [each for each in platform_rows.everyone(unit) if actor.reach.covers(each.id)]
