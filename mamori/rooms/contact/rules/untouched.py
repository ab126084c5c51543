"""Which of a buyer's words no machine may hide: whatever so much as speaks of giving back or undoing a contract.

Wider on purpose than what reads like a formal notice: a notice that is not recognised must arrive whole as well.
"""

from __future__ import annotations

import re
import unicodedata

from mamori.grammar.regex import regex

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
