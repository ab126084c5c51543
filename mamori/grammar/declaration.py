"""The kinds of declaration that law and rooms consist of: duties, practices, deadlines, grounds, clauses, consents, settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum

from mamori.grammar.businesstime import Duration
from mamori.grammar.citation import Citation
from mamori.grammar.line import Force, Line
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Line):
    """What the law asks, with its deadlines or the reason why there are none; `details` say how it is to be done."""

    title: Text
    details: tuple[Citation, ...] = ()
    deadlines: tuple[str, ...] = ()
    no_deadline_because: Text | None = None

    def __post_init__(self) -> None:
        Line.__post_init__(self)
        if bool(self.deadlines) == bool(self.no_deadline_because):
            raise ValueError(f"duty {self.code}: say its deadlines or why there are none, not both")
        if not self.force.is_of_law:
            raise ValueError(f"duty {self.code}: what no statute asks is no duty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Line):
    """What marketplaces do for those who buy, under a number that stays its own, with the duty that it serves or none.

    `runs` is what of it runs here, where that is less than its text says: nothing else heads a line that everybody reads.
    """

    duty: str = ""
    runs: Text | None = None

    def __post_init__(self) -> None:
        Line.__post_init__(self)
        if not re.fullmatch(r"P\d\d", self.code):
            raise ValueError(f"a practice needs a number such as P07, not {self.code!r}")
        if self.missing and self.runs is None:
            raise ValueError(f"{self.code}: something is missing, and nothing says what runs")

    @property
    def heading(self) -> Text:
        """Return what heads it where it is told of."""
        return self.runs or self.text


class SettingGroup(Enum):
    """What the operator's choices are about, and the rooms whose they are; any other says its `group` where it is declared."""

    MEDIATION = Text("仲介と期限", "Mediation and its time"), ("contact", "closing-days")
    MONEY = Text("返金・返品・売上金", "Refunds, returns, proceeds"), ("payouts",)
    BREACHES = Text("違反と異議", "Breaches and appeals"), ("enforcement",)
    SELLERS = Text("出品者の確認と表示", "Who sellers are, what they show"), ("identity", "display")
    REPORTS = (
        Text("申し出・開示・改善", "Reports, disclosure, improvement"),
        ("complaints", "disclosure", "insight", "safety"),
    )
    TELLING = Text("名前・お知らせ・公表", "Names, notices, publishing"), ("operator", "post", "outreach")
    PEOPLE = Text("担当者とサインイン", "Staff and signing in"), ("people",)
    KEEPING = Text("保存と添付", "Keeping, and files"), ("retention", "vault")

    def __init__(self, text: Text, rooms: tuple[str, ...]) -> None:
        self.text, self.rooms = text, rooms


def group_of(code: str, group: SettingGroup | None = None) -> SettingGroup:
    """Return with what a choice stands: with those that its declaration names, else with those of its room."""
    return group or next(one for one in SettingGroup if code.partition(".")[0] in one.rooms)


class CountedIn(Enum):
    """What a figure counts."""

    YEN = Text("円", "yen")
    DAYS = Text("日", "days")
    HOURS = Text("時間", "hours")
    MINUTES = Text("分", "minutes")
    TIMES = Text("回", "times")
    SELLERS = Text("人", "sellers")
    BYTES = Text("バイト", "bytes")
    PIXELS = Text("画素", "pixels")
    PAGES = Text("ページ", "pages")
    FILES = Text("個", "files")

    def of(self, count: int) -> Text:
        """Return what is counted: 1 day, 2 days."""
        return Text(self.value.ja, self.value.en.removesuffix("s") if count == 1 else self.value.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A span of time with a name, and who asks for it.  What the law fixes an operator may only make stricter."""

    code: str
    title: Text
    duration: Duration
    citation: Citation
    force: Force = Force.OWN_RULE
    group: SettingGroup | None = None

    def __post_init__(self) -> None:
        if self.fixed and not self.citation.is_binding:
            raise ValueError(
                f"deadline {self.code}: fixed by law, yet its source is {self.citation.confidence}"
            )

    @property
    def fixed(self) -> bool:
        """Say whether the law sets it."""
        return self.force.is_of_law


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A reason that an act may rest on."""

    code: str
    title: Text
    text: Text
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldGround(Ground):
    """A reason to destroy nothing.  `days` = the most for which it may be asked, `longest` = in all, once it was extended
    (0: until it is lifted); `of_logs` = it reaches who wrote to whom and when, and neither words, files nor keys.
    """

    days: int = 0
    longest: int = 0
    of_logs: bool = False


NOTICE_DAYS = 15
"""Whole days between telling sellers of a change of terms and the first day on which it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the operator's terms, by version: no measure is taken and no money touched without one that binds.

    `money` = binds only who accepted that very version.  `notice_days` lie between telling of a change and its first day,
    and before a measure that itself has to wait; on one of `exceptions` it need not, and the reason is told afterwards.
    """

    code: str
    version: int
    title: Text
    text: Text
    first: date
    needed_for: tuple[str, ...]
    money: bool = False
    notice_days: int = NOTICE_DAYS
    exceptions: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person may agree to, by version: a newer version asks anew, and nobody loses anything by a no."""

    code: str
    version: int
    title: Text
    text: Text
    first: date
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting[T: (int, str, bool)]:
    """What an operator may choose: its default, its bounds (both included) and where it comes from.

    A text is one of `among`, or where none is named any single line of at most `most` characters.  `words` says what
    people call each of `among`, in the same order; what is a figure or a word of its own needs none.  A figure has a `unit`.
    """

    code: str
    title: Text
    default: T
    citation: Citation
    least: int | None = None
    most: int | None = None
    among: tuple[str, ...] = ()
    words: tuple[Text, ...] = ()
    unit: CountedIn | None = None
    group: SettingGroup | None = None

    def __post_init__(self) -> None:
        if self.words and len(self.words) != len(self.among):
            raise ValueError(f"setting {self.code}: {len(self.words)} words for {len(self.among)} values")

    def called(self, value: str) -> Text:
        """Return what people call one of the values."""
        if not self.words:
            return Text(value, value)
        return self.words[self.among.index(value)]

    def admits(self, value: T) -> bool:
        """Say whether the operator may set `value`."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, str):
            fits = self.most is None or len(value) <= self.most
            return value in self.among if self.among else fits and value.isprintable()
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long something is kept: from which moment, for how many days by default and why, and within which bounds.

    With 0 days it is kept until somebody destroys it; only where `least` is 0 may an operator choose that.
    """

    code: str
    title: Text
    what: Text
    since: Text
    days: int
    least: int
    most: int
    because: Text
    citation: Citation

    def __post_init__(self) -> None:
        if not self.least <= self.days <= self.most:
            raise ValueError(f"retention {self.code}: {self.days} days are not within its bounds")

    @property
    def setting(self) -> Setting[int]:
        """Return the choice that the operator has."""
        title = Text(f"{self.title.ja}の保存日数", f"days that {self.title.en} are kept")
        return Setting(
            code=f"retention.{self.code}",
            title=title,
            default=self.days,
            citation=self.citation,
            least=self.least,
            most=self.most,
            unit=CountedIn.DAYS,
        )

    def over(self, days: int, at: datetime) -> datetime | None:
        """Return the moment before which things are over at `at`, None while they are kept for ever."""
        return at - timedelta(days=days) if days else None


class NoticeKind(StrEnum):
    """What a notice is for; only `advertising` may promote anything, and only to those who asked for it."""

    TRANSACTIONAL = "transactional"
    SAFETY = "safety"
    LEGAL = "legal"
    ADVERTISING = "advertising"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A notice to a party: its kind, its title and its body, with {places} that the sender fills.

    With `on_paper` it goes as a letter too, where the postal address is known.  With `at_shown` its mail goes to the address
    that the seller shows to buyers, and not to the registered one.
    """

    code: str
    kind: NoticeKind
    title: Text
    body: Text
    on_paper: bool = False
    at_shown: bool = False
