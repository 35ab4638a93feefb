"""/console/p/…/pools/…/assign: addresses or a file; nothing is given before it was looked over."""

import asyncio
from datetime import datetime

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console import addresses
from seatledger.console.failures import status_of
from seatledger.console.forms import Form, end_of, read_form
from seatledger.console.language import _
from seatledger.console.pages.pools import PATH, pool_of
from seatledger.console.uploads import FileRoute
from seatledger.console.visit import Visit
from seatledger.domain.job import JobKind
from seatledger.domain.job_command import CreateJob
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.domain.sheet import read_text
from seatledger.usecases.job_files import Packed, pack_csv, pack_rows

ASSIGN = f"{PATH}/assign"
PASTED_MAX = 1_000_000  # characters


@get(ASSIGN)
async def show(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    pool = await pool_of(visit, pool_id)
    return _form(visit, pool, Form(values={"people": visit.request.query_params.get("email", "")}))


async def look_over(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    """Try it as a job that changes nothing, whose page tells what would come of each row."""
    pool = await pool_of(visit, pool_id)
    form = await read_form(visit.request)
    packed = await _packed(form)
    if packed is None:
        return _form(visit, pool, form, 422)
    command = CreateJob(
        visit.actor,
        pool_id=pool.id,
        kind=JobKind.IMPORT,
        trial=True,
        columns=packed.columns,
        chunks=packed.chunks,
    )
    made = await visit.do(command)
    if isinstance(made, Refusal):
        form.refuse(made)
        return _form(visit, pool, form, status_of(made))
    return visit.lead(visit.to(f"/jobs/{made.id}"))


async def _packed(form: Form) -> Packed | None:
    """The rows of the form; None where something is wrong with it."""
    last_day = form.day("end")
    end = None if last_day is None else end_of(last_day)
    people = form.text("people", most=PASTED_MAX)
    file = form.files.get("file")
    data = await file.read() if file is not None else b""
    if people and data:
        form.wrong("file", _("Either paste addresses or choose a file, not both."))
    elif not people and not data:
        form.wrong("people", _("Paste one address at least, or choose a file."))
    if not form.ok:
        return None
    if data:
        packed = await asyncio.to_thread(_of_file, data, end)
    else:
        packed = await asyncio.to_thread(_of_text, people, end)
    if isinstance(packed, Refusal):
        form.wrong("file" if data else "people", packed.sentence)
        return None
    return packed


def _of_text(text: str, end: datetime | None) -> Packed | Refusal:
    rows = [{"email": each.email, "name": each.name} for each in addresses.read(text)]
    return pack_rows([msgspec.Raw(msgspec.json.encode(row)) for row in rows], JobKind.IMPORT, end)


def _of_file(data: bytes, end: datetime | None) -> Packed | Refusal:
    """A table with a header; a file that begins with an address has none, and is read as text."""
    text = read_text(data)
    if isinstance(text, Refusal):
        return text
    first = next((line for line in text.splitlines() if line.strip()), "")
    if "@" in first:
        return _of_text(text, end)
    return pack_csv(data, JobKind.IMPORT, end, last_days=True)


def _form(visit: Visit, pool: Pool, form: Form, status: int = 200) -> Response[bytes]:
    return visit.page("assign.html", part="panel", status=status, pool=pool, form=form)


handlers = [show, FileRoute(ASSIGN, http_method="POST", status_code=200)(look_over)]
