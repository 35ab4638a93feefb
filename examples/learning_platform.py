"""A learning platform and the ledger: a year of work in a minute. Needs nothing but Python.

    python examples/learning_platform.py URL OPERATOR_TOKEN [LEARNERS]

Buys a pool, imports learners from a CSV file, asks for each of them whether they may open the
course, moves seats, ends some, prolongs all, reads the whole history, and erases one person. It
makes a platform of its own, so that it can be run again and again beside whatever there is.
"""

import csv
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

QUESTIONS_AT_ONCE = 1_000
LOOK_SECONDS = 0.2


class Ledger:
    """A client of the native API: a token, and requests that are safe to repeat."""

    def __init__(self, url: str, token: str) -> None:
        self._base, self._token = f"{url.rstrip('/')}/api/v1", token

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: dict[str, Any] | None = None,
        media_type: str = "application/json",
    ) -> Any:
        """The JSON of the answer. A refusal ends the program with its own sentence."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body else None
        request = Request(  # noqa: S310 - the address is the caller's own
            f"{self._base}{path}{'?' + urlencode(query) if query else ''}",
            data,
            {"Authorization": f"Bearer {self._token}", "Content-Type": media_type},
            method=method,
        )
        if method != "GET":
            request.add_header("Idempotency-Key", uuid4().hex)
        try:
            with urlopen(request) as answer:  # noqa: S310
                return json.load(answer)
        except HTTPError as refusal:
            sys.exit(f"{method} {path}: {json.load(refusal)['detail']}")

    def every(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All rows of a list, page by page."""
        query = {"limit": 500, **query}
        while True:
            page = self.ask("GET", path, query=query)
            yield from page["data"]
            if page["next"] is None:
                return
            query["after"] = page["next"]

    def finish(self, job: dict[str, Any]) -> dict[str, Any]:
        """The job, once each of its rows was tried."""
        while job["state"] in {"queued", "running"}:
            time.sleep(LOOK_SECONDS)
            job = self.ask("GET", f"/jobs/{job['id']}")
        return job


def main(url: str, operator_token: str, learners: int) -> None:
    operator = Ledger(url, operator_token)
    name = f"school-{uuid4().hex[:8]}"
    course, addresses = (
        f"course:{name}+data",
        [f"learner{n}@{name}.example" for n in range(learners)],
    )

    operator.ask("POST", "/platforms", {"key": name, "org": name, "name": "A school"})
    new_pool = {"platform": name, "item": course, "title": "Data", "size": learners}
    pool = operator.ask("POST", "/pools", new_pool)
    token = operator.ask("POST", "/tokens", {"name": "office", "platform": name})["text"]
    school = Ledger(url, token)
    print(f"{name} has bought {pool['size']:,} seats of {course}.")

    job = school.ask(
        "POST", f"/pools/{pool['id']}/seats:import", a_file_of(addresses), media_type="text/csv"
    )
    print("Imported:", school.finish(job)["counts"])

    answers = Counter(
        str(answer["allow"]) if answer["allow"] else answer["reason"]
        for answer in ask_for_each(school, course, [*addresses, f"nobody@{name}.example"])
    )
    print("May they open it?", dict(answers))

    seats = list(school.every("/seats", pool=pool["id"]))
    for seat in seats[:3]:
        newcomer = {"email": f"newcomer{seat['id']}@{name}.example"}
        moved = school.ask("POST", f"/seats/{seat['id']}/move", newcomer)
        print(f"{seat['learner']['email']} passed seat {seat['id']} on as {moved['id']}.")
    for seat in seats[3:8]:
        school.ask("DELETE", f"/seats/{seat['id']}")

    end = (datetime.now(UTC) + timedelta(days=90)).isoformat()
    rows = {"rows": [{"email": address} for address in addresses[8:]], "end": end}
    job = school.ask("POST", f"/pools/{pool['id']}/seats:extend", rows)
    print("Ends moved:", school.finish(job)["counts"])

    held = replay(school.every("/events"), pool["id"])
    found = school.ask("GET", f"/pools/{pool['id']}")
    print(f"History tells of {held:,} seats held; the pool says {found['held']:,}.")

    person = seats[-1]["learner"]["id"]
    kept = school.ask("GET", f"/learners/{person}/export")["rows"]
    erased = school.ask("POST", f"/learners/{person}/erase")
    print(f"Forgot {kept_of(kept)}; there is {erased['email']} instead.")


def a_file_of(addresses: list[str]) -> bytes:
    """A CSV file as a spreadsheet writes it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["E-Mail", "Name"])
    writer.writerows([address, address.partition("@")[0].title()] for address in addresses)
    return text.getvalue().encode("utf-8-sig")


def ask_for_each(school: Ledger, course: str, addresses: list[str]) -> Iterator[dict[str, Any]]:
    """Whether each may open the course, a thousand at once."""
    for first in range(0, len(addresses), QUESTIONS_AT_ONCE):
        some = addresses[first : first + QUESTIONS_AT_ONCE]
        questions = [{"learner": address, "item": course} for address in some]
        yield from school.ask("POST", "/access/check", {"questions": questions})["answers"]


def replay(events: Iterator[dict[str, Any]], pool: str) -> int:
    """How many seats of a pool are held, from nothing but its events. None may be missing."""
    held = 0
    for number, event in enumerate(events, start=1):
        assert event["seq"] == number, f"event {number} is missing"
        if event["pool"] == pool:
            held += {"seat_assigned": 1, "seat_ended": -1}.get(event["type"], 0)
    return held


def kept_of(rows: dict[str, list[Any]]) -> str:
    return ", ".join(f"{len(each)} {table}" for table, each in rows.items() if each)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 5_000)
