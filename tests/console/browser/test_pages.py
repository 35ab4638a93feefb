"""Every page, in light and wide, in dark and on a phone: accessible, and the browser is content."""

import pytest

from tests.console.browser.conftest import Visiting

OF_PLATFORM = (
    "",
    "/use",
    "/pools",
    "/pools/2/use",
    "/pools/2",
    "/pools/2?show=all",
    "/pools/2/history",
    "/pools/3/assign",
    "/learners",
    "/learners/1",
    "/seats/1/end",
    "/seats/5/move",
    "/seats/5/change",
    "/groups",
    "/groups/1",
    "/groups/1/delete",
    "/groups/new",
    "/links",
    "/links/new",
    "/invitations",
    "/invitations/new",
    "/requests",
    "/activity",
    "/tokens",
    "/tokens/new",
    "/tokens/2/delete",
    "/jobs",
)
OF_OPERATORS = (
    "/platforms",
    "/platforms/new",
    "/accounts",
    "/accounts/new",
    "/accounts/1",
    "/health",
    "/account",
    "/p/1/settings",
    "/p/1/pools/new",
    "/p/1/pools/2/change",
    "/p/1/pools/999",
)


@pytest.mark.parametrize("other", [False, True], ids=["light and wide", "dark and a phone"])
def test_every_page(visiting: Visiting, other: bool) -> None:
    """Colours depend on the one, room on the other: two of the four show all there is to see."""
    stranger = visiting(None, dark=other, phone=other)
    stranger.go("/console/sign-in")
    stranger.check("sign-in")
    visitor = visiting("operator", dark=other, phone=other)
    for path in (*(f"/p/1{path}" for path in OF_PLATFORM), *OF_OPERATORS):
        visitor.go(f"/console{path}")
        visitor.check(path)


def test_times_are_the_readers_own_and_utc_is_told_too(visiting: Visiting) -> None:
    visitor = visiting("manager")
    visitor.go("/console/p/1/pools/2/history")
    time = visitor.page.locator("time").last
    instant = time.get_attribute("datetime")
    title = time.get_attribute("title")
    assert instant is not None
    assert instant.endswith("T00:00:00Z")
    assert title is not None
    assert title.endswith("00:00 UTC")
    assert time.inner_text().endswith(("19:00", "20:00"))  # the evening before, in New York
