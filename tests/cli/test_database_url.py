"""Which ledger a command works on, and what is said where it can't."""

import os
from pathlib import Path

import pytest

from tests.support.ledgers import Ledgers
from tests.support.program import Program

NOWHERE = "postgresql://mira:geheim@127.0.0.1:1/ledger"


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program with no ledger in its environment."""
    monkeypatch.delenv("SEATLEDGER_DATABASE_URL", raising=False)
    return Program("")


def test_the_address_may_stand_before_the_command_or_in_it(
    homeless: Program, ledgers: Ledgers
) -> None:
    url = ledgers.empty()
    make = ("platform", "create", "acme", "--org", "acme", "--name", "Acme")
    assert homeless.answer("--database-url", url, *make) == {"platform_key": "acme"}
    for listed in (
        homeless.answer("--database-url", url, "platform", "list"),
        homeless.answer("platform", "list", "--database-url", url),
        Program(url).answer("platform", "list"),
    ):
        assert [platform["platform_key"] for platform in listed] == ["acme"]
    ledgers.drop(url)


def test_the_nearest_address_decides(ledgers: Ledgers) -> None:
    urls = [ledgers.empty() for _ in range(3)]
    for number, url in enumerate(urls):
        make = ("platform", "create", f"p{number}", "--org", "o", "--name", "n")
        Program(url).answer(*make)
    environment, before, own = urls
    program = Program(environment)
    listed = program.answer("--database-url", before, "platform", "list", "--database-url", own)
    assert [platform["platform_key"] for platform in listed] == ["p2"]
    listed = program.answer("--database-url", before, "platform", "list")
    assert [platform["platform_key"] for platform in listed] == ["p1"]
    for url in urls:
        ledgers.drop(url)


def test_without_any_address_it_is_a_file_in_the_users_data_folder(
    homeless: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda _: tmp_path / "data")
    homeless.answer("init")
    assert (tmp_path / "data" / "seatledger.db").exists()


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://host/name",
        "postgresql",
        "postgresql://mira@host:port/name",
        "postgresql://[::1/name",
        " ",
        "",
    ],
)
@pytest.mark.parametrize("command", [["init"], ["pool", "list"], ["verify"], ["serve"]])
def test_an_address_that_is_none_is_refused(
    homeless: Program, command: list[str], url: str
) -> None:
    assert homeless.refusal("--database-url", url, *command) == "invalid"
    assert homeless.refusal(*command, "--database-url", url) == "invalid"


def test_the_sentence_names_what_was_wrong(homeless: Program) -> None:
    forms = "must be sqlite:///path/to/file or postgresql://user@host/name."
    assert homeless.sentence("pool", "list", "--database-url", "x") == f"--database-url {forms}"
    assert Program("x").sentence("pool", "list") == f"SEATLEDGER_DATABASE_URL {forms}"
    assert homeless.sentence("pool", "list", "--database-url", "") == "--database-url is empty."


def test_another_setting_that_can_not_be_used_is_named_too(database_url: str) -> None:
    said = Program(database_url)("pool", "list", SEATLEDGER_BATCH_MAX="none")
    assert said.exit_code == 1
    assert said.err == "SEATLEDGER_BATCH_MAX must be a whole number from 1 to 1000.\n"


@pytest.mark.parametrize("command", [["init"], ["pool", "list"], ["verify"], ["serve"]])
def test_a_server_that_can_not_be_reached_is_one_sentence_without_its_password(
    homeless: Program, command: list[str]
) -> None:
    said = homeless.sentence(*command, "--database-url", NOWHERE)
    assert said.startswith("The database can't be used: ")
    assert "geheim" not in said
    assert homeless.refusal(*command, "--database-url", NOWHERE) == "unavailable"


COMMANDS = [
    ["serve"],
    ["platform", "create", "acme", "--org", "acme", "--name", "Acme"],
    ["platform", "list"],
    ["token", "create", "--role", "operator", "--name", "watch"],
    ["token", "list"],
    ["token", "delete", "watch"],
    ["pool", "create", "--platform", "acme", "--item", "course:c", "--size", "1"],
    ["pool", "list"],
    ["seat", "assign", "--pool", "1", "--email", "ada@acme.example"],
    ["seat", "end", "1"],
    ["seat", "list", "--pool", "1"],
    ["verify"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_without_a_schema_asks_for_init(
    bare_database_url: str, command: list[str]
) -> None:
    said = Program(bare_database_url).sentence(*command)
    assert said.endswith(": run `seatledger init`.")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_looking_for_a_file_does_not_make_it(tmp_path: Path, command: list[str]) -> None:
    said = Program(f"sqlite:///{tmp_path}/new/ledger.db").sentence(*command)
    assert said == "There is no ledger yet: run `seatledger init`."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["init"], ["pool", "list"]], ids=" ".join)
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, command: list[str]) -> None:
    letter = b"Dear Ada, this is a letter and no database. " * 50
    (tmp_path / "letter.txt").write_bytes(letter)
    said = Program(f"sqlite:///{tmp_path}/letter.txt").sentence(*command)
    assert said == "The database can't be used: file is not a database."
    assert (tmp_path / "letter.txt").read_bytes() == letter


def test_a_folder_that_can_not_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = Program(f"sqlite:///{tmp_path}/file/ledger.db").sentence("init")
    assert said.startswith(f"The database can't be used: {tmp_path / 'file'}: ")


@pytest.mark.skipif(os.name == "nt", reason="a home is named otherwise there")
def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    Program("sqlite:///~/ledger.db").answer("init")
    assert (tmp_path / "ledger.db").exists()
