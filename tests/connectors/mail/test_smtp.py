"""Mail is handed in at a real server, which answers in many ways; each has one meaning."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from seatledger.connectors.mail import session
from seatledger.connectors.mail.letter import Sender, compose
from seatledger.connectors.mail.smtp import hand_in
from seatledger.domain.delivery import Done, Refused, Retry
from seatledger.domain.message_text import MailSettings
from seatledger.ops.mail_server import MailServer, Security
from tests.connectors.mail.letters import message
from tests.support.certificates import make_certificate, of_server
from tests.support.smtp_sink import PASSWORD, USER, SmtpSink, smtp_sink

SENDER = Sender("Seatledger", "post@seatledger.example")
LETTER = compose(message(), MailSettings(), SENDER)
ADDRESS = "ada@acme.example"


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


def server(port: int, security: Security = Security.OFFERED, **fields: Any) -> MailServer:
    return MailServer(security, "127.0.0.1", port, **fields)


def test_a_mail_arrives_with_both_bodies(sink: SmtpSink) -> None:
    assert hand_in(server(sink.port), LETTER) == Done()
    [letter], [envelope] = sink.letters, sink.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER.address, [ADDRESS])
    assert letter["Subject"] == "A seat – für Ada"
    plain, html = letter.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().splitlines() == ["Grüße"]
    assert html.get_content().strip() == "<p>Grüße</p>"


ANSWERS = [
    ("450 4.2.1 busy", Retry("450 4.2.1 busy", status=450)),
    ("550 5.1.1 <ada@acme.example> unknown", Refused("550 5.1.1 <ada@acme.example> unknown", 550)),
    ("553 5.1.3 bad address", Refused("553 5.1.3 bad address", 553)),
    ("552 5.2.2 mailbox full", Refused("552 5.2.2 mailbox full", 552)),
    ("550 no such user", Refused("550 no such user", 550)),
    ("554 5.7.1 Relay access denied", Retry("554 5.7.1 Relay access denied", status=554)),
    ("530 5.7.0 log in first", Retry("530 5.7.0 log in first", status=530)),
    ("550 5.1.8 Sender rejected", Retry("550 5.1.8 Sender rejected", status=550)),
    ("553 5.1.7 odd sender", Retry("553 5.1.7 odd sender", status=553)),
    ("550 5.1.10 none of 5.7.1", Refused("550 5.1.10 none of 5.7.1", 550)),
    ("550 from 5.7.1.9: none", Refused("550 from 5.7.1.9: none", 550)),
]


@pytest.mark.parametrize(("answer", "outcome"), ANSWERS)
def test_what_is_said_of_the_receiver(sink: SmtpSink, answer: str, outcome: object) -> None:
    sink.refused[ADDRESS] = answer
    assert hand_in(server(sink.port), LETTER) == outcome
    assert not sink.letters


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("451 4.3.0 later", Retry("451 4.3.0 later", status=451)),
        ("554 5.7.1 spam", Retry("554 5.7.1 spam", status=554)),
        ("550 5.1.1 no such user", Refused("550 5.1.1 no such user", 550)),
        ("550 5.1.17 gone", Refused("550 5.1.17 gone", 550)),
        ("450 5.1.1 odd", Retry("450 5.1.1 odd", status=450)),
        ("550 5.1.7 odd sender", Retry("550 5.1.7 odd sender", status=550)),
        ("550 5.1.8 sender unknown", Retry("550 5.1.8 sender unknown", status=550)),
        ("554 5.7.1 spam, see 5.1.1", Retry("554 5.7.1 spam, see 5.1.1", status=554)),
    ],
)
def test_what_is_said_of_the_mail_itself(sink: SmtpSink, answer: str, outcome: object) -> None:
    sink.answers.append(answer)
    assert hand_in(server(sink.port), LETTER) == outcome


def test_a_sender_that_is_refused_is_our_own_trouble(sink: SmtpSink) -> None:
    sink.senders_refused = "550 5.7.1 not from you"
    assert hand_in(server(sink.port), LETTER) == Retry("550 5.7.1 not from you", status=550)


def test_a_connection_that_breaks_is_tried_again(sink: SmtpSink) -> None:
    sink.drops = 1
    assert isinstance(hand_in(server(sink.port), LETTER), Retry)
    assert hand_in(server(sink.port), LETTER) == Done()
    assert len(set(sink.message_ids)) == 1


def test_where_nobody_listens_it_is_tried_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        outcome = hand_in(server(port), LETTER)
    assert isinstance(outcome, Retry)
    assert "refused" in outcome.why


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "PATIENCE_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        outcome = hand_in(server(mute.getsockname()[1]), LETTER)
    assert isinstance(outcome, Retry)
    assert "timed out" in outcome.why


def drip(client: socket.socket) -> None:
    """A greeting without end."""
    while True:
        client.sendall(b"220-hello\r\n")
        sleep(0.02)


def drag(client: socket.socket) -> None:
    """Each answer comes in time by itself, all of them do not."""
    client.sendall(b"220 hello\r\n")
    for line in client.makefile("rb"):
        sleep(0.15)
        client.sendall(b"354 go on\r\n" if line == b"data\r\n" else b"250 fine\r\n")


def deaf(client: socket.socket) -> None:
    """Takes everything but the mail."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.sendall(b"220 hello\r\n")
    for line in client.makefile("rb", buffering=0):
        client.sendall(b"354 go on\r\n" if line == b"data\r\n" else b"250 fine\r\n")
        if line == b"data\r\n":
            sleep(3)
            return


@contextmanager
def slow_server(manners: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that behaves so to the first who comes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client, suppress(OSError):
                manners(client)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


@pytest.mark.parametrize("manners", [drip, drag, deaf])
def test_nothing_stretches_the_time_that_a_mail_may_take(
    monkeypatch: pytest.MonkeyPatch, manners: Callable[[socket.socket], None]
) -> None:
    monkeypatch.setattr(session, "SESSION_SECONDS", 0.4)
    long = compose(message(text="so on\n" * 1_000_000), MailSettings(), SENDER)
    with slow_server(manners) as port:
        begun = monotonic()
        outcome = hand_in(server(port), long if manners is deaf else LETTER)
        assert monotonic() - begun < 5
    assert isinstance(outcome, Retry)
    assert "timed out" in outcome.why


def test_an_address_in_other_letters_needs_a_server_that_takes_them() -> None:
    letter = compose(message(address="jürgen@acme.example"), MailSettings(), SENDER)
    with smtp_sink() as sink:
        assert hand_in(server(sink.port), letter) == Done()
        assert sink.envelopes[0].rcpt_tos == ["jürgen@acme.example"]
    with smtp_sink(offers_utf8=False) as sink:
        refused = Refused("The mail server takes no such letters in an address.", 553)
        assert hand_in(server(sink.port), letter) == refused


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return make_certificate(tmp_path)


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


@pytest.mark.parametrize("security", [Security.OFFERED, Security.STARTTLS])
def test_it_is_encrypted_where_that_is_offered(trusted: Path, security: Security) -> None:
    with smtp_sink(starttls=of_server(trusted)) as sink:
        assert hand_in(server(sink.port, security), LETTER) == Done()
        assert sink.encrypted == [True]


@pytest.mark.parametrize("security", [Security.OFFERED, Security.STARTTLS])
def test_a_certificate_that_nobody_knows_is_not_trusted(
    certificate: Path, security: Security
) -> None:
    with smtp_sink(starttls=of_server(certificate)) as sink:
        outcome = hand_in(server(sink.port, security), LETTER)
        assert isinstance(outcome, Retry)
        assert "certificate" in outcome.why.lower()
        assert not sink.letters


def test_it_is_encrypted_from_the_beginning_by_who_is_known(
    trusted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_sink(tls=of_server(trusted)) as sink:
        assert hand_in(server(sink.port, Security.TLS), LETTER) == Done()
        monkeypatch.delenv("SSL_CERT_FILE")
        unknown = hand_in(server(sink.port, Security.TLS), LETTER)
        assert isinstance(unknown, Retry)
        assert "certificate" in unknown.why.lower()
        assert len(sink.letters) == 1


def test_where_it_must_be_encrypted_it_is_not_sent_without(sink: SmtpSink) -> None:
    assert isinstance(hand_in(server(sink.port, Security.STARTTLS), LETTER), Retry)
    assert isinstance(hand_in(server(sink.port, Security.TLS), LETTER), Retry)
    assert not sink.letters


NO_TLS = "ignore:Requiring AUTH while not requiring TLS:UserWarning"


@pytest.mark.filterwarnings(NO_TLS)
def test_it_logs_in_where_it_has_a_name() -> None:
    with smtp_sink(login=True) as sink:
        known = server(sink.port, user=USER, password=PASSWORD)
        assert hand_in(known, LETTER) == Done()
        wrong = hand_in(server(sink.port, user=USER, password="wrong"), LETTER)
        assert isinstance(wrong, Retry)
        assert wrong.status == 535
        stranger = hand_in(server(sink.port), LETTER)
        assert isinstance(stranger, Retry)
        assert len(sink.letters) == 1


@pytest.mark.filterwarnings(NO_TLS)
def test_a_password_does_not_leave_the_machine_in_the_clear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MailServer, "is_here", property(lambda _: False))
    with smtp_sink(login=True) as sink:
        outcome = hand_in(server(sink.port, user=USER, password=PASSWORD), LETTER)
        assert outcome == Retry("It offers no encryption to log in with.")
        assert not sink.letters
