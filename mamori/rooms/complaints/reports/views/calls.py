"""Pages on which staff take reports by telephone and on paper, and call back whoever wants to hear by telephone."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, decide, filed
from mamori.ground.web.forms import FilesField, HouseForm, WordsField
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.once import form_key
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized, said, said_text
from mamori.japan.phones import NoPhone, PhoneNotForBuyers, phone
from mamori.law.calls import ANNOUNCE, MAIL_CONSENT, CallRecording, HearsBy, ReportChannel
from mamori.law.complaints import STOP_USING, ComplaintReason, ReportedWhat
from mamori.rooms.complaints.queries import NoSuchComplaint, ref_of, secret_of, subject_of
from mamori.rooms.complaints.reports import queries as callbacks
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.reports.actions.reporting import NowhereToTell, SummaryNotHeard
from mamori.rooms.complaints.reports.queries import (
    CallBackShown,
    CallsShown,
    NoSuchCall,
    NoSuchCallBack,
    SheetShown,
    TakenShown,
)
from mamori.rooms.complaints.reports.views.public import danger_asked, items_if, key_of, ticked_items
from mamori.rooms.complaints.rules import ReportInput, SheetInput, lacks, summary

# What staff do for who telephones, writes or comes, each declared once: a sheet, the report, papers, the call back.


OPEN: Decision[CallsShown] = Decision(
    slug="open",
    title=Text("電話・手紙での申し出", "Reports by telephone and on paper"),
    lead=Text(
        "注文もアカウントもない人の申し出を、電話・手紙・ファックス・窓口で受け付けます。"
        "番号がわかれば、同じ番号から前に届いた申し出が出ます。調べたことは記録に残ります。",
        "Take what somebody without order or account reports by telephone, letter, fax or at the counter. With a number, what "
        "came from it earlier is shown; that you looked is recorded.",
    ),
    button=Text("受付票を開く", "Open a sheet"),
    done={"look_up": Text("受付票を開きました。", "A sheet was opened.")},
    verb=reporting.open_sheet,
    key="",
)
PICK: Decision[SheetShown] = Decision(
    slug="pick",
    title=Text("この電話を受ける", "Take this call"),
    lead=Text(
        "開くと、番号と、同じ番号から前に届いた申し出が出ます。調べたことは記録に残ります。",
        "The number is shown, and what came from it earlier; that you looked is recorded.",
    ),
    done={"look_up": Text("受付票を開きました。", "A sheet was opened.")},
    verb=reporting.pick_up,
    is_there=lambda page: not page.is_open,
)
TAKE: Decision[SheetShown] = Decision(
    slug="take",
    title=Text("申し出を書き取る", "Take a report down"),
    button=Text("読み返して受け付ける", "Read it back and take it"),
    done={"take": Text("受け付けました。", "It was taken.")},
    verb=reporting.take_report,
    is_there=lambda page: page.is_open,
)
SCAN: Decision[TakenShown] = Decision(
    slug="scan",
    title=Text("届いた紙を添える", "Add papers that came"),
    lead=Text(
        "手紙・ファックスをスキャンした PDF か写真を添えます。開くまで、だれの画面にも出ません。",
        "Add a letter or fax as scanned PDF or photo. It is not shown before somebody opens it.",
    ),
    button=Text("添える", "Add them"),
    done={"scan": Text("添えました。", "They were added.")},
    verb=reporting.add_scan,
    is_there=lambda page: not page.is_erased,
)
MORE: Decision[TakenShown] = Decision(
    slug="more",
    title=Text("言われたことを書き足す", "Add what they say"),
    button=Text("書き足す", "Add it"),
    done={"add": Text("書き足しました。", "It was added.")},
    verb=reporting.add_words_for,
    is_there=lambda page: not (page.heard or page.is_erased),
)
AGAIN: Decision[TakenShown] = Decision(
    slug="again",
    title=Text("見直しの求めを受ける", "Take the wish for another look"),
    lead=Text(
        "言われたとおりに書きます。はじめに決めた人とは別の担当者が見直します。求められるのは一度です。",
        "Write it as it is said. Somebody else than who decided looks at it again. It can be asked once.",
    ),
    button=Text("見直しの求めを受ける", "Take it"),
    done={"ask_again": Text("別の担当者が見直します。", "Another person will look at it.")},
    verb=reporting.ask_again_for,
    is_there=lambda page: bool(page.heard) and not page.is_erased,
    closed=lambda page: page.why_not_again,
)
ERASE: Decision[TakenShown] = Decision(
    slug="erase",
    title=Text("頼まれて、消す", "Erase it as they ask"),
    lead=Text(
        "本人とわかってから消します。言葉・紙・名前・連絡先が消え、折り返しもしません。元には戻せません。"
        "一件あったことと、対象・理由・結論は残ります。危険の申し出では、対象・型番・けがや火の有無も残ります。",
        "Erase it once you know that it is them. Words, papers, name and address go, and nobody is called back. It cannot be "
        "undone. That there was a report, what about, why and what was decided stays; of a danger also the model and whether "
        "somebody was hurt or it burnt.",
    ),
    button=Text("消す", "Erase it"),
    done={"take_back": Text("消しました。", "It is erased.")},
    verb=reporting.take_back_for,
    is_there=lambda page: not page.is_erased,
    tone="grave",
)
OF_TAKEN = (MORE, AGAIN, SCAN, ERASE)
REACHED: Decision[CallBackShown] = Decision(
    slug="reached",
    title=Text("つながって、伝えた", "Reached, and told"),
    lead=Text(
        "ご本人とわかってから、上の言葉を読み上げます。出た人が違うときは、用件を言わずに切ります。",
        "Read the words out once you know that it is them. To anybody else say nothing of it.",
    ),
    button=Text("伝えたと記録する", "Note that they were told"),
    done={"reach": Text("伝えたことを記録しました。", "It is noted that they were told.")},
    verb=telling.note_reached,
    is_there=lambda page: page.is_due,
)
MISSED: Decision[CallBackShown] = Decision(
    slug="missed",
    title=Text("つながらなかった", "Nobody was reached"),
    done={
        "miss": Text("記録しました。またかけてください。", "It is noted. Please try again."),
    },
    verb=telling.note_missed,
    is_there=lambda page: page.is_due,
)
WRONG: Decision[CallBackShown] = Decision(
    slug="wrong",
    title=Text("番号が違った", "The number was wrong"),
    done={"find_wrong": Text("記録しました。もうかけません。", "It is noted: it is called no more.")},
    verb=telling.note_wrong_number,
    is_there=lambda page: page.is_due,
)
BACKS = (REACHED, MISSED, WRONG)
DECISIONS = (OPEN, PICK, TAKE, *OF_TAKEN, *BACKS)


# The forms of telephone and paper: whose call, the report as it is told, the summary that is read back, papers that came.


LANGUAGES = (("ja", said("日本語", "Japanese")), ("en", said("英語", "English")))
CHANNELS = tuple(one for one in ReportChannel if one is not ReportChannel.PAGE)
HEARS = tuple(one for one in HearsBy if one is not HearsBy.PAGE)


class PhoneField(forms.CharField):
    """A telephone number as people write it, of which the one that can be dialled is kept."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(required=False, max_length=60, widget=widget, **options)

    def clean(self, value: Any) -> str:
        """Return the number as it is shown in Japan, or "".

        :raises ValidationError: when it is none that can be called.
        """
        written = super().clean(value)
        try:
            return phone(written).shown if written else ""
        except (NoPhone, PhoneNotForBuyers):
            raise ValidationError(localized(NoPhone.text)) from None


class OpenSheetForm(HouseForm):
    """The number that calls, where it is known."""

    number = PhoneField(
        label=said("電話番号（なくてもかまいません）", "Telephone number (not needed)"),
        help_text=said(
            "手紙・窓口、番号を言わない人は、空のままで開きます。",
            "Leave it empty for letters, visitors, and who does not say it.",
        ),
    )


def _radio(label: Any, kinds: Any, kind: Any, **more: Any) -> forms.TypedChoiceField:
    choices = [(one.value, said_text(one.text)) for one in kinds]
    widget = more.pop("widget", forms.RadioSelect)
    return forms.TypedChoiceField(label=label, coerce=kind, choices=choices, widget=widget, **more)


def _line(label: Any, most: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **more)


class SheetForm(HouseForm):
    """The sheet, in the order of a call: how it comes, what is wrong, the danger, where to be told, and the reading back."""

    only_with: ClassVar[dict[str, tuple[str, ...]]] = {
        "attached": tuple(f"channel={one.value}" for one in CHANNELS if one.is_paper),
        "items": ("reason=display",),
        "mail": ("hears=mail",),
        "phone": ("hears=call",),
        "when": ("hears=call",),
        "post": ("hears=post",),
    }
    channel = _radio(said("どう届いたか", "How it came"), CHANNELS, ReportChannel, widget=forms.Select)
    recording = _radio(
        said("録音", "Recording"),
        CallRecording,
        CallRecording,
        help_text=said(
            f"録音するときは、はじめに読み上げます：{ANNOUNCE.ja} "
            "断られても、そのまま受け付けます。この仕組みに音声は残りません。",
            f"Where it is recorded, begin with: {ANNOUNCE.en} Who refuses is heard all the same. No sound is kept here.",
        ),
    )
    what = _radio(said("何についてか", "What is it about?"), ReportedWhat, ReportedWhat, widget=forms.Select)
    where = _line(
        said("番号・アドレス・お店や商品の名前", "Reference, address, or name of shop or goods"),
        500,
        help_text=said(
            "わかるものをそのまま。なくてもかまいません。", "Whatever they know; it may be empty."
        ),
    )
    reason = _radio(
        said("どうしたか", "What is wrong?"),
        ComplaintReason,
        ComplaintReason,
        help_text=said(
            f"危ないときは、すぐに読み上げます：「{STOP_USING.ja}。」",
            f"If it is dangerous, say at once: “{STOP_USING.en}.”",
        ),
    )
    danger = danger_asked(
        said(
            "必ず伺う：けがをした人はいますか。火や煙は出ましたか",
            "Always ask: was somebody hurt, or did it burn?",
        )
    )
    lot = _line(said("型番・ロット番号（わかれば）", "Model or lot number, if they know it"), 200)
    items = ticked_items(said("ない、またはうそがある表示", "What of the display is missing or untrue?"))
    words = WordsField(
        label=said("言われたとおりの言葉", "The words as they were said"),
        help_text=said(
            "まとめたり、言いかえたりしません。", "As they were said: neither shortened nor put otherwise."
        ),
        most=2_000,
        rows=5,
    )
    attached = FilesField(
        label=said("届いた紙（スキャンした PDF・写真）", "Papers that came: scanned PDF or photo"),
        required=False,
        help_text=said(
            "手紙とファックスはここで添えます。窓口で受け取ったものは、受け付けたあとに添えます。",
            "Add letters and faxes here; what is handed over at the counter, after it was taken.",
        ),
    )
    hears = _radio(said("結果をどう知らせるか", "How to tell the outcome"), HEARS, HearsBy)
    mail = forms.EmailField(
        label=said("メールアドレス", "Mail address"),
        max_length=254,
        required=False,
        help_text=said(f"先に読み上げます：{MAIL_CONSENT.ja}", f"First read out: {MAIL_CONSENT.en}"),
    )
    phone = PhoneField(label=said("折り返す番号", "Number to call back"))
    when = _line(said("つながりやすい時間", "When to call"), 100)
    post = _line(said("送り先の住所（郵便番号から）", "Postal address, with its code"), 300)
    name = _line(said("お名前（伺えたときだけ）", "Name, only if they give it"), 100)
    language = forms.ChoiceField(label=said("知らせる言語", "Language to tell it in"), choices=LANGUAGES)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(
        label=said(
            "まとめを読み返し（紙なら見比べ）、合っていると確かめた",
            "The summary was read back, or compared with the paper, and is right",
        ),
        required=False,
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.summary: tuple[Text, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Return the report and the sheet; what is said aloud has to have been shown as it would be kept.

        :raises ValidationError: never; what is missing stands at its field.
        """
        given = super().clean() or {}
        if self.errors:
            return given
        names = ("channel", "hears", "recording", "name", "phone", "when", "mail", "post", "lot")
        sheet = SheetInput(danger=tuple(given["danger"]), **{name: given[name] for name in names})
        asked = {one: given[one] for one in ("what", "reason", "where", "words", "language")}
        report = ReportInput(**asked, items=items_if(given))
        if missing := lacks(sheet):
            self.add_error(missing, localized(NowhereToTell.text))
            return given
        self.summary = summary(report, sheet)
        mark = hashlib.sha256(repr(self.summary).encode()).hexdigest()
        was_shown = sheet.channel.is_paper or given["seen"] == mark
        shown: Any = self.data  # what is drawn again names the summary that was shown
        self.data = shown = shown.copy()
        shown[self.add_prefix("seen")] = mark
        if not (given["confirmed"] and was_shown):
            shown.pop(self.add_prefix("confirmed"), None)
            self.add_error("confirmed", localized(SummaryNotHeard.text))
            return given
        key = form_key(self.visit)
        return {
            "told": report,
            "said": sheet,
            "secret": secret_of(key),
            "confirmed": True,
            "attached": given["attached"],
        }


class ScanForm(HouseForm):
    """Papers that came later."""

    attached = FilesField(label=said("届いた紙（スキャンした PDF・写真）", "Papers: scanned PDF or photo"))


@open_to(*STAFF)
def calls(request: Visit, case_page: str) -> HttpResponse:
    """Show the calls that wait and those to be called back, find a report by its number, and open a sheet."""
    actor, wanted = actor_of(request), request.GET.get("report", "").strip()
    if wanted.isdecimal() and len(wanted) < 16:
        return HttpResponseRedirect(reverse("complaints_staff:taken", args=(int(wanted),)))
    shown = partial(callbacks.calls_of, actor)
    answer = decide(
        request,
        OPEN,
        shown(),
        again=shown,
        back=reverse("complaints_staff:listed"),
        template="complaints/staff/calls.html",
        form=OpenSheetForm,
    )
    if isinstance(answer, HttpResponseRedirect):
        return HttpResponseRedirect(reverse("complaints_staff:sheet", args=(callbacks.last_opened(actor),)))
    return answer


@open_to(*STAFF)
def sheet(request: Visit, sheet: int, case_page: str) -> HttpResponse:
    """Take a call that the telephone system told of; then ask what is reported, in the order of a call, read it back, take it."""
    shown = partial(callbacks.sheet_of, actor_of(request), sheet)
    page = shown()
    if not page.is_open and "pick" not in request.GET:
        return HttpResponseRedirect(f"{request.path}?pick=1")
    if "pick" in request.GET:
        return decide(
            request,
            PICK,
            page,
            again=shown,
            key=sheet,
            back=request.path,
            template="complaints/staff/call.html",
            refused=(NoSuchCall,),
        )
    answer = decide(
        request,
        TAKE,
        page,
        again=shown,
        key=sheet,
        back=reverse("complaints_staff:calls"),
        template="complaints/staff/sheet.html",
        form=partial(SheetForm, visit=request),
        initial=lambda page: {"phone": page.number, "language": "ja", "channel": "telephone"},
        prepare=filed(key_of),
        refused=(NoSuchCall,),
    )
    if isinstance(answer, HttpResponseRedirect):
        report = callbacks.taken_by_ref(ref_of(secret_of(form_key(request))))
        return HttpResponseRedirect(reverse("complaints_staff:taken", args=(report,)))
    return answer


@open_to(*STAFF)
def taken(request: Visit, report: int, case_page: str) -> HttpResponse:
    """Show what is told aloud: the number of a report, and what came of it."""
    actor = actor_of(request)
    shown = callbacks.taken_of(actor, report)
    offered = [(one, one.why_closed(shown)) for one in OF_TAKEN if one.is_open_to(actor.role, shown)]
    page = {"page": shown, "stop": STOP_USING, "offers": offered}
    return render(request, "complaints/staff/taken.html", page)


@open_to(*STAFF)
def add(request: Visit, report: int, slug: str, case_page: str) -> HttpResponse:
    """Add what they say or send later, or take their wish for another look."""
    decision = next((one for one in OF_TAKEN if one.slug == slug), None)
    if decision is None:
        raise NoSuchComplaint
    shown = partial(callbacks.taken_of, actor_of(request), report)
    page = shown()
    return decide(
        request,
        decision,
        page,
        again=shown,
        key=report,
        back=reverse("complaints_staff:taken", args=(report,)),
        template="complaints/staff/call.html",
        form=ScanForm if decision is SCAN else None,
        prepare=filed(lambda given: subject_of(page.ref)),
        refused=(NoSuchComplaint,),
        flash=True,
    )


class CallBackView(MatterView[CallBackShown]):
    """Whom to call back, when, and the words to tell."""

    app, name, at, home = "complaints_staff", "back", "complaints/backs/", "calls"
    back_text, roles, absent = OPEN.title, STAFF, NoSuchCallBack
    decisions, decide_template = BACKS, "complaints/staff/call.html"
    template, parts = "complaints/staff/callback", (PagePart.FILE,)

    def read(self, place: Where, number: int) -> CallBackShown:
        """Return one for staff."""
        return callbacks.call_back_of(place.actor, number)

    def frame(self, shown: CallBackShown) -> MatterFrame:
        """Return what it is: whose it is stands on the page alone."""
        return self.framed(Text("折り返しの電話", "Call back"))

    def initial(self, shown: CallBackShown) -> dict[str, Any]:
        """Return how it stood when a form was opened."""
        return {"version": shown.row.version}

    def done(
        self, actor: Actor, shown: CallBackShown, number: int, decision: Decision[CallBackShown]
    ) -> Text | None:
        """Say what was just done, where somebody called at all."""
        return next(iter(decision.done.values())) if shown.row.tries else None


CALLS_BACK = CallBackView()
