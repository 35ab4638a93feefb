"""The headers of an e-mail, and what can't be put in between."""

from email.message import EmailMessage
from typing import Any

import pytest

from seatledger.connectors.mail.letter import NoAddress, Sender, compose
from seatledger.domain.message_text import MailSettings
from tests.connectors.mail.letters import message

SENDER = Sender("Seatledger", "post@seatledger.example")


def letter(settings: MailSettings | None = None, **changes: Any) -> EmailMessage:
    return compose(message(**changes), settings or MailSettings(), SENDER)


def test_the_headers() -> None:
    made = {name: str(value) for name, value in letter().items()}
    made.pop("Content-Type")
    assert made == {
        "From": "Seatledger <post@seatledger.example>",
        "To": "ada@acme.example",
        "Subject": "A seat – für Ada",
        "Date": "Sun, 01 Mar 2026 12:00:00 +0000",
        "Message-ID": "<1.7.1772366400000000@seatledger.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }


def test_a_platform_has_its_own_name_and_its_own_address_for_answers() -> None:
    made = letter(MailSettings(sender_name="Acme, Ada's", reply_to="help@acme.example"))
    assert made["From"] == '"Acme, Ada\'s" <post@seatledger.example>'
    assert made["Reply-To"] == "help@acme.example"


def test_what_goes_over_the_wire_is_ascii_with_short_lines() -> None:
    raw = letter(subject="ü" * 255, text="x" * 5_000 + "\nü" * 50).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@straße.example", "ada@xn--strae-oqa.example"),
        ("ada@Bücher.EXAMPLE", "ada@xn--bcher-kva.example"),
        ("ada@mail_1.acme.example", "ada@mail_1.acme.example"),
        ("o'neil+x@acme.example", "o'neil+x@acme.example"),
        ('"a b"@acme.example', '"a b"@acme.example'),
    ],
)
def test_an_address_is_written_as_mail_servers_take_it(address: str, written: str) -> None:
    assert letter(address=address)["To"].addresses[0].addr_spec == written


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@",
        "a@",
        "a@b\r\nBcc: all@example.com",
        "a@b, c@d",
        "a b@c.d",
        "a@" + "x" * 70,
        "a@" + "ü" * 70,
        "a@ü..example",
        "a@☃.example",
    ],
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises(NoAddress):
        letter(address=address)


@pytest.mark.parametrize("name", ["subject", "sender_name"])
def test_a_header_can_not_be_added_to(name: str) -> None:
    evil = "x\r\nBcc: all@example.com"
    with pytest.raises(ValueError, match=r"linefeed|newline|CR"):
        letter(MailSettings(sender_name=evil)) if name == "sender_name" else letter(subject=evil)
