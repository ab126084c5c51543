"""Template tags of the house: sentences in both languages, moments in Japan, the components, and the keys of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.datastructures import MultiValueDict
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.ground.web import wording
from mamori.ground.web.forms import DayWidget, faults_of
from mamori.ground.web.lists import Page, remaining
from mamori.ground.web.pictures import Drawing
from mamori.ground.web.wording import Crumb, Entry, Row
from mamori.japan.calendar import spoken
from mamori.law.clauses import called

KEYS: dict[str, Text] = {
    "n": Text("次の案件", "the next case"),
    "t": Text("自分の担当にする", "make it mine"),
    "g": Text("担当を外れる", "give it back"),
    "w": Text("本文を読む", "read the words"),
    "c": Text("電話する", "call"),
    "r": Text("当事者に書く", "write to a party"),
    "1": Text("選ぶ（上から1、2、3…）", "choose (1, 2, 3 … from the top)"),
    "d": Text("名義を見比べて決める", "compare the names and decide"),
    "p": Text("解決を提案する", "propose a solution"),
    "m": Text("メモを書く", "write a note"),
    "h": Text("担当を変える", "hand over"),
    "b": Text("前の画面に戻る", "back"),
    "/": Text("探す", "search"),
    "?": Text("キーの一覧", "all keys"),
    "j": Text("下に移る", "move down"),
    "k": Text("上に移る", "move up"),
}
"""With the browser's access key they work without the script, too."""

OUTCOMES = "123456"


def is_key(key: str) -> bool:
    """Say whether the key is declared."""
    return key in KEYS or key in OUTCOMES


# Template tags of the house: sentences in both languages, moments in Japan, and the components.


register = template.Library()

STEP = Text("手順 {now} / {all}", "Step {now} / {all}")
UP_TO = Text("{most} 字まで", "up to {most} characters")

language = wording.language
localized = register.filter("localized", wording.localized)
begun = register.filter("begun", wording.begun)
shown_number = register.filter("shown_number", market.shown_number)


def part[F: Callable[..., dict[str, Any]]](name: str) -> Callable[[F], F]:
    """Register a component that is drawn by its own template."""
    return register.inclusion_tag(f"web/parts/{name}.html")


@register.simple_tag
def say(ja: str, en: str, **values: object) -> str:
    """Say a sentence of the page's furniture in the reader's language; {places} are filled by the values."""
    sentence = ja if wording.language() == "ja" else en
    return (
        sentence.format(**{name: localized(value) for name, value in values.items()}) if values else sentence
    )


class Saying(Node):
    """A sentence in both languages, each on lines of its own."""

    def __init__(self, ja: str, en: str, values: Mapping[str, FilterExpression], name: str) -> None:
        self.ja, self.en, self.values, self.name = ja, en, values, name

    def render(self, context: Context) -> str:
        """Say it as `say` does, or keep it under its name for what follows."""
        said = say(self.ja, self.en, **{name: value.resolve(context) for name, value in self.values.items()})
        if self.name:
            context[self.name] = said
            return ""
        return conditional_escape(said) if self.values else said


@register.tag
def saying(parser: Parser, token: Token) -> Saying:
    """Say a long sentence: `{% saying day=x %}` ja `{% english %}` en `{% endsaying %}`; lines are joined.

    With `as name`, after the values, it is kept for what follows, as with `say`.
    """
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    ja = parser.parse(("english",))
    parser.delete_first_token()
    en = parser.parse(("endsaying",))
    parser.delete_first_token()
    return Saying(
        "".join(line.strip() for line in ja.render(Context()).splitlines()),
        " ".join(en.render(Context()).split()),
        values,
        words[1] if words else "",
    )


@register.simple_tag
def key(name: str) -> SafeString:
    """Mark what a declared key does; the browser's access key does the same without the script.

    :raises KeyError: when no such key is declared.
    """
    if not is_key(name):
        raise KeyError(name)
    return format_html('accesskey="{0}" data-key="{0}"', name)


@register.inclusion_tag("web/parts/keys.html")
def keys(wanted: str) -> dict[str, Any]:
    """Say what the keys of this page do."""
    return {"keys": [(name, KEYS[name]) for name in wanted.split()]}


@register.inclusion_tag("web/keyshelp.html")
def keys_help() -> dict[str, Any]:
    """Say what every key of the desk does, beside a way to do without them."""
    return {"keys": KEYS.items()}


@register.filter
def moment(at: datetime | None) -> str:
    """Say a moment as people in Japan write it, to the minute; a day that has just ended ends at 24:00."""
    return "" if at is None else localized(spoken(at))


@register.filter
def day(on: date | None) -> str:
    """Say a day as people in Japan write it."""
    return "" if on is None else localized(day_text(on))


@register.filter
def clause(code: str, version: int) -> str:
    """Say a clause of the terms in a version by its title."""
    return called(code, version).in_(wording.language())


@register.simple_tag
def yen(amount: int) -> str:
    """Say an amount of yen."""
    return f"{amount:,}円" if wording.language() == "ja" else f"{amount:,} yen"


@part("field")
def field(bound: BoundField, heading: bool = False) -> dict[str, Any]:
    """Draw a field of a form: its label above, what helps, what is wrong, then where to write.

    With `heading=True` the label is the page's heading, for pages with one question.
    """
    widget = bound.field.widget
    alone = isinstance(widget, forms.CheckboxInput)
    choices = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    most = getattr(bound.field, "max_length", None) if isinstance(widget, forms.Textarea) else None
    return {
        "field": bound,
        "heading": heading,
        "alone": alone,
        "choices": choices,
        "grouped": choices or isinstance(widget, DayWidget),
        "described": bound.aria_describedby,
        "short": isinstance(widget, forms.NumberInput) or widget.attrs.get("inputmode") == "numeric",
        "most": most,
        "only_with": " ".join(getattr(bound.form, "only_with", {}).get(bound.name, ())),
        "count_text": UP_TO.fill(most=f"{most:,}") if most else "",
    }


@part("faults")
def faults(form: forms.BaseForm, focused: bool = True) -> dict[str, Any]:
    """Draw what is to be put right in a form, with a link to each field; nothing when nothing is wrong."""
    return {"faults": faults_of(form), "focused": focused}


@part("rows")
def rows(rows: Iterable[Row]) -> dict[str, Any]:
    """Draw answers or facts line by line, with links to change them where there are any."""
    return {"rows": rows}


@part("timeline")
def timeline(entries: Iterable[Entry]) -> dict[str, Any]:
    """Draw what happened, one under the other."""
    return {"entries": entries}


@register.inclusion_tag("web/parts/clock.html", takes_context=True)
def clock(
    context: template.Context,
    due_at: datetime,
    name: Text | str = "",
    still: bool = False,
    *,
    every_day: bool = False,
    alarm: bool = True,
) -> dict[str, Any]:
    """Draw what is left until a due moment, and the moment itself.

    `every_day` where closed days count; without `alarm` a moment that has passed is said and not shown in red: the
    reader can do nothing about it.
    """
    request = context["request"]
    if not hasattr(request, "calendar"):  # a page with fifty clocks asks for it once
        request.calendar = clocks.calendar()
    left = remaining(
        due_at,
        now=request.received_at,
        calendar=request.calendar,
        stands_still=still,
        every_day=every_day,
        alarm=alarm,
    )
    return {"due_at": due_at, "name": name, "left": left.text, "state": left.standing.value}


@part("number")
def case_number(number: str) -> dict[str, Any]:
    """Draw a case number: four digits and four for the eye, one by one for the ear."""
    number = str(number)
    grouped = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    return {"grouped": grouped, "spelt": " ".join(number)}


@part("phone")
def phone(number: str) -> dict[str, Any]:
    """Draw a telephone number that can be touched to call."""
    return {"shown": number, "dial": "".join(c for c in number if c in "+#0123456789").replace("#", "%23")}


@register.inclusion_tag("web/parts/call.html", takes_context=True)
def call(context: template.Context, number: str = "", phone: str = "") -> dict[str, Any]:
    """Draw how to reach the centre by telephone, with the case number to read aloud; nothing where there is none."""
    return {"phone": phone or getattr(context.get("operator"), "phone", ""), "number": number}


@part("chip")
def chip(text: Text | str, tone: str = "") -> dict[str, Any]:
    """Draw a state in a word."""
    return {"text": text, "tone": tone}


@part("receipt")
def receipt(id: object) -> dict[str, Any]:  # noqa: A002
    """Draw the quiet link to the receipt of a record."""
    return {"id": id}


@part("banner")
def banner(text: object, kind: str = "info", live: bool = False) -> dict[str, Any]:
    """Draw a notice: `info`, `success`, `warning` or `error`; a live one is read aloud when it comes."""
    return {"text": text, "kind": kind, "live": live}


@part("empty")
def empty(title: Text | str, text: Text | str = "") -> dict[str, Any]:
    """Draw that there is nothing here, and what that means."""
    return {"title": title, "text": text}


@register.inclusion_tag("web/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], name: Text | str = "") -> dict[str, Any]:
    """Draw how many there are and the ways to the pages before and after; other search words are kept.

    Where a page has two lists, each pager says by `name` of what it is.
    """
    query: MultiValueDict[str, str] = context["request"].GET.copy()

    def to(cursor: str) -> str:
        query["cursor"] = cursor
        return f"?{query.urlencode()}"  # type: ignore[attr-defined]  # a QueryDict

    return {"page": page, "name": name, "before": to(page.previous), "after": to(page.next)}


@part("picture")
def picture(picture: Drawing, table: bool = True) -> dict[str, Any]:
    """Draw a picture with its title, what it says, how it is read, and its numbers as a table.

    Without `table` where the same numbers stand right beneath it anyway.
    """
    drawn = format_html_join(
        "",
        "<{0}{1}>{2}</{0}>",
        (
            (
                shape.tag,
                format_html_join("", ' {}="{}"', shape.attributes.items()),
                localized(shape.words),
            )
            for shape in picture.shapes
        ),
    )
    return {"picture": picture, "drawn": drawn, "table": table}


@part("next")
def next_steps(steps: Iterable[Text | str]) -> dict[str, Any]:
    """Draw what happens next."""
    return {"steps": steps}


@part("done")
def done(title: Text | str, number: str = "", text: Text | str = "", heading: bool = True) -> dict[str, Any]:
    """Draw that something was sent, with its number; it carries the page's heading, unless it stands among others."""
    return {"title": title, "number": number, "text": text, "heading": heading}


@part("print")
def print_button() -> dict[str, Any]:
    """Draw the button that prints; it is there only where scripts run."""
    return {}


@part("stepper")
def stepper(now: int, all: int) -> dict[str, Any]:  # noqa: A002
    """Draw how far along the questions are."""
    return {"text": STEP.fill(now=now, all=all), "now": now, "all": all}


@part("crumbs")
def crumbs(crumbs: Iterable[Crumb], name: Text | str = "") -> dict[str, Any]:
    """Draw the places above this page; `name` tells a second one on the same page apart."""
    return {"crumbs": crumbs, "name": name}
