"""A bundle as the paper says it: headings, tables and words in order, every value data for the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from mamori.grammar.businesstime import moment_text
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.rooms.display.queries.beside import Pair
from mamori.rooms.display.queries.bundle import Bundle, sha256
from mamori.rooms.display.rules import bundle as words
from mamori.rooms.display.rules.bundle import BoundThing, ProofReach

MOST = 10_000
"""So many characters of one text are printed; all of it is in the attached file."""

type Block = dict[str, Any]


def paper(one: Bundle, *, operator: str, page: str) -> dict[str, Any]:
    """Return the paper as JSON-ready values; `page` is the address where key and program are published."""
    made = words.MADE.fill(operator=operator or words.MARKETPLACE, at=_moment(one.at))
    sections = (
        (words.ORDER, _order(one)),
        (words.SHOWN, _shown(one)),
        (words.DIFFERS, _differs(one)),
        (words.GOODS, (*_goods(one), *_screen(one))),
        (words.PROVED, _proved(one)),
        (words.HOW, _how(one, page)),
    )
    return {
        "title": _both(words.TITLE),
        "lead": _both(made),
        "foot": f"{one.order.ref}",
        "sections": [{"title": _both(title), "blocks": list(blocks)} for title, blocks in sections],
    }


def _order(one: Bundle) -> Iterable[Block]:
    order, rows = one.order, words.ORDER_ROWS
    yield _rows(
        (rows["ref"], order.ref),
        (rows["ordered_at"], _moment(order.ordered_at)),
        *(((rows["seen_at"], _moment(order.seen_at)),) if order.seen_at else ()),
        (rows["seller"], order.seller_ref),
        (rows["shop"], one.shop),
        (rows["amount"], _yen(order.amount)),
    )
    if order.items:
        yield _table(
            words.ITEMS_HEAD,
            ((item.name, f"{item.quantity}", _yen(item.price)) for item in order.items),
            widths=(4, 1, 1),
        )


def _shown(one: Bundle) -> Iterable[Block]:
    then = one.then
    version = words.VERSION.fill(number=then.version, since=_moment(then.since))
    yield _rows((words.ORDER_ROWS["version"], version), *then.rows)
    if then.text:
        yield _words(words.OWN_TEXT, then.text)
    yield _say(words.BY_TIME)
    yield _say(words.GAPS)


def _differs(one: Bundle) -> Iterable[Block]:
    if one.now is None:
        yield _say(words.NOT_SHOWN)
    elif not one.pairs:
        yield _say(words.SAME)
    else:
        yield _table(
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
        yield _say(words.LISTING_NONE)
        return
    for each in one.goods:
        since = _moment(each.since) if each.since else words.LISTING_NOT_KEPT
        yield _rows((words.LISTING, each.ref), (words.LISTING_SINCE, since), *each.rows)
        if each.then and each.pairs:
            pairs = (
                (pair.title or "", pair.before or words.EMPTY, pair.after or words.EMPTY)
                for pair in each.pairs
            )
            yield _table(words.BESIDE_HEAD, pairs, widths=(1, 2, 2))
        elif each.then:
            yield _say(words.SAME)


def _screen(one: Bundle) -> Iterable[Block]:
    if one.screen is None:
        yield _say(words.SCREEN_NONE)
        return
    at = _moment(one.screen.told_at)
    if one.screen.text is None:
        yield _say(words.SCREEN_BUYERS.fill(at=at))
    else:
        yield _words(words.SCREEN_TOLD.fill(at=at), one.screen.text)


def _proved(one: Bundle) -> Iterable[Block]:
    rows = ((each.thing.text, _number(each), each.proof.text) for each in one.bound)
    yield _table(words.PROOF_HEAD, rows, widths=(3, 4, 6))
    if len(one.bound) < (3 if one.screen else 2):
        yield _say(words.NO_BULK)
    if one.bound[0].proof is ProofReach.TIME:
        yield _say(words.OLD)
    yield from (_say(each) for each in words.CANNOT)


def _number(each: BoundThing) -> str:
    leaf = each.receipt["leaf"] if each.receipt else None
    return f"{each.address}\n{_moment(datetime.fromisoformat(leaf['at'])).ja}" if leaf else each.address


def _how(one: Bundle, page: str) -> Iterable[Block]:
    yield {"kind": "steps", "steps": [_both(each.fill(page=page)) for each in words.STEPS]}
    yield {"kind": "code", "code": words.COMMAND}
    files = {"seen.json": one.seen, "receipts.json": one.receipts}
    yield {
        "kind": "digests",
        "title": _both(words.FILES),
        "rows": [[name, sha256(file)] for name, file in files.items()],
    }


def _rows(*rows: tuple[Text, str | Text]) -> Block:
    return {"kind": "rows", "rows": [[_both(title), _both(said)] for title, said in rows]}


def _table(head: Sequence[Text], rows: Iterable[Sequence[str | Text]], *, widths: Sequence[int]) -> Block:
    return {
        "kind": "table",
        "widths": list(widths),
        "head": [_both(one) for one in head],
        "rows": [[_both(cell) for cell in row] for row in rows],
    }


def _words(title: Text, text: str) -> Block:
    return {"kind": "words", "title": _both(title), "said": _both(_cut(text))}


def _say(text: Text) -> Block:
    return {"kind": "say", "said": _both(text)}


def _both(said: str | Text) -> dict[str, str]:
    return {"ja": said.ja, "en": said.en} if isinstance(said, Text) else {"ja": said, "en": ""}


def _cut(said: str | Text) -> str | Text:
    if isinstance(said, Text) or len(said) <= MOST:
        return said
    return f"{said[:MOST]}\n{words.CUT.ja}\n{words.CUT.en}"


def _moment(at: datetime) -> Text:
    return moment_text(at.astimezone(JAPAN).replace(microsecond=0))


def _yen(amount: int) -> str:
    return f"{amount:,}円"
