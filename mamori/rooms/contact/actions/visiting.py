"""Questions before a purchase, from a buyer, or from somebody without an account whose address a code has proved."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

import msgspec
from django.conf import settings
from django.db import IntegrityError
from django.db.models import F, Q
from django.urls import reverse

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ListingState
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.ground.seal import facts as seals
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.rooms.contact import danger, keeping, notices, pace, questionnotices, words
from mamori.rooms.contact.events import QuestionAsked
from mamori.rooms.contact.finding import buyer_of, take_turns, the_thread
from mamori.rooms.contact.lifecycle import THREAD, ThreadState
from mamori.rooms.contact.models import Asker, Thread
from mamori.rooms.contact.models.thread import IS_KEPT
from mamori.rooms.contact.pace import refuse_own
from mamori.rooms.contact.queries import visitors
from mamori.rooms.contact.queries.visitors import AskerSaid
from mamori.rooms.contact.questionnotices import CODE_MINUTES
from mamori.rooms.contact.topics import TOPICS, Topic

# A question before purchase: an answer clock of its own, and no resolution clock.


class NoSuchListing(Refusal, code="no-such-listing", status=404):
    """Given when the listing is not known."""

    text = Text(
        "商品「{ref}」は見つかりません。商品ページから開き直してください。",
        "There is no listing “{ref}”. Please open it again from the product page.",
    )


class TroubleNotClosedSo(Refusal, code="close-the-trouble", status=409):
    """Given when a thread with a trouble is to be closed as if it were a question."""

    text = Text(
        "困りごとのやり取りです。「解決した」または「取り下げる」をお選びください。",
        "This thread is about a trouble. Please choose “solved” or “withdraw”.",
    )


def ask_question(actor: Actor, *, listing_ref: str, topic: Topic, said: str) -> int:
    """Open a thread about a listing and return its id."""
    buyer_ref, said = buyer_of(actor), written.checked(said)
    listing = market.listing(listing_ref)
    if listing is None:
        raise NoSuchListing(ref=listing_ref)
    refuse_own(buyer_ref=buyer_ref, seller_ref=listing.seller_ref)
    with memory.act():
        pace.check_opening(actor, f"shop:{listing.seller_ref}")
        thread = Thread.objects.create(
            topic=topic,
            buyer_ref=buyer_ref,
            seller_ref=listing.seller_ref,
            listing_ref=listing_ref,
            opened_at=actor.at,
            last_at=actor.at,
            answer_due_at=actor.at,
        )
        name = keeping.enter("question", thread, thread, actor.at)
        due = thread.answer_due_at = keeping.start_answer(thread, None, name, actor.at)
        thread.save(update_fields=("answer_due_at",))
        about = {"topic": TOPICS[topic], "due": spoken(due)}
        keeping.notify(f"buyer:{buyer_ref}", questionnotices.RECEIVED, thread, actor.at, **about)
        keeping.notify(f"seller:{listing.seller_ref}", notices.INQUIRY, thread, actor.at, **about)
        danger.notify_of_question(thread, said, actor.at)
        asked = keeping.news(QuestionAsked, thread, answer_due_at=due)
        said_so = words.add(actor, thread, said)
        keeping.keep(actor, thread, "ask_question", asked, **said_so, listing_ref=listing_ref)
    return thread.pk


def close_thread(actor: Actor, *, thread: int) -> None:
    """Close a question."""
    with memory.act():
        found = the_thread(actor, thread)
        if keeping.trouble_of(found):
            raise TroubleNotClosedSo()
        found.state = THREAD.take("close", ThreadState(found.state), actor.role)
        found.closed_at, found.answer_due_at = actor.at, None
        found.save(update_fields=("state", "closed_at", "answer_due_at"))
        clocks.stop(about=keeping.about(found), at=actor.at, why="thread:close")
        keeping.keep(actor, found, "close_thread")


# Somebody without an account asks before a purchase: the question waits until a code has proved the address.


QUESTIONS = Limit(name="open-questions", most=20, per=timedelta(minutes=15))  # tried from one network address
TRIES = 10
UNPROVEN = timedelta(days=1)
"""So long the words wait for their code, and then they are erased with the address that nobody proved."""
OVER = "retention.contact.askers"


class ListingGone(Refusal, code="listing-gone", status=409):
    """Given when somebody asks about goods that are not on offer any more."""

    text = Text(
        "この商品は、いまは販売されていません。出品者のほかの商品のページからお聞きください。",
        "These goods are not on offer any more. Please ask from the page of other goods of this seller.",
    )


class NoMailHere(Refusal, code="no-mail-here", status=409):
    """Given where the house sends no mail, so that no address can be proved."""

    text = Text(
        "いまはメールをお送りできないため、ここでは質問を受け付けられません。相談窓口にお電話ください。",
        "No mail can be sent just now, so that no question is taken here. Please telephone the customer centre.",
    )


class CodeWrong(Refusal, code="question-code-wrong", status=422):
    """Given for a code that is wrong, late or tried too often: what was written waits all the same."""

    text = Text(
        f"コードが違うか、使えなくなっています。コードは{CODE_MINUTES}分のあいだ、{TRIES}回まで試せます。"
        "質問の文章は残っています。下から新しいコードを求められます。",
        f"The code is wrong or can no longer be used. It holds for {CODE_MINUTES} minutes and {TRIES} tries. What you wrote is "
        "still here: you can ask for a new code below.",
    )


def begin_question(
    actor: Actor,
    *,
    ticket: str,
    listing_ref: str,
    topic: Topic,
    said: str,
    mail: str,
    source: str,
    language: str,
) -> None:
    """Keep a question of somebody without an account and send a code to the address; the same ticket is the same question.

    `source` is the network that it came from.  Each try counts, also one about goods that there are not: nobody finds out by
    trying what is sold here.
    """
    if not settings.MAMORI_MAIL:
        raise NoMailHere
    said = written.checked(said)
    if Asker.objects.filter(ticket=seals.digest_of(ticket)).exists():
        return
    people.count(QUESTIONS, source, at=actor.at)
    _on_offer(listing_ref)
    with memory.act():
        row = Asker(
            ref=seals.digest_of(ticket)[:24],
            ticket=seals.digest_of(ticket),
            mark=_mark(mail, listing_ref, said),
            language="en" if language == "en" else "ja",
            asked_at=actor.at,
        )
        asked = AskerSaid(mail=mail.strip(), listing=listing_ref, topic=topic.value, said=said)
        row.sealed = visitors.sealed(row, asked)
        try:
            with memory.attempt():
                row.save(force_insert=True)
        except IntegrityError:  # the same form came in the same moment
            return
        people.count_mail_code(mail, source, at=actor.at)
        _send_code(row, actor.at)
        _record(actor, row, "begin_question")


def send_code_again(actor: Actor, *, ticket: str, source: str) -> None:
    """Send another code to the same address, asked for from the network `source`; the one before holds no more."""
    row = visitors.waiting(ticket)
    if row.proven_at is not None:
        return
    people.count_mail_code(visitors.said_of(row).mail, source, at=actor.at)
    with memory.act():
        _send_code(row, actor.at)
        _record(actor, row, "send_question_code")


def prove_question(actor: Actor, *, ticket: str, code: str) -> None:
    """Try a code: right, the question goes to the seller and its page to the address; each try counts before it is looked at.

    What was asked before from the same address and is open is not asked again: its page is mailed once more.
    """
    row = visitors.waiting(ticket)
    if row.proven_at is not None:
        return
    mine = Asker.objects.filter(
        pk=row.pk, proven_at__isnull=True, code__isnull=False, code_until__gt=actor.at
    )
    with memory.act():
        counted = mine.filter(code_tries__lt=TRIES).update(code_tries=F("code_tries") + 1)
    given = seals.typed_code(code)
    if not counted or not hmac.compare_digest(_mac(row, given), bytes(row.code or b"")):
        raise CodeWrong
    with memory.act():
        take_turns(f"asker/{bytes(row.mark).hex()}")
        if mine.update(proven_at=actor.at, code=None, code_until=None):
            row.refresh_from_db()
            _ask(actor, row)


def _ask(actor: Actor, row: Asker) -> None:
    """Put the question, or lead to the same one that is open; of its words no second copy stays beside the conversation."""
    asked = visitors.said_of(row)
    same = Asker.objects.filter(IS_KEPT, mark=bytes(row.mark), thread__closed_at__isnull=True).exclude(
        pk=row.pk
    )
    before = same.filter(thread__isnull=False).select_related("thread").first()
    if before is not None:
        row.sealed = visitors.sealed(row, AskerSaid(mail=asked.mail))
        row.save(update_fields=("sealed",))
        _record(actor, row, "ask_question_again")
        assert before.thread is not None
        keeping.notify(f"buyer:{before.buyer_ref}", questionnotices.RECEIVED, before.thread, actor.at)
        return
    _on_offer(asked.listing)
    secret = secrets.token_urlsafe(32)
    page = f"{settings.ORIGIN}{reverse('contact_buyer:ask-mine', args=(secret,))}"
    row.page = seals.digest_of(secret)
    row.sealed = visitors.sealed(row, AskerSaid(mail=asked.mail, page=page))
    row.save(update_fields=("page", "sealed"))
    row.thread_id = ask_question(
        visitors.actor_for(row, actor),
        listing_ref=asked.listing,
        topic=Topic(asked.topic),
        said=asked.said,
    )
    row.save(update_fields=("thread",))


def erase_askers(actor: Actor, *, over: datetime, limit: int) -> int:
    """Erase so many addresses and words: of questions that ended before `over`, and of those that nobody proved within a day."""
    unproven = Q(proven_at__isnull=True, asked_at__lt=actor.at - UNPROVEN)
    again = Q(proven_at__lt=actor.at - UNPROVEN, thread__isnull=True)
    rows = Asker.objects.filter(IS_KEPT).filter(Q(thread__closed_at__lt=over) | unproven | again)

    def wipe(row: Asker) -> None:
        if row.thread_id is not None:
            ledger.shred(actor, subject=f"buyer:{row.buyer_ref}", reason=OVER)
        row.sealed, row.mark, row.ticket, row.page, row.code = None, b"", None, None, None
        row.save(update_fields=("sealed", "mark", "ticket", "page", "code"))

    found = rows.select_related("thread").order_by("asked_at", "pk")
    return ledger.shred_each(actor, found, limit=limit, reason=OVER, whose=_whose, wipe=wipe)


def _whose(row: Asker) -> tuple[str, ...]:
    """Return whose key it is, and by what a hold may mean it: its conversation, its words, its shop."""
    if row.thread is None:
        return (row.subject,)
    return row.subject, keeping.about(row.thread), f"buyer:{row.buyer_ref}", f"seller:{row.thread.seller_ref}"


def _on_offer(listing_ref: str) -> None:
    listing = market.listing(listing_ref)
    if listing is None:
        raise NoSuchListing(ref=listing_ref)
    if listing.state is not ListingState.ON_OFFER:
        raise ListingGone


def _send_code(row: Asker, at: datetime) -> None:
    code = seals.new_code()
    row.code, row.code_tries, row.code_until = _mac(row, code), 0, at + timedelta(minutes=CODE_MINUTES)
    row.save(update_fields=("code", "code_tries", "code_until"))
    outbox.notify_numbered(
        to=row.subject,
        template=questionnotices.CODE,
        values={},
        about=f"contact.asker:{row.ref}",
        at=at,
        secret=outbox.Secret(name="code", value=code, until=row.code_until),
    )


def _record(actor: Actor, row: Asker, verb: str) -> None:
    about = f"contact.asker:{row.ref}"
    ledger.record(actor, kind=f"contact.{verb}", subject=row.subject, about=about, payload={})


def _mac(row: Asker, code: str) -> bytes:
    return seals.blind(f"{visitors.TABLE}.code", f"{row.ref}:{code}")


def _mark(mail: str, listing_ref: str, said: str) -> bytes:
    asked = msgspec.json.encode([mail.strip().casefold(), listing_ref, " ".join(said.split())])
    return seals.blind(f"{visitors.TABLE}.mark", asked.decode())
