"""A caller who hangs up while sending has broken nothing, and counts as no fault of the server."""

import socket

import httpx2

from tests.e2e.conftest import Ledger
from tests.support.server import Server, serving


def hang_up_in_the_body(server: Server, token: str, path: str, scheme: str) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {scheme} {token}\r\n"
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"email": '
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode())


def statuses_counted(server: Server) -> str:
    """The lines of the metrics that count requests, without those of health checks."""
    lines = httpx2.get(f"{server.url}/metrics").text.splitlines()
    return "\n".join(each for each in lines if "requests_total{" in each and "/api/" in each)


def test_hanging_up_in_the_body_is_a_bad_request_in_both_tongues(ledger: Ledger) -> None:
    pool = ledger.pool(size=1)
    with serving(ledger.url) as server:
        for path, scheme in (
            (f"/api/licensing/v1/pool/{pool.id}/license", "Bearer"),
            ("/api/catalog/licenses/course/assignment/", "Api-Token"),
        ):
            hang_up_in_the_body(server, ledger.token, path, scheme)
        while statuses_counted(server).count('status="') < 2:
            pass
        counted = statuses_counted(server)
    assert counted.count('status="400"') == 2, counted
    assert ledger.world.look(pool.id).held == 0
