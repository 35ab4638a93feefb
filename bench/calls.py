"""The requests that are measured, as templates: `{n}` is a learner's number, `{each}` goes round.

`{each}` is a pool for assignments and lists, an item's key for access checks.
"""

from dataclasses import dataclass

DOMAIN = "acme.example"
PLATFORM = "acme"
PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Call:
    """A request and the scheme word that its vendor wants before the token; None sends no token."""

    method: str
    path: str
    scheme: str | None
    body: str = ""

    def template(self, token: str) -> dict[str, str]:
        """The call as the load generator takes it."""
        headers = f"Authorization: {self.scheme} {token}\r\n" if self.scheme else ""
        return {"method": self.method, "path": self.path, "headers": headers, "body": self.body}


SQLBI_ASSIGN = Call(
    "POST",
    "/api/licensing/v1/pool/{each}/license",
    "Bearer",
    f'{{"email":"learner{{n}}@{DOMAIN}"}}',
)
IBL_ASSIGN = Call(
    "POST",
    "/api/catalog/licenses/course/assignment/",
    "Api-Token",
    f'{{"license_id":{{each}},"email":"learner{{n}}@{DOMAIN}"}}',
)
ASSIGN = {"sqlbi": SQLBI_ASSIGN, "ibl": IBL_ASSIGN}

LIST = {
    "sqlbi": Call("GET", f"/api/licensing/v1/licenses?pageSize={PAGE_SIZE}", "Bearer"),
    "ibl": Call(
        "GET",
        f"/api/catalog/licenses/course/assignment/?license_id={{each}}&page_size={PAGE_SIZE}",
        "Api-Token",
    ),
}

ACCESS = Call(
    "GET",
    f"/api/v1/access?platform={PLATFORM}&email=learner{{n}}@{DOMAIN}&item=course:{{each}}",
    "Bearer",
)
NO_OP = Call("GET", "/healthz", None)
