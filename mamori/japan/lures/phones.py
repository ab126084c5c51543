"""Telephone numbers: by the shapes of Japan's numbering plan, not by assignment, since a lure may be any number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mamori.grammar.regex import regex
from mamori.japan.lures.numbers import Piece
from mamori.japan.lures.reading import Reading, rule

_GROUPED = regex("2-4-4|3-3-4|4-2-4|5-1-4|2-8|3-7|4-6|6-4|4-3-3|2-2-2-2-2|2-4-2-2|1(?:-1)*")
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

_PREFIX = regex("0[5-9]0")
_GOES_ON = rule(r"真ん中|まんなか|最後は|残り|けた|桁|で始ま|のあと|続けて")
_BEGUN = rule(r"0[5-9]0[^\w\n]{0,3}(?:[0-9〇]{2,4}(?![0-9])|の(?:あと|後)|で始|から始)")


def normal(digits: str) -> str:
    """Return digits as dialled within Japan: `81901234…` and `8109012…` become `0901234…`."""
    for abroad in ("010", "00"):
        if digits.startswith(abroad + "81"):
            digits = digits[len(abroad) :]
    return "0" + digits[2:].lstrip("0") if digits.startswith("81") and len(digits) > 10 else digits


def find(reading: Reading, runs: list[list[Piece]]) -> Iterator[tuple[int, int, str]]:
    """Yield each telephone number, and the beginning of one: its stretch of the plain text, its digits in normal form."""
    plain = reading.plain
    for run in runs:
        digits = "".join(piece.digits for piece in run)
        if len(digits) == 11 and "逆" in plain and _PREFIX.match(digits[::-1]):
            yield run[0].start, run[-1].end, digits[::-1]
        for piece in run:
            if _PREFIX.fullmatch(piece.digits) and _GOES_ON.search(plain[piece.end : piece.end + 40]):
                yield piece.start, piece.end, ""
        at = 0 if len(digits) >= 10 else len(run)
        while at < len(run):
            size = _length(plain, run, at)
            if size:
                start = run[at].start - plain.startswith("+", run[at].start - 1)
                number = normal("".join(piece.digits for piece in run[at : at + size]))
                yield max(start, 0), run[at + size - 1].end, number[: len(number) - (len(number) == 12)]
            at += size or 1
    for found in _BEGUN.finditer(plain):
        around = plain[max(found.start() - 16, 0) : found.end() + 30]
        if _CALLED.search(around) and not _CODED.search(around):
            yield found.start(), found.end(), normal(re.sub(r"\D", "", found[0]))


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
    groups = "-".join(str(len(piece.digits)) for piece in pieces)
    plainly = sum(piece.real for piece in pieces)
    if number[1:2] == "0" or len(number) not in {10, 11} or plainly < (1 if groups == "3-4-4" else 4):
        return False
    before = plain[max(pieces[0].start - 40, 0) : pieces[0].start]
    if before[-1:] == "-" and before[-2:-1].isalnum():
        return False
    if number.startswith(_TOLL_FREE) and _PUBLIC.search(before):
        return False
    return _is_shaped(number, groups, before, is_abroad=digits != number)


def _is_shaped(number: str, groups: str, before: str, *, is_abroad: bool) -> bool:
    """Say whether a number is grouped as telephone numbers are, or is named as one; codes are named as codes."""
    is_mobile = len(number) == 11 and number[1] in "56789" and number[2] == "0"
    if is_mobile and ("-" in groups or is_abroad):
        return groups != "4-4-3" or _CALLED.search(before) is not None
    near = before[-14:]
    if _CODED.search(near):
        return groups in {"2-4-4", "3-3-4"} and _CALLED.search(near) is not None
    if len(number) == 11:
        return is_mobile or (number.startswith("0800") and groups == "4-3-4")
    return is_abroad or _GROUPED.fullmatch(groups) is not None or _CALLED.search(before[-20:]) is not None
