"""The names by which a query may say which platform it means (ibl C1, C2).

Twice the same fields, because a struct has one base only.
"""

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.ibl.fields import Word
from seatledger.dialects.ibl.lists import Listing


class PlatformNames(msgspec.Struct, kw_only=True):
    platform_key: Word | UnsetType = UNSET
    key: Word | UnsetType = UNSET
    platform_org: Word | UnsetType = UNSET
    org: Word | UnsetType = UNSET


class PlatformListing(Listing, kw_only=True):
    platform_key: Word | UnsetType = UNSET
    key: Word | UnsetType = UNSET
    platform_org: Word | UnsetType = UNSET
    org: Word | UnsetType = UNSET
