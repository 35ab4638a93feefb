"""The ledger's own tongue: what no vendor has."""

from litestar.openapi.spec import SecurityScheme

from seatledger.dialects.dialect import Dialect
from seatledger.dialects.native.credentials import read_token
from seatledger.dialects.native.refusals import refuse
from seatledger.dialects.native.routes import router

dialect = Dialect(
    name="native",
    prefixes=["/api/access"],
    routers=[router],
    read_token=read_token,
    refuse=refuse,
    headers={"Cache-Control": "no-store"},
    security={"token": SecurityScheme(type="http", scheme="bearer")},
)
