"""A scene: a counsellor of a consumer centre asks for a buyer, the buyer confirms it, and the centre answers."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.models import Notice
from mamori.law.counselling import ConsentGiven, ConsentLasts, ConsentTo
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.counselling.rules import ConsultationTold
from mamori.rooms.complaints.models import Counsellor
from mamori.site.demo.cast import ORDERS
from mamori.site.demo.course import Course
from mamori.site.demo.days import moment


def a_counsellor_asks(story: Course) -> None:
    """Play an invitation, a consultation with a buyer's consent, the papers and the answer."""
    story.teller.scene(Text("消費生活センターの相談員", "A counsellor of a consumer centre"))
    said = Text(
        "センターの代表番号に電話して確かめ、相談員を招く",
        "calls the centre's public number, and invites a counsellor",
    )
    number = complaints.invite_counsellor(
        story.lead("2026-12-21T15:00", said),
        name="相談員",
        centre="見本市消費生活センター",
        mail="soudan@example.jp",
    )
    who = _comes_in(number)
    said = Text("届いたリンクで入り、注文のことを相談する", "comes in by the link, and asks about an order")
    told = ConsultationTold(
        consumer="購入者",
        order=ORDERS["unsolved"],
        words="不具合について、お店との話し合いが進まないとのことです。経過を教えてください。",
        consent=ConsentTo.WORDS,
        given=ConsentGiven.WRITTEN,
        lasts=ConsentLasts.QUARTER,
    )
    asked = complaints.consult(story.do("2026-12-21T15:20", who, Role.COUNSELLOR, said), told=told)
    said = Text("自分のページで「同意したとおり」と答える", "confirms the consent on a page of their own")
    complaints.confirm_consent(story.buyer("2026-12-21T15:40", "unsolved", said), consultation=asked)
    said = Text("やり取りの記録を取り出す", "takes the record of the conversation")
    complaints.take_bundle(
        story.do("2026-12-21T15:50", who, Role.COUNSELLOR, said), consultation=asked, what=ConsentTo.WORDS
    )
    said = Text("同意の範囲で回答する", "answers as far as the consent goes")
    complaints.answer_counsellor(
        story.agent("2026-12-21T16:30", said),
        consultation=asked,
        said="お店の回答と、窓口が間に入った経過は、やり取りの記録のとおりです。次の期限までにお店の返事がなければ、返金を検討します。",
    )


def _comes_in(number: int) -> str:
    """Use the link that was mailed, as the counsellor would, and return who they are."""
    notice = Notice.objects.filter(about=f"complaints.counsellor:{number}").latest("pk")
    token = outbox.secret_of(notice.pk).rstrip("/").rpartition("/")[2]
    presence = complaints.enter_centre(token=token, at=moment("2026-12-21T15:10"))
    assert Counsellor.objects.get(pk=number).came_at is not None
    return presence.who
