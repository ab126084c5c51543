"""What staff read of counsellors: what they asked, the newest first; and who was invited."""

from __future__ import annotations

from django.db.models import QuerySet

from mamori.grammar.hand import HEADS, STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.rooms.complaints.counselling.lifecycle import CONSULTATION
from mamori.rooms.complaints.counselling.queries.consultations import ConsultationShown, consultations_shown
from mamori.rooms.complaints.counselling.queries.counsellors import CounsellorShown, counsellors_shown
from mamori.rooms.complaints.models import Consultation, Counsellor


def _consultations(hand: Hand) -> QuerySet[Consultation]:
    return Consultation.objects.select_related("counsellor")


def _counsellors(hand: Hand) -> QuerySet[Counsellor]:
    return Counsellor.objects.all()


CONSULTATION_LIST: ReadingList[ConsultationShown] = ReadingList(
    slug="consultations",
    title=Text("消費生活センターの相談員から", "From counsellors of consumer centres"),
    lead=Text(
        "相談員が、消費者本人の同意を得て尋ねたことです。本人の同意が確かめられるまで、注文ややり取りの中身は伝えません。",
        "What counsellors ask with a consumer's consent. Until that is confirmed nothing of order or conversation is told.",
    ),
    empty=Text("相談はありません", "Nothing was asked"),
    roles=STAFF,
    rows=_consultations,
    order=("-id",),
    read=lambda rows, hand: list(consultations_shown(rows, hand.at)),
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="complaints_staff:consultation",
        ),
        ListColumn(title=Text("センター", "Centre"), value="centre", written=Written.CALLED),
        ListColumn(title=Text("お店", "Shop"), value="shop", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(
            title=Text("期限", "Due"),
            value="due",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("受け付けた日時", "Received"),
                    value="received_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(by_state(CONSULTATION),),
)
COUNSELLOR_LIST: ReadingList[CounsellorShown] = ReadingList(
    slug="counsellors",
    title=Text("招いた相談員", "Counsellors invited"),
    lead=Text(
        "消費生活センターの相談員です。センターの代表番号で本人を確かめてから招きます。",
        "Counsellors of consumer centres, each confirmed by the public number of the centre before they are invited.",
    ),
    empty=Text("まだだれも招いていません", "Nobody was invited yet"),
    roles=HEADS,
    rows=_counsellors,
    order=("-id",),
    read=lambda rows, hand: list(counsellors_shown(rows, hand.at)),
    columns=(
        ListColumn(
            title=Text("名前", "Name"),
            value="name",
            written=Written.CALLED,
            to="number",
            at="complaints_staff:counsellor",
            beneath=(ListColumn(title=Text("センター", "Centre"), value="centre", written=Written.CALLED),),
        ),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("最後に入った日時", "Came in last"), value="came_at", written=Written.MOMENT),
        ListColumn(title=Text("期限", "Until"), value="until", written=Written.MOMENT),
    ),
)
