"""What pages are made of: addresses that people paste, paths, words, charts, catalogs."""

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir

from seatledger.console import addresses, charts, language, paths, telling, words
from seatledger.console.rendering import environment
from seatledger.domain.event import EventKind
from seatledger.domain.usage import Span, Used
from tests.architecture.project import SOURCE
from tests.support.cast import NOON

CONSOLE = SOURCE / "console"


def test_every_template_can_be_compiled() -> None:
    names = environment.list_templates()
    assert len(names) > 50
    for name in names:
        environment.get_template(name)


def test_every_class_has_its_rule_and_every_icon_its_place() -> None:
    style = (CONSOLE / "static" / "console.css").read_text()
    pages = "".join(each.read_text() for each in sorted((CONSOLE / "templates").iterdir()))
    written = re.sub(r"\{[{%].*?[}%]\}", " ", " ".join(re.findall(r'class="([^"]*)"', pages)))
    classes = {name for name in written.split() if not name.endswith("-")}
    assert classes - set(re.findall(r"\.([a-z][a-z-]*)", style)) == set()
    icons = re.findall(r'^  "(\w+)": "M', pages, re.MULTILINE)
    others = pages + (CONSOLE / "navigation.py").read_text()
    assert len(icons) > 15
    assert [icon for icon in icons if others.count(f'"{icon}"') < 2] == []


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", []),
        (" \n ", []),
        ("ada@x.example", [("ada@x.example", "")]),
        ("ada@x.example\nben@x.example", [("ada@x.example", ""), ("ben@x.example", "")]),
        ("ada@x.example, ben@x.example;", [("ada@x.example", ""), ("ben@x.example", "")]),
        ("ada@x.example ben@x.example", [("ada@x.example", ""), ("ben@x.example", "")]),
        ("Ada Moreno <ada@x.example>", [("ada@x.example", "Ada Moreno")]),
        ('"Moreno, Ada" <ada@x.example>,', [("ada@x.example", "Moreno, Ada")]),
        (
            "Ada <ada@x.example>; Ben B <ben@x.example>",
            [("ada@x.example", "Ada"), ("ben@x.example", "Ben B")],
        ),
        ("Ada Moreno, ada@x.example", [("ada@x.example", "Ada Moreno")]),
        ("Moreno\tAda\tada@x.example", [("ada@x.example", "Moreno Ada")]),
        ("ada@x.example, Ada Moreno", [("ada@x.example", "Ada Moreno")]),
        ("ada@x.example\nADA@x.example", [("ada@x.example", "")]),
        ("Ada <ada@x.example>, ben@x.example", [("ada@x.example", "Ada"), ("ben@x.example", "")]),
        ("Moreno\tada@x.example", [("ada@x.example", "Moreno")]),
        ('"Moreno, Ada", ada@x.example', [("ada@x.example", "Moreno, Ada")]),
        (
            "ada@x.example, typo, ben@x.example",
            [("ada@x.example", ""), ("typo", ""), ("ben@x.example", "")],
        ),
        ("typo, Ada <ada@x.example>", [("typo", ""), ("ada@x.example", "Ada")]),
        ("gina.x.example, ada@x.example", [("gina.x.example", ""), ("ada@x.example", "")]),
        ("gina.x.example\tada@x.example", [("gina.x.example", ""), ("ada@x.example", "")]),
        ("gina.x.example ada@x.example", [("gina.x.example", ""), ("ada@x.example", "")]),
        ("ada@x.example, gina.x.example", [("ada@x.example", ""), ("gina.x.example", "")]),
        ("Ada, Moreno, ada@x.example", [("Ada", ""), ("Moreno", ""), ("ada@x.example", "")]),
        ("ada@x.example <ada@x.example>", [("ada@x.example", "")]),
        ("Dr. Ada <ada@x.example>", [("ada@x.example", "Dr. Ada")]),
        ("nobody", [("nobody", "")]),
        ("=1+1", [("=1+1", "")]),
        ("<nobody>", [("nobody", "")]),
    ],
)
def test_addresses_are_read_as_people_paste_them(text: str, people: list[tuple[str, str]]) -> None:
    assert [(each.email, each.name) for each in addresses.read(text)] == people


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("ada@x.example", ""),
        ("ada@x.example", "Ada Moreno"),
        ("ada@x.example", "Moreno, Ada"),
        ("ada@x.example", "Ada <the> first; at @home"),
        ("ada@x.example", "gina.x.example"),
        ("nobody", ""),
        ("no body", ""),
        ("a,b;c@x.example", "Ada"),
        ("a,b@x.example", ""),
    ],
)
def test_who_is_written_is_read_again(email: str, name: str) -> None:
    people = addresses.read(addresses.written(email, name))
    assert [(each.email, each.name) for each in people] == [(email, name)]


def test_a_long_line_is_read_in_no_time() -> None:
    for line in ("<" * 50_000, '"' * 50_001, "a" * 50_000, '<"' * 25_000):
        addresses.read(line)


def test_whatever_happens_to_pools_seats_and_people_has_its_sentence() -> None:
    about = ("pool_", "seat_", "grant_", "group_", "member_", "invitation_", "access_", "learner_")
    assert {kind for kind in EventKind if kind.startswith(about)} <= set(telling._SENTENCES)


@pytest.mark.parametrize(
    ("held", "size", "percent"),
    [(0, 0, 0), (0, 9, 0), (9, 9, 100), (1, 1000, 1), (999, 1000, 99), (1, 2, 50)],
)
def test_only_what_is_full_is_at_a_hundred(held: int, size: int, percent: int) -> None:
    assert words.percent(held, size) == percent


def test_a_query_is_added_to_what_is_there() -> None:
    assert paths.with_query("/console/p/1", q="a b&c", after=None, page="") == (
        "/console/p/1?q=a+b%26c"
    )
    assert paths.with_query("/console?said=x", q="y") == "/console?said=x&q=y"


@pytest.mark.parametrize(
    ("top", "rows"),
    [(0, "4"), (3, "4"), (5, "8"), (95, "120"), (105, "120"), (1000, "1,200"), (10**9, None)],
)
def test_a_chart_has_rows_that_people_like_to_read(top: int, rows: str | None) -> None:
    step = Used(Span(NOON.date(), NOON.date()), top, top // 2, top, 0, 0)
    drawn = charts.chart([step, step])
    assert rows in {None, drawn.rows[-1].text}
    assert charts.chart([step]).held.startswith("M")


def test_all_sentences_can_be_taken_into_a_catalog() -> None:
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    words_for_it = {"_": None, "ngettext": (1, 2)}
    options: dict[str, Any] = {
        "**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
    }
    found = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(
            str(CONSOLE), method_map=methods, options_map=options, keywords=words_for_it
        )
    }
    assert {"Sign in", "Assign seats", "The seat was taken back."} <= found
    assert len(found) > 250


def test_no_sentence_of_a_template_is_left_out_of_the_catalog() -> None:
    loose = []
    for path in sorted((CONSOLE / "templates").glob("*.html")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"<[^>]*>|aria-[a-z]+=\"[^\"]*\"", " ", text, flags=re.DOTALL)
        loose += [(path.name, word) for word in re.findall(r"[A-Za-z]{4,}", text)]
    assert [each for each in loose if each[1] not in {"Seatledger", "Excel"}] == []


def test_numbers_choose_the_form() -> None:
    assert words.seats(1) == "1 seat"
    assert words.seats(1200) == "1,200 seats"
    assert language.gettext("100 %") == "100 %"


def test_the_stylesheet_stays_small_and_templates_have_no_inline_style_or_script() -> None:
    assert (CONSOLE / "static" / "console.css").stat().st_size < 30_000
    for path in (CONSOLE / "templates").glob("*.html"):
        text = Path(path).read_text()
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert " onclick=" not in text, path
        assert re.search(r"<script(?! src=)", text) is None, path
