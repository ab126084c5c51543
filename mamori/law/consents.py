"""What buyers and sellers are asked to agree to, each in a version of its own, apart from every other term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mamori.grammar.declaration import Consent
from mamori.grammar.text import Text
from mamori.law.citations import SECRECY

_LOOKS_FOR = (
    "探すもの：電話番号、メールアドレス、LINEなどの連絡先、よそのリンク、振込先の口座、{whose}を通さない取引の誘い、"
    "住所。\n\n"
)
_HAPPENS = (
    "すること：あなたが送る前に、その部分を示してお知らせします。あなたも相手も同意し、運営者が伏せることを選んでいるときだけ、"
    "その部分を双方の画面で伏せます。もとの文章は封をして残します。\n\n"
    "しないこと：人は読みません。返品や取消しなどの通知には手を触れません。残るのは種類ごとの件数だけで、文章は使いません。\n\n"
    "断っても、これまでどおりお使いいただけます。そのときは機械も見ません。答えはいつでも変えられます。"
)
_ENGLISH = (
    "What is looked for: telephone numbers, mail addresses, chat accounts, outside links, bank accounts, offers to deal "
    "outside the marketplace, postal addresses.\n\n"
    "What happens: before you send, you are shown the place. Only where both you and the other side agree, and the operator "
    "has chosen hiding, is it hidden on both sides' pages; the original stays under seal.\n\n"
    "What does not happen: no person reads along. Notices of return, cancellation and the like are never touched. "
    "Only counts by kind are kept, and no words.\n\n"
    "If you say no, everything works as before, and no machine looks either. You can change your answer at any time."
)
SCANNING = Consent(
    code="scanning",
    version=2,
    title=Text("送る文章を機械で確かめること", "A machine looks at what you write"),
    text=Text(_LOOKS_FOR.format(whose="この通販サイト") + _HAPPENS, _ENGLISH),
    first=date(2026, 11, 25),
    citation=SECRECY,
)

CONSENTS = (SCANNING,)
FORMER = (
    replace(
        SCANNING,
        version=1,
        text=Text(_LOOKS_FOR.format(whose="通販サイト") + _HAPPENS, _ENGLISH),
        first=date(2026, 11, 1),
    ),
)
"""Texts that were agreed to before: a receipt names the version, and its words stay to be read."""
