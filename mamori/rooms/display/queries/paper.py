"""A bundle as the paper says it: headings, tables and words in order, every value data for the template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mamori.grammar.businesstime import moment_text
from mamori.grammar.text import Text
from mamori.ground.web import papers
from mamori.ground.web.papers import Block
from mamori.japan.calendar import JAPAN
from mamori.rooms.display.queries.beside import Pair
from mamori.rooms.display.queries.bundle import Bundle, sha256
from mamori.rooms.display.rules import bundle as words
from mamori.rooms.display.rules.bundle import BoundThing, ProofReach

MOST = 10_000
"""So many characters of one text are printed; all of it is in the attached file."""


def paper(one: Bundle, *, operator: str, page: str) -> dict[str, Any]:
    """Return the paper as JSON-ready values; `page` is the address where key and program are published."""
    made = words.MADE.fill(operator=operator or papers.MARKETPLACE, at=_moment(one.at))
    sections = (
        (words.ORDER, _order(one)),
        (words.SHOWN, _shown(one)),
        (words.DIFFERS, _differs(one)),
        (words.GOODS, (*_goods(one), *_screen(one))),
        (words.PROVED, _proved(one)),
        (words.HOW, _how(one, page)),
    )
    return papers.paper(words.TITLE, made, sections, foot=one.order.ref)


def _order(one: Bundle) -> Iterable[Block]:
    order, rows = one.order, words.ORDER_ROWS
    yield papers.rows(
        (rows["ref"], order.ref),
        (rows["ordered_at"], _moment(order.ordered_at)),
        *(((rows["seen_at"], _moment(order.seen_at)),) if order.seen_at else ()),
        (rows["seller"], order.seller_ref),
        (rows["shop"], one.shop),
        (rows["amount"], _yen(order.amount)),
    )
    if order.items:
        yield papers.table(
            words.ITEMS_HEAD,
            ((item.name, f"{item.quantity}", _yen(item.price)) for item in order.items),
            widths=(4, 1, 1),
        )


def _shown(one: Bundle) -> Iterable[Block]:
    then = one.then
    version = words.VERSION.fill(number=then.version, since=_moment(then.since))
    yield papers.rows((words.ORDER_ROWS["version"], version), *then.rows)
    if then.text:
        yield papers.words(words.OWN_TEXT, _cut(then.text))
    yield papers.say(words.BY_TIME)
    yield papers.say(words.GAPS)


def _differs(one: Bundle) -> Iterable[Block]:
    if one.now is None:
        yield papers.say(words.NOT_SHOWN)
    elif not one.pairs:
        yield papers.say(words.SAME)
    else:
        yield papers.table(
            words.BESIDE_HEAD,
            (_pair(pair) for pair in one.pairs),
            widths=(1, 2, 2),
        )


def _pair(pair: Pair) -> tuple[str | Text, ...]:
    """Return a row; of the text, which stands above already, only the lines that the other version lacks."""
    before, after, title = pair.before, pair.after, pair.title
    if title is None:
        title, before, after = words.WORDS, *_lines(f"{before}", f"{after}")
    return title, _cut(before) or words.EMPTY, _cut(after) or words.EMPTY


def _lines(before: str, after: str) -> tuple[str, str]:
    then, now = dict.fromkeys(before.split("\n")), dict.fromkeys(after.split("\n"))
    gone = [one for one in then if one not in now]
    new = [one for one in now if one not in then]
    return ("\n".join(gone), "\n".join(new)) if gone or new else (before, after)


def _goods(one: Bundle) -> Iterable[Block]:
    if not one.goods:
        yield papers.say(words.LISTING_NONE)
        return
    for each in one.goods:
        since = _moment(each.since) if each.since else words.LISTING_NOT_KEPT
        yield papers.rows((words.LISTING, each.ref), (words.LISTING_SINCE, since), *each.rows)
        if each.then and each.pairs:
            pairs = (
                (pair.title or "", pair.before or words.EMPTY, pair.after or words.EMPTY)
                for pair in each.pairs
            )
            yield papers.table(words.BESIDE_HEAD, pairs, widths=(1, 2, 2))
        elif each.then:
            yield papers.say(words.SAME)


def _screen(one: Bundle) -> Iterable[Block]:
    if one.screen is None:
        yield papers.say(words.SCREEN_NONE)
        return
    at = _moment(one.screen.told_at)
    if one.screen.text is None:
        yield papers.say(words.SCREEN_BUYERS.fill(at=at))
    else:
        yield papers.words(words.SCREEN_TOLD.fill(at=at), _cut(one.screen.text))


def _proved(one: Bundle) -> Iterable[Block]:
    rows = ((each.thing.text, _number(each), each.proof.text) for each in one.bound)
    yield papers.table(words.PROOF_HEAD, rows, widths=(3, 4, 6))
    if len(one.bound) < (3 if one.screen else 2):
        yield papers.say(words.NO_BULK)
    if one.bound[0].proof is ProofReach.TIME:
        yield papers.say(words.OLD)
    yield from (papers.say(each) for each in words.CANNOT)


def _number(each: BoundThing) -> str:
    leaf = each.receipt["leaf"] if each.receipt else None
    return f"{each.address}\n{_moment(datetime.fromisoformat(leaf['at'])).ja}" if leaf else each.address


def _how(one: Bundle, page: str) -> Iterable[Block]:
    yield {"kind": "steps", "steps": [papers.both(each.fill(page=page)) for each in words.STEPS]}
    yield {"kind": "code", "code": words.COMMAND}
    files = {"seen.json": one.seen, "receipts.json": one.receipts}
    yield {
        "kind": "digests",
        "title": papers.both(words.FILES),
        "rows": [[name, sha256(file)] for name, file in files.items()],
    }


def _cut(said: str | Text) -> str | Text:
    if isinstance(said, Text) or len(said) <= MOST:
        return said
    return f"{said[:MOST]}\n{words.CUT.ja}\n{words.CUT.en}"


def _moment(at: datetime) -> Text:
    return moment_text(at.astimezone(JAPAN).replace(microsecond=0))


def _yen(amount: int) -> str:
    return f"{amount:,}円"
