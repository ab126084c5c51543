"""The page where a seller chooses in which language notices and reasons are written to it."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.hand import Role
from mamori.grammar.text import Lang, Text
from mamori.ground.post import actions as post
from mamori.ground.post import facts
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said

NAMES: dict[Lang, Text] = {"ja": Text("日本語", "Japanese"), "en": Text("英語", "English")}


class LanguageForm(HouseForm):
    """One of the two languages."""

    language = forms.ChoiceField(
        label=said("お知らせの言葉", "Language of notices"),
        widget=forms.RadioSelect,
        choices=[(code, said(text.ja, text.en)) for code, text in NAMES.items()],
    )


@open_to(Role.SELLER)
def language(request: Visit) -> HttpResponse:
    """Show in which languages this seller is written to, and take another choice."""
    hand = hand_of(request)
    now = facts.languages_of(hand.whose, hand.at)
    form = LanguageForm(request.POST if request.method == "POST" else None, initial={"language": now[0]})
    if request.method == "POST" and form.is_valid():
        chosen = cast("Lang", form.cleaned_data["language"])
        if now != (chosen,):
            post.choose_language(hand, who=hand.whose, language=chosen)
        return HttpResponseRedirect(request.path)
    shown = {"form": form, "now": [NAMES[one] for one in now]}
    return render(request, "seller/language.html", shown, status=422 if form.errors else 200)
