"""Templates stay short, speak both languages, run no script of their own, and lean only downward."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, short

PAGES = sorted(path for path in (ROOT / "mamori").rglob("templates/**/*.html"))
MAIL = "mamori/ground/post/templates/post/mail.html"  # mail programs read no stylesheet, and it is made for one language
AT_ONCE = "mamori/site/templates/site/fault.html"  # asks nobody for a language, and shows both
EXPLAINED = {
    "mamori/ground/web/templates/mfa/totp/activate_form.html": "the pattern is a picture that allauth draws of a secret of ours",
}
"""Templates in which markup is not escaped, and why nobody's words can be in it."""
MOST_LETTERS = 160
NAMES = frozenset(
    {"Mamori", "HTTP", "Cookie", "PDF", "JPEG", "PNG", "API", "URL", "SHA", "MiB", "class", "details", "code"}
)
"""Words that are the same in both languages."""

_WORDS = r"""("[^"]*"|'[^']*'|[^\s"'%]+)"""
SAY = re.compile(rf"\{{%\s*say\s+{_WORDS}\s+{_WORDS}(?:\s+\w+=\S+)*(?:\s+as\s+\w+)?\s*%\}}")
SAYING = re.compile(r"\{%\s*saying\b.*?%\}(.*?)\{% english %\}(.*?)\{% endsaying %\}", re.DOTALL)
ANY_SAY = re.compile(r"\{%\s*say\b.*?%\}")
BOTH = re.compile(
    r"""\{%\s*if\s+LANGUAGE_CODE\s*==\s*["'](?:en|ja)["']\s*%\}.*?\{%\s*else\s*%\}.*?\{%\s*endif\s*%\}""",
    re.DOTALL,
)
WIDTH = re.compile(r"\{%\s*block width\s*%\}[a-z ]*\{%\s*endblock\s*%\}")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
JAPANESE = re.compile(r"[\u3001-\u303f\u3041-\u30ff\u3400-\u9fff\uff01-\uffef]")
"""Letters and the full-width signs that stand between them: “：” on an English page is Japanese, too."""
ENGLISH = re.compile(r"[A-Za-z]{3,}")
INLINE = {
    "markup that is not escaped": re.compile(r"\|\s*safe\b|mark_safe|autoescape\s+off|\|\s*safeseq"),
    "a style of its own": re.compile(r"<style\b|\sstyle\s*="),
    "a script of its own": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "a handler": re.compile(r"\son[a-z]+\s*="),
    "an address that runs": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(
        r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["'](?:https?:)?//"""
    ),
}


def inline(text: str) -> Iterator[str]:
    """Name what a strict policy would refuse, or what would let somebody's words become markup."""
    yield from (what for what, pattern in INLINE.items() if pattern.search(text))


def one_sided(text: str) -> Iterator[str]:
    """Name each `say` that lacks one of its two languages."""
    for tag in ANY_SAY.findall(text):
        said = SAY.fullmatch(tag)
        ja, en = (said[1], said[2]) if said else ("", "")
        if not ja.strip("'\" ") or (en[0] in "'\"" and JAPANESE.search(en) and not ENGLISH.search(en)):
            yield tag
    for said in SAYING.finditer(text):
        if not JAPANESE.search(said[1]) or not ENGLISH.search(said[2]):
            yield said[0]


class Words(HTMLParser):
    """Collects the words of a page that no tag says: each in the language that its element is marked with."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marked = {name for name, _ in attrs}
        if tag not in {"br", "meta", "link", "input", "img", "hr"}:
            self.open.append((tag, ("lang" in marked and tag != "html") or tag in {"code", "pre", "kbd"}))
        for name, value in attrs:
            if name in {"title", "alt", "aria-label"} or (
                name == "placeholder" and JAPANESE.search(value or "")
            ):
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(marked for _, marked in self.open):
            return
        words = {word for word in ENGLISH.findall(data) if word not in NAMES}
        if JAPANESE.search(data) or words:
            self.bare.append(data.strip())


def bare(text: str) -> list[str]:
    """Return the words that a page says in one language only."""
    reader = Words()
    reader.feed(TAG.sub("", WIDTH.sub("", SAYING.sub("", BOTH.sub("", text)))))
    return reader.bare


def upward(page: Path) -> Iterator[str]:
    """Name each template or address that a page takes from elsewhere than its own part and `web`."""
    text, own = page.read_text("utf-8"), page.relative_to(ROOT).parts
    above = page.parts[page.parts.index("templates") + 1]
    for name in re.findall(r"""\{%\s*(?:extends|include)\s+["']([^"'/]+)/""", text):
        if name not in {above, "web"} and "web" not in own:
            yield f"template {name}"
    for name in re.findall(r"""\{%\s*url\s+["']([^"':]+)[:"']""", text):
        if not (name.startswith(above) or {"ground", "site"} & set(own)):
            yield f"address {name}"


def faults(check: str) -> dict[str, list[str]]:
    """Run a check over every page and return what it found."""
    checks = {
        "inline": lambda text: list(inline(text)),
        "one_sided": lambda text: list(one_sided(text)),
        "bare": bare,
    }
    return {
        short(page): found
        for page in PAGES
        if short(page) != MAIL and (found := checks[check](page.read_text("utf-8")))
    }


def test_no_template_outgrows_a_screen() -> None:
    long = {short(p): n for p in PAGES if (n := len(p.read_text("utf-8").splitlines())) > 120}

    assert PAGES
    assert long == {}


def test_no_template_runs_or_styles_anything_by_itself() -> None:
    found = faults("inline")

    assert found == {page: ["markup that is not escaped"] for page in EXPLAINED}


def test_every_sentence_of_a_template_is_in_both_languages() -> None:
    assert faults("one_sided") == {}


def test_no_template_speaks_one_language_alone() -> None:
    found = faults("bare")

    assert set(found) == {AT_ONCE}


def test_a_line_of_a_template_can_be_read_without_scrolling() -> None:
    """A mail's is left alone: what its programs make of a break is not ours to try."""
    long = {
        short(page): n
        for page in PAGES
        if short(page) != MAIL
        and (n := max(map(len, page.read_text("utf-8").splitlines()), default=0)) > MOST_LETTERS
    }

    assert long == {}, "break it beside a block or between attributes, or say it with `saying`"


def test_templates_lean_only_downward() -> None:
    assert {short(page): found for page in PAGES if (found := list(upward(page)))} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "{{ words|safe }}",
        "{% autoescape off %}",
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<img src="//elsewhere.example/x.png">',
    ],
)
def test_a_planted_inline_thing_is_found(planted: str) -> None:
    assert list(inline(planted))
    assert not list(inline('<script type="module" src="{% static \'web/house.js\' %}"></script> {{ words }}'))


@pytest.mark.parametrize(
    "planted",
    [
        '{% say "日本語" %}',
        '{% say "" "English" %}',
        '{% say "日本語" "日本語" %}',
        "{% saying %}日本語{% english %}日本語{% endsaying %}",
        "{% saying %}\nEnglish\n{% english %}\nEnglish\n{% endsaying %}",
    ],
)
def test_a_planted_one_sided_sentence_is_found(planted: str) -> None:
    assert list(one_sided(planted))
    assert not list(one_sided('{% say "日本語" "English" %}{% say a b %}'))
    assert not list(one_sided("{% saying %}日本語{% english %}\nEnglish\n{% endsaying %}"))


@pytest.mark.parametrize(
    "planted",
    [
        "<p>日本語</p>",
        "<p>Hello there</p>",
        '<img alt="写真">',
        "<b>{{ x }}：{{ y }}</b>",
        "<b>{{ x }}・（{{ y }}）</b>",
    ],
)
def test_a_planted_bare_word_is_found(planted: str) -> None:
    assert bare(planted)
    assert (
        bare('<p>{% say "日本語" "English" %}</p><b lang="ja">日本語</b>{{ x }}{% say "：" ": " %} – Mamori')
        == []
    )
