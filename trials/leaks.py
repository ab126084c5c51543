"""Does the leak-and-lure check find what a labelled set holds, leave the innocent alone, and never touch a notice?

`seen` was written with the rules in view, `blind` without. Recall and precision are counted by message and label; a span
counts as found when a find of its label overlaps it.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from mamori.japan.lures.checking import check, masked
from mamori.japan.lures.formal import formal
from mamori.japan.lures.kinds import KINDS, Allowed, Lure, Writer
from trials.harness import Found, measured

MESSAGES = Path(__file__).parents[1] / "examples" / "messages"
SELLERS = Path(__file__).parents[1] / "examples" / "market" / "sellers.ndjson"
OWN = Allowed(hosts=("market.example.jp",))
"""The samples' name for the marketplace itself."""
RECALL, PRECISION, ALTERED = 0.9, 0.95, 0.005
A_CONTACT = "\n連絡は 090-0123-4567、taro77@example.com まで。"

type Checker = Callable[[str, Writer], Sequence[Lure]]


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled message; `formal` is the kind of a formal notice, or `none`."""

    by: Writer
    text: str
    labels: tuple[str, ...] = ()
    spans: tuple[tuple[str, int, int], ...] = ()
    formal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was found of what there was: right, wrongly named, missed; and innocent messages that masking altered."""

    recall: float
    precision: float
    spans: float
    wanted: int
    missed: int
    false: int
    innocent: int
    altered: int
    of_kind: dict[str, tuple[float, float, int]]


def samples(name: str) -> list[Sample]:
    """Read a file of labelled messages, or that of formal notices and near misses."""
    return [msgspec.json.decode(line, type=Sample) for line in _lines(MESSAGES / f"{name}.ndjson")]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def ours(text: str, by: Writer) -> Sequence[Lure]:
    """Check a message as the house does."""
    return check(text, by=by, allowed=OWN)


_PLAIN = {
    "phone": r"\b0\d{1,4}-?\d{1,4}-?\d{3,4}\b",
    "mail": r"[\w.+-]+@[\w-]+\.[\w.-]+",
    "url": r"https?://\S+",
    "chat_id": r"LINE|ライン",
    "bank": r"銀行.{0,20}\d{7}|口座番号",
    "direct_deal": r"直接取引|振込",
    "address": r"〒\d{3}-\d{4}",
}


def plain(text: str, by: Writer) -> Sequence[Lure]:
    """Check a message as a usual kit does: patterns on the text as written, without context. The planted fault."""
    found = ((kind, *one.span()) for kind in KINDS for one in re.finditer(_PLAIN[kind.code], text, re.ASCII))
    return [
        Lure(kind=kind.code, start=start, end=end, title=kind.title, sentence=kind.sentence(by))
        for kind, start, end in found
    ]


def score(messages: Iterable[Sample], checker: Checker) -> Score:
    """Compare what a checker finds with what is labelled."""
    right, false, missed = Counter[str](), Counter[str](), Counter[str]()
    spans = overlapped = innocent = altered = 0
    for message in messages:
        found = checker(message.text, message.by)
        kinds, wanted = {one.kind for one in found}, set(message.labels)
        right.update(kinds & wanted)
        false.update(kinds - wanted)
        missed.update(wanted - kinds)
        for label, start, end in message.spans:
            spans += 1
            overlapped += any(one.kind == label and one.start < end and start < one.end for one in found)
        if not wanted:
            innocent += 1
            altered += masked(message.text, tuple(found)) != message.text
    return Score(
        recall=_share(right.total(), missed.total()),
        precision=_share(right.total(), false.total()),
        spans=round(overlapped / max(spans, 1), 3),
        wanted=right.total() + missed.total(),
        missed=missed.total(),
        false=false.total(),
        innocent=innocent,
        altered=altered,
        of_kind={
            code: (
                _share(right[code], missed[code]),
                _share(right[code], false[code]),
                right[code] + missed[code],
            )
            for code in (kind.code for kind in KINDS)
        },
    )


def _share(right: int, wrong: int) -> float:
    return round(right / max(right + wrong, 1), 3)


_WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
_KANJI = str.maketrans("0123456789-", "〇一二三四五六七八九ー")


def registered() -> Iterator[tuple[str, Allowed]]:
    """Yield each example seller's contacts in many spellings, with what that seller registered."""
    for line in _lines(SELLERS):
        seller = json.loads(line)
        if seller["kind"] != "contacts":
            continue
        phone, mail = seller.get("phone", ""), seller.get("mail", "")
        places = tuple(seller[key] for key in ("address", "returns_to") if seller.get(key))
        url = f"https://www.{mail.partition('@')[2]}/shop" if mail else ""
        known = Allowed(registered=(phone, mail, url, *places))
        spelled = {phone: _phones(phone), mail: _mails(mail), url: _urls(url)}
        spelled |= {place: _places(place) for place in places}
        for one in (one for as_told, ways in spelled.items() if as_told for one in ways):
            yield f"ご連絡は {one} へお願いします。", known


def _phones(phone: str) -> list[str]:
    """Spell a telephone number in nine ways."""
    bare, bracketed = phone.replace("-", ""), phone.replace("-", "(", 1).replace("-", ")", 1)
    ways = [
        phone,
        phone.translate(_WIDE),
        phone.translate(_KANJI),
        bare,
        phone.replace("-", " "),
        " ".join(bare),
    ]
    return [*ways, bracketed, "+81 " + phone[1:], phone.replace("-", "\u200b-")]


def _mails(mail: str) -> list[str]:
    """Spell a mail address in five ways."""
    return [mail, mail.upper(), mail.translate(_WIDE), mail.replace("@", "(at)"), mail.replace("@", " @ ")]


def _urls(url: str) -> list[str]:
    """Spell a link in five ways."""
    return [url, url.replace("https://www.", ""), url + "/", url + "/?p=1", url.upper()]


def _places(place: str) -> list[str]:
    """Spell an address in seven ways."""
    bare = place.partition(" ")[2]
    block = re.sub(r"(\d+)-(\d+)-(\d+)$", r"\1丁目\2番\3号", bare)
    ways = [place, place.translate(_WIDE), bare, bare.replace("県", "県 "), block, block.translate(_WIDE)]
    return [*ways, place.replace(" ", "\n")]


@measured("連絡先と誘いの検査を、印を付けた見本で測る", "the leak-and-lure check on labelled messages")
def measure() -> Found:
    """Run everything over the files."""
    seen, blind, formals = samples("seen"), samples("blind"), samples("formal")
    both, careless = score((*seen, *blind), ours), score((*seen, *blind), plain)
    contacts = list(registered())
    declared = [one for one in formals if one.formal != "none"]
    misses = [one for one in formals if one.formal == "none"]
    kinds = [(found.kind if (found := formal(one.text)) else None, one.formal) for one in declared]
    misnamed = sum((found := formal(one.text)) is not None and found.kind is not None for one in misses)
    stopped = sum(bool(check(text, by="seller", allowed=known)) for text, known in contacts)
    planted = sum(bool(check(text, by="seller")) for text, _ in contacts)
    touched = sum(is_touched(one) for one in declared)
    spent = _microseconds("".join(one.text for one in blind if not one.labels)[:400])
    worse = not is_good(careless) and careless.recall < both.recall and careless.precision < both.precision
    return Found(
        {
            "recall ≥ 0.9 and precision ≥ 0.95": is_good(both) and is_good(score(blind, ours)),
            "of no kind below 0.85": all(min(one[:2]) >= 0.85 for one in both.of_kind.values()),
            "≤ 0.5 % of innocent messages altered": both.altered <= ALTERED * both.innocent,
            "registered contacts all pass": stopped == 0 and len(contacts) >= 1_900,
            "no formal notice touched": touched == 0 and len(declared) >= 300,
            "notices are named by their kind": sum(a == b for a, b in kinds) >= 0.85 * len(declared),
            "what only looks like one is not": misnamed <= 0.05 * len(misses),
            "400 characters within a millisecond": spent <= 1_000,
            "planted: a careless check is seen to be worse": worse,
            "planted: unregistered, the same contacts are found": planted >= 0.95 * len(contacts),
        },
        seen=asdict(score(seen, ours)),
        blind=asdict(score(blind, ours)),
        both=asdict(both),
        plain_regex=asdict(careless),
        registered=(len(contacts), stopped, planted),
        notices=(len(declared), touched),
        near_misses=(len(misses), misnamed),
        microseconds_of_400=spent,
    )


def is_touched(notice: Sample) -> bool:
    """Say whether masking alters a notice, as it stands or with a telephone number and a mail address below it."""
    texts = (notice.text, notice.text + A_CONTACT)
    return any(masked(text, check(text, by=notice.by)) != text for text in texts)


def _microseconds(text: str) -> float:
    """Return the processor's time of one check: the best of ten rounds, since others share the machine."""
    best = float("inf")
    for _ in range(10):
        begun = time.process_time()
        for _ in range(20):
            check(text, by="buyer")
        best = min(best, time.process_time() - begun)
    return round(best / 20 * 1e6, 1)


def is_good(found: Score) -> bool:
    """Say whether a score reaches recall and precision."""
    return found.recall >= RECALL and found.precision >= PRECISION
