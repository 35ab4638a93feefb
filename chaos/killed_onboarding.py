"""SIGKILL to servers and workers while people are invited, seated, and lose their seats again."""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from typing import Any

import httpx2

from chaos.ledger import Ledger
from chaos.report import Report
from chaos.stage import Stage
from chaos.workers import Workers, working
from tests.support.server import Server
from tests.support.smtp_sink import SmtpSink, smtp_sink

SOURCE = "autumn"
IN_A_LIST = 100
CALLERS = 8
MOMENT = (0.2, 1.5)  # seconds between two kills
TRIES_MAX = 300
PAUSE_SECONDS = 0.1
SECONDS_MAX = 300  # until the last mail
TOLD = ("You are invited to", "You have a seat in", "Your seat in")


class Office:
    """Speaks ibl's words, and asks again where nobody answers."""

    def __init__(self, server: Server, ledger: Ledger, course: str) -> None:
        headers = {"Authorization": f"Api-Token {ledger.token}"}
        self._client = httpx2.Client(base_url=server.url, headers=headers, timeout=30)
        self._course = course

    def invite(self, emails: Sequence[str]) -> None:
        data = [{"course_id": self._course, "email": each, "source": SOURCE} for each in emails]
        body = {"platform_key": "acme", "invitation_data": data}
        answer = self._ask("POST", "/api/catalog/invitations/course/bulk/", json=body)
        assert answer.json() == {"successes": len(emails), "error_codes": []}, answer.text

    def redeem(self, email: str) -> None:
        body = {"course_id": self._course, "email": email, "source": SOURCE}
        answer = self._ask("POST", "/api/catalog/invitations/course/redeem/", json=body)
        assert answer.status_code == 200, answer.text

    def revoke(self, seat_id: int) -> None:
        """404 is what it says of one that an earlier call, whose answer was lost, took back."""
        path = f"/api/catalog/licenses/course/assignment/?assignment_id={seat_id}"
        answer = self._ask("DELETE", path)
        assert answer.status_code in {200, 404}, answer.text

    def invitations(self) -> int:
        answer = self._ask("GET", f"/api/catalog/invitations/course/?source={SOURCE}&page_size=1")
        return int(answer.json()["count"])

    def close(self) -> None:
        self._client.close()

    def _ask(self, method: str, path: str, **request: Any) -> httpx2.Response:
        for _ in range(TRIES_MAX):
            try:
                answer = self._client.request(method, path, **request)
            except httpx2.TransportError:
                time.sleep(PAUSE_SECONDS)
                continue
            if answer.status_code < 500:
                return answer
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"{method} {path} is not answered")


def run(stage: Stage, engine: str, people: int, kills: int, seed: int) -> Report:
    """So many people, and up to so many kills while they come and go."""
    report = Report(f"killed onboarding {engine}")
    ledger = stage.ledger(engine)
    pool = ledger.pool(people)
    emails = [f"p{number}@acme.example" for number in range(people)]
    with smtp_sink() as sink:
        mail = {"SEATLEDGER_MAIL_URL": f"smtp://127.0.0.1:{sink.port}"}
        workers = 2 if engine == "postgresql" else 1
        with (
            stage.serving(ledger, workers, SEATLEDGER_WORKER="apart", **mail) as server,
            working(ledger, engine, **mail) as postmen,
        ):
            office = Office(server, ledger, "course-1")
            with _killing(server, postmen, kills, Random(seed), report):
                _come_and_go(office, ledger, pool.id, emails, report)
            _wait_for_mail(sink, people)
            report.count("people", office.invitations())
            office.close()
    _judge(ledger, pool.id, emails, sink, report)
    return report


def _come_and_go(
    office: Office,
    ledger: Ledger,
    pool_id: int,
    emails: Sequence[str],
    report: Report,
) -> None:
    with ThreadPoolExecutor(CALLERS) as callers:

        def each(do: Callable[[Any], None], of: Sequence[Any]) -> None:
            for _ in callers.map(do, of):
                pass

        lists = [emails[at : at + IN_A_LIST] for at in range(0, len(emails), IN_A_LIST)]
        each(office.invite, lists)
        each(office.redeem, emails)
        seats = ledger.seats(pool_id)
        live = [each.seat.id for each in seats if each.seat.live]
        report.expect(len(seats) == len(live) == len(emails), f"{len(live)} of {len(seats)} live")
        each(office.revoke, live)


@contextmanager
def _killing(
    server: Server, postmen: Workers, kills: int, random: Random, report: Report
) -> Iterator[None]:
    """Kill a server or a worker again and again, as long as the block runs."""
    over = threading.Event()

    def kill() -> None:
        for _ in range(kills):
            if over.wait(random.uniform(*MOMENT)):
                return
            if random.random() < 0.5:
                server.kill()
                server.start()
            else:
                postmen.kill_one(random)
            report.count("kills")

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()


def _wait_for_mail(sink: SmtpSink, people: int) -> None:
    deadline = time.monotonic() + SECONDS_MAX
    while len(set(sink.message_ids)) < people * len(TOLD) and time.monotonic() < deadline:
        time.sleep(0.2)


def _judge(
    ledger: Ledger, pool_id: int, emails: Sequence[str], sink: SmtpSink, report: Report
) -> None:
    report.expect(report.figures["people"] == len(emails), "somebody was invited twice, or never")
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for message_id, letter in {str(each["Message-ID"]): each for each in sink.letters}.items():
        about = next((each for each in TOLD if str(letter["Subject"]).startswith(each)), message_id)
        told[str(letter["To"])][about] += 1
    report.count("mails", sum(map(Counter.total, told.values())))
    report.count("handed over again under the same id", len(sink.letters) - report.figures["mails"])
    expected = {email: Counter(TOLD) for email in emails}
    wrong = {email for email in {*expected, *told} if told[email] != expected.get(email)}
    report.expect(
        not wrong, f"{len(wrong)} people were not told each thing once: {sorted(wrong)[:3]}"
    )
    held = [each for each in ledger.seats(pool_id) if each.seat.live]
    report.expect(not held, f"{len(held)} seats are left")
    verified = ledger.verify()
    report.expect(verified.ok, f"verify: {verified.offenders}")
