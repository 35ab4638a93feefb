"""What a platform may write in a text, and what it can't get out with."""

import pytest

from seatledger.usecases.messages.sandbox import OUTPUT_MAX, BadText, fill

FACTS = {"learner_name": "Ada", "ends_at": "", "item_title": "<b>Engines</b> & more"}


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("Hello {{ learner_name }}", "Hello Ada"),
        ("{% if ends_at %}until {{ ends_at }}{% else %}for ever{% endif %}", "for ever"),
        ("{{ ends_at|default('for ever', true) }}", "for ever"),
        ("{{ learner_name|upper }} {{ 'x' if ends_at else 'y' }}", "ADA y"),
        ("{% if learner_name == 'Ada' and not ends_at %}her{% elif ends_at %}a{% endif %}", "her"),
        ("{# never shown #}{{ item_title }}", "<b>Engines</b> & more"),
        ("50 % {} }} off", "50 % {} }} off"),
    ],
)
def test_a_text_names_facts_and_asks_for_them(source: str, filled: str) -> None:
    assert fill(source, FACTS) == filled


def test_facts_are_escaped_in_html() -> None:
    assert fill("<p>{{ item_title }}</p>", FACTS, html=True) == (
        "<p>&lt;b&gt;Engines&lt;/b&gt; &amp; more</p>"
    )
    assert fill("{{ '<i>' }}", FACTS, html=True) == "&lt;i&gt;"


ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ learner_name.__init__.__globals__ }}",
    "{{ learner_name['__class__'] }}",
    "{{ learner_name|attr('__class__') }}",
    "{{ ''|map(attribute='__class__')|list }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum(9999) }}",
    "{{ namespace(a=1) }}",
    "{{ '%s'|format(learner_name) }}",
    "{{ '{0.__class__}'.format(learner_name) }}",
    "{{ item_title|safe }}",
    "{{ config }}",
    "{{ request.application }}",
    "{% include '/etc/passwd' %}",
    "{% import 'layout.html' as x %}",
    "{% extends 'layout.html' %}",
    "{% set x = 1 %}",
    "{% macro m() %}{% endmacro %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% do x %}",
    "{% filter upper %}x{% endfilter %}",
]
BOMBS = [
    "{{ range(10**9)|list }}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "{{ 'x' * 10**9 }}",
    "{{ 9**9**9**9 }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'x' ~ 'y' }}",
    "{{ [1, 2] }}",
    "{{ " + "9" * 10_000 + " }}",
    "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "{% if learner_name %}" * 900 + "{% endif %}" * 900,
    "{{ 'a'" + "|upper" * 5_000 + " }}",
    "{{" + "not " * 5_000 + "1 }}",
]


@pytest.mark.parametrize("source", ESCAPES + BOMBS, ids=lambda source: source[:40])
@pytest.mark.parametrize("html", [False, True])
def test_nothing_else_gets_through(source: str, html: bool) -> None:
    with pytest.raises(BadText):
        fill(source, FACTS, html=html)


def test_a_text_that_comes_out_too_long_is_refused() -> None:
    with pytest.raises(BadText, match="longer than"):
        fill("{{ learner_name }}" * 1_000, {"learner_name": "x" * (OUTPUT_MAX // 900)})


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("\n{{ nam }}", "There is no fact 'nam'; there are ends_at, item_title, learner_name."),
        ("{{ learner_name ", "Line 1: unexpected end of template"),
        ("a\n{% if %}", "Line 2: Expected an expression"),
        ("{{ learner_name|nosuch }}", "Line 1: No filter named 'nosuch'"),
        ("x\n{% for a in b %}{% endfor %}", "Line 2: a text may name facts and ask if; no 'for'."),
    ],
)
def test_the_sentence_says_what_is_wrong_and_where(source: str, sentence: str) -> None:
    with pytest.raises(BadText) as error:
        fill(source, FACTS)
    assert str(error.value).startswith(sentence)
