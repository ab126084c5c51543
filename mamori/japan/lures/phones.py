"""Telephone numbers: by the shapes of Japan's numbering plan, not by assignment, since a lure may be any number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from mamori.grammar.regex import regex
from mamori.japan.lures.numbers import Piece
from mamori.japan.lures.reading import Reading, rule

_GROUPS = frozenset(
    {
        (2, 4, 4),
        (3, 3, 4),
        (4, 2, 4),
        (5, 1, 4),
        (2, 8),
        (3, 7),
        (4, 6),
        (6, 4),
        (4, 3, 3),
        (2, 2, 2, 2, 2),
        (2, 4, 2, 2),
    }
)
_CALLED = rule(
    r"電話|でんわ|tel|携帯|ケータイ|けいたい|スマホ|連絡|かけて|call|phone|fax|ショートメ|sms|mobile"
    r"|番号は|my number|けた|桁"
)
_CODED = rule(
    r"(?:追跡|伝票|送り状|問い?合わ?せ|注文|受付|会員|管理|商品|製造|認証|確認|登録|許可|照会|整理|予約"
    r"|荷物|シリアル|ロット|口座|電池)"
    r"(?:の|用)?(?:番号|no|コード|id)|jan|isbn|imei|型[番式]|品番|コード|serial|s/n|lot|tracking|order"
)
_PUBLIC = rule(
    r"(?:ヤマト|佐川|日本郵便|郵便局|ゆうパック|福山通運|西濃|メーカー|消費者ホットライン|消費生活"
    r"|国民生活|警察|サイバー|相談窓口"
    r"|カスタマー|お客様(?:相談|サポート)|サポートセンター|サービスセンター|コールセンター|運営|事務局)[^。\n]{0,24}$"
)
_TOLL_FREE = ("0120", "0800", "0570", "0990")


_ASKED = rule(
    r"(?<!追跡)(?<!注文)(?<!管理)(?<!伝票)(?:電話番号|でんわ番号|電話の番号|携帯番号|携帯の番号|携帯"
    r"|スマホの番号|携番|番号交換|連絡先)(?:だけ)?(?:を|は|も|って|など|とか|の)?[^。?]{0,8}?"
    r"(?:教え|おしえ|もらえ|いただけ|知りた|聞いて(?:も|い)|聞か?せ|書いて|送って|交換|控え|伝え(?:ます"
    r"|て)|ください|下さい)"
)
_NOT_ASKED = rule(
    r"変更|方法|登録|どこ|どう|追跡|伝票|注文|受付|型番|品番|管理|追って|以外|いただけれ|いただきまし"
    r"|ました|必要|(?<!すみ)ません(?!か)|不要|確認|お手元|届き|かけ(?:て|直)|お電話(?:いただけ|ください|下さい)"
    r"|電話(?:ください|下さい|し)"
    r"|フォーム|問い?合わ?せ番号|製造|シリアル|窓口"
)
_PREFIX = regex("0[5-9]0")
_GOES_ON = rule(r"真ん中|まんなか|最後は|残り|けた|桁|で始ま|のあと|つづけて|続けて|そのあと")
_BEGUN = rule(r"0[5-9]0[^\w\n]{0,3}(?:[0-9〇]{2,4}(?![0-9])|の(?:あと|後)|で始|から始)")


def hints(reading: Reading, runs: list[list[Piece]]) -> Iterator[tuple[int, int, str]]:
    """Yield what asks for a number, and the beginning of a mobile number that is called one."""
    squeezed = reading.squeezed
    for found in _ASKED.finditer(squeezed.text):
        if not _NOT_ASKED.search(squeezed.text[max(found.start() - 6, 0) : found.end() + 12]):
            yield (*squeezed.span(found.start(), found.end()), "")
    for piece in chain.from_iterable(runs):
        if _PREFIX.fullmatch(piece.digits) and _GOES_ON.search(reading.plain[piece.end : piece.end + 40]):
            yield piece.start, piece.end, ""
    if "逆" in reading.plain:
        for run in runs:
            number = "".join(piece.digits for piece in run)[::-1]
            if _PREFIX.match(number) and len(number) == 11:
                yield run[0].start, run[-1].end, number
    for found in _BEGUN.finditer(reading.plain):
        around = reading.plain[max(found.start() - 16, 0) : found.end() + 30]
        if _CALLED.search(around) and not _CODED.search(around):
            yield found.start(), found.end(), normal(re.sub(r"\D", "", found[0]))


def normal(digits: str) -> str:
    """Return digits as dialled within Japan: `81901234…` and `8109012…` become `0901234…`."""
    for abroad in ("010", "00"):
        if digits.startswith(abroad + "81"):
            digits = digits[len(abroad) :]
    return "0" + digits[2:].lstrip("0") if digits.startswith("81") and len(digits) > 10 else digits


def find(reading: Reading, runs: list[list[Piece]]) -> Iterator[tuple[int, int, str]]:
    """Yield each telephone number: its stretch of the plain text and its digits in normal form."""
    for run in runs:
        if sum(len(piece.digits) for piece in run) < 10:
            continue
        at = 0
        while at < len(run):
            size = _length(reading.plain, run, at)
            if size:
                start = run[at].start - reading.plain.startswith("+", run[at].start - 1)
                number = normal("".join(piece.digits for piece in run[at : at + size]))
                number = number[: len(number) - (len(number) == 12)]
                yield max(start, 0), run[at + size - 1].end, number
            at += size or 1


def _length(plain: str, run: list[Piece], at: int) -> int:
    """Return how many pieces from `at` are one telephone number, 0 when none is."""
    first = run[at]
    if at and not first.is_loose and len(first.digits) > 1:
        return 0
    abroad = plain[max(first.start - 1, 0) : first.start] == "+"
    if first.digits[0] != "0" and not abroad and first.digits[:2] != "81":
        return 0
    digits, longest = "", 0
    for size, piece in enumerate(run[at : at + 16], start=1):
        if size > 1 and ":" in piece.gap and len(piece.digits) == 2 and len(run[at + size - 2].digits) <= 2:
            break  # a time of day
        digits += piece.digits
        if len(digits) > 15:
            break
        following = run[at + size] if at + size < len(run) else None
        if following and not following.is_loose and len(following.digits) > 1:
            continue
        if _is_phone(plain, run[at : at + size], digits, abroad=abroad) or (
            piece.spare and _is_phone(plain, run[at : at + size], digits[:-1], abroad=abroad)
        ):
            longest = size
    return longest


def _is_phone(plain: str, pieces: list[Piece], digits: str, *, abroad: bool) -> bool:
    """Say whether these pieces are a telephone number, by their shape and by what stands before them."""
    number = normal(digits)
    if number[:1] != "0":
        return abroad and 10 <= len(digits) <= 13
    if (
        number[1:2] == "0"
        or len(number) not in {10, 11}
        or sum(piece.real for piece in pieces)
        < (1 if [len(piece.digits) for piece in pieces] == [3, 4, 4] else 4)
    ):
        return False
    before = plain[max(pieces[0].start - 40, 0) : pieces[0].start]
    if before[-1:] == "-" and before[-2:-1].isalnum():
        return False
    if number.startswith(_TOLL_FREE) and _PUBLIC.search(before):
        return False
    return _is_shaped(
        number, tuple(len(piece.digits) for piece in pieces), before, is_abroad=digits != number
    )


def _is_shaped(number: str, groups: tuple[int, ...], before: str, *, is_abroad: bool) -> bool:
    """Say whether a number is grouped as telephone numbers are, or is named as one; codes are named as codes."""
    is_mobile = len(number) == 11 and number[1] in "56789" and number[2] == "0"
    if is_mobile and (len(groups) > 1 or is_abroad):
        return groups != (4, 4, 3) or _CALLED.search(before) is not None
    near = before[-14:]
    if _CODED.search(near):
        return len(number) == 10 and groups in {(2, 4, 4), (3, 3, 4)} and _CALLED.search(near) is not None
    if len(number) == 11:
        return is_mobile or (number.startswith("0800") and groups == (4, 3, 4))
    return is_abroad or groups in _GROUPS or set(groups) == {1} or _CALLED.search(before[-20:]) is not None
