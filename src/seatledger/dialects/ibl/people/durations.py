"""How long a key lasts: seconds, `DD HH:MM:SS`, or an ISO 8601 duration (ibl Q7)."""

import re
from datetime import datetime, timedelta

from seatledger.dialects.dialect import Refused
from seatledger.domain.refusal import invalid

_CLOCK = re.compile(
    r"(?:(?P<days>\d{1,7}) )?(?:(?:(?P<hours>\d{1,9}):)?(?P<minutes>\d{1,9}):)?"
    r"(?P<seconds>\d{1,12})(?:\.\d{1,6})?",
    re.ASCII,
)
_ISO = re.compile(
    r"P(?=.)(?:(?P<weeks>\d{1,6})W)?(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,12})S)?)?",
    re.ASCII,
)


def moment_after(now: datetime, field: str, said: str | int) -> datetime:
    """When the time that `said` spells is over. Raises Refused with INVALID, naming the field."""
    text = str(said).strip()
    spelled = _CLOCK.fullmatch(text) or _ISO.fullmatch(text)
    if spelled is None:
        raise Refused(invalid(field, "This is no duration: 3600, 30 00:00:00 or P30D would be."))
    parts = {unit: int(number) for unit, number in spelled.groupdict().items() if number}
    try:
        moment = now + timedelta(**parts)
    except OverflowError:
        raise Refused(invalid(field, "This is longer than time is counted here.")) from None
    if moment <= now:
        raise Refused(invalid(field, "A key lasts longer than this."))
    return moment
