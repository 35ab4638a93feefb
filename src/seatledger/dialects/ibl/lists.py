"""Lists in pages: which page is asked, and the envelope it comes in (ibl S1–S6, W48, W49)."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote, urlencode

import msgspec
from litestar import Request
from msgspec import Meta

from seatledger.dialects.ibl.fields import Word
from seatledger.usecases.questions import Found, Page

T = TypeVar("T")
R = TypeVar("R")

PAGE_SIZE = 50
PAGE_SIZE_MAX = 500

Positive = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Address = Annotated[str | None, Meta(extra_json_schema={"format": "uri"})]


class Listing(msgspec.Struct, kw_only=True):
    """The parameters of every list in pages. A list may have another default `sort`."""

    page: Annotated[Positive, Meta(description="Counts from 1.")] = 1
    page_size: Annotated[
        Positive, Meta(description=f"Past {PAGE_SIZE_MAX} it is {PAGE_SIZE_MAX}.")
    ] = PAGE_SIZE
    sort: Annotated[Word, Meta(description="A field name; `-` before it for descending.")] = "id"

    def asked(self) -> Page:
        """The page, as questions take it."""
        return Page(self.page, min(self.page_size, PAGE_SIZE_MAX), self.sort)


class Envelope(msgspec.Struct, kw_only=True):
    """What a page of a list says besides its rows. Links have two names each (ibl V1)."""

    count: int
    next_page: Address
    previous_page: Address
    next: Address
    previous: Address


class Paged(Envelope, Generic[T], kw_only=True):
    """A page of a list."""

    results: list[T]


def paginated(row: Any) -> type[msgspec.Struct]:
    """What a page of such rows is called in documents: PaginatedCourseLicense, of …Detail."""
    name = f"Paginated{row.__name__.removesuffix('Detail')}"
    fields = [("results", list[row])]
    return msgspec.defstruct(name, fields, bases=(Envelope,), kw_only=True, module=row.__module__)


def envelope(
    request: Request[Any, Any, Any], listing: Listing, found: Found[R], say: Callable[[R], T]
) -> Paged[T]:
    """A page in its envelope. Its links repeat the request: path as spelled, other parameters."""
    last = max(1, found.pages(listing.asked().size))
    following = _link(request, listing.page + 1) if listing.page < last else None
    before = _link(request, min(listing.page - 1, last)) if listing.page > 1 else None
    return Paged(
        count=found.total,
        next_page=following,
        previous_page=before,
        next=following,
        previous=before,
        results=[say(row) for row in found.rows],
    )


def nothing() -> Found[Any]:
    """A list without rows."""
    return Found(0, [])


def _link(request: Request[Any, Any, Any], page: int) -> str:
    others = [(k, v) for k, v in request.query_params.multi_items() if k != "page"]
    path = request.scope["state"].get("asked_path", request.scope["path"])
    base = f"{request.url.scheme}://{request.url.netloc}{quote(path)}"
    return f"{base}?{urlencode([*others, ('page', page)])}"
