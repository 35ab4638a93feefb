"""What a receiver's answer, or its silence, means for a delivery."""

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest

from seatledger.connectors.webhook.handle import meaning
from seatledger.connectors.webhook.send import ANSWER_BYTES_MAX, Answer
from seatledger.domain.delivery import Done, Outcome, Refused, Retry
from tests.connectors.webhook.conftest import AT_ONCE, Try
from tests.support.receiver import Deed, Drip, Drop, Hang, Raw, Redirect, Status, receiving

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AGES = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - NOW + timedelta(hours=23, minutes=59)
RESPONSE = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    ("status", "retry_after", "outcome"),
    [
        (200, None, Done("why", 200)),
        (204, None, Done("why", 204)),
        (299, None, Done("why", 299)),
        (301, None, Retry("It answered with a redirect, which is not followed.", status=301)),
        (400, None, Retry("why", status=400)),
        (401, None, Retry("why", status=401)),
        (404, None, Retry("why", status=404)),
        (410, None, Refused("why", 410)),
        (429, None, Retry("why", status=429)),
        (429, "120", Retry("why", timedelta(seconds=120), 429)),
        (503, " 0 ", Retry("why", timedelta(0), 503)),
        (503, format_datetime(NOW + timedelta(hours=1)), Retry("why", timedelta(hours=1), 503)),
        (503, format_datetime(NOW - timedelta(hours=1)), Retry("why", timedelta(0), 503)),
        (503, "Sun, 01 Mar 2026 12:00:30", Retry("why", timedelta(seconds=30), 503)),
        (503, "soon", Retry("why", status=503)),
        (503, "-5", Retry("why", status=503)),
        (503, "1.5", Retry("why", status=503)),
        (503, "\u0663", Retry("why", status=503)),
        (503, "9" * 5_000, Retry("why", timedelta(seconds=999_999_999), 503)),
        (503, "Sun, 99 Mar 2026 12:00:30 GMT", Retry("why", status=503)),
        (503, f"Sun, 01 Mar {'9' * 30} 12:00:30 GMT", Retry("why", status=503)),
        (503, f"Sun, 01 Mar 2026 12:00:30 +{'9' * 30}", Retry("why", status=503)),
        (503, "Fri, 31 Dec 9999 23:59:59 -2359", Retry("why", AGES, 503)),
        (500, "120", Retry("why", status=500)),
    ],
)
def test_a_status_means_this(status: int, retry_after: str | None, outcome: Outcome) -> None:
    headers = {} if retry_after is None else {"retry-after": retry_after}
    assert meaning(Answer(status, headers, b"why"), NOW) == outcome


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", ""),
        (b"x" * 501, "x" * 500),
        ("é".encode() * 501, "é" * 500),
        (b"a\0b", "a\ufffdb"),
        (b"\xff\xfe", "\ufffd\ufffd"),
    ],
)
def test_the_log_is_given_the_first_characters(body: bytes, why: str) -> None:
    assert meaning(Answer(500, {}, body), NOW).why == why


@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        (Status(200, b"thanks"), Done("thanks", 200)),
        (Status(410, b"gone"), Refused("gone", 410)),
        (Status(503, b"busy", (("Retry-After", "7"),)), Retry("busy", timedelta(seconds=7), 503)),
        (Drop(), Retry("What was answered is no HTTP.")),
        (Raw(b"SSH-2.0-OpenSSH_9.6\r\n"), Retry("What was answered is no HTTP.")),
        (
            Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx"),
            Retry("What was answered is no HTTP."),
        ),
    ],
)
def test_what_a_receiver_does_is_told(attempt: Try, deed: Deed, outcome: Outcome) -> None:
    with receiving(deed) as receiver:
        assert attempt(receiver.url) == outcome
    assert len(receiver.received) == 1


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(Hang(), id="says nothing"),
        pytest.param(Drip(b""), id="drips before the status"),
        pytest.param(Drip(b"HTTP/1.1 200 OK\r\nx-slow: "), id="drips in the headers"),
        pytest.param(Drip(RESPONSE), id="drips in the body"),
    ],
)
def test_nothing_stretches_the_time_an_attempt_may_take(attempt: Try, deed: Deed) -> None:
    with receiving(deed) as receiver:
        begun = monotonic()
        outcome = attempt(receiver.url, limits=AT_ONCE)
        assert monotonic() - begun < 5
    assert outcome == Retry("No answer within 0.3 seconds.")


def test_a_receiver_that_reads_nothing_costs_no_more_time_either(attempt: Try) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        begun = monotonic()
        outcome = attempt(f"http://127.0.0.1:{deaf.getsockname()[1]}/", limits=AT_ONCE)
        assert monotonic() - begun < 5
    assert outcome == Retry("No answer within 0.3 seconds.")


def test_a_long_answer_is_read_up_to_a_limit_and_cut(attempt: Try) -> None:
    endless = RESPONSE.replace(b"1000", b"99999999") + b"y" * (ANSWER_BYTES_MAX + 1)
    with receiving(Drip(endless)) as receiver:
        assert attempt(receiver.url) == Done("y" * 500, 200)


def test_a_refused_connection_is_a_failed_attempt(attempt: Try) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert attempt(f"http://127.0.0.1:{port}/") == Retry("The connection was refused.")


def test_a_redirect_is_not_followed(attempt: Try) -> None:
    with receiving() as inside, receiving(Redirect(inside.url)) as receiver:
        outcome = attempt(receiver.url)
    assert outcome == Retry("It answered with a redirect, which is not followed.", status=307)
    assert (len(receiver.received), inside.received) == (1, [])


def test_no_proxy_of_the_environment_is_asked(
    attempt: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/hook"))
        assert attempt(receiver.url) == Done("thanks", 200)
    assert (len(receiver.received), proxy.received) == (1, [])


def test_cookies_are_not_kept(attempt: Try) -> None:
    with receiving(Status(200, b"", (("Set-Cookie", "a=b; Path=/"),))) as receiver:
        attempt(receiver.url)
        attempt(receiver.url)
    assert [each.headers.get("cookie") for each in receiver.received] == [None, None]
