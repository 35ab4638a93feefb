"""Every refusal is rendered by every dialect, in JSON, as an error of the caller's or of ours."""

import json

import pytest

from seatledger.app import DIALECTS
from seatledger.dialects.dialect import Dialect
from seatledger.domain.refusal import Code, Refusal

OURS = {Code.OVERLOADED, Code.UNAVAILABLE, Code.BROKEN}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.name)
@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_is_rendered_by_every_dialect(dialect: Dialect, code: Code) -> None:
    answer = dialect.refuse(Refusal(code, "A sentence for people.", field="email"))
    assert answer.status in (range(500, 600) if code in OURS else range(400, 500))
    assert "A sentence for people." in json.dumps(json.loads(answer.encoded()))


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.name)
@pytest.mark.parametrize(
    "code", [Code.OVERLOADED, Code.UNAVAILABLE, Code.RATE_LIMITED, Code.KEY_IN_USE]
)
def test_who_should_come_again_is_told_when(dialect: Dialect, code: Code) -> None:
    answer = dialect.refuse(Refusal(code, "Later.", details={"retry_after_seconds": 2}))
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert int(headers["retry-after"]) >= 1


def test_no_code_is_listed_twice() -> None:
    values = [code.value for code in Code]
    assert len(values) == len(set(values))
