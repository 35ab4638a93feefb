"""Puts the facts into the words, and the words into the layout that all messages share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from seatledger.domain.message_text import SUBJECT_MAX, Fact, MailSettings, OwnWording, Wording
from seatledger.domain.message_type import MessageType
from seatledger.usecases.messages import sandbox, standard
from seatledger.usecases.messages.facts import one_line, sample, spelled
from seatledger.usecases.messages.sandbox import BadText

GREETING = "Hello"
_WHOLE_PAGE = re.compile(r"\s*<(!doctype|html)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as its receiver reads it. The subject is one line."""

    subject: str
    text: str
    html: str


def render(
    type_: MessageType,
    facts: Mapping[str, Fact],
    settings: MailSettings,
    own: OwnWording | None = None,
) -> Rendered:
    """The message in a platform's own words, where it has any, else in the standard ones.

    Own words that can't be filled in, which were tried when they were saved, give way to those too.
    """
    words = standard.wording(type_.kind)
    if own is not None and own.is_custom:
        try:
            return _render(type_, facts, settings, _mixed(own, words))
        except BadText:
            pass
    return _render(type_, facts, settings, words)


def tried(type_: MessageType, own: OwnWording) -> Rendered:
    """The message with the examples of all facts, and with none; of the two the first.

    Raises BadText where the words can't be used.
    """
    words = _mixed(own, standard.wording(type_.kind))
    _render(type_, {}, MailSettings(), words)
    return _render(type_, sample(type_), MailSettings(), words)


def _mixed(own: OwnWording, words: Wording) -> Wording:
    return Wording(
        words.subject if own.subject is None else own.subject,
        words.text if own.text is None else own.text,
        words.html if own.html is None else own.html,
    )


def _render(
    type_: MessageType, facts: Mapping[str, Fact], settings: MailSettings, words: Wording
) -> Rendered:
    said = spelled(type_, facts)
    subject = one_line(sandbox.fill(words.subject, said))[:SUBJECT_MAX]
    text = sandbox.fill(words.text, said)
    html = sandbox.fill(words.html, said, html=True)
    around = {
        "greeting": one_line(settings.greeting) or GREETING,
        "name": said["learner_name"],
        "platform_name": said["platform_name"],
        "subject": subject,
    }
    plain = standard.environment.get_template("layout.txt").render(around, content=text.strip())
    return Rendered(subject, _few_breaks(plain), _page(html, around))


def _page(html: str, around: Mapping[str, str]) -> str:
    """A whole page stands as it is; a part of one gets the layout."""
    if _WHOLE_PAGE.match(html):
        return html
    layout = standard.environment.get_template("layout.html")
    return layout.render(around, content=html)


def _few_breaks(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
