"""The license check: whether an address holds an active seat of a user licence (ibl part K)."""

from typing import Any

import msgspec

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Email
from seatledger.dialects.ibl.operations import Call, Nothing
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.check_seats import holds_user_seat


class LicenseCheckQuery(msgspec.Struct, kw_only=True):
    email: Email


async def check(call: Call[Any, Any]) -> Nothing:
    """200 where there is one, 404 where not; never a hint why (K1, W45)."""
    if granted(await call.desk.ask(holds_user_seat, call.query.email, call.desk.clock())):
        return Nothing()
    raise Refused(Refusal(Code.UNKNOWN_SEAT, "This address holds no active license."))
