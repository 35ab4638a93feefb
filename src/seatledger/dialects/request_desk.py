"""The desk as one request sees it, where that differs: its writes are done once, or only as if."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from seatledger.desk import Desk
from seatledger.domain.command import Command
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.repeat import Repeat
from seatledger.usecases import outcomes
from seatledger.usecases.check_access import Access, AccessAsked
from seatledger.usecases.once import Replayed
from seatledger.usecases.recall import Recalled

T = TypeVar("T")
# What may be otherwise when the same is asked again.
PASSING = {Code.RATE_LIMITED, Code.OVERLOADED, Code.UNAVAILABLE, Code.BROKEN, Code.KEY_IN_USE}


class RequestDesk(Desk):
    """Handlers use it as the desk that it stands before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    async def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        return await self._desk.ask(question, *arguments)

    async def run(self, work: Callable[..., T]) -> T | Refusal:
        return await self._desk.run(work)

    async def check_access(self, asked: AccessAsked) -> Access | Refusal:
        return await self._desk.check_access(asked)


class RehearsingDesk(RequestDesk):
    """Carries out as if: see Command."""

    async def submit(self, command: Command) -> Any:
        return await self._desk.submit(replace(command, dry_run=True))


class OnceDesk(RequestDesk):
    """Carries out what was not carried out before; the rest answers as it did then.

    `known` is what came of the request's commands before. Afterwards `replayed` tells whether
    nothing new was done, `lasting` whether the answer may be told for good, and `heard` whether
    more is in it than what came of commands.
    """

    def __init__(
        self, desk: Desk, platform_id: int, key: str, fingerprint: str, known: Recalled | None
    ) -> None:
        super().__init__(desk)
        self._request = (platform_id, key, fingerprint)
        self._known = {} if known is None else known.commands
        self._number = 0
        self._all_known = True
        self._at = self._known[1].at if 1 in self._known else None
        self.clock = self._now
        self.lasting = True
        self.heard = False

    @property
    def carried_out(self) -> bool:
        """Whether any command was."""
        return self._number > 0

    @property
    def replayed(self) -> bool:
        return self.carried_out and self._all_known

    async def submit(self, command: Command) -> Any:
        self._number += 1
        found = self._known.get(self._number) or await self._carry_out(command)
        if isinstance(found, Replayed):
            self._at = found.at
            found = found.outcome
        else:
            self._all_known = False
        passing = isinstance(found, Refusal) and found.code in PASSING
        if passing or outcomes.is_secret(found):
            self.lasting = False
        return found

    async def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        self.heard = True
        return await super().ask(question, *arguments)

    async def run(self, work: Callable[..., T]) -> T | Refusal:
        self.heard = True
        return await super().run(work)

    async def check_access(self, asked: AccessAsked) -> Access | Refusal:
        self.heard = True
        return await super().check_access(asked)

    async def _carry_out(self, command: Command) -> Any:
        platform_id, key, fingerprint = self._request
        repeat = Repeat(platform_id, key, self._number, fingerprint)
        return await self._desk.submit(replace(command, repeat=repeat))

    def _now(self) -> datetime:
        """The time of the first carrying out, where there was one: what is told then was so."""
        return self._desk.clock() if self._at is None else self._at
