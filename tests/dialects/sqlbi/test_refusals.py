"""The table of refusals: whole, in the vendor's statuses and in the vendor's words."""

import msgspec
import pytest

from seatledger.dialects.sqlbi.refusals import TABLE, refuse
from seatledger.domain.refusal import Code, Refusal

DOCUMENTED = {400, 401, 403, 404, 429, 500}
BESIDES = {
    Code.WRONG_METHOD: 405,
    Code.OVERLOADED: 503,
    Code.UNAVAILABLE: 503,
    Code.KEY_IN_USE: 409,  # only who sends a key is told of one
    Code.KEY_REUSED: 422,
}


def test_no_refusal_is_missing() -> None:
    """O1."""
    assert set(TABLE) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_every_refusal_has_a_documented_status_or_one_that_the_readme_names(code: Code) -> None:
    """O2, O4: business never answers 403, 409 or 422; only a key that was sent does."""
    answer = refuse(Refusal(code, "No."))
    assert answer.status == BESIDES.get(code, answer.status)
    assert code in BESIDES or answer.status in DOCUMENTED
    assert (answer.status == 403) == (code is Code.FORBIDDEN)


@pytest.mark.parametrize("code", [code for code in Code if code.startswith("unknown_")])
def test_whatever_is_unknown_is_not_found(code: Code) -> None:
    """O3."""
    assert (refuse(Refusal(code, "No.")).status, TABLE[code][1]) == (404, "not_found")


@pytest.mark.parametrize(
    ("refusal", "body"),
    [
        pytest.param(
            Refusal(Code.POOL_FULL, "No seat is free in pool 7: 3 bought, 3 in use, 1 asked."),
            {
                "code": "no_available_licenses",
                "message": "No license is free in pool 7: 3 bought, 3 in use, 1 asked.",
            },
            id="our words become the vendor's",
        ),
        pytest.param(
            Refusal(Code.DOMAIN_NOT_ALLOWED, "Seats go to: acme.example.", field="email"),
            {
                "code": "domain_not_allowed",
                "message": "Licenses go to: acme.example.",
                "field": "email",
            },
            id="also where they begin the sentence",
        ),
        pytest.param(
            Refusal(
                Code.ALREADY_SEATED,
                "learner@seats.example already holds seat 5 of pool 7.",
                field="email",
            ),
            {
                "code": "already_enrolled",
                "message": "learner@seats.example already holds license 5 of pool 7.",
                "field": "email",
            },
            id="but never inside an address",
        ),
        pytest.param(
            Refusal(Code.END_AFTER_POOL, "Not after 2029-02-03T00:00:00.000000+00:00.", "end"),
            {
                "code": "end_after_pool",
                "message": "Not after 2029-02-03T00:00:00+00:00.",
                "field": "endDate",
            },
            id="instants and fields as the vendor spells them",
        ),
        pytest.param(
            Refusal(Code.INVALID, "No.", field="includeInactive"),
            {"code": "invalid_include_inactive", "message": "No.", "field": "includeInactive"},
            id="what can't be read is named in the code",
        ),
    ],
)
def test_a_refusal_is_told_in_the_vendor_s_words(refusal: Refusal, body: dict[str, str]) -> None:
    """O1."""
    assert msgspec.json.decode(refuse(refusal).encoded()) == body
