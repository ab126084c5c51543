"""The one table that says who hears what, which clock rings where, and by which calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_migrate

from mamori.grammar.businesstime import Calendar
from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.cases.events import CaseAssigned
from mamori.ground.clocks import standing
from mamori.ground.clocks.actions import Task
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.declared import appendonly, erasing
from mamori.ground.market import actions as market
from mamori.ground.market.events import (
    InstructionConfirmed,
    InstructionIssued,
    InstructionRefused,
    InstructionToldLate,
    OrderCancelled,
    OrderPaidBack,
    PersonErasedOnRequest,
    SellerChanged,
    SellerRegistered,
)
from mamori.ground.market.tables import actions as tables
from mamori.ground.outbox import notices, publishing
from mamori.ground.outbox.publishing import Handler
from mamori.ground.people import tasks as people
from mamori.ground.people.events import CodeAsked, ErasureAgreed, ReleaseAgreed, TermsAgreed
from mamori.ground.post import actions as post
from mamori.ground.terms import actions as terms_actions, facts as terms
from mamori.ground.terms.events import SettingSet, TellingGoesOn, TermsAnnounced
from mamori.ground.vault import actions as vault
from mamori.ground.web.signing import devices
from mamori.japan.calendar import japanese_calendar
from mamori.rooms.complaints import facts as complaint_facts, tasks as complaints
from mamori.rooms.complaints.events import ComplaintDecided
from mamori.rooms.contact import actions as troubles, facts as contact_facts, tasks as contact
from mamori.rooms.contact.alerts.events import AlertAnswered, AlertGoesOn, AlertRemindsOn
from mamori.rooms.contact.events import (
    HarmChanged,
    NumberWrong,
    ProposalEnded,
    QuestionOfDanger,
    RecoveryClaimed,
    RecoveryEnded,
    RecoveryOpened,
    RemedyAsked,
    RemedyConsidered,
    RemedyEnded,
    RemedyGranted,
    ResolutionMissed,
    SellerNotReached,
    TroubleOpened,
)
from mamori.rooms.disclosure import queries as disclosure_known, tasks as disclosure
from mamori.rooms.display import facts as display_facts, tasks as display
from mamori.rooms.display.events import (
    AskingGoesOn,
    BusinessConcluded,
    ContactProven,
    ContactUnproven,
    DisplayMissed,
    DisplayWritten,
    HiddenGoesOn,
    RequestMissed,
)
from mamori.rooms.enforcement import facts as enforcement_facts, tasks as enforcement
from mamori.rooms.enforcement.events import (
    ClarificationEnded,
    ListingUnhidden,
    MeasureBegan,
    MeasureEnded,
    PolicySpread,
)
from mamori.rooms.identity import tasks as identity
from mamori.rooms.identity.events import IdentityMoved
from mamori.rooms.insight import tasks as insight
from mamori.rooms.outreach import tasks as outreach
from mamori.rooms.outreach.events import CampaignGoesOn, CampaignRemindsOn
from mamori.rooms.payouts import facts as payout_facts, tasks as payouts
from mamori.rooms.safety import facts as safety_facts, tasks as safety
from mamori.rooms.safety.events import RequestForged, ScreeningGoesOn
from mamori.site import prepared
from mamori.site.pages import page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard[E: Event]:
    """One line of the table; `together` only where law or money cannot wait, with a sentence `why`."""

    event: type[E]
    handler: Handler[E]
    together: bool = False
    why: str = ""


CLOSING = Text("運営者の休業日", "the operator's closing day")

HEARD: tuple[Heard[Any], ...] = (
    Heard(event=RequestForged, handler=safety.request_forged),
    Heard(event=InstructionConfirmed, handler=contact.instruction_confirmed),
    Heard(event=InstructionRefused, handler=contact.instruction_refused),
    Heard(event=InstructionToldLate, handler=contact.instruction_told_late),
    Heard(event=OrderCancelled, handler=contact.order_cancelled),
    Heard(event=OrderPaidBack, handler=contact.order_paid_back),
    Heard(event=DeadlineMoved, handler=contact.deadline_moved),
    Heard(event=AlertGoesOn, handler=contact.alert_goes_on),
    Heard(event=AlertRemindsOn, handler=contact.alert_reminds_on),
    Heard(event=TroubleOpened, handler=contact.trouble_opened),
    Heard(event=CaseAssigned, handler=contact.case_assigned),
    Heard(event=ResolutionMissed, handler=enforcement.resolution_missed),
    Heard(event=ProposalEnded, handler=enforcement.proposal_ended),
    Heard(event=RecoveryEnded, handler=enforcement.recovery_ended),
    Heard(event=SellerNotReached, handler=enforcement.seller_not_reached),
    Heard(event=InstructionIssued, handler=enforcement.instruction_issued),
    Heard(event=InstructionConfirmed, handler=enforcement.instruction_confirmed),
    Heard(event=InstructionRefused, handler=enforcement.instruction_refused),
    Heard(event=PolicySpread, handler=enforcement.policy_spread),
    Heard(
        event=SellerRegistered,
        handler=identity.seller_registered,
        together=True,
        why="money that is asked for in the next moment must not go by a name that was replaced in this one",
    ),
    Heard(event=SellerChanged, handler=display.seller_changed),
    Heard(event=SellerRegistered, handler=display.seller_registered),
    Heard(event=AskingGoesOn, handler=display.asking_goes_on),
    Heard(event=PersonErasedOnRequest, handler=display.person_erased),
    Heard(event=PersonErasedOnRequest, handler=disclosure.person_erased),
    Heard(event=SettingSet, handler=display.setting_set),
    Heard(event=ContactProven, handler=display.contact_proven),
    Heard(event=DisplayWritten, handler=display.display_written),
    Heard(event=DisplayMissed, handler=enforcement.display_missed),
    Heard(event=HiddenGoesOn, handler=display.hidden_goes_on),
    Heard(event=BusinessConcluded, handler=display.business_concluded),
    Heard(event=CampaignGoesOn, handler=outreach.campaign_goes_on),
    Heard(event=CampaignRemindsOn, handler=outreach.campaign_reminds_on),
    Heard(event=SellerRegistered, handler=outreach.seller_registered),
    Heard(event=SellerChanged, handler=outreach.seller_changed),
    Heard(event=BusinessConcluded, handler=outreach.business_concluded),
    Heard(event=PersonErasedOnRequest, handler=outreach.person_erased),
    Heard(event=TroubleOpened, handler=safety.trouble_opened),
    Heard(event=HarmChanged, handler=safety.harm_changed),
    Heard(event=QuestionOfDanger, handler=safety.question_of_danger),
    Heard(event=AlertAnswered, handler=safety.alert_answered),
    Heard(event=ComplaintDecided, handler=complaints.complaint_decided),
    Heard(event=ClarificationEnded, handler=complaints.clarification_ended),
    Heard(event=ClarificationEnded, handler=safety.screened_answered),
    Heard(event=ScreeningGoesOn, handler=safety.screening_goes_on),
    Heard(event=ListingUnhidden, handler=complaints.listing_unhidden),
    Heard(event=NumberWrong, handler=contact.number_wrong),
    Heard(event=SellerNotReached, handler=contact.seller_not_reached),
    Heard(event=ContactUnproven, handler=enforcement.contact_unproven),
    Heard(event=RequestMissed, handler=enforcement.request_missed),
    Heard(event=MeasureBegan, handler=safety.measure_began),
    Heard(event=MeasureEnded, handler=safety.measure_ended),
    Heard(event=ListingUnhidden, handler=safety.listing_unhidden),
    Heard(event=IdentityMoved, handler=payouts.seller_moved),
    Heard(event=MeasureBegan, handler=payouts.measure_moved),
    Heard(event=MeasureEnded, handler=payouts.measure_moved),
    Heard(event=RecoveryOpened, handler=payouts.seller_moved),
    Heard(event=RecoveryClaimed, handler=payouts.seller_moved),
    Heard(event=RecoveryEnded, handler=payouts.seller_moved),
    Heard(event=OrderPaidBack, handler=payouts.order_paid_back),
    Heard(event=RemedyConsidered, handler=payouts.trouble_moved),
    Heard(event=RemedyAsked, handler=payouts.trouble_moved),
    Heard(event=RemedyGranted, handler=payouts.trouble_moved),
    Heard(event=RemedyEnded, handler=payouts.trouble_moved),
    Heard(
        event=ReleaseAgreed,
        handler=payouts.release_agreed,
        together=True,
        why="whoever agrees must be told in that moment when the money does not wait any more",
    ),
    Heard(event=SettingSet, handler=payouts.setting_set),
    Heard(event=CodeAsked, handler=devices.code_asked),
    Heard(
        event=ErasureAgreed,
        handler=market.erasure_agreed,
        together=True,
        why="whoever agrees must be told in that moment when a hold or an open case has come into the way",
    ),
    Heard(
        event=TermsAgreed,
        handler=terms_actions.change_agreed,
        together=True,
        why="whoever agrees must be told in that moment when the change would count too early or was overtaken",
    ),
    Heard(event=TermsAnnounced, handler=market.terms_announced),
    Heard(event=TellingGoesOn, handler=market.telling_goes_on),
)
"""Which room hears which event."""

OUTWARD = frozenset(
    {
        "contact.centre_written",
        "contact.message_written",
        "market.instruction_delayed",
        "outbox.ping",
        "contact.agreement_reached",
        "contact.answer_missed",
        "contact.answered",
        "contact.formal_arrived",
        "contact.formal_ended",
        "contact.mediation_opened",
        "contact.money_given_back",
        "contact.proposal_made",
        "contact.question_asked",
        "contact.return_arranged",
        "contact.return_moved",
        "contact.seller_unreachable",
        "contact.seller_urged",
        "contact.trouble_ended",
        "enforcement.appeal_ended",
        "enforcement.appeal_received",
        "enforcement.finding_ended",
        "enforcement.finding_opened",
        "enforcement.hearing_opened",
        "enforcement.listing_hidden",
        "enforcement.measure_decided",
        "enforcement.policy_published",
        "market.clearance_changed",
        "market.instruction_recalled",
        "payouts.account_changed",
        "payouts.decided",
        "payouts.run_written",
        "payouts.settled",
    }
)
"""Told to the marketplace's software by webhook only: no room above needs an answer to it yet."""

WITHIN = ("complaints.", "safety.", "disclosure.inquiry:", "enforcement.clarification:")
"""Reports, what anybody is asked about them, consultations, abuse, what authorities ask, accidents: no webhook tells of them.

Staff hear by mail and on the desk; a seller that is asked reads its notices as the operator chose."""

RINGS: Mapping[str, Task] = {
    **people.RINGS,
    **contact.RINGS,
    **enforcement.RINGS,
    **enforcement.POLICY_RINGS,
    **display.RINGS,
    **identity.RINGS,
    **payouts.RINGS,
    **disclosure.RINGS,
    **outreach.RINGS,
    **complaints.RINGS,
    **safety.RINGS,
    **insight.RINGS,
}
"""Which room's task a kind of clock rings."""


ERASES: Mapping[str, erasing.Eraser] = {
    "cases_entry": lambda subject, at, limit: cases.forget(subject=subject, limit=limit),
    "complaints_consultation": complaints.erase_consultations_of,
    "contact_alertedbuyer": contact.forget_alerted,
    "contact_wrongnumber": contact.forget_numbers,
    "enforcement_clarification": enforcement.erase_clarifications_of,
    "market_impediment": market.close_erased,
    "payouts_account": payouts.forget_places,
    "vault_file": vault.erase_of,
}
"""What is kept of a person outside sealed values, and who erases it when the person's key is destroyed."""


OBJECTS: Mapping[str, erasing.Objection] = {"payouts": payout_facts.stands_in_the_way}
"""Who is asked before a person's key is destroyed."""


def business_calendar() -> Calendar:
    """Return the Japanese calendar, less the days on which the operator is closed."""
    return _closed_on(terms.closing_days())


@lru_cache(maxsize=8)
def _closed_on(days: frozenset[date]) -> Calendar:
    calendar = japanese_calendar()
    return calendar.closing(sorted(days), CLOSING) if days else calendar


def connect() -> None:
    """Connect handlers, clocks, calendar, post and triggers."""
    user_logged_in.connect(devices.came_in, dispatch_uid="heard.came_in")
    factor_signals.authenticator_added.connect(devices.factor_added, dispatch_uid="heard.factor_added")
    factor_signals.authenticator_removed.connect(devices.factor_removed, dispatch_uid="heard.factor_removed")
    factor_signals.authenticator_reset.connect(devices.factor_reset, dispatch_uid="heard.factor_reset")
    account_signals.password_set.connect(devices.password_changed, dispatch_uid="heard.password_set")
    account_signals.password_changed.connect(devices.password_changed, dispatch_uid="heard.password_changed")
    pre_migrate.connect(
        prepared.mark_tables, sender=apps.get_app_config("ledger"), dispatch_uid="prepared.mark_tables"
    )
    post_migrate.connect(appendonly.install, dispatch_uid="appendonly.install")
    standing.use_calendar(business_calendar)
    tables.add_table(troubles.TABLE, troubles.BroughtLine, troubles.bring_troubles, {"topic": troubles.WORDS})
    notices.use(post.take, page_of=page_of)
    publishing.keep_within(*WITHIN)
    post.use_shown(display_facts.mail_shown)
    display_facts.use_doubted(disclosure_known.doubted_of)
    post.use_guests("report", complaint_facts.mail_of, complaint_facts.address_of)
    post.use_guests("counsellor", complaint_facts.counsellor_mail)
    post.use_guests("asker", contact_facts.mail_of_asker)
    post.use_guests("clarification", enforcement_facts.mail_of)
    post.use_guests("agency", safety_facts.mail_of, safety_facts.address_of)
    for table, eraser in ERASES.items():
        erasing.reach(table, eraser)
    for name, objection in OBJECTS.items():
        erasing.ask(name, objection)
    for line in HEARD:
        publishing.hear(line.event, line.handler, together=line.together, why=line.why)
