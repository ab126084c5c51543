"""A conversation as a paper that its buyer takes to a consumer centre: what the buyer's own page shows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text, yen
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.market.facts import shown_number
from mamori.ground.web import papers
from mamori.ground.web.papers import Block, Said
from mamori.ground.web.wording import Entry
from mamori.japan.calendar import spoken
from mamori.law.roads import HOTLINE
from mamori.rooms.contact.acts import ACTS, is_shown
from mamori.rooms.contact.centre.queries import CentreShown
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.queries.goods import heading, registered
from mamori.rooms.contact.queries.offers import OfferShown, ReplyShown
from mamori.rooms.contact.queries.thread import MessageShown, ThreadPage, page_of
from mamori.rooms.contact.rules import paper as words
from mamori.rooms.contact.rules.proposals import SIDES, Side
from mamori.rooms.contact.rules.reading import is_told_of_look

LOOK = "contact.look"


def acts_shown(actor: Actor, about: str) -> tuple[ActFact, ...]:
    """Return the acts about a matter of which this party may know that they were done, oldest first."""
    return tuple(
        act
        for act in ledger.acts_about(about)
        if is_shown(act.kind, actor.role)
        or (
            act.kind == LOOK
            and act.content is not None
            and is_told_of_look(act.content["ground"], actor.role)
        )
    )


def records(actor: Actor, about: str) -> tuple[Entry, ...]:
    """Return what happened as this party may know it, oldest first; never what somebody said."""
    return tuple(
        Entry(at=act.at, title=ACTS[act.kind].text, receipt=act.address) for act in acts_shown(actor, about)
    )


type Row = tuple[Said, Said]


def paper(actor: Actor, number: str, *, operator: str) -> dict[str, Any]:
    """Return the paper as JSON-ready values, of as much as this actor's own page of the conversation shows."""
    page = page_of(actor, number)
    acts = acts_shown(actor, page.about) if page.helping_until is None else ()
    sections = (
        (words.CASE, [papers.rows(*_case(page))]),
        (words.ORDER, _order(page)),
        (words.SELLER, _seller(page.seller_ref)),
        (words.DUE, _table_of(_due(page, actor))),
        (words.REFUND, _table_of(_refund(page, acts))),
        (words.OFFERS, (block for offer in reversed(page.offers) for block in _offer(offer))),
        (words.SAID, _said(page.conversation)),
        (words.EVENTS, _events(acts)),
        (words.NOTICES, _notices(page)),
        (words.ABOUT, map(papers.say, (words.SCOPE, words.GAPS, *((words.SEEN,) if page.display else ())))),
        (words.ELSEWHERE, [papers.rows((HOTLINE.title, HOTLINE.text))]),
    )
    made = words.MADE.fill(operator=operator or papers.MARKETPLACE, at=spoken(actor.at))
    return papers.paper(words.TITLE, made, sections, foot=page.number)


def _table_of(rows: Iterable[Row]) -> list[Block]:
    """Return the rows as one block, none where there are none."""
    found = list(rows)
    return [papers.rows(*found)] if found else []


def _case(page: ThreadPage) -> Iterable[Row]:
    now, then = page.standing.now, page.standing.next
    yield words.NUMBER, page.number
    yield words.NOW, Text(f"{now.ja}\n{then.ja}", f"{now.en} {then.en}")
    yield words.TOPIC, page.topic
    if page.harm:
        yield words.HARM, page.harm
    yield words.GOODS, page.goods
    yield words.SHOP, page.shop
    yield words.OPENED, spoken(page.opened_at)
    if page.mediator:
        who = page.mediator
        yield words.MEDIATED, words.MEDIATOR.fill(at=spoken(who.since), why=who.why, who=who.who)
    if page.closed_at:
        yield words.CLOSED, spoken(page.closed_at)


def _order(page: ThreadPage) -> Iterable[Block]:
    if not page.order_ref:
        return
    rows: list[Row] = [(words.ORDER_REF, shown_number(page.order_ref))]
    if page.order:
        rows += [
            (words.ORDERED, spoken(page.order.ordered_at)),
            (words.PAID, yen(page.order.amount)),
            (words.BACK, yen(page.order.refunded_amount)),
        ]
    if page.cancelled:
        rows.append((words.CANCELLED, heading(page.cancelled)))
    if page.is_charged_back:
        rows.append((words.CHARGED_BACK, words.REVERSED))
    yield papers.rows(*rows)
    if page.order and page.order.items:
        lines = ((item.name, f"{item.quantity}", yen(item.price)) for item in page.order.items)
        yield papers.table(words.ITEMS_HEAD, lines, widths=(4, 1, 1))


def _seller(seller_ref: str) -> Iterable[Block]:
    seller = registered(seller_ref)
    yield from _table_of((one.line.text, one.value) for one in seller.lines)
    if seller.private:
        yield papers.say(words.PRIVATE)
    elif seller.withheld:
        yield papers.say(words.WITHHELD)
    if seller.missing:
        yield papers.say(words.MISSING.fill(what=seller.missing_text))


def _due(page: ThreadPage, actor: Actor) -> Iterable[Row]:
    for clock in page.clocks:
        at = spoken(clock.due_at)
        yield heading(clock.name), words.PASSED.fill(at=at) if clock.due_at < actor.at else at
    if page.closed_at and page.solution_due_at:
        is_kept = page.closed_at <= page.solution_due_at
        said = words.ENDED_BEFORE if is_kept else words.ENDED_AFTER
        yield words.SOLVED_BY, said.fill(at=spoken(page.solution_due_at))


def _refund(page: ThreadPage, acts: Sequence[ActFact]) -> Iterable[Row]:
    if page.wish:
        wish = page.wish
        yield (
            words.WISH,
            words.WISHED.fill(what=heading(wish.what), amount=yen(wish.amount), at=spoken(wish.at)),
        )
    for act in acts:
        if act.kind in words.DECISIONS:
            yield _named(act), spoken(act.at)
    if page.part and not acts:
        yield words.PART, page.part


def _named(act: ActFact) -> Text:
    """Return what was done, with what the record says of it as far as its parties were told."""
    what = ACTS[act.kind].text
    noted = list(words.notes(act.kind, act.content["payload"])) if act.content else []
    return words.EVENT_NOTED.fill(what=what, note=Text.listed(noted)) if noted else what


def _offer(offer: OfferShown) -> Iterable[Block]:
    rows: list[Row] = [
        (words.OFFER.fill(number=offer.number), heading(offer.what)),
        (words.OFFERED, words.BY_AT.fill(who=heading(offer.who), at=spoken(offer.at))),
        (words.STATE, heading(offer.state)),
    ]
    if offer.agreed:
        rows.append((words.AGREED, heading(Text.listed(offer.agreed))))
    if offer.due_at:
        rows.append((words.KEEP_BY if offer.is_agreed else words.REPLY_BY, spoken(offer.due_at)))
    if offer.words != "":
        rows.append((words.THE_WORDS, _or_erased(offer.words)))
    yield papers.rows(*rows, *(_reply(offer.reply) if offer.reply else ()))


def _reply(reply: ReplyShown) -> Iterable[Row]:
    said = words.REPLIED.fill(reply=heading(reply.reply), through=reply.through, at=spoken(reply.at))
    yield words.REPLY.fill(who=reply.who), said
    if reply.words != "":
        yield words.THE_WORDS, _or_erased(reply.words)
    if reply.corrected_at:
        yield words.MISHEARD, spoken(reply.corrected_at)
    if reply.correction:
        yield words.RIGHT, reply.correction


def _or_erased(said: str | None) -> Said:
    return words.ERASED if said is None else said


def _said(messages: Sequence[MessageShown | CentreShown]) -> Iterable[Block]:
    for message in messages:
        if isinstance(message, CentreShown):
            title = words.WITH_CENTRE.fill(
                who=heading(SIDES[message.by]), to=_to(message), at=spoken(message.at)
            )
            yield papers.words(title, _or_erased(message.words))
            yield from map(papers.say, (heading(message.through),) if message.through else ())
            continue
        who = words.THE_SELLER if message.by_seller else words.BUYER
        title = words.MESSAGE.fill(number=message.number, who=who, at=spoken(message.at))
        yield papers.words(title, _or_erased(message.words))
        yield from map(papers.say, _beside(message))


def _to(message: CentreShown) -> Text:
    """Say for whom a message was: the centre, and whoever else may read it."""
    if message.by is Side.CENTRE:
        return message.readers.text
    other = Side.SELLER if message.by is Side.BUYER else Side.BUYER
    return Text.listed(SIDES[one] for one in (Side.CENTRE, other) if message.readers.reach(one))


def _beside(message: MessageShown) -> Iterable[Text]:
    """Return what the page says of a message beside its words."""
    if message.by_seller and not message.substantive:
        yield words.RECEIPT_ONLY
    if message.through:
        yield heading(message.through)
    if message.is_hidden:
        yield words.HIDDEN
    if message.formal:
        yield words.READS_LIKE.fill(kind=heading(message.formal))
    for file in message.files:
        text = words.FILE if file.state is None else words.FILE_STATE
        yield text.fill(name=file.name, state=file.state or "")


def _events(acts: Sequence[ActFact]) -> Iterable[Block]:
    if acts:
        lines = ((spoken(act.at), _named(act), act.address) for act in acts)
        yield papers.table(words.EVENT_HEAD, lines, widths=(4, 6, 4))


def _notices(page: ThreadPage) -> Iterable[Block]:
    """Return the notices about the order; whoever only helps is shown none."""
    found = formals.of_order(page.order_ref) if page.helping_until is None else ()
    if found:
        lines = ((row.number, row.title, spoken(row.formal.arrived_at), heading(row.state)) for row in found)
        yield papers.table(words.NOTICE_HEAD, lines, widths=(2, 3, 3, 3))
