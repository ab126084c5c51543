"""A seller's free text read: which items stand in it, in which words, and which are said to be given on request."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.contacts import ADDRESS, FAX, MAIL, addresses, phones, plain
from mamori.rooms.display.rules.text.labels import Aside, label
from mamori.rooms.display.rules.text.offers import is_mere_offer
from mamori.rooms.display.rules.text.passages import CONTACTS, Stretch, passages
from mamori.rooms.display.rules.text.requests import asked_for, is_prompt, is_request, sentences
from mamori.rooms.display.rules.text.titles import led, named, shops
from mamori.rooms.display.rules.text.wordings import NOT_BELOW, NOT_OF, PAID, WORDINGS, in_kanji
from mamori.rooms.display.rules.told import ShownWords

_HEADED = regex(r"代表|社長|ceo|president|representative", re.I)
_NOT_PAYING = frozenset(
    {DisplayItem.DELIVERY, DisplayItem.RETURNS, DisplayItem.SHIPPING, DisplayItem.PAYMENT_TIME}
)
_EDIT = regex(r"ここをクリックして([^。]{2,16})を(?:編集|追加|入力)")
_BLANK_PHONE = regex(r"[●○×✕]{2,4}-[●○×✕]{2,4}-[●○×✕]{2,4}|電話番号は[●○×✕［\[]|(?<!\d)123-456-7890")
_BLANK = regex(
    r"([^、。\s（）]{2,12})は、?((?:現在)?[^、。]{0,6}(?:準備中|未定)[^、。]{0,4}|[●○◯×✕［\[【][^、。]{0,24})"
)
_BLANK_ADDRESS = regex(
    r"(?:場所|住所|所在地)は、?[^。、\n]{2,40}|[^。、\s]{2,12}[市区町村]に住んで|［(?:所在地|住所)］|\[(?:所在地|住所)\]"
)
_SAYS_PHONE = regex(r"電話(?:番号)?(?:は|も).{0,8}0\d{1,4}-")
_CHARGES = regex(r"手数料|代引|代金引換|振込|料金|費用|負担|なし|ません|無料")
_WHEN = regex(
    r"とき|際|瞬間|引き?換|時|後|前|先払|日|都度|毎月|翌|次第|when|\bat\b|upon|checkout|advance|within"
)


def read(text: str) -> ShownWords:
    """Return what stands in a display, whatever its style; nothing where nothing is found."""
    cut = passages(text)
    found: dict[DisplayItem, dict[str, None]] = defaultdict(dict)
    beside: dict[DisplayItem, dict[str, None]] = defaultdict(dict)
    on_request: set[DisplayItem] = set()
    for passage in cut:
        _take_labelled(passage, found, on_request)
    _take_contacts(cut, found, on_request)
    _take_sentences(cut, found, beside)
    if DisplayItem.PHONE not in found and DisplayItem.PHONE not in on_request:
        _take_first(
            DisplayItem.PHONE,
            (f"{one.head}：{one.text}" for one in cut if Aside.FAX in one.items and phones(one.text)),
            found,
        )
    asked, is_rest = asked_for("\n\n".join(f"{one.head}。{one.text}。" for one in cut))
    on_request |= asked
    if is_rest:
        on_request |= set(DisplayItem) - set(found)
    values = {item: tuple(words) for item in DisplayItem if (words := found.get(item))}
    return ShownWords(
        values=values,
        on_request=frozenset(
            on_request - (set(values) - {DisplayItem.NAME, DisplayItem.ADDRESS, DisplayItem.PHONE})
        ),
        beside={item: tuple(words) for item, words in beside.items()},
        shop=tuple(dict.fromkeys(shops(cut))),
        text="\n".join(f"{one.head}\n{one.text}" for one in cut),
    )


def _take_labelled(
    passage: Stretch, found: dict[DisplayItem, dict[str, None]], on_request: set[DisplayItem]
) -> None:
    """Take what stands below a label; where that only says that it is given on request without delay, take this."""
    text = passage.text
    items = [item for item in passage.items if isinstance(item, DisplayItem)]
    if DisplayItem.OTHER_CHARGES in items and "送料" in text and not _CHARGES.search(text):
        items.remove(
            DisplayItem.OTHER_CHARGES
        )  # shipping alone below 商品代金以外の必要料金 says nothing of other charges
    if not text or not items:
        return
    for item in items:
        is_offer = is_mere_offer(item, text)
        if is_offer and is_prompt(text):
            on_request.add(item)
        elif is_offer or len(items) == 1 or _belongs(item, passage):
            words = _short(text) if item in CONTACTS else text
            headed = item is DisplayItem.RESPONSIBLE and _HEADED.search(passage.head)
            found[item][f"{passage.head}：{words}" if headed else words] = None


def _short(text: str) -> str:
    """Return the lines that belong to a name, an address or a number: the first, and what goes on without a sentence."""
    first, *others = text.split("\n")
    kept = [first]
    for line in others:
        if len(line) > 40 or line.endswith("。"):
            break
        kept.append(line)
    return "\n".join(kept)


def _belongs(item: DisplayItem, passage: Stretch) -> bool:
    """Say whether words below a label for several items hold this one."""
    text = passage.text
    if item is DisplayItem.PHONE:
        return (
            bool(phones(text))
            or re.search(r"[0０][0-9０-９○〇×x*＊-]{5}", text) is not None
            or Aside.FAX in passage.items
        )
    if item is DisplayItem.MAIL:
        return MAIL.search(plain(text)) is not None
    if item is DisplayItem.ADDRESS:
        return ADDRESS.search(plain(text)) is not None or len(text) > 12
    if item is DisplayItem.PAYMENT_TIME:
        return _WHEN.search(_lower(text)) is not None
    if item in {
        DisplayItem.OTHER_CHARGES,
        DisplayItem.RECURRING_TERMS,
        DisplayItem.RETURNS,
        DisplayItem.SHIPPING,
    }:
        return (
            WORDINGS[item].search(_lower(text)) is not None or DisplayItem.PAYMENT_METHOD not in passage.items
        )
    return True


def _take_contacts(
    cut: list[Stretch], found: dict[DisplayItem, dict[str, None]], offered: set[DisplayItem]
) -> None:
    """Take names, addresses, numbers and mail addresses that stand without a label, where no label gave or offered one."""
    for passage in sorted(cut, key=lambda one: Aside.CONTACT not in one.items):
        if not {DisplayItem.JAPAN_OFFICE, DisplayItem.RETURNS} & set(passage.items):
            for line in passage.text.split("\n"):
                _take_line(line, passage, found, offered)
    whole = [line[:2000] for passage in cut for line in passage.text.split("\n") if not FAX.match(line)]
    if DisplayItem.NAME not in found:
        _take_first(DisplayItem.NAME, map(named, whole), found)
    if DisplayItem.RESPONSIBLE not in found:
        _take_first(DisplayItem.RESPONSIBLE, map(led, whole), found)


def _take_line(
    line: str, passage: Stretch, found: dict[DisplayItem, dict[str, None]], offered: set[DisplayItem]
) -> None:
    there = offered | set(found)
    if (
        DisplayItem.PHONE not in there
        and Aside.FAX not in passage.items
        and (phones(line) or _BLANK_PHONE.search(line))
    ):
        found[DisplayItem.PHONE][line] = None
    if DisplayItem.MAIL not in there and MAIL.search(plain(line)):
        found[DisplayItem.MAIL][line] = None
    if DisplayItem.ADDRESS not in there and (
        places := addresses(line) or tuple(_BLANK_ADDRESS.findall(line))
    ):
        found[DisplayItem.ADDRESS][places[0]] = None


def _take_first(item: DisplayItem, said: Iterable[str], found: dict[DisplayItem, dict[str, None]]) -> None:
    first = next((one for one in said if one), "")
    if first:
        found[item][first] = None


def _take_sentences(
    cut: list[Stretch], found: dict[DisplayItem, dict[str, None]], beside: dict[DisplayItem, dict[str, None]]
) -> None:
    """Take sentences that say an item below another label or below none; where a label gave it, they stand beside."""
    labelled = set(found)
    for passage in cut:
        is_about_paying = False
        for sentence in sentences(passage.text):
            if is_request(sentence):
                continue
            said = set(_said(_lower(sentence), passage, labelled))
            if (
                is_about_paying
                and not _NOT_PAYING & set(passage.items)
                and PAID.search(_lower(sentence))
                and DisplayItem.DELIVERY not in said
            ):
                said.add(DisplayItem.PAYMENT_TIME)
            for item in said:
                (beside if item in labelled else found)[item][sentence] = None
            slots = [*_BLANK.findall(sentence), *((name, sentence) for name in _EDIT.findall(sentence))]
            for name, slot in slots:
                for item in {one for one in label(name).items if isinstance(one, DisplayItem)} - labelled:
                    found[item] = {slot: None}
            is_about_paying = DisplayItem.PAYMENT_METHOD in said


def _said(sentence: str, passage: Stretch, labelled: set[DisplayItem]) -> Iterator[DisplayItem]:
    """Yield the items that a sentence says below a label that names others."""
    below = set(passage.items)
    subject = set(label(sentence.partition("は")[0]).items) if "は" in sentence[:12] else set()
    for item, pattern in WORDINGS.items():
        is_of_other = item not in labelled | subject and NOT_BELOW.get(item, frozenset()) & below
        if item in below or is_of_other or not pattern.search(sentence):
            continue
        if item not in NOT_OF or not NOT_OF[item].search(sentence):
            yield item
    if (
        DisplayItem.PAYMENT_METHOD in below
        and DisplayItem.PAYMENT_TIME not in below
        and PAID.search(sentence)
    ):
        yield DisplayItem.PAYMENT_TIME
    if _SAYS_PHONE.search(sentence) and not (
        DisplayItem.PHONE in below and sentence in _lower(_short(passage.text))
    ):
        yield DisplayItem.PHONE


def _lower(words: str) -> str:
    return in_kanji(normalize("NFKC", words).casefold())
