"""/console/accounts: who may sign in. Operators invite people, and switch accounts off."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import Refused, status_of, unwrap
from seatledger.console.forms import Form, read_form
from seatledger.console.language import _
from seatledger.console.paths import HOME, LINKS
from seatledger.console.visit import Visit, read_id
from seatledger.domain.account import Account, AccountInvited, unknown_account
from seatledger.domain.account_command import ChangeAccount, CreateAccount, InviteAccount
from seatledger.domain.actor import Role
from seatledger.domain.refusal import Refusal
from seatledger.usecases.keep_accounts import list_accounts, platforms_of

LIST = f"{HOME}/accounts"
PATH = f"{LIST}/{{account_id:str}}"
FIELDS = {"platform_keys": "platforms"}


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    accounts = await visit.ask(list_accounts, visit.actor)
    places = await visit.ask(platforms_of, visit.account)
    names = {place.id: place.name for place in places}
    return visit.page("accounts.html", accounts=accounts, names=names)


@get(f"{LIST}/new")
async def show_new(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    chosen = visit.request.query_params.get("platform", "")
    form = Form(values={"role": Role.MANAGER}, many={"platforms": [chosen]})
    return await _new(visit, form)


@post(f"{LIST}/new")
async def make(visit: NamedDependency[Visit]) -> Response[bytes]:
    """Make an account and, in one go, the link by which its password is chosen."""
    visit.operators_only()
    form = await read_form(visit.request)
    role = Role.OPERATOR if form.get("role") == Role.OPERATOR else Role.MANAGER
    command = CreateAccount(
        visit.actor,
        email=form.text("email", needed=True, most=254),
        name=form.text("name", needed=True, most=100),
        role=role,
        platform_keys=() if role is Role.OPERATOR else tuple(form.many.get("platforms", ())),
    )
    made = await visit.do(command) if form.ok else None
    if isinstance(made, Refusal):
        form.refuse(made, **FIELDS)
        if made.field == "platform_keys":
            form.wrong("platforms", form.errors.pop("", made.sentence))
    if not form.ok or not isinstance(made, Account):
        status = status_of(made) if isinstance(made, Refusal) else 422
        return await _new(visit, form, status)
    return await _link(visit, made.id)


@get(PATH)
async def show(visit: NamedDependency[Visit], account_id: FromPath[str]) -> Response[bytes]:
    visit.operators_only()
    account = await _account(visit, account_id)
    values = {"name": account.name} | ({"active": "yes"} if account.active else {})
    keys = {place.id: place.key for place in await visit.ask(platforms_of, visit.account)}
    chosen = [keys[each] for each in account.platform_ids if each in keys]
    form = Form(values=values, many={"platforms": chosen})
    return await _change(visit, account, form)


@post(PATH)
async def change(visit: NamedDependency[Visit], account_id: FromPath[str]) -> Response[bytes]:
    visit.operators_only()
    account = await _account(visit, account_id)
    form = await read_form(visit.request)
    command = ChangeAccount(
        visit.actor,
        account_id=account.id,
        name=form.text("name", needed=True, most=100),
        active=form.checked("active"),
        platform_keys=() if account.is_operator else tuple(form.many.get("platforms", ())),
    )
    changed = await visit.do(command) if form.ok else None
    if isinstance(changed, Refusal):
        wrong = FIELDS.get(changed.field or "", changed.field or "")
        form.wrong(wrong, changed.sentence)
    if not form.ok:
        status = status_of(changed) if isinstance(changed, Refusal) else 422
        return await _change(visit, account, form, status)
    return visit.go(LIST, "account_changed")


@post(f"{PATH}/invite")
async def invite(visit: NamedDependency[Visit], account_id: FromPath[str]) -> Response[bytes]:
    """A new link, for who was invited before or forgot their password; older ones stop."""
    visit.operators_only()
    return await _link(visit, (await _account(visit, account_id)).id)


async def _link(visit: Visit, account_id: int) -> Response[bytes]:
    invited: AccountInvited = unwrap(
        await visit.do(InviteAccount(visit.actor, account_id=account_id))
    )
    base = str(visit.request.base_url).rstrip("/")
    url = f"{base}{LINKS}/{invited.text}"
    return visit.page("account_link.html", part="panel", invited=invited, url=url)


async def _account(visit: Visit, text: str) -> Account:
    wanted = read_id(text, unknown_account())
    for account in await visit.ask(list_accounts, visit.actor):
        if account.id == wanted:
            found: Account = account
            return found
    raise Refused(unknown_account())


async def _new(visit: Visit, form: Form, status: int = 200) -> Response[bytes]:
    places = await visit.ask(platforms_of, visit.account)
    roles = {Role.MANAGER: _("Manager"), Role.OPERATOR: _("Operator")}
    return visit.page(
        "account_new.html", part="panel", status=status, form=form, choices=places, roles=roles
    )


async def _change(visit: Visit, account: Account, form: Form, status: int = 200) -> Response[bytes]:
    places = await visit.ask(platforms_of, visit.account)
    return visit.page(
        "account_change.html",
        part="panel",
        status=status,
        form=form,
        choices=places,
        changed=account,
    )


handlers = [show_all, show_new, make, show, change, invite]
