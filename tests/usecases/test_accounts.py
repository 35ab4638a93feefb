"""Accounts on both engines: who may make and change them, and what history tells."""

import sqlalchemy

from seatledger.domain.account import Account
from seatledger.domain.account_command import (
    ChangeAccount,
    CreateAccount,
    InviteAccount,
    SetPassword,
    SignIn,
    SignOut,
)
from seatledger.domain.actor import Actor, Role
from seatledger.domain.refusal import Code
from seatledger.storage.tables import account_links, accounts, events, sessions
from seatledger.usecases import passwords
from tests.support.cast import MANAGER, OPERATOR
from tests.support.world import World


def made(world: World, by: Actor = OPERATOR, **fields: object) -> CreateAccount:
    values: dict[str, object] = {
        "email": "mira@acme.example",
        "name": "Mira",
        "role": Role.MANAGER,
        "platform_keys": ("acme",),
        **fields,
    }
    return CreateAccount(by, **values)  # type: ignore[arg-type]


def test_only_operators_keep_accounts(world: World) -> None:
    account = world.do(made(world))
    for command in (
        made(world, MANAGER, email="other@acme.example"),
        ChangeAccount(MANAGER, account_id=account.id, active=False),
        InviteAccount(MANAGER, account_id=account.id),
    ):
        assert world.code(command) is Code.FORBIDDEN
    for hidden in (
        SetPassword(MANAGER, account_id=account.id, password="hash"),
        SignOut(MANAGER, account_id=account.id),
    ):
        assert world.code(hidden) is Code.UNKNOWN_ACCOUNT


def test_what_no_account_may_be(world: World) -> None:
    world.do(made(world))
    assert world.code(made(world, email=" MIRA@acme.example")) is Code.TAKEN
    assert world.refusal(made(world, email="x")).field == "email"
    assert world.refusal(made(world, email="b@acme.example", name=" ")).field == "name"
    nowhere = made(world, email="b@acme.example", platform_keys=("nowhere",))
    assert world.code(nowhere) is Code.UNKNOWN_PLATFORM
    operator = made(world, email="b@acme.example", role=Role.OPERATOR)
    assert world.refusal(operator).field == "platform_keys"


def test_history_tells_of_each_change_once_and_names_nobody(world: World) -> None:
    account: Account = world.do(made(world))
    world.do(ChangeAccount(OPERATOR, account_id=account.id, name="Mira M."))
    world.do(ChangeAccount(OPERATOR, account_id=account.id, active=False))
    world.do(ChangeAccount(OPERATOR, account_id=account.id, active=False))
    world.do(SetPassword(OPERATOR, account_id=account.id, password="hash"))
    query = sqlalchemy.select(events).where(events.c.platform_id.is_(None)).order_by(events.c.id)
    with world.database.read() as unit:
        told = [(row.kind, row.subject_id, row.before, row.after) for row in unit.select(query)]
    assert told == [
        (
            "account_created",
            account.id,
            None,
            {"role": "manager", "platform_ids": [1], "active": True, "has_password": False},
        ),
        ("account_changed", account.id, {}, {}),
        ("account_changed", account.id, {"active": True}, {"active": False}),
        ("account_password_set", account.id, {"has_password": False}, {"has_password": True}),
    ]


def test_no_secret_is_kept_as_it_is(world: World) -> None:
    account: Account = world.do(made(world, password=passwords.hashed("a long password")))
    invited = world.do(InviteAccount(OPERATOR, account_id=account.id))
    signed_in = world.do(SignIn(OPERATOR, account_id=account.id))
    with world.database.read() as unit:
        rows = [
            str(unit.select(sqlalchemy.select(each)))
            for each in (accounts, sessions, account_links)
        ]
        told = str(unit.select(sqlalchemy.select(events)))
    kept = "".join(rows) + told
    assert invited.text not in kept
    assert signed_in.text not in kept
    assert "a long password" not in kept
    assert "$argon2id$" in rows[0]


def test_passwords_are_hashed_with_argon2id_and_verified() -> None:
    hashed = passwords.hashed("a long password")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.verify("a long password", hashed)
    assert not passwords.verify("another password", hashed)
    assert not passwords.verify("a long password", None)
    assert not passwords.verify("a long password", "no hash")
    assert len({passwords.made_up() for _ in range(100)}) == 100
