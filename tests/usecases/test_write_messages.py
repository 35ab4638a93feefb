"""Messages are rows of the transaction of what they tell; a code is mailed by itself."""

from contextlib import suppress

import pytest
from sqlalchemy import select

from seatledger.domain.actor import Reach
from seatledger.domain.message import MailState, Message, MessageKind, MessageStatus
from seatledger.domain.message_text import Fact, MailSettings
from seatledger.storage import messages as message_rows
from seatledger.storage.delivery_tables import deliveries, subscriptions
from seatledger.storage.engine import Conflict
from seatledger.storage.message_tables import messages
from seatledger.usecases.write_messages import Telling, write_message, write_messages
from tests.support.cast import NOON
from tests.support.world import World

CODE: dict[str, Fact] = {"code": "493817", "minutes": 15, "item_title": "Engines"}


def ask_for_code(world: World, **fields: Fact) -> Message:
    with world.database.write() as unit:
        return write_message(
            unit,
            platform_id=1,
            learner_id=None,
            address="eve@acme.example",
            kind=MessageKind.LINK_CODE,
            facts={**CODE, **fields},
            now=world.now,
        )


def test_a_code_is_written_and_waits_to_be_mailed(world: World) -> None:
    message = ask_for_code(world)
    with world.database.read() as unit:
        assert message_rows.get(unit, Reach(1), message.id) == message
        (delivery,) = unit.select(select(deliveries))
        (mail,) = unit.select(select(subscriptions))
    assert message.subject == "Your code for Engines"
    assert "Your code is 493817." in message.text
    assert "within 15 minutes" in message.text
    assert (message.status, message.mail) == (MessageStatus.UNREAD, MailState.WAITING)
    assert not message.is_open
    assert (delivery.message_id, delivery.seq) == (message.id, None)
    assert (delivery.order_key, delivery.state) == (f"message:{message.id}", "waiting")
    assert (delivery.subscription_id, mail.connector, mail.last) == (mail.id, "mail", 0)


def test_a_second_code_has_a_message_of_its_own(world: World) -> None:
    first, second = ask_for_code(world), ask_for_code(world, code="111111")
    assert first.id != second.id
    with world.database.read() as unit:
        assert len(unit.select(select(deliveries))) == 2
        assert len(unit.select(select(subscriptions))) == 1


def test_nothing_is_left_of_a_transaction_that_fails(world: World) -> None:
    with suppress(RuntimeError), world.database.write() as unit:
        write_message(
            unit,
            platform_id=1,
            learner_id=None,
            address="eve@acme.example",
            kind=MessageKind.LINK_CODE,
            facts=CODE,
            now=world.now,
        )
        raise RuntimeError
    with world.database.read() as unit:
        assert not unit.select(select(messages))
        assert not unit.select(select(deliveries))


def test_an_event_makes_no_message_twice(world: World) -> None:
    learner = world.assign(world.pool().id, "ada")[0].learner
    telling = Telling(
        learner=learner,
        address=learner.email,
        kind=MessageKind.ENDED,
        facts={"item_title": "Engines"},
        seq=3,
    )
    with world.database.write() as unit:
        (first,) = write_messages(unit, 1, [telling], MailSettings(), NOON)
    with pytest.raises(Conflict), world.database.write() as unit:
        write_messages(unit, 1, [telling], MailSettings(), NOON)
    with world.database.read() as unit:
        assert [row.id for row in unit.select(select(messages))] == [first.id]


def test_a_platform_without_people_is_no_trouble(world: World) -> None:
    with world.database.write() as unit:
        assert write_messages(unit, 1, [], MailSettings(), NOON) == []
