"""The tongue of the ibl.ai Data Manager: catalog licenses, and what surrounds them."""

from seatledger.dialects.dialect import Dialect
from seatledger.dialects.ibl.access_requests import router as access_requests
from seatledger.dialects.ibl.catalog import router as catalog
from seatledger.dialects.ibl.credentials import read_token
from seatledger.dialects.ibl.documents import SECURITY
from seatledger.dialects.ibl.invitations import router as invitations
from seatledger.dialects.ibl.licences import router as licences
from seatledger.dialects.ibl.notifications import router as notifications
from seatledger.dialects.ibl.people import router as people
from seatledger.dialects.ibl.refusals import refuse
from seatledger.dialects.ibl.roles import is_open
from seatledger.dialects.ibl.suggestions import router as suggestions

dialect = Dialect(
    name="ibl",
    prefixes=["/api/catalog", "/api/core", "/api/notification"],
    routers=[
        licences,
        catalog,
        invitations,
        access_requests,
        people,
        suggestions,
        notifications,
    ],
    read_token=read_token,
    refuse=refuse,
    # Behind the vendor's gateway paths begin with /dm; its SDK also spells /api/ibl (ibl A1, A2).
    spellings={"/dm/api/ibl/": "/api/", "/dm/api/": "/api/", "/api/ibl/": "/api/"},
    is_open=is_open,
    security=SECURITY,
)
