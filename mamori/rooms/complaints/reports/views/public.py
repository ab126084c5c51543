"""The pages on which anybody reports, and follows a report on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.people.facts import ANONYMOUS
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import by_verb, decide, filed, form_of
from mamori.ground.web.forms import (
    MOMENT,
    FilesField,
    HouseForm,
    VersionForm,
    WordsField,
    seen_field,
)
from mamori.ground.web.once import form_key, new_token
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.signing.limiting import count_submission, says
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language, localized, said, said_text
from mamori.law.clarifications import AskedWhat
from mamori.law.complaints import (
    ASKED_FOR,
    COMPLAINT_REASONS,
    INTERIM_ANSWER,
    STOP_USING,
    ComplaintReason,
    DangerAnswer,
    ReportedWhat,
)
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.queries import ComplaintShown, NoReportHere, ref_of, secret_of, subject_of
from mamori.rooms.complaints.reports import queries
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.reports.queries import AboutWhat, MineShown
from mamori.rooms.complaints.rules import HARMS, ReportInput, is_harm, items_text, raises

# What whoever reports is asked, each declared once.


ANYBODY = tuple(Role)
REPORT: Decision[AboutWhat | None] = Decision(
    slug="report",
    title=Text("問題のある商品・お店などを知らせる", "Report goods, a shop or something else"),
    lead=Text(
        "だれでも、名乗らずに知らせられます。だれが知らせたかは、お店に伝わりません。サインインしていても、あなたのアカウントとは結び付けません。",
        "Anybody may report, without a name. No shop learns who did. Signed in or not, it is not linked to your account.",
    ),
    button=Text("知らせる", "Report it"),
    done={"report": Text("受け付けました。", "It was received.")},
    verb=reporting.report,
    key="",
    roles=ANYBODY,
)
CONFIRM: Decision[MineShown] = Decision(
    slug="code",
    title=Text("メールアドレスを確かめる", "Confirm your address"),
    lead=Text(
        "メールに届いたコードを入れると、結果をそのアドレスにお送りします。ほかのメールは送りません。",
        "Enter the code that came by mail: the outcome will be sent there, and nothing else.",
    ),
    button=Text("確かめる", "Confirm"),
    done={"confirm_mail": Text("メールアドレスを確かめました。", "Your address is confirmed.")},
    verb=telling.confirm_mail,
    roles=ANYBODY,
    is_there=lambda page: page.row.code is not None and page.row.confirmed_at is None,
)
MAIL: Decision[MineShown] = Decision(
    slug="mail",
    title=Text("結果をメールで受け取る", "Hear of it by mail"),
    lead=Text(
        "このアドレスに確認コードをお送りします。確かめるまで、ほかのメールは送りません。",
        "A code is sent to this address. Until it is confirmed nothing else is.",
    ),
    button=Text("コードを送る", "Send the code"),
    done={"leave_mail": Text("コードを送りました。", "A code was sent.")},
    verb=telling.leave_mail,
    roles=ANYBODY,
    is_there=lambda page: page.can_mail and page.row.confirmed_at is None,
)
DANGER: Decision[MineShown] = Decision(
    slug="danger",
    title=Text("けが・火・型番を伝える", "Tell of injury, fire, or the model"),
    lead=Text(
        "答えなくてもかまいません。早く確かめる助けになります。結論が出たあとでも、けが・火の申し出はすぐに見ます。",
        "You need not answer. It helps us to act soon. After a decision, too, word of injury or fire is looked at at once.",
    ),
    button=Text("送る", "Send"),
    done={"danger": Text("ありがとうございます。受け取りました。", "Thank you. It was received.")},
    verb=reporting.answer_danger,
    roles=ANYBODY,
)
ADD: Decision[MineShown] = Decision(
    slug="add",
    title=Text("書き足す・写真を添える", "Add words or photos"),
    button=Text("書き足す", "Add it"),
    done={"add": Text("受け取りました。担当者が読みます。", "It was received, and will be read.")},
    verb=reporting.add_words,
    roles=ANYBODY,
    is_there=lambda page: not page.heard,
)
AGAIN: Decision[MineShown] = Decision(
    slug="again",
    title=Text("見直しを求める", "Ask for another look"),
    lead=Text(
        "はじめに決めた人とは別の担当者が見直します。求められるのは一度です。",
        "Somebody else than who decided looks at it again. You may ask once.",
    ),
    done={"ask_again": Text("別の担当者が見直します。", "Another person will look at it.")},
    verb=reporting.ask_again,
    roles=ANYBODY,
    is_there=lambda page: bool(page.heard),
    closed=lambda page: page.why_not_again,
)
STAYS_OF_DANGER = Text(
    "危険の申し出なので、対象・型番・けがや火の有無だけは、保存の期間が過ぎるまで残します。ほかの人の安全のためです。",
    "As it tells of a danger, what it is about, its model and whether somebody was hurt or it burnt are kept until their time is "
    "over, for the safety of others.",
)
TAKE_BACK: Decision[MineShown] = Decision(
    slug="take-back",
    title=Text("取り下げて、消す", "Take it back and erase it"),
    lead=Text(
        "書いた言葉、添えたもの、連絡先を消します。元には戻せません。このページは開けなくなり、結果もお知らせできません。"
        "申し出が一件あったことと、その対象・理由・結論は、だれのものでもない記録として残ります。確かめ始めたことは、続けることがあります。",
        "Your words, what you added and your address are erased. This cannot be undone: the page cannot be opened any more, and "
        "you are not told what comes of it. That there was a report, what it was about, why, and what was decided stays, of "
        "nobody. What we began to look at may go on.",
    ),
    button=Text("消す", "Erase it"),
    done={"take_back": Text("消しました。", "It is erased.")},
    verb=reporting.take_back,
    roles=ANYBODY,
    warns=lambda page: STAYS_OF_DANGER if page.is_dangerous else None,
    tone="grave",
)
WITH_FILES = (ADD, AGAIN)
DECISIONS = (CONFIRM, DANGER, MAIL, ADD, AGAIN, TAKE_BACK)


# The forms of reports: what is reported and why, the answers about a danger, where to be told, and what a finding says.


OPEN_ANEW = Text(
    "この画面を受け取れませんでした。書いたものをお手もとに控えてから、画面を開き直してお送りください。",
    "This page could not be taken. Please keep a copy of what you wrote, open the page again and send it from there.",
)
WORDS_MOST = 2_000
STOP_IF_DANGEROUS = said(f"危ないときは、{STOP_USING.ja}。", f"If it is dangerous: {STOP_USING.en}.")


def choice_of(label: Any, kind: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Ask for one of an enumeration, each of which has its `text`."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        coerce=kind,
        choices=[(one.value, said_text(one.text)) for one in kind],
        widget=forms.RadioSelect,
    )


def _attached() -> FilesField:
    return FilesField(
        label=said("写真や書類（添えなくてもかまいません）", "Photos or papers (you need not add any)"),
        required=False,
    )


def ticked_items(label: Any) -> forms.TypedMultipleChoiceField:
    """Return the field that asks which items of a shop's display are missing or untrue."""
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=DisplayItem,
        choices=[(item.value, said_text(one.text)) for item, one in ITEMS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def danger_asked(
    label: Any, answers: Iterable[DangerAnswer] = DangerAnswer, help_text: Any = ""
) -> forms.TypedMultipleChoiceField:
    """Return the field that asks whether somebody was hurt or it burnt."""
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=help_text,
        coerce=DangerAnswer,
        choices=[(one.value, said_text(one.text)) for one in answers],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def says_harm(sent: QueryDict) -> bool:
    """Say whether what is sent says that somebody was hurt or it burnt, before any of it is looked at closely."""
    return is_harm(sent.getlist("danger")) or raises(sent.get("words", "")[:WORDS_MOST])


def items_if(given: Mapping[str, Any]) -> tuple[DisplayItem, ...]:
    """Return what was ticked, where the display is what is reported."""
    return tuple(given["items"]) if given["reason"] is ComplaintReason.DISPLAY else ()


class ReportForm(HouseForm):
    """What is reported, where, why, which items of a display, who was hurt, words, files, and where to be told: eight at most."""

    only_with: ClassVar[dict[str, tuple[str, ...]]] = {"items": ("reason=display",)}
    what = choice_of(said("何を知らせますか", "What do you report?"), ReportedWhat)
    where = forms.CharField(
        label=said("ページのアドレス、または番号や名前", "Its address, number or name"),
        help_text=said(
            "わかるものをそのまま書いてください。消えたページでもかまいません。広告は見た場所と何の広告か、メッセージは届いた場所を書いてください。",
            "Whatever you know, as it is. The page may be gone. Of an advertisement, where you saw it and what it is for; of a "
            "message, where it came.",
        ),
        max_length=500,
        required=False,
    )
    reason = choice_of(said("どうしましたか", "What is wrong?"), ComplaintReason, STOP_IF_DANGEROUS)
    items = ticked_items(
        said(
            "お店の表示のとき：ない、またはうそがあるもの",
            "Of a shop's display: what is missing or untrue?",
        )
    )
    danger = danger_asked(
        said("けがをした人はいますか。火や煙は出ましたか", "Was somebody hurt, or did it burn?"),
        tuple(one for one in DangerAnswer if one in HARMS),
        said("なければ、そのままお進みください。", "If not, just go on."),
    )
    words = WordsField(
        label=said("何を見ましたか", "What did you see?"),
        help_text=said(
            "担当者だけが読みます。あなたの名前や電話番号は書かなくてかまいません。",
            "Only people of the marketplace read it. You need not give your name or number.",
        ),
        most=WORDS_MOST,
        rows=5,
    )
    attached = _attached()
    mail = forms.EmailField(
        label=said(
            "結果を知らせるメールアドレス（なくてもかまいません）",
            "Where to be told by mail (you need not leave one)",
        ),
        help_text=said(
            "なければ、次の画面のアドレスで結果をご覧になれます。はじめに確認コードだけをお送りします。",
            "Without one, the page that follows will show the outcome. At first a code is sent there, and nothing else.",
        ),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, visit: Visit, about: AboutWhat | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit, self.about = visit, about
        for name in ("what", "where") if about else ():
            del self.fields[name]
        if not settings.MAMORI_MAIL:
            del self.fields["mail"]

    def clean(self) -> dict[str, Any]:
        """Return the report as it is taken.

        :raises ValidationError: when it cannot be told which form this is: two reports might be taken for one.
        """
        given, key = super().clean() or {}, form_key(self.visit)
        if not key:
            raise ValidationError(localized(OPEN_ANEW))
        if self.errors:
            return given
        about = self.about or AboutWhat(what=given["what"], ref=given["where"])
        report = ReportInput(
            what=about.what,
            reason=given["reason"],
            where=about.ref,
            words=given["words"],
            mail=given.get("mail", ""),
            language=language(),
            items=items_if(given),
            danger=tuple(given["danger"]),
        )
        return {
            "browser": self.visit.META.get("CSRF_COOKIE", ""),
            "told": report,
            "secret": secret_of(key),
            "source": neighbourhood(self.visit),
            "attached": given["attached"],
        }


def key_of(given: Mapping[str, Any]) -> str:
    """Return whose key seals the files of a report that is new: its own, which follows from its secret."""
    return subject_of(ref_of(given["secret"]))


def with_more_files(verb: Callable[..., object]) -> type[HouseForm]:
    """Return the form that asks what the verb asks, and for photos or papers."""
    return type("MoreForm", (form_of(verb),), {"attached": _attached()})


class DangerForm(HouseForm):
    """What happened, and the number on the product."""

    danger = danger_asked(said("あてはまるもの", "What is true?"))
    lot = forms.CharField(
        label=said("型番・ロット番号（わかれば）", "Model or lot number, if you know it"),
        max_length=200,
        required=False,
    )


class ReportMailForm(HouseForm):
    """Where to be told."""

    mail = forms.EmailField(label=said("メールアドレス", "Mail address"), max_length=254)


class UpholdForm(VersionForm):
    """How grave it is, what the shop reads, and why."""

    severity = forms.TypedChoiceField(
        label=said("どのくらい重いか", "How grave is it?"),
        coerce=Severity,
        choices=[(one.value, said_text(text)) for one, text in SEVERITY_TEXTS.items()],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = form_of(actions.uphold)().fields
        self.fields |= {name: asked[name] for name in ("said", "reason")}


class SeenUpholdForm(UpholdForm):
    """The same by what was there to be seen of a danger: nothing is hidden by it."""

    seen_until = seen_field()


class ReportsReadForm(HouseForm):
    """Which reports stood on the page, and how they stood."""

    reports = forms.CharField(widget=forms.HiddenInput, max_length=4_000)
    until = forms.DateTimeField(widget=forms.HiddenInput, input_formats=[MOMENT])

    def clean_reports(self) -> list[int]:
        """Return their numbers; what is none is passed over."""
        return [int(one) for one in self.cleaned_data["reports"].split(",") if one.isdecimal()]


class ShopBehindForm(VersionForm):
    """Which goods, review or shop it is, and how that was found out."""

    where = forms.CharField(
        label=said(
            "商品・レビュー・お店の番号か、そのページのアドレス",
            "Reference of the goods, review or shop, or its address",
        ),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = form_of(actions.name_shop)().fields["reason"]


LOOKED_AT = Text("確かめた表示：{items}。\n", "Looked at in the display: {items}.\n")


def written_in(page: ComplaintShown) -> Mapping[str, Any]:
    """Return what stands in the forms when they are opened."""
    return {
        "version": page.version,
        "seen_until": page.seen_until.strftime(MOMENT),
        "reports": ",".join(f"{one.row.pk}" for one in page.unread),
        "until": max(
            (one.row.unread_at.strftime(MOMENT) for one in page.unread if one.row.unread_at), default=""
        ),
        "said": localized(LOOKED_AT.fill(items=items_text(dict(page.items)))) if page.items else "",
        "severity": COMPLAINT_REASONS[page.reason].severity.value,
        "what": ASKED_FOR.get(page.reason, AskedWhat.OTHER).value,
    }


HERE = "../"
"""Back to the report's own page: its address, which holds the secret, is kept nowhere."""


def _nameless(request: Visit) -> Visit:
    """Return the same request of nobody: who is signed in is not known to what is done here."""
    nameless = copy(request)
    nameless.presence = ANONYMOUS
    return nameless


@open_to(*EVERYONE)
def report(request: Visit) -> HttpResponse:
    """Ask what is reported and why, and take it; what the address names is not asked for, the `why` of it is chosen already.

    Of a report that was just taken back it says what is gone and what stays.
    """
    if request.GET.get("done") == TAKE_BACK.slug:  # the report's own page is gone with it
        return render(request, "complaints/public/erased.html")
    why = request.GET.get("why", "")
    about = queries.about_what(request.GET.dict())
    tells_harm = says(request, says_harm)
    if not tells_harm and (too_many := count_submission(request)):
        return too_many
    nameless = _nameless(request)
    answer = decide(
        nameless,
        REPORT,
        about,
        again=lambda: about,
        back="/",
        template="complaints/public/report.html",
        form=partial(ReportForm, visit=nameless, about=about),
        initial=lambda about: {"reason": why},
        prepare=filed(key_of),
    )
    if isinstance(answer, HttpResponseRedirect):
        return HttpResponseRedirect(reverse("complaints_public:mine", args=(secret_of(form_key(nameless)),)))
    return (tells_harm and count_submission(request)) or answer  # what was not taken counts as any other


report.counts_itself = True  # type: ignore[attr-defined]  # nobody is shut out from telling of a harm


@open_to(*EVERYONE)
def mine(request: Visit, secret: str) -> HttpResponse:
    """Show a report on its own page: its number, how it stands, and what can be added."""
    shown = queries.mine(secret, at=request.received_at)
    role = request.presence.role
    page = {
        "page": shown,
        "address": request.build_absolute_uri(request.path),
        "stop": STOP_USING,
        "interim": INTERIM_ANSWER,
        "done": _done(request.GET.get("done", ""), shown),
        "asks": [_asked(one, shown) for one in (CONFIRM, DANGER) if _is_asked(one, shown)],
        "offers": [
            (one, one.why_closed(shown))
            for one in DECISIONS
            if one.is_open_to(role, shown) and not _is_asked(one, shown)
        ],
    }
    return render(request, "complaints/public/mine.html", page)


@open_to(*EVERYONE)
def act(request: Visit, secret: str, slug: str) -> HttpResponse:
    """Show or take what whoever reported adds."""
    decision, at = _decision(slug), request.received_at
    if decision is None:
        raise NoReportHere
    answer = decide(
        _nameless(request),
        decision,
        queries.mine(secret, at=at),
        again=lambda: queries.mine(secret, at=at),
        key=secret,
        back=HERE,
        template="complaints/public/act.html",
        form=_form(decision),
        initial=_initial,
        prepare=filed(lambda given: subject_of(ref_of(secret))),
        refused=(NoReportHere,),
    )
    if isinstance(answer, HttpResponseRedirect) and decision is TAKE_BACK:
        return HttpResponseRedirect(f"{reverse('complaints_public:report')}?done={slug}")
    return answer


def _decision(slug: str) -> Decision[MineShown] | None:
    return next((one for one in DECISIONS if one.slug == slug), None)


def _done(slug: str, shown: MineShown) -> Text | None:
    """Say what was just done, where the address claims it; of a code only that it was right, the page says how else."""
    decision = _decision(slug)
    if decision is None or (decision is CONFIRM and shown.row.confirmed_at is None):
        return None
    return next(iter(decision.done.values()))


def _is_asked(decision: Decision[MineShown], shown: MineShown) -> bool:
    """Say whether it is asked on the page itself: a code that waits, and of a danger what nobody answered yet."""
    if decision not in (CONFIRM, DANGER):
        return False
    if decision is DANGER:
        return shown.is_dangerous and not (shown.said.lot or shown.heard)
    return decision.is_there(shown)


def _asked(decision: Decision[MineShown], shown: MineShown) -> dict[str, object]:
    form = _form(decision)(auto_id=f"{decision.slug}_%s", initial=_initial(shown))
    return {"decision": decision, "form": form, "token": new_token(), "address": f"{decision.slug}/"}


def _initial(shown: MineShown) -> dict[str, object]:
    return {"mail": shown.said.mail, "danger": list(shown.said.danger), "lot": shown.said.lot}


def _form(decision: Decision[MineShown]) -> Callable[..., HouseForm]:
    if decision is DANGER:
        return DangerForm
    if decision in WITH_FILES:
        return with_more_files(decision.verb)
    return ReportMailForm if decision is MAIL else by_verb(decision)
