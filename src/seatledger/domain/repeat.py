"""A request that may come twice: the key that its sender gave it, so that it does nothing twice."""

from dataclasses import dataclass

OPERATORS = 0  # whose keys belong to no platform


@dataclass(frozen=True, slots=True)
class Repeat:
    """The `number`-th command of the request that its sender called `key` (I7).

    Keys are a platform's own (`platform_id`; OPERATORS for those of operators). `fingerprint` tells
    whether a request of the same key is the same request.
    """

    platform_id: int
    key: str
    number: int
    fingerprint: str

    @property
    def place(self) -> tuple[int, str, int]:
        """What is unique."""
        return self.platform_id, self.key, self.number
