"""How messages read: standard words, a platform's own, and what facts can't do to them."""

from dataclasses import replace
from datetime import timedelta, timezone
from html import escape
from typing import Any

import pytest

from seatledger.domain.message import MessageKind
from seatledger.domain.message_text import SUBJECT_MAX, MailSettings, OwnWording
from seatledger.domain.message_type import MESSAGE_TYPES, MessageType
from seatledger.usecases.messages import standard
from seatledger.usecases.messages.facts import sample
from seatledger.usecases.messages.rendering import render, tried
from tests.support.cast import NOON

ASSIGNED = MESSAGE_TYPES["course_assignment"]
USUAL = MailSettings()
NAMELESS = OwnWording(1, 1, ASSIGNED, True, None, None, None, NOON, NOON)


def own(**words: Any) -> OwnWording:
    return replace(NAMELESS, **words)


@pytest.mark.parametrize("type_", MESSAGE_TYPES.values(), ids=list(MESSAGE_TYPES))
def test_every_type_has_a_standard_text(type_: MessageType) -> None:
    made = render(type_, sample(type_), USUAL)
    assert made.subject
    assert made.text.startswith("Hello Ada Lovelace,\n\n")
    assert made.text.endswith("\n-- \nAcme Academy\n")
    assert made.html.startswith('<!doctype html>\n<html lang="en">')
    assert f"<title>{made.subject}</title>" in made.html
    for body in (made.text, made.html):
        assert "{" not in body
        for fact in ("code", "item_title", "url"):
            assert str(sample(type_).get(fact, "")) in made.subject + body


@pytest.mark.parametrize("type_", MESSAGE_TYPES.values(), ids=list(MESSAGE_TYPES))
def test_a_message_reads_well_without_any_facts(type_: MessageType) -> None:
    made = render(type_, {"item_title": "Engines", "platform_name": "Acme"}, USUAL)
    assert made.text.startswith("Hello,\n\n")
    assert "http" not in made.text
    assert "\n\n\n" not in made.text
    assert "None" not in made.text + made.html


@pytest.mark.parametrize("kind", MessageKind)
def test_a_standard_text_can_be_copied_as_a_text_of_ones_own(kind: MessageKind) -> None:
    words = standard.wording(kind)
    (type_, *_) = [each for each in MESSAGE_TYPES.values() if each.kind is kind]
    copied = replace(NAMELESS, type=type_, subject=words.subject, text=words.text, html=words.html)
    assert tried(type_, copied) == render(type_, sample(type_), USUAL)


def test_a_moment_is_told_in_utc() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=9)))
    made = render(ASSIGNED, {"item_title": "Engines", "ends_at": east}, USUAL)
    assert "A seat in Engines is yours, until 1 March 2026, 12:00 UTC." in made.text


def test_days_are_counted_in_words() -> None:
    expiring = MESSAGE_TYPES["expiring"]
    subjects = [
        render(expiring, {"item_title": "Engines", "days": days}, USUAL).subject
        for days in (None, 1, 7)
    ]
    assert subjects == [
        "Your seat in Engines ends soon",
        "Your seat in Engines ends tomorrow",
        "Your seat in Engines ends in 7 days",
    ]


def test_a_platform_greets_in_its_own_way() -> None:
    made = render(ASSIGNED, sample(ASSIGNED), MailSettings(greeting="Dear"))
    assert made.text.startswith("Dear Ada Lovelace,")
    assert ">Dear Ada Lovelace,<" in made.html


def test_own_words_replace_the_standard_ones_part_by_part() -> None:
    usual = render(ASSIGNED, sample(ASSIGNED), USUAL)
    made = render(ASSIGNED, sample(ASSIGNED), USUAL, own(text="Welcome to {{ item_title }}!"))
    assert "Welcome to Analytical Engines!" in made.text
    assert (made.subject, made.html) == (usual.subject, usual.html)


def test_own_html_gets_the_layout_unless_it_is_a_whole_page() -> None:
    part = render(ASSIGNED, sample(ASSIGNED), USUAL, own(html="<h1>{{ learner_name }}</h1>"))
    assert "<main" in part.html
    assert "<h1>Ada Lovelace</h1>" in part.html
    page = "<!DOCTYPE html><html><body>{{ learner_name }}</body></html>"
    whole = render(ASSIGNED, sample(ASSIGNED), USUAL, own(html=page))
    assert whole.html == "<!DOCTYPE html><html><body>Ada Lovelace</body></html>"


def test_own_words_that_broke_since_give_way_to_the_standard_ones() -> None:
    usual = render(ASSIGNED, sample(ASSIGNED), USUAL)
    assert render(ASSIGNED, sample(ASSIGNED), USUAL, own(text="{{ gone }}")) == usual


HOSTILE = "Eve\r\nBcc: all@example.com\n\n<script>alert(1)</script>\u2028{{ code }}\x00\ud800"


@pytest.mark.parametrize("name", ["item_title", "learner_name", "platform_name"])
def test_a_fact_is_one_line_and_no_markup(name: str) -> None:
    made = render(ASSIGNED, {**sample(ASSIGNED), name: HOSTILE}, MailSettings(greeting=HOSTILE))
    assert made.subject.isprintable()
    assert "\nBcc:" not in made.text
    assert "<script" not in made.html
    assert "{{ code }}" in made.text
    assert "\x00" not in made.text + made.html
    made.html.encode()


def test_a_subject_is_cut_where_it_gets_too_long() -> None:
    made = render(ASSIGNED, {"item_title": "x" * 5_000}, USUAL)
    assert len(made.subject) == SUBJECT_MAX


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://learn.example.com/a?b=1&c=2", True),
        ("HTTP://learn.example.com", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//learn.example.com", False),
        ("", False),
    ],
)
def test_a_link_leads_to_the_web(link: str, shown: bool) -> None:
    made = render(ASSIGNED, {"item_title": "Engines", "link": link}, USUAL)
    assert ("Start here" in made.text) is shown
    assert ("href=" in made.html) is shown
    if shown:
        assert f'href="{escape(link)}"' in made.html
