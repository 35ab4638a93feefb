"""The RateLimit headers (draft-ietf-httpapi-ratelimit-headers): what is left of a limit."""

from litestar.types import Message, Send

from seatledger.domain.rate import WINDOW, Allowance
from seatledger.domain.refusal import Code, Refusal

_SECONDS = int(WINDOW.total_seconds())


def telling_rate(counted: Allowance | Refusal, send: Send) -> Send:
    """Sends, and says what counting the request came to; where it was not counted, nothing."""
    allowance = _allowance(counted)
    if allowance is None:
        return send
    headers = [(name.encode(), value.encode()) for name, value in written(allowance).items()]

    async def send_telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *headers]
        await send(message)

    return send_telling


def written(allowance: Allowance) -> dict[str, str]:
    """`r` requests are left; in `t` seconds there will be more."""
    return {
        "ratelimit-policy": f'"default";q={allowance.per_minute};w={_SECONDS}',
        "ratelimit": f'"default";r={allowance.remaining};t={allowance.seconds}',
    }


def _allowance(counted: Allowance | Refusal) -> Allowance | None:
    if isinstance(counted, Allowance):
        return counted
    if counted.code is not Code.RATE_LIMITED:
        return None
    return Allowance(counted.details["per_minute"], 0, counted.details["retry_after_seconds"])
