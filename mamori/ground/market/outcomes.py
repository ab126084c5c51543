"""What a told line comes to: rows written at once, a change, or the sentence that says why it was not taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import leads_elsewhere
from mamori.ground.market.lines import ListingLine, OrderLine, ReviewLine

# What a told line comes to: a change, or the sentence that says why it was not taken in.


class Change(StrEnum):
    """What a line did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


type Outcome = Change | Refusal


class ReferenceUnknown(Refusal, code="reference-unknown", status=422):
    """Given when a line refers to something that nobody has told us of."""

    text = Text(
        "{what}「{ref}」がまだ登録されていません。{what}の行を取り込んでから、もう一度取り込んでください。",
        "The {what} “{ref}” is not known. Please import the {what} first, then this line again.",
    )


class RecordUnknown(ReferenceUnknown, code="record-unknown", status=404):
    """Given when what is asked for, or to be changed, was never told."""

    text = Text(
        "{what}「{ref}」は、まだ伝えられていません。番号を確かめるか、先に全体を伝えてください(PUT、行では op: put)。",
        "The {what} “{ref}” was never told. Please check the reference, or tell it whole first (PUT, or “op”: “put”).",
    )


class RecordChanged(Refusal, code="record-changed", status=412):
    """Given when a record is no longer as the caller has read it."""

    text = Text(
        "{what}「{ref}」は、お読みになったものと違います。もう一度読み、新しい ETag を If-Match に入れてお送りください。"
        "今回は何も変えていません。",
        "This record ({what} “{ref}”) is not as you have read it. Please read it again and send the new ETag in If-Match. "
        "Nothing was changed now.",
    )


class SellerDiffers(Refusal, code="seller-differs", status=422):
    """Given when an order or a review names another seller than its listing."""

    text = Text(
        "出品者「{seller}」は、商品「{listing}」またはその注文の出品者「{owner}」と違います。どちらかを直してください。",
        "The seller “{seller}” is not “{owner}”, who sells the listing “{listing}” or its order. Please correct either.",
    )


class CancelledBeforeOrder(Refusal, code="cancelled-before-order", status=422):
    """Given when an order is cancelled before it was placed."""

    text = Text(
        "「cancelled_at」が注文の日時(ordered_at)より前です。どちらかを直してください。",
        "“cancelled_at” lies before “ordered_at”. Please correct either.",
    )


class UnsentNotCancelled(Refusal, code="unsent-not-cancelled", status=422):
    """Given when an order is said never to have been sent though it was not cancelled."""

    text = Text(
        "「unsent」は、取り消された注文についてだけ書けます。「cancelled_at」と一緒に書いてください。",
        "“unsent” is said of a cancelled order only: please give “cancelled_at” with it.",
    )


class CompletionUnclear(Refusal, code="completion-unclear", status=422):
    """Given when an order's business was over before it began."""

    text = Text(
        "「completed_at」は注文の日時(ordered_at)より後にしてください。",
        "“completed_at” must not lie before “ordered_at”. Please correct it.",
    )


class VerificationUnclear(Refusal, code="verification-unclear", status=422):
    """Given when it is said half how a registered name was verified, or by a method that does not serve for whom it names."""

    text = Text("登録名の確認を受け取れません。{why}", "This verification cannot be taken in. {why}")


HALF = Text(
    "「verified_by」と「verified_at」は一緒に書いてください。「verified_until」もこの2つがあるときだけです。",
    "“verified_by” and “verified_at” need each other, and “verified_until” needs both.",
)
ENDED_BEFORE = Text(
    "「verified_until」は、確かめた日(verified_at)以降の日にしてください。",
    "“verified_until” must not lie before the day of “verified_at”.",
)
NAMELESS = Text(
    "何という名前を確かめたのかを「legal_name」に書いてください。",
    "Please say in “legal_name” which name was verified.",
)
UNFIT_METHOD = Text(
    "「verified_by」の方法では「registered_as」(個人・法人)を確かめられません。登録の種類に合う方法にしてください。",
    "The method in “verified_by” does not verify what “registered_as” says: a person or a company. Please give one that does.",
)
"""Why a verification is not taken in: one sentence for each rule."""


class SeenAfterOrder(Refusal, code="seen-after-order", status=422):
    """Given when a buyer is said to have seen the goods after ordering them."""

    text = Text(
        "「seen_at」は注文の日時(ordered_at)以前にしてください。",
        "“seen_at” must not lie after “ordered_at”. Please correct it.",
    )


class ReceiptUnclear(Refusal, code="receipt-unclear", status=422):
    """Given when goods were received before they were ordered."""

    text = Text(
        "「received_on」は注文の日(ordered_at)以後の日にしてください。",
        "“received_on” must not lie before the day of “ordered_at”. Please correct it.",
    )


class AuthorNeeded(Refusal, code="author-needed", status=422):
    """Given when a review has words and nobody who wrote them."""

    text = Text(
        "「text」は「author」(書いた購入者の ref)と一緒に書いてください。本文は書いた人の鍵で封じて保管します。",
        "“text” needs “author”, the ref of the buyer who wrote it: the words are sealed with that person's key.",
    )


class ScreenKept(Refusal, code="screen-kept", status=409):
    """Given when another screen is told of an order whose screen is kept."""

    text = Text(
        "注文「{ref}」の最終確認画面は、別の内容で保管済みです。証拠なので、あとから変えられません。",
        "Another confirmation screen of the order “{ref}” is kept already. It is evidence and cannot be changed.",
    )


class SoldAsKept(Refusal, code="sold-as-kept", status=409):
    """Given when a seller is told to have been something else at the time of an order than was told of it before."""

    text = Text(
        "注文「{ref}」のときの出品者の区分は、別の内容で伝えられています。取引の時点の事実なので、あとから変えられません。",
        "Of the order “{ref}” it was told that its seller was something else at that time. That stays as it was told.",
    )


class PrivateUnclear(Refusal, code="private-unclear", status=422):
    """Given when it is said since when or by whom a seller is called private, and not whether it is."""

    text = Text(
        "「private_since」「private_by」は「private」と一緒に書いてください。",
        "“private_since” and “private_by” need “private”. Please give it, too.",
    )


class DateAhead(Refusal, code="date-ahead", status=422):
    """Given when something is said to have happened later than now."""

    text = Text(
        "「{field}」が今より後の日時です。起きたことの日時を書き、そちらの時計が5分より進んでいないかをお確かめください。",
        "“{field}” lies in the future. Please give the moment at which it happened, and see that your clock is less than five "
        "minutes ahead.",
    )


class RefLeadsElsewhere(Refusal, code="ref-leads-elsewhere", status=422):
    """Given when something new is told under a reference that cannot stand in an address; what is known already stays usable."""

    text = Text(
        "番号「{ref}」は使えません。「.」「..」や前後が空の / は、アドレスの中で別の場所を指します。別の番号にしてください。",
        "“{ref}” cannot be a reference: “.”, “..” and a slash with nothing beside it lead elsewhere in an address. "
        "Please use another one.",
    )


class PersonErased(Refusal, code="person-erased", status=409):
    """Given when a line would bring back personal data that was erased on purpose."""

    text = Text(
        "「{ref}」の個人データは消去済みのため、取り込みません。通販サイトの側でも書き出しから外してください。",
        "The personal data of “{ref}” was erased and is not taken in again. Please leave it out of the export.",
    )


def write_rows[L: (ListingLine, OrderLine, ReviewLine)](
    model: type[Any], lines: Sequence[L], row_of: Callable[[L, Any], Any]
) -> list[Outcome]:
    """Write what is new or changed of one kind; `row_of` makes a row of a line, or refuses it."""
    found = model.objects.select_for_update().order_by("ref").filter(ref__in=[line.ref for line in lines])
    known = {row.ref: row for row in found}
    outcomes: list[Outcome] = []
    rows = []
    for line in lines:
        before = known.get(line.ref)
        try:
            if before is None and leads_elsewhere(line.ref):
                raise RefLeadsElsewhere(ref=line.ref)
            row = row_of(line, before)
        except Refusal as refusal:
            outcomes.append(refusal)
            continue
        if before is not None and _values(before) == _values(row):
            outcomes.append(Change.UNCHANGED)
            continue
        rows.append(row)
        outcomes.append(Change.CHANGED if before is not None else Change.ADDED)
    upsert(model, rows)
    return outcomes


def _values(row: Any) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def upsert(model: type[Any], rows: list[Any]) -> None:
    """Write rows that are new or changed, whole."""
    rows.sort(key=lambda row: row.ref)  # the same order everywhere, or two imports could wait for each other
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    memory.forget("market.order", "market.buyer", "market.seller")
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ref"], update_fields=columns)
