"""Checks of what the operator chose: clauses that are needed and do not bind, and switches that are off."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.declaration import Clause
from mamori.grammar.text import Text
from mamori.ground.market.models import Seller
from mamori.ground.terms import facts as terms
from mamori.ground.terms.models import ClauseAcceptance
from mamori.law.clauses import CLAUSES
from mamori.site.checks.finding import Found, Level

SHOWN = 1_000
UNPUBLISHED = Text(
    "「{title}」は有効ですが、その条項を公表していないため、どの出品者にも及びません。"
    "担当者の画面の「規約」で公表してください。",
    "“{title}” is switched on, but its clause was never published and binds nobody. Publish it at the desk under “Terms”.",
)
WITHOUT = Text(
    "条項「{title}」を出品者{n}人が承諾していません。承諾のない出品者には及びません。"
    "「規約」のページで承諾してもらってください。",
    "{n} sellers have not accepted the clause “{title}”: it does not bind them. Ask them to accept it on their page “Terms”.",
)
NOT_TAKEN = Text(
    "条項を公表していないため、次の措置はとれません：{titles}。使うときは `mamori terms kit` で文を用意し、"
    "「規約」で公表してください。",
    "No measure is taken on clauses that were never published: {titles}. To use them, prepare the words with `mamori "
    "terms kit` and publish them under “Terms”.",
)

OFF = Text("オフ：{title}（`mamori set {code} on`）", "off: {title} (`mamori set {code} on`)")
NOT_CHOSEN = Text(
    "まだ決めていない：{title}。担当者の画面の「設定」か `mamori set {code} on` で決めてください。",
    "Not decided yet: {title}. Please decide at the desk under “Settings”, or with `mamori set {code} on`.",
)


def clauses(at: datetime) -> Found:
    """Name what is needed and was never published, and count the sellers without a clause that is in force."""
    published: dict[str, list[int]] = {}
    for version in terms.versions():
        published.setdefault(version.clause, []).append(version.version)
    unused = []
    for clause in CLAUSES:
        if clause.code in published:
            yield _accepted(clause, published[clause.code], at)
        elif terms.is_switched_on(clause, at=at):
            yield Level.LOOK, UNPUBLISHED.fill(title=clause.title)
        else:
            unused.append(clause.title)
    if unused:
        yield Level.LOOK, NOT_TAKEN.fill(titles=Text.listed(unused))


def switches(at: datetime) -> Found:
    """Name what is off of that on which the law's duties rest, and what of it nobody chose yet."""
    off = terms.off(at)
    for one, is_chosen in off.items():
        yield Level.LOOK, (OFF if is_chosen else NOT_CHOSEN).fill(title=one.title, code=one.code)
    if not off:
        yield (
            Level.GOOD,
            Text("表示と連絡先についての設定は、すべてオン", "all that displays and contacts rest on is on"),
        )


def _accepted(clause: Clause, versions: list[int], at: datetime) -> tuple[Level, Text]:
    accepted = ClauseAcceptance.objects.filter(
        clause=clause.code, version__in=versions, accepted_at__lte=at
    ).values("seller_ref")
    without = Seller.objects.exclude(pk__in=accepted)[:SHOWN].count()
    if without:
        return Level.LOOK, WITHOUT.fill(title=clause.title, n=without)
    told = Text("条項「{title}」は全員が承諾済み", "every seller has accepted the clause “{title}”")
    return Level.GOOD, told.fill(title=clause.title)
