"""`seatledger seat import` and `seatledger job`."""

import csv
from pathlib import Path

import pytest

from seatledger.cli import job_work
from seatledger.usecases import job_files
from tests.support.program import Program


@pytest.fixture(autouse=True)
def chunks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_files, "CHUNK_ROWS", 2)
    monkeypatch.setattr(job_work, "ROWS_READ", 2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three learners, for a pool of two seats."""
    path = tmp_path / "learners.csv"
    path.write_bytes(
        "E-Mail;Name\nada@acme.example;Ada\nzoe@acme.example;Zoë\neve@acme.example;=Eve\n".encode(
            "utf-16"
        )
    )
    return path


def emails(program: Program, pool_id: int) -> list[str]:
    return [seat["email"] for seat in program.answer("seat", "list", "--pool", pool_id)]


def test_a_file_is_imported_and_each_row_told(
    acme: Program, pool_id: int, file: Path, tmp_path: Path
) -> None:
    result = tmp_path / "result.csv"
    said = acme("seat", "import", file, "--pool", pool_id, "--result", result)
    assert said.exit_code == 1  # a row was refused
    assert said.out == "Job 1 is done, with 3 rows: 2 assigned, 1 no seat.\n"
    assert said.err == ""
    assert emails(acme, pool_id) == ["ada@acme.example", "zoe@acme.example"]
    with result.open(encoding="utf-8", newline="") as rows:
        told = list(csv.DictReader(rows))
    assert [(row["Name"], row["outcome"], row["code"]) for row in told] == [
        ("Ada", "assigned", ""),
        ("Zoë", "assigned", ""),
        ("'=Eve", "no_seat", "pool_full"),
    ]


def test_importing_again_changes_nothing_and_ends_well(
    acme: Program, pool_id: int, tmp_path: Path
) -> None:
    path = tmp_path / "learners.csv"
    path.write_text("email\nada@acme.example\n")
    first = acme.answer("seat", "import", path, "--pool", pool_id)
    assert (first["job_id"], first["state"], first["counts"]) == (1, "done", {"assigned": 1})
    again = acme.answer("seat", "import", path, "--pool", pool_id)
    assert again["counts"] == {"already": 1}
    assert emails(acme, pool_id) == ["ada@acme.example"]


def test_a_dry_run_says_what_would_be(acme: Program, pool_id: int, file: Path) -> None:
    said = acme("seat", "import", file, "--pool", pool_id, "--dry-run")
    assert said.exit_code == 1
    assert said.out == (
        "Job 1 is done, with 3 rows: 2 assigned, 1 no seat. "
        "It was a dry run: nothing was changed.\n"
    )
    assert emails(acme, pool_id) == []


def test_all_or_nothing_says_why_it_was_nothing(acme: Program, pool_id: int, file: Path) -> None:
    said = acme("seat", "import", file, "--pool", pool_id, "--mode", "all_or_nothing")
    assert said.exit_code == 1
    assert said.out == (
        "Job 1 is failed, with 3 rows: 2 assigned, 1 no seat. "
        "1 row is refused, so nothing was changed.\n"
    )
    assert emails(acme, pool_id) == []


def test_a_file_that_can_not_be_read_is_refused(
    acme: Program, pool_id: int, tmp_path: Path
) -> None:
    path = tmp_path / "learners.csv"
    path.write_text("name\nAda\n")
    assert acme.sentence("seat", "import", path, "--pool", pool_id) == (
        "No column is headed email."
    )
    assert acme.refusal("seat", "import", path, "--pool", 77) == "invalid"
    path.write_text("email\nada@acme.example\n")
    assert acme.refusal("seat", "import", path, "--pool", 77) == "unknown_pool"
    assert "FILE" in acme.wrong_usage("seat", "import", tmp_path / "none", "--pool", pool_id)
    assert acme.answer("job", "list") == []


def test_jobs_are_listed_and_shown(acme: Program, pool_id: int, file: Path, tmp_path: Path) -> None:
    acme("seat", "import", file, "--pool", pool_id, "--dry-run")
    acme("seat", "import", file, "--pool", pool_id)
    jobs = acme.answer("job", "list")
    assert [(job["job_id"], job["dry_run"], job["total"]) for job in jobs] == [
        (2, False, 3),
        (1, True, 3),
    ]
    assert acme.answer("job", "list", "--pool", 77) == []
    result = tmp_path / "again.csv"
    shown = acme("job", "show", 2, "--result", result)
    assert shown.out == "Job 2 is done, with 3 rows: 2 assigned, 1 no seat.\n"
    assert len(result.read_text().splitlines()) == 4
    assert acme.refusal("job", "show", 3) == "unknown_job"


def test_a_job_that_was_interrupted_goes_on_where_it_stopped(
    acme: Program, pool_id: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(job_work, "work_once", _interrupted)
        assert acme("seat", "import", file, "--pool", pool_id).exit_code == 1
    assert acme.answer("job", "show", 1)["state"] == "queued"
    done = acme.answer("job", "run", 1)
    assert (done["state"], done["counts"]) == ("done", {"assigned": 2, "no_seat": 1})
    assert acme.answer("job", "run", 1) == done


def _interrupted(*_: object, **__: object) -> None:
    raise RuntimeError("the machine went off")
