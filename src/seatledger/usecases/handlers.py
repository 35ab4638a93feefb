"""Which verb carries out which command, and whether it takes many at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from seatledger.domain import command as commands
from seatledger.domain.command import Command
from seatledger.usecases.assign_seats import assign_seats
from seatledger.usecases.create_platforms import create_platforms
from seatledger.usecases.end_seats import change_ends, end_seats
from seatledger.usecases.grant_groups import grant_groups, remove_grants
from seatledger.usecases.keep_tokens import create_tokens, delete_tokens
from seatledger.usecases.lapse_seats import lapse_seats
from seatledger.usecases.link_learners import link_learners
from seatledger.usecases.save_groups import delete_groups, save_groups
from seatledger.usecases.save_items import save_items
from seatledger.usecases.shape_pools import open_pools, shape_pools


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
    commands.LapseSeats: Handler(lapse_seats),
    commands.OpenPool: Handler(open_pools),
    commands.ShapePool: Handler(shape_pools),
    commands.GrantGroup: Handler(grant_groups),
    commands.RemoveGrant: Handler(remove_grants),
    commands.SaveGroup: Handler(save_groups),
    commands.DeleteGroup: Handler(delete_groups),
    commands.LinkLearner: Handler(link_learners),
    commands.SaveItem: Handler(save_items),
    commands.CreatePlatform: Handler(create_platforms),
    commands.CreateToken: Handler(create_tokens),
    commands.DeleteToken: Handler(delete_tokens),
}
