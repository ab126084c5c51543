"""What a machine may do with words that a party writes: by what the operator chose and what both sides answered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.regex import regex


class Scanning(StrEnum):
    """The operator's choice; nothing is ever held back, and no mode lets a person read along."""

    OFF = "off"
    WARN = "warn"
    ASK = "ask"
    MASK = "mask"


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What a party said to the machine's looking: yes or no, and to which version of the text."""

    agrees: bool
    version: int


ASKING = frozenset({Scanning.ASK, Scanning.MASK})
"""The modes in which nothing is looked at before the writer agreed."""


def is_to_be_asked(mode: Scanning, answer: ScanAnswer | None, *, version: int) -> bool:
    """Say whether a party is asked before it sends: once for each version, and only where the mode needs it."""
    return mode in ASKING and (answer is None or answer.version < version)


def may_scan(mode: Scanning, answer: ScanAnswer | None, *, version: int) -> bool:
    """Say whether a machine may look at what this writer is about to send.

    Who said no is never looked at, in whatever mode, until they say yes; a yes to an older version is none.
    """
    if mode is Scanning.OFF or (answer is not None and not answer.agrees):
        return False
    return mode not in ASKING or (answer is not None and answer.version >= version)


def may_mask(mode: Scanning, writer: ScanAnswer | None, reader: ScanAnswer | None, *, version: int) -> bool:
    """Say whether what was found may be hidden: only where the writer and the reader have both agreed."""
    return mode is Scanning.MASK and all(
        answer is not None and answer.agrees and answer.version >= version for answer in (writer, reader)
    )


_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_SPOKEN_OF = regex(
    r"返品|へんぴん|返送|返却|送り返|お?返し(?:ます|たい|いた|させ|しま)|返す|返戻"
    r"|取り?消|とりけ|取りけ|無効|撤回|てっかい|解約|かいやく|解除|かいじょ|白紙|辞退|きゃんせる|く[ーう]りんぐ"
    r"|やめ(?:ます|たい|させ|る)|取りやめ|取り止め|なかったこと|なしにし|未成年|みせいねん|親権|代理人|後見"
    r"|民法|消費者契約|特定?商取?引?法?|通知|意思表示"
    r"|cancel|return|refund|rescind|resci[sn]|terminat|withdr[ae]w|\bvoid|avoid|revoke|annul|cooling|money ?back"
    r"|(?:send|ship|give)\w* .{0,30}back|\bminor\b|under ?age|guardian|notice"
)


def speaks_of_undoing(said: str) -> bool:
    """Say whether words speak of a return, a rescission, a cancellation or a minor's contract at all."""
    folded = unicodedata.normalize("NFKC", said).lower().translate(_HIRAGANA)
    return bool(_SPOKEN_OF.search(folded) or _SPOKEN_OF.search(re.sub(r"\s", "", folded)))
