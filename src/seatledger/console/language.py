"""The words that people read: English, unless a catalog in `locale` translates them."""

import gettext as gettext_module
from pathlib import Path

CATALOGS = Path(__file__).parent / "locale"
translations = gettext_module.translation("console", CATALOGS, ["en"], fallback=True)


def gettext(message: str, **values: object) -> str:
    """A sentence in the reader's language, with `%(name)s` replaced."""
    translated = translations.gettext(message)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """The same where a number decides; it is `%(num)s`."""
    return translations.ngettext(singular, plural, number) % {"num": f"{number:,}", **values}


_ = gettext
