"""The operator's choices: what is in force, and one page to change each of them."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk import choices, forms
from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told

SETTERS = (Role.LEAD, Role.COUNSEL)
DONE = Text(
    "変更を記録しました。これから始まるものに適用します。", "Recorded. It applies to what begins from now on."
)


class NoSuchChoice(Refusal, code="no-such-choice", status=404):
    """Given when nothing is called that."""

    text = Text(
        "その設定はありません。一覧から選んでください。",
        "There is no such setting. Please choose from the list.",
    )


@open_to(*SETTERS)
def listed(request: Visit) -> HttpResponse:
    """Show every choice with what is in force."""
    at = request.received_at
    shown = {
        "groups": (
            (Text("期限", "Deadlines"), choices.deadlines(at)),
            (Text("そのほか", "Everything else"), choices.settings(at)),
        ),
        "done": DONE if "done" in request.GET else None,
    }
    return render(request, "desk/settings.html", shown)


@open_to(*SETTERS)
def one(request: Visit, code: str) -> HttpResponse:
    """Show one choice, or change it."""
    choice = choices.find(code, request.received_at)
    if choice is None:
        raise NoSuchChoice()
    form = forms.ChoiceForm(request.POST if request.method == "POST" else None, choice=choice)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                choices.choose(hand_of(request), code, form.cleaned_data["value"])
                return HttpResponseRedirect(f"{reverse('desk:settings')}?done={code}")
            except Refusal as refusal:
                form.add_error("value", told(refusal.sentence))
                status = refusal.status
    return render(request, "desk/setting.html", {"choice": choice, "form": form}, status=status)
