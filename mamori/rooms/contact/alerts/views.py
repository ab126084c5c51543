"""Pages on which staff follow a warning and note calls, and on which a buyer reads it and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from mamori.grammar.actor import HEADS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame
from mamori.ground.web.lists import show
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.pictures import Bar, Drawing, bars
from mamori.ground.web.signs import Visit
from mamori.rooms.contact.alerts import actions, facts, queries
from mamori.rooms.contact.alerts.actions import NoSuchAlert, about, about_alerted
from mamori.rooms.contact.alerts.facts import Funnel
from mamori.rooms.contact.alerts.lifecycle import LIVE
from mamori.rooms.contact.alerts.queries import ALERTS, WARNINGS, AlertedShown, unreached_of
from mamori.rooms.contact.models import Alert
from mamori.rooms.contact.topics import Topic

# What is decided: staff tell once more, end a warning, and call; a buyer answers.


REMIND: Decision[Alert] = Decision(
    slug="remind",
    title=Text("答えていない購入者に、今もう一度知らせる", "Tell those who have not answered once more, now"),
    lead=Text(
        "期限を待たずに知らせます。一人に一度だけです。すでにもう一度知らせた購入者には届きません。",
        "It does not wait for the time set. Everybody is told once more only once; who was is not told again.",
    ),
    button=Text("もう一度知らせる", "Tell them"),
    done={"alert_remind": Text("順に知らせています。", "They are being told.")},
    verb=actions.remind,
    is_there=lambda page: page.state in LIVE and page.remind_since is not None,
)
END: Decision[Alert] = Decision(
    slug="end",
    title=Text("危険の知らせを終える", "End this warning"),
    lead=Text(
        "危険がなかったときは、知らせた全員にそう知らせます。済んだときは、注文をもう一度だけ調べ、そのあとは何も知らせません。",
        "With no danger, all who were told hear so. When it is done, orders are looked through for a last time, and nothing "
        "more is told.",
    ),
    button=Text("終える", "End it"),
    done={
        "alert_end": Text(
            "注文をもう一度調べてから終わります。", "Orders are looked through once more; then it ends."
        ),
        "alert_clear": Text(
            "知らせた全員に、危険はなかったと知らせています。",
            "All who were told hear that there is no danger.",
        ),
    },
    verb=actions.end_alert,
    roles=tuple(HEADS),
    is_there=lambda page: page.state in LIVE,
    tone="grave",
)
SEE: Decision[AlertedShown] = Decision(
    slug="number",
    title=Text("電話番号を見る（記録）", "See the telephone number (recorded)"),
    button=Text("記録して見る", "Record it and see"),
    done={"alert_see": Text("見たことを記録しました。", "Your look was recorded.")},
    verb=actions.see_number,
    is_there=lambda page: page.is_to_call and page.phone is None,
    step_up=True,
)
CALL: Decision[AlertedShown] = Decision(
    slug="call",
    title=Text("電話の結果を記録する", "Note what came of the call"),
    lead=Text(
        "ご本人とわかってから、商品を使うのをやめるよう伝えます。けがや発火を聞いたときは、困りごとも電話で受けてください。",
        "Ask them to stop using it once you know that it is them. Where somebody was hurt or it burnt, take the trouble down "
        "by telephone as well.",
    ),
    button=Text("記録する", "Note it"),
    done={
        "alert_hear": Text("記録しました。", "It is noted."),
        "alert_miss": Text("記録しました。またかけてください。", "It is noted. Please try again."),
    },
    verb=actions.note_call,
    is_there=lambda page: page.is_to_call,
)
BY_STAFF = (REMIND, END, SEE, CALL)
"""What staff decide, for the handbook."""
STOPPED: Decision[AlertedShown] = Decision(
    slug="stopped",
    title=Text("使うのをやめました", "I have stopped using it"),
    done={"alert_stopped": Text("ありがとうございます。承りました。", "Thank you, it is noted.")},
    verb=actions.say_stopped,
    roles=(Role.BUYER,),
    is_there=lambda page: page.may_answer and page.row.stopped_at is None,
)
HURT: Decision[AlertedShown] = Decision(
    slug="hurt",
    title=Text("けがをした・火や煙が出た", "Somebody was hurt, or it burnt"),
    lead=Text(
        "けがや火のおそれがあるときは、先に119番へ電話してください。押すと相談窓口に伝わります。続けて、何が起きたかをお知らせください。",
        "If there may be injury or fire, call 119 first. The centre learns of it when you press this; then please tell us what "
        "happened.",
    ),
    button=Text("相談窓口に知らせる", "Tell the centre"),
    done={
        "alert_hurt": Text(
            "相談窓口に知らせました。下の「何が起きたかを知らせる」から、続きをお知らせください。",
            "The centre knows. Please go on with “Tell us what happened” below.",
        )
    },
    verb=actions.say_hurt,
    roles=(Role.BUYER,),
    is_there=lambda page: page.may_answer and page.row.hurt_at is None,
    tone="grave",
)
GONE: Decision[AlertedShown] = Decision(
    slug="gone",
    title=Text("人にあげた・もう手元にない", "I gave it away, or have it no more"),
    lead=Text(
        "あげた相手がわかるときは、使うのをやめるよう、その方にもお伝えください。",
        "If you know who has it now, please tell them to stop using it.",
    ),
    button=Text("手元にないと知らせる", "Say that you have it no more"),
    done={"alert_gone": Text("承りました。", "Thank you, it is noted.")},
    verb=actions.say_gone,
    roles=(Role.BUYER,),
    is_there=lambda page: page.may_answer and page.row.gone_at is None,
)
READ: Decision[AlertedShown] = Decision(
    slug="read",
    title=Text("読みました（あとで確かめる）", "I have read it, and will look later"),
    done={
        "alert_read": Text(
            "承りました。まだ使わないでください。", "Thank you. Please do not use it until then."
        )
    },
    verb=actions.say_read,
    roles=(Role.BUYER,),
    is_there=lambda page: page.may_answer and page.row.opened_at is None,
)
BY_BUYER = (STOPPED, HURT, GONE, READ)


class AlertView(MatterView[Alert]):
    """A warning as staff follow it: how many were told and what they said, its words, how it ends."""

    app, name, at, home = "contact_staff", "alert", "alerts/", "alerts"
    back_text = Text("危険の知らせの一覧に戻る", "Back to the warnings")
    roles, deciders, absent = STAFF, STAFF, NoSuchAlert
    listed, decisions = ALERTS, (REMIND, END)
    template, parts = "contact/alerts/alert", (PagePart.WORK, PagePart.FACTS)

    def read(self, place: Where, number: int) -> Alert:
        """Return one as staff read it."""
        return queries.alert(number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: Alert) -> MatterFrame:
        """Return which goods it is about."""
        return self.framed(Text("危険の知らせ", "Warning"), named=shown.goods.ja)

    def given(self, shown: Alert, place: Where) -> Mapping[str, Any]:
        """Return it with its figures and their picture."""
        funnel = facts.funnel(shown.pk)
        listings = shown.listings.order_by("listing_ref").values_list("listing_ref", flat=True)
        return {"alert": shown, "funnel": funnel, "picture": drawn(funnel), "listings": listings}

    def initial(self, shown: Alert) -> Mapping[str, Any]:
        """Return which state of it a form shows."""
        return {"version": shown.version}


class AlertedView(MatterView[AlertedShown]):
    """A buyer who is to be called: of what, by which order, what was heard before."""

    app, name, at, home = "contact_staff", "alerted", "alerts/buyers/", "alerts"
    back_text = AlertView.back_text
    roles, absent = STAFF, NoSuchAlert
    decisions = (SEE, CALL)
    template, parts = "contact/alerts/alerted", (PagePart.FACTS,)

    def read(self, place: Where, number: int) -> AlertedShown:
        """Return one as staff see one."""
        return queries.alerted(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_alerted(key)

    def frame(self, shown: AlertedShown) -> MatterFrame:
        """Return who it is."""
        return self.framed(
            Text("危険を知らせた購入者", "A buyer who was warned"),
            named=shown.row.buyer_ref,
            ref=shown.row.buyer_ref,
        )

    def initial(self, shown: AlertedShown) -> Mapping[str, Any]:
        """Return how often it was called when a form was opened."""
        return {"version": shown.row.calls}


class WarningView(MatterView[AlertedShown]):
    """A warning as its buyer reads it: first to stop using it; what can be answered."""

    app, name, at, home = "contact_buyer", "warning", "warnings/", "warnings"
    back_text = Text("危険の連絡の一覧に戻る", "Back to the warnings")
    roles, absent = (Role.BUYER,), NoSuchAlert
    listed, decisions = WARNINGS, BY_BUYER
    template, parts = "contact/alerts/warning", (PagePart.WORK,)

    def read(self, place: Where, number: int) -> AlertedShown:
        """Return one of the buyer's own."""
        return queries.warning(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_alerted(key)

    def frame(self, shown: AlertedShown) -> MatterFrame:
        """Say first what is to be done."""
        return self.framed(shown.title)

    def given(self, shown: AlertedShown, place: Where) -> Mapping[str, Any]:
        """Return it, and of what a trouble is begun from here."""
        return {"page": shown, "returns": Topic.RETURNS.value, "unsafe": Topic.UNSAFE.value}


ALERT_PAGES, ALERTED_PAGES, WARNING_PAGES = AlertView(), AlertedView(), WarningView()


@open_to(*STAFF)
def unreached(request: Visit, number: int, case_page: str) -> HttpResponse:
    """List whom to call, in the order in which they were told."""
    more, template = {"alert": queries.alert(number)}, "contact/alerts/unreached.html"
    return show(request, unreached_of(number), case_page=case_page, template=template, more=more)


def drawn(funnel: Funnel) -> Drawing:
    """Draw how many were told, and how many of them came how far."""
    steps = {
        "told": Text("知らせた", "told"),
        "opened": Text("読んだ", "have read it"),
        "stopped": Text("使うのをやめた", "have stopped using it"),
        "returning": Text("返品・返金などを申し出た", "asked for a return or a refund"),
        "made_good": Text("返金などが済んだ", "were refunded, or made good"),
        "gone": Text("手元にない", "have it no more"),
        "hurt": Text("けがや発火があった", "were hurt, or it burnt"),
        "unanswered": Text("答えがない", "have not answered"),
        "to_call": Text("電話をかける", "are to be called"),
    }
    found = [(name, int(getattr(funnel, code))) for code, name in steps.items()]
    return bars(
        "alert-funnel",
        Text("どこまで届いたか", "How far it came"),
        (Text("段階", "step"), Text("人数", "buyers")),
        [Bar(name=name, value=count, said=Text(f"{count:,}人", f"{count:,}")) for name, count in found],
    )
