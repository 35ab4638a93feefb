"""Dry runs: the answer of a write that is not done, and that says so."""

from litestar.types import HTTPScope, Message, Send

HEADER = (b"dry-run", b"true")


def telling(scope: HTTPScope, send: Send) -> Send:
    """Sends, and says so where it was a dry run."""

    async def send_telling(message: Message) -> None:
        if message["type"] == "http.response.start" and scope["state"].get("dry_run"):
            message["headers"] = [*message.get("headers", ()), HEADER]
        await send(message)

    return send_telling
