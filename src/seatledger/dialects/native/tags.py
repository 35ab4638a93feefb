"""ETag and If-Match: whoever changes something can say which version of it they looked at."""

from typing import Annotated

from litestar.params import HeaderParameter

from seatledger.dialects.dialect import Refused
from seatledger.domain.refusal import invalid

IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        description="The ETag that was looked at; where it is another by now, nothing is changed.",
    ),
]


def tagged(version: str) -> dict[str, str]:
    """The header that tells a version."""
    return {"ETag": f'"{version}"'}


def read_version(if_match: str | None) -> str | None:
    """The version that must still be the present one; None where any will do."""
    if if_match is None or if_match.strip() == "*":
        return None
    tag = if_match.strip()
    if len(tag) < 2 or tag[0] != '"' or tag[-1] != '"' or '"' in tag[1:-1]:
        raise Refused(invalid("If-Match", "If-Match takes one ETag, as it was given, or *."))
    return tag[1:-1]
