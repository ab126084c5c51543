"""A number that is declared stands once: every text that says it is filled with it, and what people wrote by hand agrees."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mamori.grammar.businesstime import span_words
from mamori.law.deadlines import DEADLINES
from mamori.law.grounds import LOGS_DAYS, LOGS_LONGEST
from mamori.law.measures import HIDING_LOOK
from mamori.law.reports import JOMC_LOOK
from mamori.law.retention import RETENTIONS
from mamori.law.settings import SETTINGS
from tests.architecture.source import ROOT, copy_house, files, replace, short, tree
from tests.architecture.test_declarations import run
from tests.architecture.test_templates import ANY_SAY, PAGES

NUMBER = re.compile(
    r"(?<![\d.,\-/A-Za-z月])(?:\d[\d,]*|[二三四五六七八九十]+)\s?(?:万?円|yen\b|時間|営業日|日(?!本|曜|時|付|程)|[％%])"
    r"|(?<![\d.,\-/A-Za-z])\d[\d,]* (?:(?:business|calendar|whole) )?(?:hours?|days?)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|thirty|sixty|ninety) (?:business |calendar |whole )?"
    r"(?:hours?|days?)\b",
    re.IGNORECASE,
)
FREE = re.compile(
    r"(?<!\d)(?:1日目|1(?:円| yen)|0日|1日(?=に|お|だ|、)|1時間(?=に|ご|以|の目))|one day a|after one day"  # what counts by ones
    r"|24時間を1日|1日を24時間|on two days|数十円"  # what a day is; another day; a few yen
    r"|95％信頼区間|95 % (?:confidence )?interval"  # Wilson's, by its own constant
    r"|9,999,999,999円|4980(?:円| yen)|3営業日以内に発送|within three business days of payment"  # a bank's form; examples
)
"""What looks like such a number and is none that anybody declares."""
APART = {
    "mamori/law/clauses.py": {"30日", "30 whole days"},  # a former version says what it said
    "mamori/ground/web/samples.py": {
        "五日",
        "二日",
        "7日",
        "7 days",
        "30日",
        "30 days",
    },  # rows of the page of parts
}
"""By file, and why: the only literals that stay."""
ROOMS = ("mamori/law", "mamori/rooms", "mamori/doors", "mamori/ground")


def literals(said: str) -> list[str]:
    """Return each number with its unit that stands in a sentence."""
    return [found[0] for found in NUMBER.finditer(FREE.sub("…", said))]


def sentences(path: Path) -> Iterator[str]:
    """Yield what a template or a module says to people."""
    if path.suffix == ".html":
        yield from ANY_SAY.findall(path.read_text(encoding="utf-8"))
        return
    for call in ast.walk(tree(path)):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in ("Text", "said")
        ):
            for one in ast.walk(call):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def left(path: Path) -> set[str]:
    """Return the literals of a file that have no reason to be there."""
    found = {number for said in sentences(path) for number in literals(said)}
    return found - APART.get(short(path), set())


def test_no_sentence_says_a_declared_number_by_itself() -> None:
    some = [path for path in (*files(*ROOMS), *PAGES) if NUMBER.search(path.read_text(encoding="utf-8"))]

    found = {short(path): numbers for path in some if (numbers := left(path))}

    assert not found
    assert all(
        numbers <= {n for s in sentences(ROOT / name) for n in literals(s)} for name, numbers in APART.items()
    )


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1万円を超える額", "1万円"),
        ("more than 10,000 yen", "10,000 yen"),
        ("48時間以内", "48時間"),
        ("within two business days", "two business days"),
        ("7日ごとに確かめる", "7日"),
        ("95％の値", "95％"),
    ],
)
def test_a_number_that_is_planted_is_found(said: str, number: str) -> None:
    assert literals(said) == [number]
    assert literals(f"2022年5月1日に、受け取った日を1日目として、{said}") == [number]


WRITTEN: Mapping[str, tuple[str, ...]] = {
    "hold.md": (
        f"for at most {LOGS_DAYS} days",
        f"for at most {LOGS_LONGEST} in all",
        f"{LOGS_DAYS}日までの期間",
    ),
    "report-to-jomc.md": (f"{span_words(JOMC_LOOK.duration).ja}ごと",),
    "decide-on-a-measure.md": (
        f"{span_words(HIDING_LOOK.duration).ja}以内",
        f"{span_words(HIDING_LOOK.duration).ja}ごと",
    ),
}
"""What pages written by hand say of numbers that are declared."""


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_written_by_hand_says_what_is_declared(name: str) -> None:
    page = (ROOT / "docs/how-to" / name).read_text(encoding="utf-8")

    assert [said for said in WRITTEN[name] if said not in page] == []


WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
BESIDE = re.compile(
    rf"([\d,]+|{'|'.join(WORDS)}) ?(?:時間|営業日|日|回|(?:business )?days?|hours?|times)[^`。.、,)\d]{{0,16}}\(`([a-z_.]+)`"
)
DECLARED = (
    {one.code: one.duration.count for one in DEADLINES}
    | {one.code: one.default for one in SETTINGS}
    | {f"retention.{one.code}": one.days for one in RETENTIONS}
)


def beside(page: str) -> list[tuple[str, object]]:
    """Return each number that a page has beside the code of what declares it, in brackets."""
    return [(code, WORDS.get(said) or int(said.replace(",", ""))) for said, code in BESIDE.findall(page)]


def test_a_page_that_names_a_declaration_says_its_number() -> None:
    pages = [
        path.read_text(encoding="utf-8")
        for top in ("how-to", "explanation")
        for path in (ROOT / "docs" / top).glob("*.md")
    ]
    said = [one for page in pages for one in beside(page)]

    assert len(said) > 20
    assert [(code, number) for code, number in said if DECLARED.get(code) != number] == []
    assert beside("終わりから8日(`contact.silence`)と、four hours (`complaints.call`)") == [
        ("contact.silence", 8),
        ("complaints.call", 4),
    ]


CHANGED = (
    ("article5.py", "AMOUNT_ABOVE = 10_000", "AMOUNT_ABOVE = 23_000"),
    (
        "deadlines.py",
        "    duration=Hours(48),\n    citation=PRACTICE,",
        "    duration=Hours(53),\n    citation=PRACTICE,",
    ),
    ("clauses.py", "BEFORE_CLOSING = 30", "BEFORE_CLOSING = 37"),
    ("figures.py", "MEDIAN, P95 = 50, 95", "MEDIAN, P95 = 50, 91"),
    ("retention.py", "    days=1_095,\n", "    days=1_461,\n"),
    ("grounds.py", "LOGS_DAYS, LOGS_LONGEST = 30, 60", "LOGS_DAYS, LOGS_LONGEST = 33, 66"),
)
"""Six declarations, each changed to a number that nothing else has."""
SAID = {
    "23,000円": (
        "guide/who-the-seller-is/ ja", "/disclosure/ ja", "/disclosure/sellers/ ja", "/disclosure/road/ ja", "handbook request",
        "letter", "roads",
    ),
    "23,000 yen": (
        "guide/who-the-seller-is/ en", "/disclosure/ en", "/disclosure/sellers/ en", "/disclosure/road/ en", "handbook request",
        "letter", "roads",
    ),
    "53時間": ("/measures/ ja", "guide/after-a-report/ ja", "handbook trouble", "figures", "practices"),
    "53 hours": ("/measures/ en", "guide/after-a-report/ en", "handbook trouble", "figures", "practices"),
    "中37日": ("clauses",),
    "37 whole days": ("clauses",),
    "91％": ("figures",),
    "1,461": ("handbook keeping",),
    "1461": ("retention", "settings"),
    "33日まで": ("grounds", "handbook inquiry"),
    "66日まで": ("grounds",),
    "33 (66)": ("grounds",),
    "At most 33, and 33": ("/desk/holds/",),
}  # fmt: skip
"""What is then said, and on which pages at least."""


def test_each_of_six_declarations_that_changes_changes_every_page_that_says_it(tmp_path: Path) -> None:
    house = copy_house(tmp_path)
    for name, old, new in CHANGED:
        replace(house / "mamori/law" / name, old, new)

    code, printed = run(house, "tests.law.said_pages")

    assert code == 0, printed
    pages = json.loads(next(line for line in printed.splitlines() if line.startswith('{"/measures/')))
    missing = [
        (said, end)
        for said, ends in SAID.items()
        for end in ends
        if not any(said in text for name, text in pages.items() if name.endswith(end))
    ]
    assert not missing, missing
    stale = {name for name, text in pages.items() if re.search("1万円|(?<!\\d)10,000 yen|95 ?％|1095", text)}
    assert stale == set()
