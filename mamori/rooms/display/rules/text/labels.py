"""What a label names: looked up in the table, in whatever width, spacing and language it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.rooms.display.rules.text.labeltable import TABLE, Aside as Aside, Named as Named

LONGEST = 48
"""A longer label is a sentence."""

RULES: tuple[tuple[tuple[Named, ...], re.Pattern[str]], ...] = tuple(
    (items, regex(pattern)) for items, pattern in TABLE
)

_WEAK = regex(r"定期(?:便|コース|購入|お?届け)?|サブスク(?:リプション)?|交換")
"""What names an item only as a heading: 「定期便　送料無料」 goes on about shipping."""
_LATIN = regex(r"[a-zà-ÿ]")
_FILLER = regex(
    r"商品|の?しかた|仕方|について|いただく|頂く|費用|に関して|に関する(?:事項|こと|お知らせ|表示|表記|ご?案内)?"
    r"|に(?:際して|あたって|つきまして|つきましては)|(?:の)?ご?案内|(?:の)?お?取り?扱い?|扱い|ご|お"
    r"|および|及び|又は|または|並びに|ならびに|など|等|規定|規約|ポリシー|特約|情報|詳細|番号|一覧|方針|可否|条件"
    r"|どこ|いくら|何|ですか|ますか|できます|でき|できる|になり|いつ|教えて|ください|かかり|だれ|誰|どう|どんな"
    r"|どのよう|すれば|したい|よい|いい|方法|可能"
    r"|policy|policies|information|info|details?|number|terms|conditions?|what|how|much|where|when|which|who"
    r"|(?<![a-z])(?:is|are|the|of|and|for|our|your|you|i|can|do|does|in|to|no|a|an|my|via|by|or)(?![a-z])"
    r"|[のはとやをがにもか]"
)
_MARKS = regex(r"[\W_]+")
_WIDE = r"[\u3040-\u30ff\u3400-\u9fff々〒]"
_KNOWN = regex(r"[\u3040-\u30ff\u3400-\u9fff]")
_BLANK_IN_WIDE = regex(rf"(?<={_WIDE})\s+(?={_WIDE})")
_ASIDE = regex(r"[(（][^()（）]{0,40}[)）]")
_SAYS = regex(
    r"\d|円|無料|不可|一律|ません|ます$|です$|負担|込み|次第|以内|後払い$|前払い$|ありません|なし$|free(?!dial)|yen"
    r"|開示|請求(?!日|時期)|しない|いたし|下さい|ください"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names, and how many letters of it are left that name nothing."""

    items: tuple[Named, ...]
    left: int
    says: bool
    """Whether it says something already, as 「送料無料」 does."""
    is_weak: bool = False


@lru_cache(maxsize=4096)
def label(words: str) -> Label:
    """Return what a label names: nothing where no word of the table stands in it."""
    plain = _BLANK_IN_WIDE.sub("", normalize("NFKC", words[:LONGEST]).casefold().strip())
    bare = _ASIDE.sub(" ", plain)
    plain = bare if _MARKS.sub("", bare) else plain
    says = _SAYS.search(plain) is not None
    found: dict[Named, None] = {}
    rest = plain
    for items, pattern in RULES:
        rest, count = pattern.subn(" ", rest) if (pattern.search(rest)) else (rest, 0)
        if count:
            found.update(dict.fromkeys(items))
    left = _MARKS.sub("", _FILLER.sub("", rest))
    if (
        _KNOWN.search(plain)
        and len(left) <= 24
        and not re.search(r"[@\d]", plain)
        and not _KNOWN.search(left)
    ):
        left = _LATIN.sub("", left)  # Seller 販売業者, Délai / お届け: the other language names the same
    return Label(tuple(found), len(left), says, _WEAK.fullmatch(plain) is not None)
