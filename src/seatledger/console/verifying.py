"""Has the ledger verified beside everything else: it may take minutes, and no page waits for it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from threading import Thread

import structlog

from seatledger.desk import Desk
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.verify import Report, try_verify

_BROKEN = Refusal(Code.BROKEN, "Something went wrong here; whoever runs this finds it in the log.")


@dataclass(slots=True)
class Run:
    """A verification; `outcome` is None as long as it goes on."""

    id: str
    began: datetime
    outcome: Report | Refusal | None = None


class Verifier:
    """One verification at a time in a process, in a thread that ends with the process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.latest: Run | None = None

    def start(self) -> Run:
        """Begin one; who comes while one goes on joins it. Called in the event loop only."""
        if self.latest is None or self.latest.outcome is not None:
            self.latest = Run(secrets.token_hex(8), self._desk.clock())
            Thread(target=self._work, args=(self.latest,), name="verify", daemon=True).start()
        return self.latest

    def _work(self, run: Run) -> None:
        try:
            run.outcome = try_verify(self._desk.database)
        except Exception as error:  # noqa: BLE001 - nobody waits for it whom it could be raised to
            structlog.get_logger().error("broken", where="verify", exc_info=error)
            run.outcome = _BROKEN
