"""Tries one delivery: writes the message, signs it, sends it, and says what the answer means."""

import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

import httpcore2

from seatledger.connectors.dial import look_up
from seatledger.connectors.webhook.envelope import MEDIA_TYPE, body_of
from seatledger.connectors.webhook.guard import Resolver, Unreachable, checked
from seatledger.connectors.webhook.send import LIMITS, Answer, Limits, NoAnswer, post
from seatledger.connectors.webhook.sign import signed
from seatledger.domain.delivery import Done, Outcome, Refused, Retry
from seatledger.domain.web_address import Allowance
from seatledger.domain.webhook import message_id, secrets_of, url_of
from seatledger.usecases.deliver import Parcel

WHY_LENGTH_MAX = 500
GONE = 410
COME_AGAIN = {429, 503}
_REDIRECT = "It answered with a redirect, which is not followed."


@cache
def _trusting_authorities() -> ssl.SSLContext:
    """Reading who they are takes longer than a request."""
    return httpcore2.default_ssl_context()


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to what is public or within the allowance, signed with the time it was taken at."""

    allowance: Allowance
    resolve: Resolver = look_up
    limits: Limits = LIMITS
    tls: ssl.SSLContext = field(default_factory=_trusting_authorities)

    def handle(self, parcel: Parcel) -> Outcome:
        """What came of one attempt. Only a 410 is a reason never to try again."""
        assert parcel.event is not None, "a webhook hears of events alone"
        subscription, now = parcel.subscription, parcel.taken
        body = body_of(parcel.event, parcel.seated)
        signing = [each.text for each in secrets_of(subscription) if each.signs(now)]
        headers = {
            "content-type": MEDIA_TYPE,
            **signed(message_id(parcel.event.event.id), now, body, signing),
        }
        try:
            web, addresses = checked(url_of(subscription), self.allowance, self.resolve)
            answer = post(web, addresses, headers, body, limits=self.limits, tls=self.tls)
        except (Unreachable, NoAnswer) as error:
            return Retry(str(error))
        return meaning(answer, now)


def meaning(answer: Answer, now: datetime) -> Outcome:
    """What an answer says of the delivery."""
    status, why = answer.status, _beginning(answer.body)
    if 200 <= status < 300:
        return Done(why, status)
    if status == GONE:
        return Refused(why, status)
    if 300 <= status < 400:
        return Retry(_REDIRECT, status=status)
    return Retry(why, _pause(answer, now) if status in COME_AGAIN else None, status)


def _beginning(body: bytes) -> str:
    """The first characters, without the one that no database keeps."""
    return body.decode(errors="replace").replace("\0", "\ufffd")[:WHY_LENGTH_MAX]


def _pause(answer: Answer, now: datetime) -> timedelta | None:
    """What Retry-After asks for: seconds, or a date; None where it can't be read."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text[:9]))
    try:
        at = parsedate_to_datetime(text)
        return max((at if at.tzinfo else at.replace(tzinfo=UTC)) - now, timedelta(0))
    except (ValueError, OverflowError):
        return None
