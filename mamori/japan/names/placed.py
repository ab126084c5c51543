"""A corporation's name taken apart, as it is written and as an account has it: form, where it stands, name, branch."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mamori.grammar.regex import regex
from mamori.japan.names.forms import BRANCHES, FORMS, Form, Place
from mamori.japan.names.glyphs import modern
from mamori.japan.names.kana import normal

_WRITTEN = {word: form for form in FORMS for word in form.words}
_FORM_WORDS = regex("|".join(re.escape(w) for w in sorted(_WRITTEN, key=len, reverse=True)))
_BRANCH_WORDS = regex(f"({'|'.join(BRANCHES)})$")
_SHORT = {form.short: form for form in FORMS}
_ABBREVIATIONS = "|".join(sorted([*_SHORT, "カブ"], key=len, reverse=True))
_HEAD = regex(rf"\(?({_ABBREVIATIONS})\)")
_TAIL = regex(rf"\(({_ABBREVIATIONS})\)?$")
_MIDDLE = regex(rf"\(({_ABBREVIATIONS})\)")
_FULL = {full: short for short, *readings in BRANCHES.values() for full in readings}
_BRANCH = regex(rf"\((エイ|シユツ)\)?$|({'|'.join(_FULL)})$")
_BLANKS = regex(r"[\s・]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A name's parts: what stands before and behind its form, or all of it before where it has none."""

    before: str
    behind: str = ""
    form: Form | None = None
    place: Place | None = None
    branch: str = ""
    """The branch's abbreviation, エイ or シユツ."""


def _placed(text: str, start: int, end: int, form: Form, branch: str) -> Placed:
    before, behind = text[:start], text[end:]
    if not before:
        return Placed("", behind, form, Place.HEAD, branch)
    return Placed(before, behind, form, Place.MIDDLE if behind else Place.TAIL, branch)


def written(name: str) -> Placed:
    """Take apart a name as it is registered: 山田商店株式会社千葉営業所, ㈱髙島屋."""
    text, branch = _BLANKS.sub("", modern(name)), ""
    if found := _BRANCH_WORDS.search(text):
        text, branch = text[: found.start()], BRANCHES[found[1]][0]
    if (found := _FORM_WORDS.search(text)) is None:
        return Placed(text, branch=branch)
    return _placed(text, *found.span(), _WRITTEN[found[0]], branch)


def in_account(kana: str) -> Placed:
    """Take apart a holder's kana with brackets: ｶ)ﾀｶｼﾏﾔ, ﾔﾏﾀﾞｼﾖｳﾃﾝ(ｶ)ﾁﾊﾞ(ｴｲ; full words stay in the name."""
    text, branch = normal(kana), ""
    if found := _BRANCH.search(text):
        text, branch = text[: found.start()], found[1] or _FULL[found[2]]
    found = _HEAD.match(text) or _TAIL.search(text) or _MIDDLE.search(text)
    if found is None:
        return Placed(text, branch=branch)
    return _placed(text, *found.span(), _SHORT["カ" if found[1] == "カブ" else found[1]], branch)


def spelt_out(kana: Placed, form: Form, place: Place) -> list[Placed]:
    """Return the ways in which a name without brackets carries that form as a full word at that place."""
    found: list[Placed] = []
    for word in form.full:
        if place is Place.HEAD and kana.before.startswith(word):
            found.append(Placed("", kana.before[len(word) :], form, place, kana.branch))
        elif place is Place.TAIL and kana.before.endswith(word):
            found.append(Placed(kana.before[: -len(word)], "", form, place, kana.branch))
        elif place is Place.MIDDLE and word in kana.before[1:-1]:
            before, _, behind = kana.before.partition(word)
            found.append(Placed(before, behind, form, place, kana.branch))
    return found
