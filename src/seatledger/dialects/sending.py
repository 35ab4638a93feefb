"""Sends an answer from outside the router, where no route's response does."""

from litestar.types import Send

from seatledger.dialects.dialect import Answer, Dialect


async def send_answer(send: Send, answer: Answer, dialect: Dialect) -> None:
    """Send what a dialect refuses with, with the headers that all its answers have."""
    body = answer.encoded()
    headers = {
        "content-type": answer.media_type,
        "content-length": str(len(body)),
        **dialect.headers,
        **answer.headers,
    }
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    await send({"type": "http.response.body", "body": body, "more_body": False})
