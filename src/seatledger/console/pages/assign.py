"""/console/p/…/pools/…/assign: addresses or a file; nothing is given before it was looked over."""

import asyncio
from datetime import datetime

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console import addresses
from seatledger.console.failures import Refused, status_of
from seatledger.console.forms import Form, day_before, end_of, last_day, read_form
from seatledger.console.language import _
from seatledger.console.pages.jobs import job_of
from seatledger.console.pages.pools import PATH, pool_of
from seatledger.console.uploads import FileRoute
from seatledger.console.visit import Visit
from seatledger.domain.job import ROWS_TOGETHER_MAX, JobKind, JobRow, RowAsked, unknown_job
from seatledger.domain.job_command import CreateJob
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.domain.sheet import read_text
from seatledger.usecases import keep_jobs
from seatledger.usecases.job_files import Packed, pack_csv, pack_rows
from seatledger.usecases.questions import Followed, Stretch

ASSIGN = f"{PATH}/assign"
PASTED_MAX = 1_000_000  # characters


@get(ASSIGN)
async def show(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    """An empty form, or with what was looked over in the job that `from` names."""
    pool = await pool_of(visit, pool_id)
    query = visit.request.query_params
    if "from" in query:
        return _form(visit, pool, await _filled(visit, pool, query["from"]))
    return _form(visit, pool, Form(values={"people": query.get("email", "")}))


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


async def _filled(visit: Visit, pool: Pool, job_id: str) -> Form:
    """The form as it would be if the rows of a trial had been pasted."""
    job = await job_of(visit, job_id)
    if job.pool_id != pool.id or job.kind is not JobKind.IMPORT or not job.trial:
        raise Refused(unknown_job())
    stretch = Stretch(0, ROWS_TOGETHER_MAX)
    found: Followed[JobRow] = await visit.ask(keep_jobs.follow_rows, visit.reach, job.id, stretch)
    asked = [row.asked for row in found.rows]
    lines = [addresses.written(_email(each), each.name or "") for each in asked if _email(each)]
    form = Form(values={"people": "\n".join(lines)})
    ends = {each.end for each in asked if each.unreadable is None}
    end = ends.pop() if len(ends) == 1 else None
    if end is not None and end_of(day_before(end)) == end:
        form.values["end"] = last_day(end)
    elif end is not None or ends:
        form.wrong("end", _("The file had ends that don't fit here: choose it again to keep them."))
    return form


def _email(asked: RowAsked) -> str:
    """The address of a row; of one that can't be read, all that it says."""
    return asked.email or ", ".join(filter(None, asked.original))


async def _packed(form: Form) -> Packed | None:
    """The rows of the form; None where something is wrong with it."""
    last = form.day("end")
    end = None if last is None else end_of(last)
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
