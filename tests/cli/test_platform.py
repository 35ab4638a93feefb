"""`seatledger platform`."""

import pytest

from tests.support.program import Program


def test_making_a_platform_answers_with_its_key(seatledger: Program) -> None:
    made = seatledger.answer("platform", "create", "acme", "--org", "acme-org", "--name", "Acme")
    assert made == {"platform_key": "acme"}


def test_a_platform_is_listed_as_it_was_made(seatledger: Program) -> None:
    seatledger.answer(
        *("platform", "create", "acme", "--org", "acme-org", "--name", "Acme Learning"),
        *("--domain", "acme.example", "--domain", "@Mail.Acme.example"),
        *("--email", "licences@acme.example"),
    )
    (listed,) = seatledger.answer("platform", "list")
    assert listed.pop("created").endswith("Z")
    assert listed == {
        "platform_key": "acme",
        "org": "acme-org",
        "name": "Acme Learning",
        "email": "licences@acme.example",
        "domains": ["acme.example", "mail.acme.example"],
    }


def test_without_any_platform_the_list_is_empty(seatledger: Program) -> None:
    assert seatledger.answer("platform", "list") == []


def test_people_are_told_what_was_made_and_get_a_table(seatledger: Program) -> None:
    made = seatledger("platform", "create", "acme", "--org", "acme-org", "--name", "Acme")
    assert (made.exit_code, made.out) == (0, "Platform acme is made.\n")
    listed = seatledger("platform", "list")
    assert listed.exit_code == 0
    assert listed.out.split("\n")[3].replace("│", " ").split() == ["acme", "acme-org", "Acme"]


@pytest.mark.parametrize(
    ("key", "org", "name", "code"),
    [
        ("acme", "other-org", "Acme", "taken"),
        ("other", "acme-org", "Acme", "taken"),
        ("", "other-org", "Acme", "invalid"),
        ("other", "  ", "Acme", "invalid"),
        ("other", "other-org", "x" * 1001, "invalid"),
    ],
)
def test_what_can_not_be_a_platform_is_refused_and_nothing_made(
    acme: Program, key: str, org: str, name: str, code: str
) -> None:
    assert acme.refusal("platform", "create", key, "--org", org, "--name", name) == code
    assert [each["platform_key"] for each in acme.answer("platform", "list")] == ["acme"]


@pytest.mark.parametrize("missing", ["KEY", "--org", "--name"])
def test_key_org_and_name_are_needed(seatledger: Program, missing: str) -> None:
    given = {"KEY": ["acme"], "--org": ["--org", "o"], "--name": ["--name", "n"]}
    del given[missing]
    words = [word for words in given.values() for word in words]
    assert missing in seatledger.wrong_usage("platform", "create", *words)
    assert seatledger.answer("platform", "list") == []
