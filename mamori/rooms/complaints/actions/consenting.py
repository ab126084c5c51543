"""The consumer says what a counsellor may be told, by their own page or called, and takes it back; papers go as far as that."""

from __future__ import annotations

from mamori.grammar.hand import HEADS, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, perform
from mamori.law.counselling import ConsentTo
from mamori.rooms.complaints.actions.consultation import (
    CONSULTATIONS,
    end,
    tell,
    tell_consumer,
    tell_counsellor,
)
from mamori.rooms.complaints.counselling import notices
from mamori.rooms.complaints.counselling.inputs import HowConfirmed, WhyOver
from mamori.rooms.complaints.counselling.rules import is_shown
from mamori.rooms.complaints.models import Consultation


class ConsentAwaited(Refusal, code="consent-awaited", status=403):
    """Given when a counsellor would take what the consumer has not allowed, or allows no more."""

    text = Text(
        "この資料は渡せません。ご本人の同意がまだ確かめられていないか、同意の範囲や期間の外です。相談のページでご確認ください。",
        "This cannot be handed over: the consumer has not confirmed the consent, or it does not go so far, or not so long.",
    )


class NobodyToConfirm(Refusal, code="nobody-to-confirm", status=409):
    """Given when a consent would be confirmed of somebody whom the house does not know."""

    text = Text(
        "注文が決まらない相談では、本人を確かめられません。注文番号を相談員に尋ね、新しく相談してもらってください。",
        "Without an order nobody can be confirmed. Please ask the counsellor for its number, and to ask anew with it.",
    )


def confirm_consent(hand: Hand, *, consultation: int) -> None:
    """Say as the consumer that the consent is theirs."""
    with perform(hand, CONSULTATIONS, consultation) as act:
        _confirm(act)
        act.record("confirm")


def confirm_by_call(
    hand: Hand, *, consultation: int, reason: HowConfirmed, version: int | None = None
) -> None:
    """Take down that the consumer, called at the registered number, said so; they are told in writing."""
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        if not act.matter.buyer_ref:
            raise NobodyToConfirm
        _confirm(act)
        tell_consumer(act, notices.CONSENT_NOTED)
        act.record("confirm", reason=reason)


def withdraw_consent(hand: Hand, *, consultation: int) -> None:
    """Take the consent back, as the consumer or for them as the counsellor: nothing more is shown from this moment on."""
    with perform(hand, CONSULTATIONS, consultation) as act:
        if hand.role is Role.BUYER and act.matter.confirmed_at is None:
            for role in sorted(HEADS):
                tell(act, role.value, notices.REFUSED)
        end(act, "withdraw")
        act.record("withdraw")


def withdraw_for(hand: Hand, *, consultation: int, reason: WhyOver, version: int | None = None) -> None:
    """Take down that the consumer took the consent back by telephone or letter."""
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        end(act, "withdraw")
        act.record("withdraw", reason=reason)


def take_bundle(hand: Hand, *, consultation: int, what: ConsentTo) -> None:
    """Let a counsellor take papers that the consumer allowed, which is recorded with its moment."""
    with perform(hand, CONSULTATIONS, consultation) as act:
        row = act.matter
        if hand.role is not Role.COUNSELLOR or not row.order_ref or not is_shown(row, what, hand.at):
            raise ConsentAwaited
        act.record("take_bundle", what=what.value)


def lapse_consent(hand: Hand, *, consultation: int) -> None:
    """Let a consent run out."""
    with perform(hand, CONSULTATIONS, consultation) as act:
        if act.matter.closed_at is None:
            end(act, "lapse")
            act.record("lapse")


def _confirm(act: Performance[Consultation]) -> None:
    act.step("confirm")
    row = act.matter
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = act.hand.at, act.hand.by
        act.save("confirmed_at", "confirmed_by")
        tell_counsellor(act, notices.CONFIRMED)
