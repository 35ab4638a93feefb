"""docs/configuration.md lists every setting, as the code has it, and no other."""

import re

from seatledger.ops.settings import all_settings
from tests.architecture.project import ROOT

ROW = re.compile(
    r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>.*?) \| (?P<meaning>.*) \|$", re.MULTILINE
)


def test_the_page_lists_every_setting_as_the_code_has_it() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    listed = [(row["name"], row["default"], row["meaning"]) for row in ROW.finditer(page)]
    assert listed == [(each.name, each.default, each.meaning) for each in all_settings()]
