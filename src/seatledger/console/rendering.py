"""Turns templates into pages. Each is compiled when it is first shown, and says what it lacks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block

from seatledger.console import assets, forms, language, navigation, paths, telling, words

TEMPLATES = Path(__file__).parent / "templates"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
    )
    made.install_gettext_translations(  # type: ignore[attr-defined]
        language.translations, newstyle=True
    )
    made.filters.update(
        number=lambda value: f"{value:,}",
        iso=iso,
        utc=utc,
        day=day,
        first_day=lambda start: day(start.astimezone(UTC)),
        last_day=lambda end: day(forms.day_before(end)),
        percent=words.percent,
    )
    made.globals.update(
        asset=assets.address,
        navigation=navigation,
        telling=telling,
        with_query=paths.with_query,
        words=words,
    )
    return made


def iso(instant: datetime) -> str:
    """`2026-11-24T14:53:00Z`, with four digits of any year, as browsers read it."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def utc(instant: datetime) -> str:
    """`24 Nov 2026, 14:53`: what is shown where no script shows the reader's own time."""
    return f"{day(instant.astimezone(UTC))}, {instant.astimezone(UTC):%H:%M}"


def day(value: date) -> str:
    """`24 Nov 2026`."""
    return f"{value.day} {value:%b} {value.year:04}"


environment = _environment()
environment.globals["ui"] = environment.get_template("ui.html").module


def render(template: str, values: Mapping[str, Any], part: str | None = None) -> bytes:
    """A page, or one block of it."""
    if part is None:
        return environment.get_template(template).render(values).encode()
    return render_block(environment, template, part, values).encode()
