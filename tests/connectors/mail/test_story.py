"""From a seat to a mail: what happens is told once, by a mail server that may not want to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from seatledger.connectors import connectors
from seatledger.connectors.mail.letter import message_id
from seatledger.desk import Desk
from seatledger.domain.actor import Reach
from seatledger.domain.command import AssignSeat, EndSeat, GrantGroup, SaveGroup
from seatledger.domain.event import Event, EventKind, Origin
from seatledger.domain.invitation_command import (
    InvitePerson,
    RedeemInvitation,
    WithdrawInvitation,
)
from seatledger.domain.item import ItemKind
from seatledger.domain.message import CODE_STALE, MailState, Message, MessageKind
from seatledger.domain.message_command import RemoveMessage
from seatledger.domain.notice import GiveNotices
from seatledger.domain.outbox_command import ForgetMessages
from seatledger.domain.people_command import LinkLearner, ShapePlatform
from seatledger.domain.privacy import EraseLearner
from seatledger.ops.settings import Settings
from seatledger.storage import event_lists, events
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import messages as message_rows
from seatledger.storage.cursors import Stretch
from seatledger.storage.engine import Database
from seatledger.storage.event_lists import EventFilter
from seatledger.storage.messages import MessageFilter
from seatledger.usecases.keep_tokens import SWEEP
from seatledger.usecases.note_mail import POSTMAN
from seatledger.usecases.write_messages import write_message
from seatledger.worker.delivering import deliver_due
from tests.support.cast import DAY, OPERATOR
from tests.support.smtp_sink import SmtpSink, smtp_sink
from tests.support.webhooks import webhook_at
from tests.support.world import World

pytestmark = pytest.mark.anyio
ADA = "ada@acme.example"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Post:
    """A ledger whose mail goes to a sink, or elsewhere where `url` says so."""

    def __init__(self, world: World, sink: SmtpSink) -> None:
        self.world, self.sink = world, sink
        self.url = f"smtp://127.0.0.1:{sink.port}"

    async def deliver(self) -> int:
        settings = Settings(mail_url=self.url, mail_from="Post <post@ledger.example>")
        desk = Desk(self.world.database, clock=lambda: self.world.now)
        try:
            return await deliver_due(desk, connectors(settings))
        finally:
            await desk.close()

    def messages(self) -> list[Message]:
        with self.world.database.read() as unit:
            return message_rows.follow(unit, Reach(None), MessageFilter(), Stretch(0, 100)).rows

    def kinds(self) -> list[tuple[MessageKind, str, MailState]]:
        return [(each.kind, each.address.partition("@")[0], each.mail) for each in self.messages()]

    def code(self, **fields: Any) -> Message:
        with self.world.database.write() as unit:
            return write_message(
                unit,
                platform_id=1,
                learner_id=None,
                address=ADA,
                kind=MessageKind.LINK_CODE,
                facts={"code": "493817", "item_title": "Engines"},
                now=self.world.now,
            )


@pytest.fixture
def post(database: Database) -> Iterator[Post]:
    with smtp_sink() as sink:
        yield Post(World(database), sink)


async def test_a_seat_makes_one_mail_with_both_bodies(post: Post) -> None:
    url = "https://learn.acme.example/"
    post.world.do(ShapePlatform(OPERATOR, key="acme", learning_url=url))
    end = post.world.now + 5 * DAY
    post.world.assign(post.world.pool().id, "ada", name="Ada", end=end)
    assert await post.deliver() == 1
    assert await post.deliver() == 0
    [letter], [message] = post.sink.letters, post.messages()
    assert (letter["To"], letter["From"]) == (ADA, "Post <post@ledger.example>")
    assert letter["Subject"] == "You have a seat in Course 1"
    assert letter["Message-ID"].startswith(f"<1.{message.id}.")
    plain, html = (each.get_content() for each in letter.iter_parts())
    assert plain.replace("\r\n", "\n") == message.text
    assert "Hello Ada," in plain
    assert "A seat in Course 1 is yours, until 6 March 2026, 12:00 UTC." in plain
    assert f"Start here: {url}" in plain
    assert f'href="{url}"' in html
    assert (message.mail, message.sent, message.why) == (MailState.SENT, post.world.now, None)


async def test_what_people_are_told_of(post: Post) -> None:
    world = post.world
    pool = world.pool()
    direct = world.assign(pool.id, "ada", end=world.now + 7 * DAY)[0]
    bob = world.assign(world.pool(item_key="c2").id, "bob")[0].learner.id
    group = world.do(SaveGroup(OPERATOR, platform_key="acme", name="T", member_ids=(bob,))).group
    world.do(GrantGroup(OPERATOR, pool_id=pool.id, group_id=group.id))
    await post.deliver()
    world.now += timedelta(hours=1)
    world.do(GiveNotices(OPERATOR, days=(7,), reminder_days=0))
    await post.deliver()
    world.do(EndSeat(OPERATOR, seat_id=direct.seat.id))
    await post.deliver()
    sent = MailState.SENT
    assert post.kinds() == [
        (MessageKind.ASSIGNMENT, "ada", sent),
        (MessageKind.ASSIGNMENT, "bob", sent),
        (MessageKind.GROUP_ASSIGNMENT, "bob", sent),
        (MessageKind.ENDED, "ada", sent),
    ]
    letters = sorted(str(each["Subject"]) for each in post.sink.letters)
    assert letters == sorted(each.subject for each in post.messages())


async def test_an_end_that_comes_near_is_told(post: Post) -> None:
    world = post.world
    world.assign(world.pool().id, "ada", end=world.now + 20 * DAY)
    await post.deliver()
    world.now += 14 * DAY
    world.do(GiveNotices(OPERATOR, days=(7,), reminder_days=0))
    await post.deliver()
    last = post.messages()[-1]
    assert last.kind is MessageKind.EXPIRING
    assert last.subject == "Your seat in Course 1 ends in 6 days"
    assert "21 March 2026, 12:00 UTC" in last.text


async def test_a_seat_has_an_address_of_its_own_to_lead_to(post: Post) -> None:
    pool = post.world.pool()
    post.world.assign(pool.id, "ada", redirect_to="https://acme.example/start")
    post.world.assign(pool.id, "bob", redirect_to="javascript:alert(1)")
    await post.deliver()
    ada, bob = post.messages()
    assert "https://acme.example/start" in ada.text
    assert "Start here" not in bob.text


async def test_nobody_is_told_of_what_is_silent_rehearsed_suspended_or_old(post: Post) -> None:
    world, pool = post.world, post.world.pool()
    give = AssignSeat(OPERATOR, pool_id=pool.id, email=ADA)
    world.do(AssignSeat(OPERATOR, pool_id=pool.id, email="s@acme.example", silent=True))
    world.do(AssignSeat(OPERATOR, pool_id=pool.id, email="d@acme.example", dry_run=True))
    world.do(AssignSeat(OPERATOR, pool_id=pool.id, email="u@acme.example", active=False))
    assert await post.deliver() == 0
    world.do(give)
    world.now += 3 * DAY + timedelta(seconds=1)
    assert await post.deliver() == 0
    assert not post.messages()
    assert not post.sink.letters


async def test_somebody_erased_is_told_nothing_and_nothing_is_kept(post: Post) -> None:
    world = post.world
    ada = world.assign(world.pool().id, "ada", name="Ada")[0].learner.id
    world.do(LinkLearner(OPERATOR, learner_id=ada, platform_key="acme"))
    post.sink.refused[ADA] = f"450 4.2.1 <{ADA}> busy"
    await post.deliver()
    post.code()
    world.do(EraseLearner(OPERATOR, learner_id=ada))
    world.now += DAY
    assert await post.deliver() == 0
    assert not post.messages()
    assert not post.sink.letters


async def test_a_retry_is_the_same_mail(post: Post) -> None:
    post.sink.answers += ["451 4.3.0 try again later"]
    post.world.assign(post.world.pool().id, "ada")
    assert await post.deliver() == 1
    [waiting] = post.messages()
    assert (waiting.mail, waiting.why) == (MailState.WAITING, "451 4.3.0 try again later")
    assert await post.deliver() == 0
    post.world.now += timedelta(seconds=5)
    assert await post.deliver() == 1
    assert len(post.sink.letters) == 2
    assert len(set(post.sink.message_ids)) == 1
    assert post.messages()[0].mail is MailState.SENT


async def test_an_address_that_is_refused_bounces(post: Post) -> None:
    post.sink.refused[ADA] = "550 5.1.1 no such user"
    learner = post.world.assign(post.world.pool().id, "ada", "bob")[0].learner
    await post.deliver()
    ada, bob = post.messages()
    assert (ada.mail, ada.why) == (MailState.BOUNCED, "550 5.1.1 no such user")
    assert bob.mail is MailState.SENT
    with post.world.database.read() as unit:
        wanted = EventFilter(1, kinds=[EventKind.MESSAGE_BOUNCED])
        [told] = event_lists.follow(unit, wanted, Stretch(0, 10)).rows
    assert told.event.subject_id == ada.id
    assert told.event.after == {"mail": "bounced", "kind": "assignment", "learner_id": learner.id}
    post.world.now += DAY
    assert await post.deliver() == 0
    post.world.check()


async def test_an_invitation_that_bounces_is_known_to_be_undeliverable(post: Post) -> None:
    world = post.world
    world.pool()
    invite = InvitePerson(
        OPERATOR,
        kind=ItemKind.COURSE,
        item_key="course-1",
        email=ADA,
        redirect_to="https://acme.example/come",
    )
    post.sink.refused[ADA] = "550 5.1.1 no such user"
    invited = world.do(invite)
    again = world.do(InvitePerson(OPERATOR, kind=ItemKind.COURSE, item_key="course-1", email=ADA))
    assert again.invitation.id == invited.invitation.id
    await post.deliver()
    [message] = post.messages()
    assert (message.kind, message.mail) == (MessageKind.INVITATION, MailState.BOUNCED)
    assert message.subject == "You are invited to Course 1"
    assert "Accept it here: https://acme.example/come" in message.text
    with world.database.read() as unit:
        standing = invitation_rows.lock(unit, Reach(1), invited.invitation.id)
    assert standing is not None
    assert standing.undeliverable_at == world.now
    assert standing.undeliverable_why == "550 5.1.1 no such user"
    post.sink.refused.clear()
    world.do(invite)
    await post.deliver()
    assert post.kinds()[-1] == (MessageKind.INVITATION, "ada", MailState.SENT)
    assert len(post.messages()) == 2
    world.do(invite)
    assert await post.deliver() == 0
    world.check()


async def test_who_is_invited_again_hears_of_it_once_and_where_to_come(post: Post) -> None:
    world = post.world
    world.pool()
    again = InvitePerson(OPERATOR, kind=ItemKind.COURSE, item_key="course-1", email=ADA)
    until = replace(again, end=world.now + 9 * DAY, redirect_to="https://acme.example/come")
    asked = world.do(until).invitation.id
    assert await post.deliver() == 1
    world.do(WithdrawInvitation(OPERATOR, invitation_id=asked))
    assert await post.deliver() == 0
    world.do(again)
    world.do(again)
    assert await post.deliver() == 1
    world.now += 9 * DAY
    world.do(replace(again, source="fair"))
    assert await post.deliver() == 0
    world.do(replace(again, end=world.now + DAY))
    world.do(replace(again, end=world.now + 2 * DAY))
    assert await post.deliver() == 1
    world.do(
        RedeemInvitation(
            OPERATOR, kind=ItemKind.COURSE, item_key="course-1", email=ADA, source="fair"
        )
    )
    await post.deliver()
    world.do(replace(again, end=None))
    assert await post.deliver() == 0
    world.do(replace(again, active=True))
    assert await post.deliver() == 1
    told = [each.text for each in post.messages() if each.kind is MessageKind.INVITATION]
    assert len(told) == 4
    assert all("Accept it here: https://acme.example/come" in each for each in told)
    assert ["March 2026" in each for each in told] == [True, True, True, False]
    world.check()


async def test_an_invitation_to_the_platform_names_it(post: Post) -> None:
    post.world.do(InvitePerson(OPERATOR, kind=ItemKind.PLATFORM, platform_key="acme", email=ADA))
    await post.deliver()
    [message] = post.messages()
    assert (message.item_kind, message.subject) == (
        ItemKind.PLATFORM,
        "You are invited to Acme",
    )


async def test_a_mail_that_gets_nowhere_fails_in_the_end(post: Post) -> None:
    post.sink.senders_refused = "550 5.7.1 not from you"
    post.world.assign(post.world.pool().id, "ada")
    for _ in range(20):
        await post.deliver()
        post.world.now += timedelta(hours=8)
    [message] = post.messages()
    assert (message.mail, message.why) == (MailState.FAILED, "550 5.7.1 not from you")


async def test_a_code_is_sent_and_then_forgotten(post: Post) -> None:
    post.code()
    await post.deliver()
    [letter], [message] = post.sink.letters, post.messages()
    assert "493817" in next(letter.iter_parts()).get_content()
    assert (message.text, message.html, message.mail) == ("", "", MailState.SENT)
    assert "493817" not in message.subject


async def test_a_code_that_is_late_is_not_sent(post: Post) -> None:
    post.code()
    post.world.now += CODE_STALE + timedelta(seconds=1)
    await post.deliver()
    [message] = post.messages()
    assert not post.sink.letters
    assert (message.mail, message.text) == (MailState.FAILED, "")


async def test_in_development_all_is_kept_and_nothing_sent(post: Post) -> None:
    post.url = "keep:"
    post.world.assign(post.world.pool().id, "ada")
    post.code()
    await post.deliver()
    assert not post.sink.letters
    code, told = post.messages()
    assert (told.mail, code.mail) == (MailState.KEPT, MailState.KEPT)
    assert "493817" in code.text
    assert code.is_open


async def test_what_happens_while_mail_is_off_is_never_mailed(post: Post) -> None:
    on, post.url = post.url, ""
    post.world.assign(post.world.pool().id, "ada")
    assert await post.deliver() == 0
    post.url = on
    assert await post.deliver() == 0
    post.world.assign(post.world.pool().id, "bob")
    await post.deliver()
    assert post.kinds() == [(MessageKind.ASSIGNMENT, "bob", MailState.SENT)]


async def test_a_code_waits_where_mail_is_off(post: Post) -> None:
    on, post.url = post.url, ""
    post.code()
    assert await post.deliver() == 0
    post.url = on
    assert await post.deliver() == 1


async def test_a_message_that_is_deleted_before_it_is_sent_is_not(post: Post) -> None:
    learner = post.world.assign(post.world.pool().id, "ada")[0].learner
    post.sink.answers.append("451 4.3.0 later")
    await post.deliver()
    [waiting] = post.messages()
    post.world.do(
        RemoveMessage(OPERATOR, platform_key="acme", learner_id=learner.id, message_id=waiting.id)
    )
    post.world.now += DAY
    assert await post.deliver() == 0
    assert len(post.sink.letters) == 1


async def test_old_messages_are_forgotten(post: Post) -> None:
    world = post.world
    world.assign(world.pool().id, "ada")
    await post.deliver()
    waiting = post.code()
    world.now += DAY + timedelta(seconds=1)
    assert world.do(ForgetMessages(SWEEP)) == 0
    assert [each.text for each in post.messages() if each.id == waiting.id] == [""]
    world.now += 89 * DAY
    assert world.do(ForgetMessages(SWEEP)) == 2
    assert not post.messages()
    assert await post.deliver() == 0


async def test_mails_after_a_restart_of_the_numbers_are_still_told_apart(post: Post) -> None:
    first = post.code()
    with post.world.database.write() as unit:
        message_rows.remove(unit, [first.id])
    post.world.now += timedelta(seconds=1)
    second = post.code()
    sender: Any = type("S", (), {"domain": "x"})
    assert message_id(first, sender) != message_id(second, sender)


async def test_a_webhook_that_was_given_up_is_told_to_the_platform(post: Post) -> None:
    world = post.world
    world.do(ShapePlatform(OPERATOR, key="acme", email="office@acme.example"))
    webhook = webhook_at(world).webhook.id
    with world.database.write() as unit:
        facts = {"state": "paused", "reason": "It answered 410: it is gone for good."}
        by = Origin(POSTMAN, world.now)
        before = {"state": "active", "reason": None}
        kind = EventKind.WEBHOOK_PAUSED
        events.add(unit, Event(kind, by, 1, None, webhook, before, facts))
    await post.deliver()
    [message] = post.messages()
    assert (message.kind, message.address) == (MessageKind.WEBHOOK_PAUSED, "office@acme.example")
    assert message.learner_id is None
    assert "It answered 410" in message.text
    assert "http://127.0.0.1:1999\n" in message.text  # what follows may be secret
