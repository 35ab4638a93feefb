"""How the hands that deliver are shared out: none may keep them all, however slow it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

EACH_MAX = 16  # hands of one subscription
FREE_FOR_EACH = 2  # nor more than so many times those still free: a few leave some to others
CONNECTOR_SHARE = 3, 4  # of all hands, for one connector


@dataclass(frozen=True, slots=True)
class Queue:
    """A subscription with something to deliver; whether its last attempts failed, many in a row."""

    id: int
    connector: str
    failing: bool


class Hands:
    """Those that are free, and how many each subscription and each connector has.

    Where many attempts failed in a row, one at a time: so those that hang, and none of those that
    do well, wait for each other.
    """

    def __init__(
        self, free: int, in_hand: Mapping[int, int], connectors: Mapping[int, str]
    ) -> None:
        self._free = free
        self._of = Counter(in_hand)
        self._of_connector: Counter[str] = Counter()
        for subscription_id, connector in connectors.items():
            self._of_connector[connector] += self._of[subscription_id]
        part, whole = CONNECTOR_SHARE
        self._connector_max = max(1, (free + self._of.total()) * part // whole)

    def of(self, queue: Queue) -> int:
        """How many a subscription has."""
        return self._of[queue.id]

    def open_to(self, queue: Queue) -> bool:
        """Whether it may have one more. Where it may not, it may not after others took some."""
        free = min(self._free, self._connector_max - self._of_connector[queue.connector])
        most = 1 if queue.failing else min(EACH_MAX, FREE_FOR_EACH * free)
        return free > 0 and self.of(queue) < most

    def take(self, queue: Queue) -> None:
        self._free -= 1
        self._of[queue.id] += 1
        self._of_connector[queue.connector] += 1


def share_out(
    hands: Hands, queues: Sequence[Queue], waiting: Mapping[int, Sequence[int]]
) -> list[int]:
    """Which deliveries to take of those that wait: always of who has the fewest in hand.

    Where two have as many, the one named first comes first.
    """
    taken: list[int] = []
    left = {queue.id: list(reversed(waiting.get(queue.id, ()))) for queue in queues}
    order = [(hands.of(queue), nth) for nth, queue in enumerate(queues)]
    heapify(order)
    while order:
        _, nth = heappop(order)
        queue = queues[nth]
        if left[queue.id] and hands.open_to(queue):
            taken.append(left[queue.id].pop())
            hands.take(queue)
            heappush(order, (hands.of(queue), nth))
    return taken
