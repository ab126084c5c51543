"""Money on its way back to a seller: instructed once the deduction was made, given anew until it is back, or needless."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.ground.market import actions as market
from mamori.rooms.contact import keeping, recoverynotices
from mamori.rooms.contact.events import MoneyGivenBack
from mamori.rooms.contact.lifecycle import GIVE_BACK, GiveBackState, RecoveryState
from mamori.rooms.contact.models import GiveBack, Recovery


def of(recovery: Recovery) -> GiveBack | None:
    """Return what goes back of a recovery, or nothing."""
    return GiveBack.objects.filter(recovery=recovery).first()


def take(actor: Actor, giving: GiveBack, step: str) -> None:
    """Take a step of its lifecycle."""
    giving.state = GIVE_BACK.take(step, GiveBackState(giving.state), actor.role)
    giving.closed_at = actor.at if giving.state in GIVE_BACK.ends else None
    giving.save(update_fields=("state", "closed_at", "instruction"))


def instruct(actor: Actor, giving: GiveBack) -> None:
    """Tell the marketplace to give the money back."""
    recovery = giving.recovery
    giving.instruction = market.instruct(
        actor,
        kind="give_back",
        order_ref=recovery.remedy.trouble.thread.order_ref,
        amount=giving.amount,
        about=keeping.about(recovery),
    )
    take(actor, giving, "instruct")


def go_on(actor: Actor, recovery: Recovery) -> bool:
    """Go on once a deduction was made or not; say whether something was to go back."""
    giving = of(recovery)
    if giving is None or giving.state != GiveBackState.AWAITED:
        return False
    if recovery.state == RecoveryState.SETTLED:
        instruct(actor, giving)
    else:
        take(actor, giving, "spare")
        keeping.notify(f"seller:{recovery.seller_ref}", recoverynotices.CALLED_OFF, recovery, actor.at)
    return True


def look_again(actor: Actor, recovery: Recovery) -> None:
    """Put money that is not back yet before the marketplace again."""
    giving = of(recovery)
    if giving is None:
        return
    if giving.state == GiveBackState.INSTRUCTED:
        market.chase(actor, instruction=giving.instruction)
    elif giving.state == GiveBackState.STALLED:
        instruct(actor, giving)


def settle(actor: Actor, instruction: str) -> None:
    """Hear that the marketplace has given the money back."""
    giving = _awaiting(instruction, GiveBackState.STALLED)
    if giving is None:
        return
    recovery = giving.recovery
    take(actor, giving, "confirm")
    amount = f"{giving.amount:,}"
    keeping.notify(
        f"seller:{recovery.seller_ref}", recoverynotices.GIVEN_BACK, recovery, actor.at, amount=amount
    )
    told = keeping.news(MoneyGivenBack, recovery, amount=giving.amount)
    keeping.keep(
        actor, recovery, "confirm_give_back", told, amount=giving.amount, instruction=giving.instruction
    )


def unsettle(actor: Actor, instruction: str) -> None:
    """Hear that the marketplace could not give the money back: a person sees to it."""
    giving = _awaiting(instruction)
    if giving is None:
        return
    recovery = giving.recovery
    take(actor, giving, "fail")
    amount = f"{giving.amount:,}"
    keeping.notify(
        f"seller:{recovery.seller_ref}", recoverynotices.BACK_DELAYED, recovery, actor.at, amount=amount
    )
    keeping.notify("lead", recoverynotices.NOT_GIVEN_BACK, recovery, actor.at, amount=amount)
    keeping.keep(actor, recovery, "fail_give_back", amount=giving.amount, instruction=giving.instruction)


def _awaiting(instruction: str, *also: GiveBackState) -> GiveBack | None:
    """Return what waits for this instruction, or stands as told, its recovery locked."""
    number = GiveBack.objects.filter(instruction=instruction).values_list("recovery_id", flat=True).first()
    if number is None:
        return None
    recovery = Recovery.objects.select_for_update().get(pk=number)
    giving = GiveBack.objects.get(recovery=recovery)
    giving.recovery = recovery
    return giving if giving.state in (GiveBackState.INSTRUCTED, *also) else None
