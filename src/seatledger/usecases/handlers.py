"""Which verb carries out which command, and whether it takes many at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from seatledger.domain import catalog_command as catalog
from seatledger.domain import command as commands
from seatledger.domain import invitation_command as inviting
from seatledger.domain import link_command as links
from seatledger.domain import message_command as messages
from seatledger.domain import people_command as people
from seatledger.domain.account_command import (
    AcceptInvitation,
    ChangeAccount,
    CountTry,
    CreateAccount,
    ForgetTries,
    InviteAccount,
    SeeSession,
    SetPassword,
    SignIn,
    SignOut,
)
from seatledger.domain.command import Command
from seatledger.domain.job_command import CancelJob, CreateJob, RetryJob
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.notice import GiveNotices
from seatledger.domain.outbox_command import ForgetDeliveries, ForgetMessages
from seatledger.domain.privacy import EraseLearner
from seatledger.domain.repeat_command import ForgetRepeats, KeepAnswer
from seatledger.domain.signing_key import RotateKey
from seatledger.domain.suggestion_command import (
    Suggest,
    SuggestToGroup,
    SuggestToMany,
    WithdrawSuggestion,
)
from seatledger.domain.webhook_command import (
    ChangeWebhook,
    CreateWebhook,
    DeleteWebhook,
    RedeliverOne,
    RedeliverRange,
    RotateWebhookSecret,
    TryWebhook,
)
from seatledger.usecases.add_learners import add_learners
from seatledger.usecases.assign_seats import assign_seats
from seatledger.usecases.count_requests import count_requests
from seatledger.usecases.create_platforms import create_platforms
from seatledger.usecases.end_seats import change_ends, end_seats
from seatledger.usecases.enrol import enrol, unenrol
from seatledger.usecases.erase_learners import erase_learners
from seatledger.usecases.forget_deliveries import forget_deliveries
from seatledger.usecases.forget_messages import forget_messages
from seatledger.usecases.give_notices import give_notices
from seatledger.usecases.grant_groups import grant_groups, remove_grants
from seatledger.usecases.invite_persons import invite_many, invite_persons, offer_blanks
from seatledger.usecases.keep_accounts import (
    accept_invitations,
    change_accounts,
    create_accounts,
    invite_accounts,
    set_passwords,
)
from seatledger.usecases.keep_answers import forget_repeats, keep_answers
from seatledger.usecases.keep_departments import (
    delete_departments,
    save_departments,
    staff_departments,
)
from seatledger.usecases.keep_invitations import mark_undeliverable, withdraw_invitations
from seatledger.usecases.keep_jobs import cancel_jobs, create_jobs, retry_jobs
from seatledger.usecases.keep_keys import rotate_keys
from seatledger.usecases.keep_links import create_links, delete_links
from seatledger.usecases.keep_messages import (
    mark_messages,
    remove_messages,
    report_bounces,
    shape_mail,
)
from seatledger.usecases.keep_pathways import delete_pathways, save_pathways
from seatledger.usecases.keep_sessions import (
    count_tries,
    forget_tries,
    see_sessions,
    sign_in,
    sign_out,
)
from seatledger.usecases.keep_suggestions import suggest, suggest_to_groups, suggest_to_many
from seatledger.usecases.keep_templates import reset_templates, save_templates, try_templates
from seatledger.usecases.keep_tokens import create_tokens, delete_tokens
from seatledger.usecases.keep_webhooks import (
    change_webhooks,
    create_webhooks,
    delete_webhooks,
    try_webhooks,
)
from seatledger.usecases.lapse_seats import lapse_seats
from seatledger.usecases.link_learners import link_learners
from seatledger.usecases.move_seats import move_seats
from seatledger.usecases.prove_address import ask_for_codes, forget_codes
from seatledger.usecases.redeem_invitations import redeem_invitations
from seatledger.usecases.redeem_links import redeem_links, return_seats
from seatledger.usecases.redeliver import redeliver_one, redeliver_ranges
from seatledger.usecases.report_progress import report_progress, report_progress_of_many
from seatledger.usecases.request_access import decide_requests, request_access
from seatledger.usecases.save_groups import delete_groups, save_groups
from seatledger.usecases.save_items import delete_items, save_items
from seatledger.usecases.shape_platforms import (
    allow_self_joins,
    join_platforms,
    shape_platforms,
)
from seatledger.usecases.shape_pools import open_pools, shape_pools
from seatledger.usecases.webhook_secrets import rotate_webhook_secrets
from seatledger.usecases.withdraw_suggestions import withdraw_suggestions


@dataclass(frozen=True, slots=True)
class Handler:
    """`batched` verbs take their locks in one order for the whole batch.

    The others want one command a transaction: two batches could wait for each other in a circle.
    """

    verb: Callable[..., list[Any]]
    batched: bool = False


HANDLERS: Mapping[type[Command], Handler] = {
    commands.AssignSeat: Handler(assign_seats, batched=True),
    commands.EndSeat: Handler(end_seats, batched=True),
    commands.ChangeEnd: Handler(change_ends, batched=True),
    MoveSeat: Handler(move_seats, batched=True),
    commands.LapseSeats: Handler(lapse_seats),
    commands.OpenPool: Handler(open_pools),
    commands.ShapePool: Handler(shape_pools),
    commands.GrantGroup: Handler(grant_groups),
    commands.RemoveGrant: Handler(remove_grants),
    commands.SaveGroup: Handler(save_groups),
    commands.DeleteGroup: Handler(delete_groups),
    people.LinkLearner: Handler(link_learners),
    commands.SaveItem: Handler(save_items),
    catalog.DeleteItem: Handler(delete_items),
    catalog.SavePathway: Handler(save_pathways),
    catalog.DeletePathway: Handler(delete_pathways),
    catalog.Enrol: Handler(enrol),
    catalog.Unenrol: Handler(unenrol),
    Suggest: Handler(suggest),
    SuggestToMany: Handler(suggest_to_many),
    SuggestToGroup: Handler(suggest_to_groups),
    WithdrawSuggestion: Handler(withdraw_suggestions),
    people.ShapePlatform: Handler(shape_platforms),
    people.AllowSelfJoin: Handler(allow_self_joins),
    people.JoinPlatform: Handler(join_platforms),
    people.SaveDepartment: Handler(save_departments),
    people.DeleteDepartment: Handler(delete_departments),
    people.StaffDepartment: Handler(staff_departments),
    people.ReportProgress: Handler(report_progress, batched=True),
    people.ReportProgressOfMany: Handler(report_progress_of_many),
    GiveNotices: Handler(give_notices),
    ForgetDeliveries: Handler(forget_deliveries),
    ForgetMessages: Handler(forget_messages),
    people.CountRequest: Handler(count_requests, batched=True),
    inviting.InvitePerson: Handler(invite_persons, batched=True),
    inviting.InviteMany: Handler(invite_many),
    inviting.OfferBlank: Handler(offer_blanks),
    inviting.RedeemInvitation: Handler(redeem_invitations),
    inviting.WithdrawInvitation: Handler(withdraw_invitations),
    inviting.MarkUndeliverable: Handler(mark_undeliverable),
    inviting.RequestAccess: Handler(request_access),
    inviting.DecideRequest: Handler(decide_requests),
    people.AddLearner: Handler(add_learners),
    people.CreatePlatform: Handler(create_platforms),
    people.CreateToken: Handler(create_tokens),
    people.DeleteToken: Handler(delete_tokens),
    CreateAccount: Handler(create_accounts),
    ChangeAccount: Handler(change_accounts),
    SetPassword: Handler(set_passwords),
    InviteAccount: Handler(invite_accounts),
    AcceptInvitation: Handler(accept_invitations),
    SignIn: Handler(sign_in),
    SignOut: Handler(sign_out),
    SeeSession: Handler(see_sessions),
    CountTry: Handler(count_tries),
    ForgetTries: Handler(forget_tries),
    RotateKey: Handler(rotate_keys),
    links.CreateLink: Handler(create_links),
    links.DeleteLink: Handler(delete_links),
    links.AskForCode: Handler(ask_for_codes),
    links.RedeemLink: Handler(redeem_links),
    links.ReturnSeat: Handler(return_seats),
    links.ForgetCodes: Handler(forget_codes),
    CreateJob: Handler(create_jobs),
    CancelJob: Handler(cancel_jobs),
    RetryJob: Handler(retry_jobs),
    KeepAnswer: Handler(keep_answers, batched=True),
    ForgetRepeats: Handler(forget_repeats),
    EraseLearner: Handler(erase_learners),
    CreateWebhook: Handler(create_webhooks),
    ChangeWebhook: Handler(change_webhooks),
    DeleteWebhook: Handler(delete_webhooks),
    RotateWebhookSecret: Handler(rotate_webhook_secrets),
    TryWebhook: Handler(try_webhooks),
    RedeliverOne: Handler(redeliver_one),
    RedeliverRange: Handler(redeliver_ranges),
    messages.ReportBounce: Handler(report_bounces),
    messages.MarkMessages: Handler(mark_messages),
    messages.RemoveMessage: Handler(remove_messages),
    messages.ShapeMail: Handler(shape_mail),
    messages.SaveTemplate: Handler(save_templates),
    messages.ResetTemplate: Handler(reset_templates),
    messages.TryTemplate: Handler(try_templates),
}
