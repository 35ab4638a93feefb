"""Says a call of the model in a vendor's words, and reads the answer in the model's.

Not every vendor has words for every call: `FOR` says who can say what.
"""

from datetime import UTC, datetime, timedelta

from chaos.model import Call, Said
from chaos.wire import Reply, Request

FOR = {
    "assign": ("ibl", "sqlbi"),
    "end": ("ibl", "sqlbi"),
    "move": ("sqlbi",),
    "resize": ("ibl",),
    "grant": ("ibl",),
    "remove": ("ibl",),
    "look": ("sqlbi",),
}
IBL, SQLBI = "/api/catalog/licenses/course", "/api/licensing/v1"
HOW = {  # what a refusal means, by status and by the vendor's code or the first words of a sentence
    (400, "no_available_licenses"): "full",
    (400, "already_enrolled"): "held",
    (400, "license_inactive"): "gone",
    (400, "No seat"): "full",
    (400, "The group"): "full",
    (400, "Pool"): "held",
    (404, "There is"): "gone",
    (404, "not_found"): "gone",
}


class Unexpected(Exception):
    """An answer that no rule has."""


def email(pool: int, learner: int) -> str:
    return f"pool{pool}learner{learner}@acme.example"


def say(tongue: str, pool: int, call: Call) -> Request:
    return _ibl(pool, call) if tongue == "ibl" else _sqlbi(pool, call)


def understand(call: Call, reply: Reply) -> Said:
    """What the answer says. Raises Unexpected for one that has no place in the contract."""
    if reply.status in {200, 204}:
        found = reply.json() if reply.body else {}
        if call.what == "look":
            return Said("done", size=found["licenses"], held=found["assignedLicenses"])
        return Said("done", int(found["id"])) if call.what in {"assign", "grant"} else Said("done")
    words = reply.json() if reply.status in {400, 404} else {}
    sentence = " ".join(words.get("detail", "").split(" ")[:2])
    for word in (words.get("code"), sentence, sentence.split(" ")[0]):
        if (how := HOW.get((reply.status, word or ""))) is not None:
            return Said(how)
    raise Unexpected(f"{call} → {reply.status} {reply.body[:200]!r}")


def _ibl(pool: int, call: Call) -> Request:
    seat = f"{IBL}/assignment/"
    group = f"{IBL}/assignment/group/"
    named = f"?assignment_id={call.seat}"
    spelled = {
        "assign": ("POST", seat, {"license_id": pool, "email": email(pool, call.learner)}),
        "end": ("DELETE", seat + named, None),
        "resize": ("POST", f"{IBL}/update/", {"license_id": pool, "count": call.size}),
        "grant": ("POST", group, {"license_id": pool, "group_id": call.group}),
        "remove": ("DELETE", group + named, None),
    }
    method, path, body = spelled[call.what]
    return Request(method, path, "Api-Token", body)


def _sqlbi(pool: int, call: Call) -> Request:
    licence = f"{SQLBI}/license/{call.seat}"
    day = datetime.now(UTC) + timedelta(days=30 if call.later else -2)
    spelled = {
        "assign": ("POST", f"{SQLBI}/pool/{pool}/license", {"email": email(pool, call.learner)}),
        "end": ("DELETE", licence, None),
        "move": ("PATCH", licence, {"endDate": day.date().isoformat()}),
        "look": ("GET", f"{SQLBI}/pool/{pool}", None),
    }
    method, path, body = spelled[call.what]
    return Request(method, path, "Bearer", body)
