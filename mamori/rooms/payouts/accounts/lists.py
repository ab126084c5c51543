"""Names in doubt: the registered one beside the account's, piece by piece, and which of them a person looks at next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written
from mamori.ground.web.lists import COUNTED
from mamori.japan.names import Answer
from mamori.japan.names.lattice import Piece
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import IdentityFact
from mamori.rooms.payouts import matters
from mamori.rooms.payouts.accounts import details
from mamori.rooms.payouts.accounts.queries import AccountShown, accounts_of, shown
from mamori.rooms.payouts.accounts.rules import BANK_DIFFERS, NO_KANA, TRIES
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.refusals import NoSuchAccount

SHOWN = 5

_TEST_MISSED = Text(
    "試しの振込の金額が3回違いました。本人の口座かどうかを確かめてください。",
    "The yen of the test were answered wrong three times. Please see whether it is the seller's own account.",
)
_BANK_DIFFERS = Text(
    "銀行の名義確認で「一致しない」と返りました。本人の口座かどうかを確かめてください。",
    "The bank's own check of the holder's name said that it differs. Please see whether it is the seller's own account.",
)
_SHARED = Text(
    "同じ口座が、ほかの出品者（{others}）の振込先にもなっています。事情を確かめてください。それだけでは支払いは止まりません。",
    "The same account is also where the proceeds of another seller go ({others}). Please see why. That alone holds no money.",
)
_NO_KANA = Text(
    "読みの届け出がなく、口座もまだ確かめられていないので、人が見比べます。",
    "Nobody declared how the name is read, and nothing else proves the account: a person compares them.",
)
_NO_NAME = Text(
    "登録名か口座名義のどちらかがないため、比べられません。",
    "One of the two names is not there, so they cannot be compared.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameShown:
    """A name for a person to look at; `seen` is the version of the registered name, `found` what comparing them says.

    `why` is each sentence why one looks, `left` how many names wait, a thousand at most, this one among them, and `following`
    the account whose name is next.
    """

    account: AccountShown
    shop: str
    case: str
    who: IdentityFact | None
    why: tuple[Text, ...]
    found: Answer | None
    seen: int
    since: datetime | None
    clock: ClockFact | None
    earlier: tuple[AccountShown, ...]
    left: int
    following: int | None

    @property
    def has_changed(self) -> bool:
        """Say whether the registered name became another since it was compared: it is compared anew first."""
        return self.who is None or self.who.version != self.seen

    @property
    def can_decide(self) -> bool:
        """Say whether a person's word is asked for now."""
        return self.since is not None and not self.has_changed

    @property
    def unexplained(self) -> tuple[Piece, ...]:
        """Return the pieces that no known reading explains, but for one of which the reason itself says so."""
        said = "".join(sentence.ja for sentence in self.why)
        return tuple(
            piece
            for piece in (self.found.unexplained if self.found else ())
            if f"「{piece.written}」を「{piece.reading}」" not in said
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name in the list: whose, since when somebody has to look, and until when."""

    account: AccountShown
    shop: str
    since: datetime
    due: ClockFact | None

    @property
    def holder(self) -> str:
        """Return what it is called: the holder, or the seller where it cannot be read any more."""
        return self.account.holder or self.account.fact.seller_ref


def owed() -> QuerySet[Account]:
    """Return the accounts whose holder's name a person has to look at."""
    return Account.objects.filter(look_since__isnull=False)


def name_rows(rows: Sequence[Account], actor: Actor) -> list[NameRow]:
    """Return what the list tells of these, in their order."""
    running = clocks.clocks_next(matters.about(row) for row in rows)
    shops = market.shop_names({row.payee_id for row in rows})
    return [
        NameRow(
            account=account,
            shop=shops.get(row.payee_id, "") or row.payee_id,
            since=row.look_since or row.asked_at,
            due=running.get(matters.about(row)),
        )
        for row, account in zip(rows, shown(rows), strict=True)
    ]


def following(row: Account | None) -> int | None:
    """Return the account whose name is next to be looked at: the one after this, else the oldest; None when none waits."""
    waiting = owed().order_by("look_since", "id").values_list("pk", flat=True)
    if row is None:
        return waiting.first()
    since = row.look_since or row.looked_at or row.asked_at
    later = waiting.filter(Q(look_since__gt=since) | Q(look_since=since, pk__gt=row.pk)).first()
    return later or waiting.exclude(pk=row.pk).first()


def account_row(account: int) -> Account:
    """Return the row of an account."""
    row = Account.objects.filter(pk=account).first()
    if row is None:
        raise NoSuchAccount
    return row


def name_of(row: Account, *, at: datetime) -> NameShown:
    """Return an account's name beside the registered one, compared as the gate does."""
    who = identity.identity(row.payee_id, at=at)
    found = details.compared(row, who)
    every = accounts_of(row.payee_id)
    return NameShown(
        account=next(one for one in every if one.fact.id == row.pk),
        shop=market.shop_names([row.payee_id]).get(row.payee_id, ""),
        case=matters.case_number(row),
        who=who,
        why=_why(row, found),
        found=found,
        seen=row.identity_version,
        since=row.look_since,
        clock=clocks.clocks_next([matters.about(row)]).get(matters.about(row)),
        earlier=tuple(one for one in every if one.fact.number < row.number),
        left=owed()[:COUNTED].count(),
        following=following(row),
    )


def _why(row: Account, found: Answer | None) -> tuple[Text, ...]:
    """Return what the comparison says, and before it what else sends the name to a person."""
    said = [found.reason] if found else [_NO_NAME]
    if others := details.shared_with(row):
        named = "、".join(others[:SHOWN]) + ("…" if len(others) > SHOWN else "")
        said.append(_SHARED.fill(others=named))
    if row.look_since is None:
        return tuple(said)
    if row.tries >= TRIES:
        return (_TEST_MISSED, *said)
    if row.why == BANK_DIFFERS:
        return (_BANK_DIFFERS, *said)
    return (_NO_KANA, *said) if row.why == NO_KANA else tuple(said)


NAMES: ReadingList[NameRow] = ReadingList(
    slug="names",
    title=Text("見比べる名義", "Names to compare"),
    lead=Text(
        "口座の名義が登録名と同じかどうか、機械では決められなかったものです。古い順です。出品者はお金を待っています。",
        "Account holders of whom no rule could say that they are the registered person; the oldest first. "
        "Their sellers wait for money.",
    ),
    empty=Text("見比べる名義はありません", "No name waits"),
    roles=STAFF,
    rows=lambda actor: owed(),
    order=("look_since", "id"),
    read=name_rows,
    columns=(
        ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE),
        ListColumn(
            title=Text("口座の名義", "Account holder"),
            value="holder",
            written=Written.CALLED,
            lang="ja",
            to="account.fact.id",
            at="payouts_staff:name",
            beneath=(
                ListColumn(title=Text("銀行と支店", "Bank and branch"), value="account.place"),
                ListColumn(title=Text("口座番号", "Account number"), value="account.fact.masked"),
            ),
        ),
        ListColumn(
            title=Text("出品者", "Seller"),
            value="shop",
            written=Written.CALLED,
            beneath=(
                ListColumn(
                    title=Text("出品者の番号", "Seller's reference"),
                    value="account.fact.seller_ref",
                    written=Written.CALLED,
                ),
            ),
        ),
        ListColumn(title=Text("待ちはじめ", "Since"), value="since", written=Written.MOMENT),
    ),
)
