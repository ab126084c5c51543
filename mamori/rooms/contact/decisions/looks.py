"""What is decided on an emergency look: somebody else confirms it or objects, a lead or counsel tells the parties or waits."""

from __future__ import annotations

from mamori.grammar.hand import HEADS, STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.japan.spoken import spoken
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.telling import OwnTelling
from mamori.rooms.contact.inputs import Reason
from mamori.rooms.contact.queries.looks import LookShown

FOR_TIME = Text(
    "ほかに確かめられる人がいないため、外部の人に知らせ、期間がたつのを待っています。",
    "Nobody else could confirm it: an outside reader has been told, and it waits for its time.",
)
OWN = Text(
    "ご自分の閲覧です。読んだ人とは別の担当者が確かめます。",
    "The look was yours. Somebody other than the reader says whether there was danger.",
)


def _closed(look: LookShown) -> Text | None:
    return FOR_TIME if look.is_for_time else OWN if look.is_own else None


def _anothers(look: LookShown) -> Text | None:
    return OwnTelling.text if look.for_another else None


def _why_read(look: LookShown) -> Text:
    return Text("記録された理由：{reason}", "Recorded reason: {reason}").fill(reason=look.reason or "—")


def _when_told(look: LookShown) -> Text:
    """Say why it was read and when the parties are told, where nobody decides before."""
    due = look.told_at
    if due is None:
        return _why_read(look)
    when = (
        Text(
            "危険があるため控えています。自動では知らせません。次に見直す時：{at}",
            "It is held back for danger and is not told by itself. To be looked at again: {at}",
        )
        if look.held
        else Text("自動で知らせる時：{at}", "Told by itself: {at}")
    )
    return Text("{why}（{when}）", "{why} ({when})").fill(why=_why_read(look), when=when.fill(at=spoken(due)))


def _confirm(hand: Hand, *, look: LookShown) -> None:
    actions.confirm_look(hand, thread=look.thread, look=look.key)


def _object(hand: Hand, *, look: LookShown, reason: Reason) -> None:
    actions.object_to_look(hand, thread=look.thread, look=look.key, reason=reason)


def _tell(hand: Hand, *, look: LookShown, version: int) -> None:
    actions.tell_look(hand, thread=look.thread, look=look.key, seen=version)


def _hold_back(hand: Hand, *, look: LookShown, reason: Reason, version: int) -> None:
    actions.hold_back_look(hand, thread=look.thread, look=look.key, reason=reason, seen=version)


SECOND_READER: tuple[Decision[LookShown], ...] = (
    Decision(
        slug="confirm-look",
        title=Text("緊急時の閲覧を確かめる", "Confirm an emergency look"),
        lead=Text(
            "差し迫った危険があったかを、本文は見ずに、記録された理由で判断してください。このあと、読まれたことを購入者と出品者に"
            "知らせます。知らせると危険があると思うときは、すぐに責任者か法務担当に伝えてください。",
            "Please say whether there was imminent danger by the recorded reason, without reading the words. Afterwards buyer "
            "and seller are told that it was read. If you think that telling would endanger somebody, say so to a lead or "
            "counsel at once.",
        ),
        button=Text("危険があったと確かめた", "There was danger: confirm"),
        done={
            "confirm_look": Text("緊急時の閲覧を確かめたと記録しました。", "Your confirmation was recorded.")
        },
        verb=_confirm,
        key="look",
        roles=STAFF,
        is_there=lambda look: look.waits,
        closed=_closed,
        warns=_why_read,
    ),
    Decision(
        slug="object-to-look",
        title=Text("緊急時の閲覧に異議を述べる", "Object to an emergency look"),
        lead=Text(
            "差し迫った危険があったとは認められないときに。本文は見ずに判断してください。責任者に知らせます。",
            "For when there was no imminent danger. Please decide without reading the words. A lead is told.",
        ),
        button=Text("異議を記録する", "Record the objection"),
        done={
            "object_to_look": Text(
                "異議を記録し、責任者に知らせました。", "Your objection was recorded; a lead was told."
            )
        },
        verb=_object,
        key="look",
        roles=STAFF,
        is_there=lambda look: look.waits and _closed(look) is None,
        warns=_why_read,
        tone="grave",
    ),
)
TELLING: tuple[Decision[LookShown], ...] = (
    Decision(
        slug="tell-look",
        title=Text("緊急時の閲覧を当事者に知らせる", "Tell the parties of an emergency look"),
        lead=Text(
            "購入者と出品者の両方に、読んだこと、日時、別の担当者がどう判断したかを知らせます。理由と、読んだ人の名前は"
            "知らせません。",
            "Buyer and seller are both told that it was read, when, and what the second reader found. They are told neither "
            "the reason nor who read.",
        ),
        button=Text("今、両方に知らせる", "Tell both now"),
        done={"tell_look": Text("購入者と出品者に知らせました。", "Buyer and seller were told.")},
        verb=_tell,
        key="look",
        roles=HEADS,
        is_there=lambda look: look.told_at is not None,
        closed=_anothers,
        warns=_when_told,
    ),
    Decision(
        slug="hold-look-back",
        title=Text("緊急時の閲覧を知らせるのを控える", "Hold the telling of an emergency look back"),
        lead=Text(
            "知らせると危険があるときに。まだ危険があるときは、控え続けます。見直しの時が来たら、責任者にお尋ねします。",
            "For when telling would endanger somebody, or still would. A lead is asked again when it is to be reviewed.",
        ),
        button=Text("控える", "Hold it back"),
        done={
            "hold_back_look": Text(
                "知らせるのを控えました。見直しの時が来たら、責任者にお尋ねします。",
                "It is held back. A lead will be asked again when it is to be reviewed.",
            )
        },
        verb=_hold_back,
        key="look",
        roles=HEADS,
        is_there=lambda look: look.told_at is not None,
        closed=_anothers,
        warns=_when_told,
        tone="grave",
    ),
)
