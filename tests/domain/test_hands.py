"""Hands are shared out evenly, and a few with much to do leave some to whoever comes."""

from seatledger.domain.hands import EACH_MAX, Hands, Queue, share_out

MANY = range(100)


def queue(number: int, connector: str = "webhook", *, failing: bool = False) -> Queue:
    return Queue(number, connector, failing=failing)


def shared(free: int, *queues: Queue, waiting: int = 100) -> list[int]:
    """How many each gets, where none has any in hand and so many wait for each."""
    of = {each.id: [each.id] * waiting for each in queues}
    got = share_out(Hands(free, {}, {each.id: each.connector for each in queues}), queues, of)
    return [got.count(each.id) for each in queues]


def test_one_alone_leaves_hands_for_whoever_comes() -> None:
    assert shared(32, queue(1)) == [EACH_MAX]
    assert shared(16, queue(1)) == [8]
    assert shared(1, queue(1)) == [1]


def test_several_have_equal_shares() -> None:
    assert shared(32, queue(1), queue(2), queue(3)) == [7, 7, 7]
    assert shared(32, *map(queue, range(12))) == [2] * 12
    assert shared(32, *map(queue, range(24))) == [1] * 24


def test_where_more_wait_than_there_are_hands_the_first_get_them() -> None:
    assert sum(shared(32, *map(queue, MANY))) == 24


def test_one_connector_never_has_them_all() -> None:
    slow, mail = [queue(number) for number in range(24)], queue(99, "mail")
    *webhooks, mails = shared(32, *slow, mail)
    assert sum(webhooks) == 24
    assert mails > 1


def test_one_of_whom_many_attempts_failed_has_one_at_a_time() -> None:
    assert shared(32, queue(1, failing=True), queue(2)) == [1, EACH_MAX]


def test_what_is_taken_keeps_its_order() -> None:
    hands = Hands(32, {}, {1: "webhook"})
    assert share_out(hands, [queue(1)], {1: [7, 3, 5]}) == [7, 3, 5]
    assert share_out(hands, [queue(1)], {}) == []
