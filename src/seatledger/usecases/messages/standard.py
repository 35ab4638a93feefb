"""The standard texts: files in `templates`, a pair for each kind; the first line is the subject."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from seatledger.domain.message import MessageKind
from seatledger.domain.message_text import Wording

FOLDER = Path(__file__).parent / "templates"
_SUBJECT = "Subject: "

environment = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def wording(kind: MessageKind) -> Wording:
    """What the standard says of a kind, as a platform may copy it."""
    subject, _, text = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").partition("\n")
    html = (FOLDER / f"{kind}.html").read_text(encoding="utf-8")
    return Wording(subject.removeprefix(_SUBJECT), text.strip(), html.strip())
