"""What stands in a display and says nothing: circles and crosses, dummies, 「準備中」, an address without its lot number."""

from __future__ import annotations

import re

from mamori.grammar.regex import regex
from mamori.japan.addresses.reading import PREFECTURES
from mamori.japan.folding import pressed
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.contacts import FAX, mails, phones, plain, postcode
from mamori.rooms.display.rules.text.passages import CONTACTS

_DASHES = regex(r"[\W_ー一]*")
_NOTHING = regex(
    r"[\W_]*(?:(?:特に)?(?:なし|無し|ありません|ございません|該当(?:なし|せず|無し))|空欄|無|n/?a|none|nil|null"
    r"|undefined)[\W_]*",
    re.I,
)
_MAY_BE_NONE = frozenset(
    {
        DisplayItem.SHIPPING,
        DisplayItem.OTHER_CHARGES,
        DisplayItem.RETURNS,
        DisplayItem.PERIOD,
        DisplayItem.NONCONFORMITY,
        DisplayItem.LIMITS,
        DisplayItem.JAPAN_OFFICE,
        DisplayItem.DOCUMENT_CHARGE,
        DisplayItem.COMPUTER,
        DisplayItem.RECURRING_TERMS,
    }
)
_BLANKS = regex(
    r"(?<![一二三四五六七八九十])[○◯〇●]{2,}|[×✕✖╳]{2,}|[△▲▽]{2,}|[□■◇◆☆★]{2,}|(?<![a-z])x{3,}(?![a-z])|\d-x{2,}"
    r"|x{2,}-|[*＊]{3,}|_{3,}|\?{3,}|…{2,}|\.{4,}|[○◯●×△□](?=[都道府県市区町村丁番号円日])|[○◯△□]山[○◯△□]"
    r"|\{\{?[^{}\n]{1,30}\}|\$\{|%[a-z_]{3,20}%|lorem ipsum",
    re.I,
)
_DUMMY = regex(
    r"番地は(?:追って|後日)|(?:記入|入力|記載|入れ)(?:して)?(?:ください|下さい|する|予定|します)|記入(?:例|欄)"
    r"|入力(?:例|欄)|未(?:定|記入|設定|入力|登録|記載|公開)|準備中|調整中|確認中|工事中|作成中|検討中|申請中|編集中"
    r"|後日|追って|近日|追記予定|決まり次第|決定次第|掲載予定"
    r"|(?<![a-z])(?:tbd|tba|tbc|todo|dummy|placeholder)(?![a-z])|to be (?:determined|announced|added|confirmed"
    r"|decided|updated)|coming soon|under construction|(?:enter|insert|fill in|your) (?:your |here|name|company"
    r"|address|phone|e-?mail|text)|not (?:yet )?(?:set|decided)",
    re.I,
)
_SLOT = regex(
    r"ここに|ここを(?:クリック|編集)|(?:記入|入力|記載)(?:して)?(?:ください|下さい)|を(?:記入|入力"
    r"|入れる)[)）\]］]?$|[(（]\s?例\s?[)）:：]|^例[:：]|(?:書き|入れ)ましょう|クリックして|i'm a |add (?:your|a) "
    r"|click here to edit|あなたのお店|市区町村 番地|都道府県市区町村|市区町村番地|オーナー名|ダミーテキスト|todo"
    r"|^〃|最適な場所です"
    r"|[［\[【{][^\s\d［\[\]］】}]{1,24}(?:[］\]}]|】)(?![^\n])|[●○◯□■△×✕x][,，][●○◯□■△×✕x]"
    r"|(?<![\d,-])[¥￥]?0,?000(?:円|\D|$)|20[x○●◯×]{2}年|[x○●◯]月[x○●◯]日|[○●◯]日以内|[?？]{2,}円?|-{2,}\s?円"
    r"|(?<=\d)\s?[○●◯]{1,3}日",
    re.I,
)
_SAMPLE = regex(
    r"サンプル|ダミー|山田[\s　]?太郎|テスト(?:会社|株式|太郎|住所|県|市|店|$)|見本|(?<![a-z])(?:sample"
    r"|example|test)(?![a-z.])|[(（【［\[〔](?:会社|御社|貴社|企業|店舗|事業者|代表者?|ここ|お?名前|氏名|住所|電話"
    r"|番号|メール|あなた)[^()（）\]】］〕]{0,10}[)）】\]］〕]|(?:御社|貴社|あなた|貴店)の?(?:名|住所|氏名|電話)"
    r"|^(?:会社名|氏名|名前|住所|電話番号|担当者名?|お名前|代表者名|メールアドレス|事業者名|company name|full name"
    r"|address|phone)$",
    re.I,
)
_SAME_ABOVE = regex(r"[\W_]*(?:同上|上記(?:と|に)?(?:同じ|同様|同一)?|〃|々|same as above|ditto)[\W_]*", re.I)
_POST_BOX = regex(r"私書箱|(?<![a-z])p\.? ?o\.? ?box|郵便局留|局留", re.I)
_LOT = regex(
    r"\d{1,5}\s{0,3}(?:番|号|の|ノ|-\s*\d)|[一二三四五六七八九十百](?:番(?!町)|号)|番地|無番地|(?<!\d)\d+(?!\d"
    r"|\s*(?:丁目|f|階|号室|号棟|室|条|線|区|世|街区))",
    re.I,
)
_CHOME = regex(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}丁目")
_KANJI_LOT = regex(r"丁目[〇一二三四五六七八九十百]{1,5}(?:の[〇一二三四五六七八九十]{1,3})?(?:$|[\s（(])")
_BUILDING = regex(
    r"(?:\d{1,4}\s{0,2}(?:f|階)|[a-z]?\d{1,5}\s{0,2}号?室|[^\s\d]{1,20}(?:ビル|マンション|ハイツ|コーポ|荘|タワー|プラザ)[^\n]*"
    r"|\([^()]*\)|(?:tel|電話|fax)[^\n]*)",
    re.I,
)
_IN_JAPAN = regex("|".join(one.ja for one in PREFECTURES.values()) + "|[市区町村郡]")
_DUMMY_HOST = regex(
    r"@(?:example|sample|test|mysite|yoursite|mysite\.example|ドメイン|dummy|hoge|xxx+|yourdomain|your-?(?:shop"
    r"|domain|company)|domain|mail)\.(?:com|co\.jp|jp|net|org|ne\.jp|or\.jp)$"
)
_DUMMY_LOCAL = regex(r"^(?:x{2,}|your[\w.-]{0,12}|sample|dummy|hoge|test|aaa+|abc|example)@")
_RUNS = ("1234567890", "0987654321", "12345678", "0123456789", "87654321", "23456789")


def is_placeholder(item: DisplayItem, said: str, *, known: frozenset[str] = frozenset()) -> bool:
    """Say whether words stand for an item without saying it; what is registered never does."""
    text = plain(said).strip()
    if _DASHES.fullmatch(text) or (item not in _MAY_BE_NONE and _NOTHING.fullmatch(text)):
        return True
    if _is_known(item, text, known):
        return False
    first = text if item in CONTACTS else re.split(r"[。\n]", text)[0]
    if _BLANKS.search(first) or (len(text) < 160 and _SLOT.search(first)):
        return True
    dummy = _DUMMY.search(text)
    if item in CONTACTS:
        return dummy is not None or _is_empty_contact(item, text)
    is_dummy = dummy is not None and len(text) - len(dummy[0]) <= 15
    return is_dummy or (_SAME_ABOVE.fullmatch(text) is not None and item is not DisplayItem.NONCONFORMITY)


def _is_known(item: DisplayItem, text: str, known: frozenset[str]) -> bool:
    """Say whether what stands there is registered, however much it looks like a dummy."""
    if item in {DisplayItem.NAME, DisplayItem.RESPONSIBLE, DisplayItem.ADDRESS}:
        return any(one in pressed(text) for one in known)
    given = {DisplayItem.PHONE: phones, DisplayItem.MAIL: mails}.get(item)
    return given is not None and not known.isdisjoint(given(text))


def _is_empty_contact(item: DisplayItem, text: str) -> bool:
    is_sample = item is not DisplayItem.MAIL and _SAMPLE.search(text) is not None
    if is_sample or _SAME_ABOVE.fullmatch(re.sub(r"^[^：:\n]{1,20}[：:]", "", text)):
        return True
    if item is DisplayItem.PHONE:
        return _is_dummy_phone(text)
    if item is DisplayItem.MAIL:
        found = mails(text)
        if not found:
            return re.search(r"\[at\]|@", text) is not None
        return bool(found) and all(_DUMMY_HOST.search(one) or _DUMMY_LOCAL.search(one) for one in found)
    return item is DisplayItem.ADDRESS and ends_early(text)


def _is_dummy_phone(text: str) -> bool:
    found = phones(text)
    if not found:
        digits = re.sub(r"\D", "", text)
        return (
            bool(phones(FAX.sub("", text)))
            or re.fullmatch(r"[\s0-]+", text) is not None
            or any(run in digits for run in _RUNS)
        )
    return all(is_dummy_number(one) for one in found)


def is_dummy_number(digits: str) -> bool:
    """Say whether a telephone number is one that nobody has: noughts, one digit again and again, or digits in order."""
    rest = digits.lstrip("+")
    return (
        len(set(rest[2:])) == 1
        or len(set(rest[-8:])) == 1
        or rest.endswith(("00000000", "12345678", "0000000"))
        or rest in {"0120123456", "0120000000", "0123456789", "1234567890", "0312345678"}
        or any(run in rest for run in _RUNS)
    )


def ends_early(address: str) -> bool:
    """Say whether an address is a post box, or ends before the lot number."""
    text = plain(address)
    code = postcode(text)
    text = re.sub(r"〒?\s?\d{3}-?\d{4}(?![\d-])", " ", text, count=1) if code else text
    if _POST_BOX.search(text):
        return not _LOT.search(_CHOME.sub("", _POST_BOX.split(text)[0]))
    if not _IN_JAPAN.search(text):
        return not re.search(r"\d", text) and len(text.strip()) < 40
    bare = _BUILDING.sub(" ", text)
    if _LOT.search(_CHOME.sub(" ", bare)) or _KANJI_LOT.search(bare):
        return False
    return not re.search(r"\d-\d", bare)
