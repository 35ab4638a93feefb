"""What browsers are told about our pages, and which requests of theirs are not from our pages."""

from collections.abc import Mapping
from urllib.parse import urlsplit

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

# Where the address itself is a secret: it goes nowhere.
UNTOLD = {**HEADERS, "referrer-policy": "no-referrer"}


def is_from_elsewhere(
    method: str, headers: Mapping[str, str], *, may_be_untold: bool = False
) -> bool:
    """Whether a request that may change something was not sent by one of our own pages.

    Browsers say in `Sec-Fetch-Site` whose page sent it; older ones say it in `Origin`. Who says
    neither is no browser that could be led astray, and has no business here.

    `may_be_untold` is for pages that no browser says the address of (UNTOLD): their forms come with
    an `Origin` of null from where `Sec-Fetch-Site` is not sent. They must not look at cookies.
    """
    if method in SAFE_METHODS:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if may_be_untold and origin == "null":
        return False
    return origin is None or _host(origin) != headers.get("host", "")


def _host(origin: str) -> str | None:
    """The host of an `Origin`; None where it is none at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
