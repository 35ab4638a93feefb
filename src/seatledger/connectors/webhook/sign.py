"""Signs messages as the Standard Webhooks ask: HMAC-SHA256 over id, time and body."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime

from seatledger.usecases.webhook_secrets import PREFIX


def signed(message_id: str, at: datetime, body: bytes, secrets: Iterable[str]) -> Mapping[str, str]:
    """The headers of a message; where several secrets sign, it has a signature of each."""
    timestamp = str(int(at.timestamp()))
    content = b".".join([message_id.encode(), timestamp.encode(), body])
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(each, content) for each in secrets),
    }


def _signature(secret: str, content: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return f"v1,{b64encode(hmac.digest(key, content, hashlib.sha256)).decode()}"
