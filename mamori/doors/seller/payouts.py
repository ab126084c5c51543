"""Whether a seller's money goes where it should: what waits, whether there is an account, whether its name is looked at."""

from __future__ import annotations

from collections.abc import Iterator

from mamori.doors.seller.lines import Finding
from mamori.grammar.text import Text
from mamori.ground.web.parts import Tone
from mamori.rooms.payouts import facts as payouts
from mamori.rooms.payouts.facts import MoneyFact

ABOUT = Text("売上金の支払い", "Payouts")
PATH, OPEN = "/seller/payouts/", Text("売上金のページを開く", "Open the page of proceeds")
WAITS = Text(
    "{count}件、合わせて{sum}円の支払いが止まっています。理由と、していただくことをご覧ください。",
    "{count} payouts, {sum} yen in all, wait. Please see why and what you can do.",
)
NO_ACCOUNT = Text(
    "振込先の口座が登録されていません。登録すると、売上金を受け取れます。",
    "There is no account to pay to. Once you register one, your proceeds can be paid.",
)
LOOKED_AT = Text(
    "口座の名義を担当者が確かめています。お手続きはいりません。",
    "A person is looking at the account holder's name. You need not do anything.",
)
COOLS = Text(
    "振込先が変わります。心当たりがなければ、すぐに止めてください。",
    "The account is being changed. If you did not ask for it, please stop it at once.",
)
FINE = Text("止まっている支払いはなく、口座も使えます。", "Nothing waits, and the account is in use.")


def findings(ref: str) -> Iterator[Finding]:
    """Say how the seller's money stands, where payouts or accounts are asked for here at all."""
    found = payouts.money(ref)
    if found is None:
        return
    tone, text = _stands(found)
    if tone is Tone.GOOD:
        yield Finding(about=ABOUT, tone=tone, text=text)
    else:
        yield Finding(about=ABOUT, tone=tone, text=text, path=PATH, link=OPEN)


def _stands(found: MoneyFact) -> tuple[Tone, Text]:
    if found.count:
        return Tone.WARN, WAITS.fill(count=found.count, sum=f"{found.waits:,}")
    if not found.has_account:
        return Tone.WARN, NO_ACCOUNT
    if found.is_changing:
        return Tone.WARN, COOLS
    return (Tone.WARN, LOOKED_AT) if found.is_looked_at else (Tone.GOOD, FINE)
