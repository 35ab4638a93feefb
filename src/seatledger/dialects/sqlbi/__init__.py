"""The tongue of the SQLBI licensing API: courses, pools, licenses and students of a manager."""

from seatledger.dialects.dialect import Dialect
from seatledger.dialects.sqlbi.credentials import read_token
from seatledger.dialects.sqlbi.documented import NO_STORE, SECURITY
from seatledger.dialects.sqlbi.refusals import refuse
from seatledger.dialects.sqlbi.routes import router

dialect = Dialect(
    name="sqlbi",
    prefixes=["/api/licensing"],
    routers=[router],
    read_token=read_token,
    refuse=refuse,
    headers=NO_STORE,
    security=SECURITY,
    per_minute=lambda settings: settings.sqlbi_rate_per_minute,
)
