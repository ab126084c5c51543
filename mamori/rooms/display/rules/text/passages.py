"""A display cut into stretches of words, each below the label that names it or below none."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.heads import Cut, pieces
from mamori.rooms.display.rules.text.labels import Aside, Named
from mamori.rooms.display.rules.text.lines import lines

CONTACTS = frozenset(
    {
        DisplayItem.NAME,
        DisplayItem.RESPONSIBLE,
        DisplayItem.ADDRESS,
        DisplayItem.PHONE,
        DisplayItem.MAIL,
        DisplayItem.JAPAN_OFFICE,
        Aside.FAX,
    }
)
"""What is said in a line or two: another label or an empty line ends it."""
_LIST = frozenset("、（(")
_OF_OFFICE = frozenset({DisplayItem.ADDRESS, DisplayItem.PHONE, DisplayItem.NAME, DisplayItem.MAIL})


@dataclass(slots=True)
class Stretch:
    """What a label names and the words below it; `head` is the label as written."""

    items: tuple[Named, ...] = ()
    head: str = ""
    words: list[str] = field(default_factory=list)
    is_marked: bool = False

    @property
    def text(self) -> str:
        """Return its words, a line each."""
        return "\n".join(word for word in self.words if word).strip()


def passages(text: str) -> list[Stretch]:
    """Return the display in stretches, in its order."""
    found = [Stretch()]
    for line in lines(text):
        if not line:
            last = found[-1]
            if last.text and (not last.items or CONTACTS & set(last.items)):
                found.append(Stretch())
            continue
        for piece in pieces(line):
            _add(found, piece)
    _give_office(found)
    return found


def _add(found: list[Stretch], piece: Cut) -> None:
    last = found[-1]
    if piece.named is None:
        last.words.append(piece.words)
        return
    if not piece.named.items:
        is_sibling = bool(last.items) and bool(last.words[0]) and bool(piece.words)
        if piece.is_marked or is_sibling or CONTACTS & set(last.items):
            found.append(Stretch((), piece.head, [], piece.is_marked))
            last = found[-1]
        last.words.append(f"{piece.head}：{piece.words}" if piece.words else piece.head)
        return
    if last.items and not last.text and not piece.words and not piece.is_marked and _LIST & set(piece.head):
        last.words.append(
            piece.head
        )  # 商品代金以外の費用 and on its next line 送料、振込手数料: words, however like labels
        return
    found.append(Stretch(piece.named.items, piece.head, [piece.words], piece.is_marked))


def _give_office(found: list[Stretch]) -> None:
    """Make the address and telephone below a heading 「日本の事務所」 those of that office."""
    office, given = None, set[Named]()
    for passage in found:
        items = set(passage.items)
        if DisplayItem.JAPAN_OFFICE in items:
            office, given = (None if passage.text else passage), set()
        elif (
            office is not None
            and items
            and items <= _OF_OFFICE
            and not items & given
            and not passage.is_marked
        ):
            given |= items
            office.words.append(f"{passage.head}：{passage.text}")
            passage.items = (Aside.OTHER,)
        elif items:
            office = None
