"""Many claims of one pool at once, by HTTP, half in each vendor's words."""

import asyncio
from collections.abc import Iterable

import httpx2

from tests.e2e.conftest import Ledger


async def claim(client: httpx2.AsyncClient, pool_id: int, number: int) -> httpx2.Response:
    email = f"claim{number}@acme.example"
    if number % 2:
        return await client.post(f"/api/licensing/v1/pool/{pool_id}/license", json={"email": email})
    body = {"license_id": pool_id, "email": email}
    return await client.post("/api/catalog/licenses/course/assignment/", json=body)


def claims(url: str, ledger: Ledger, pool_id: int, numbers: Iterable[int]) -> list[httpx2.Response]:
    """All of them at once; their answers in order."""

    async def run() -> list[httpx2.Response]:
        async with Both(url, ledger) as both:
            return await asyncio.gather(*(both.claim(pool_id, number) for number in numbers))

    return asyncio.run(run())


class Both:
    """Clients of both vendors, each with the header its vendor wants."""

    def __init__(self, url: str, ledger: Ledger) -> None:
        self._sqlbi, self._ibl = (
            httpx2.AsyncClient(
                base_url=url,
                headers={"Authorization": f"{scheme} {ledger.token}"},
                limits=httpx2.Limits(max_connections=64),
                timeout=60,
            )
            for scheme in ("Bearer", "Api-Token")
        )

    async def claim(self, pool_id: int, number: int) -> httpx2.Response:
        """A seat for claimN: odd ones in SQLBI's words, even ones in ibl's."""
        return await claim(self._sqlbi if number % 2 else self._ibl, pool_id, number)

    async def __aenter__(self) -> "Both":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._sqlbi.aclose()
        await self._ibl.aclose()
