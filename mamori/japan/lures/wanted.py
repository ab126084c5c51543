"""What is asked for rather than told (a number, an address, an account), and what is turned down rather than offered."""

from __future__ import annotations

from collections.abc import Iterator

from mamori.japan.lures.reading import Reading, rule

_ASKED = rule(
    r"(?<!追跡)(?<!注文)(?<!管理)(?<!伝票)(?<!ショート)(?:(?P<phone>(?:電話|でんわ|携帯|スマホ)の?番号|携帯|携番|番号交換|連絡先)"
    r"|(?P<mail>(?:e?メール|メアド|mail)(?:アドレス)?|アドレス)|(?P<address>ご?住所|お所|住まい)"
    r"|(?P<bank>(?:通帳|キャッシュカード)の写真|口座(?:番号|情報|名義)?|振り?込み?先(?:の(?:情報|番号|銀行))?))"
    r"(?:だけ|[をはも]|って|など|とか|の){0,3}(?:ください|下さい|(?(phone)[^。?]{0,8}?(?:ください|下さい)|(?!))|[^。?]{0,8}?(?:教え|おしえ|もらえ|いただけ|知りた|聞いて(?:も|い)"
    r"|聞か?せ|お?聞き(?:し|でき)|書いて|送って|交換|控え|伝え(?:ます|て)))"
)
_GIVEN = rule(
    r"(?P<bank>(?:口座(?:番号|情報|名義)?|振り?込み?先(?:の(?:情報|番号|銀行))?)"
    r"(?:[はをものとがご]|情報|番号|こちら){0,4}[^。?\n]{0,8}?(?:お?知らせ|お?伝え|送り|連絡(?:して|くだ|下さ|いたし|し)"
    r"|記載|記入|です:|こちら|下記|以下|次の(?:とおり|通り))"
    r"|(?:通帳|キャッシュカード)の写真[^。?]{0,8}(?:送|添付|見せ))"
)
_NOT_ASKED = rule(
    r"変更|方法|登録|どこ|どう|(?<!すみ)ません(?!か)|ました|いただけれ|必要|不要|確認|以外|届|しないで"
    r"|間違|不備|通知|迷惑|画面|欄|追跡|伝票|注文|受付|型番|品番|管理|追って|手元|かけ(?:て|直)|フォーム|問い?合わ?せ番号"
    r"|製造|シリアル|窓口|お?電話(?:いただけ|ください|下さい|し)|返送先|お店の|そちらの|貴店|会社の|御社|出品者"
    r"|引き?落と?|教えな|伝えな|書かな|求め|聞かれ|言われ|教えても?(?:良|大丈夫)"
)
_DECLINED = rule(
    r"(?:でき|出来|いたし|致し|応じ|受け付けて?|行って|行な|使って|やって|して)(?:かね|ませ|な|おりませ|い(?:な|ませ))|お?断り|遠慮"
    r"|禁止|違反|規約|しないで|しないよう|しては(?:だめ|ダメ|いけ)|やめて|控え|持って(?:いま(?!すか)|お|な)|(?<![をは])使わな|使わない(?!で)|使いませ|怪し|怖|詐欺|不安"
    r"|通報|聞いてくる|聞かれ|誘[わい]|誘導|勧誘|言われ|求められ|頼まれ|迫られ|[持も]ちかけ|勧められ|届かな|来な|不可|したくな|したくあり"
    r"|なしで(?:す|お願)|おりません|不要"
)
_OFFERED = rule(
    r"ませんか(?!。)|(?:くれ|いただけ|もらえ|ください|し)ませんか|いかが|どうで(?:す|しょう)|ましょう|しても|してくれ|してほし|内緒|ないしょ"
    r"|でも(?:ok|いい|良い|大丈夫|可能)です|(?:が|けど|けれど)[^。?]{0,12}(?:なら|でき|可能|いい|ok)|けど|ですが|ないか|なら"
)
_REPORTED = rule(
    r"(?:と|って|という|を)[^。]{0,12}(?:言われ|誘われ|[持も]ちかけ(?:られ)?|求められ|迫られ|提案され|勧められ)(?:まし|た|て(?:困|怖|い))"
)


def find(reading: Reading) -> Iterator[tuple[str, int, int, str]]:
    """Yield what is asked for by its kind: its stretch of the plain text, without a value."""
    text = reading.squeezed.plain
    for rule_ in (_ASKED, _GIVEN):
        for found in rule_.finditer(text):
            if not _NOT_ASKED.search(text[max(found.start() - 8, 0) : found.end() + 12]):
                yield str(found.lastgroup), *reading.squeezed.span(found.start(), found.end()), ""


def is_declined(text: str, start: int, end: int) -> bool:
    """Say whether the rest of the sentence turns what was found down, or reports it, rather than offering it."""
    ends = [at for mark in "。?" if (at := text.find(mark, end - 1, end + 50)) >= 0]
    rest = text[start : min(ends, default=end + 50) + 1]
    is_refused = _DECLINED.search(rest) and not _OFFERED.search(rest)
    return bool(is_refused or _REPORTED.search(rest))
