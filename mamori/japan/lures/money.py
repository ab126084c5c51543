"""Signs that money or goods shall go past the marketplace: accounts, and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from mamori.grammar.regex import regex
from mamori.japan.addresses.reading import PREFECTURES
from mamori.japan.lures.reading import KANJI, Piece, Reading, is_declined, rule

# Bank accounts, told or asked for, and offers to deal past the marketplace.


_BANK = rule(
    r"銀行|ぎんこう|信用金庫|信金|信用組合|信組|労働金庫|労金|農協|ゆうちょ|郵貯|口座|支店|してん|振込先|振り?込み?先"
    r"|振替|名義|バンク|みずほ|三菱ufj|三井住友|りそな"
    r"|普通|ふつう|当座|記号|(?<![a-z])bank|account|branch|店番|店名|本店|ほんてん|acct|iban|swift"
)
_NOT_ACCOUNT = rule(
    r"(?:注文|追跡|伝票|送り状|受付|会員|商品|問い?合わ?せ|管理|製造|型|品|認証|確認|整理|登録|ロット"
    r"|シリアル|郵便)(?:の|用)?(?:番号?|no|コード|id)?[^。\n]{0,6}$"
    r"|〒 ?$|jan[^。\n]{0,8}$|¥ ?$|order[^。\n]{0,10}$"
)
_ACCOUNT = regex(
    r"[^\s。]{1,8}(?:銀行|信用金庫|信金|バンク)[^。]{0,20}?支店[^。]{0,10}?(?:普通|当座|口座|名義)"
)
_NEAR = rule(r"口座(?:番号)?|普通(?:預金)?|当座|account|番号|名義")
_MONEY = regex(r" ?(?:円|¥|個|点|年|人|mah|-\d)")


def banks(reading: Reading, runs: list[list[Piece]]) -> Iterator[tuple[int, int, str]]:
    """Yield each account: seven digits, or a postal account's two numbers, that a bank's words precede, or its branch."""
    plain = reading.plain
    if not _BANK.search(plain):
        return
    for run in runs:
        for at, piece in enumerate(run):
            digits, end = _joined(run, at)
            before = plain[max(piece.start - 60, 0) : piece.start]
            is_postal = "ゆうちょ" in before and any(len(one.digits) == 5 for one in run[max(at - 2, 0) : at])
            is_real = len(digits) in {6, 7, 8} and piece.real >= min(len(piece.digits), 4)
            if is_real and (is_postal or _is_account(before, plain[end : end + 4], digits)):
                words = next(_BANK.finditer(before))
                yield piece.start - len(before) + words.start(), end, digits
                break
    for found in _ACCOUNT.finditer(plain) if "支店" in plain else ():
        yield found.start(), found.end(), ""


def _joined(run: list[Piece], at: int) -> tuple[str, int]:
    """Return the digits of a piece and where they end: with the short ones behind it where they make an account's number."""
    digits = run[at].digits
    for piece in run[at + 1 : at + 9]:
        if len(digits) >= 7 or len(piece.digits) >= 5 or piece.is_loose:
            break
        digits += piece.digits
        if len(digits) in {7, 8}:
            return digits, piece.end
    return run[at].digits, run[at].end


def _is_account(before: str, after: str, digits: str) -> bool:
    """Say whether digits are an account's by the words before them: two words of a bank, or the word 口座 itself."""
    if _NOT_ACCOUNT.search(before[-20:]) or _MONEY.match(after):
        return False
    before = re.sub(r"\s", "", before)
    words = {found[0] for found in _BANK.finditer(before)}
    return len(words) >= 2 or (bool(words) and len(digits) == 7 and _NEAR.search(before[-14:]) is not None)


_DEAL = (
    r"(?:お?取り?引き?|とりひき|売買|売[っりるん]|お?買[いっうえわ]|ご?購入|ご?注文|販売|お?譲|お?払|お?支払|お?振り?込|送金|決済|契約|やり?とり"
    r"|やり取り)"
)
_ASK = r"(?:くだ|下さ|いただけ|もらえ|してくれ|してほし|欲しい|お願い|ませんか|ましょう)"
_LESS = (
    r"(?:\d+%?円?(?:引|オフ|off)|割引|値引|お?安|お得|サービス|引き?(?:ます|に|い)|ひき|クーポン|送料無料)"
)
_OUTSIDE = (
    r"(?:サイト|アプリ|市場|ショップ|モール|プラットフォーム|システム|フリマ|こちら|ここ|運営|本部|会社|仲介|決済)(?:には?|[はのを])?"
    r"(?:外|そと|通さ|とおさ|介さ|経由せ|使わ|抜き|挟ま|はさま|内緒|ないしょ|黙って|バレない)"
)
_CASH = (
    r"(?:現金(?:書留)?|ギフト(?:券|カード)|アマギフ|amazonギフト|itunes|アップルギフト|googleplayカード|プリペイド|電子マネー|仮想通貨"
    r"|ビットコイン|暗号資産|usdt|(?<![a-z])btc|paypay|line ?pay|paypal|(?:ペイ|ライン|メル|楽天)ペイ"
    r"|ペイパル|ウェスタンユニオン|代引き?)"
)
# most characters begin no offer: a fast no
_FIRST = (
    "(?=[直ちじダサア市シモプフこ本運会仲決手マ個内裏キ取現ギaigプ電ビ仮暗ubpペlメ楽ウ代銀お振前先口別ほ他外自公当う購も私"
    "支직중中駅店家近伺匿])"
)
_DEALS = rule(
    rf"{_FIRST}(?:(?:直接|ちょくせつ|ダイレクト|じか)[にので]?(?:お?手?渡|連絡を?(?:取|して|{_ASK})|{_DEAL})"
    rf"|直(?:取り?|メール|(?:で[おご]?)?{_DEAL}|で(?:連絡|どう|お願い))|ちょくで|ちょくとり"
    rf"|{_OUTSIDE}[^。?]{{0,16}}?(?:{_DEAL}|対応|{_LESS}|連絡|返金|現金)|外でお?(?:取引|支?払|や)"
    rf"|(?:個人[的間]?|個別|こっそり|内緒|裏)[にでの]?(?:{_DEAL}|対応)|裏でや|中抜き"
    r"|(?:手数料|マージン|仲介料)[^。?]{0,12}?(?:(?:かから|引かれ|取られ)な|[な無]し[でにの]|浮|抜き|節約|もったいない"
    rf"|分[をはもだけ]{{0,2}}[^。?]{{0,4}}{_LESS})"
    rf"|(?:キャンセル|取り?消し?)(?:して|した|の?(?:後|あと))[^。?]{{0,14}}?(?:直接|別|個人|外|こちらに|安く|振り?込|{_CASH})"
    r"|(?:paypay|ペイペイ)(?:で?の?送金|の? ?id[^。?]{0,24}(?:まで|[へに]))|ぺ[〇○*]ぺ[〇○*]"
    rf"|{_CASH}(?:で|を|にて|の(?:番号|コード)を?|なら|[にへ]|払い(?:で|なら))の?[^。?]{{0,10}}?(?:直接|送って|送金|お?送り(?:します|{_ASK})|先に"
    rf"|前払|{_LESS}|お?支払い?(?:でき|{_ASK})|払って|(?:いただけ|もらえ)(?:れば|たら|る?なら|ますか|ませんか)|お願い)"
    rf"|(?:プリペイド|ギフト|電子マネー)[^。?]{{0,6}}?(?:カード|券)?を(?:買|購入)[^。?]{{0,14}}?(?:番号|コード)"
    rf"|お?振り?込み?(?:して)?(?:[にでを]|なら|いただけ)[^。?]{{0,10}}?(?:{_LESS}|{_ASK})|口座[へに](?:直接)?{_DEAL}[^。?]{{0,8}}?{_ASK}"
    rf"|(?:前金|先に)[^。?]{{0,8}}?(?:お?振り?込|送金|入金|お?支払)[^。?]{{0,4}}{_ASK}"
    r"|手渡し[でしに][^。?]{0,10}?(?:現金|安|引|払)|現金[でを]お(?:渡し|手渡し)"
    r"|(?:駅|現地|店|家|近く)(?:の前)?で(?:会|待ち合わせ)[^。?]{0,12}?(?:現金|渡|払)"
    r"|(?:うかが|伺)[いっ][^。]{0,10}。?[^。]{0,6}(?:その場|現地)で[^。]{0,6}支払"
    rf"|(?:別|ほか|他|外部)の?(?:サイト|ところ|場所|アプリ|方法|ルート|ショップ|店)(?:から|なら|[でに])[^。?]{{0,14}}?"
    r"(?:安く|お得|(?:買|購入)(?:って|して|くだ|いただ)|売(?:って|り)|取引|お?支払|払って|出品)"
    r"|(?:別|ほか|他)の(?:フリマ|やり方|払い方)|もっと安い払い方|購入ボタン[はを]押さ|ここ[ので](?:購入|注文)は(?:なし|やめ|キャンセル)"
    rf"|(?:自社|公式|直営|うち|当店|本店)の?(?:サイト|(?:オンライン)?ショップ|ホームページ|hp|通販|ページ)"
    rf"(?:から|なら|の(?:方|ほう)が|[でに])[^。?]{{0,14}}?(?:{_LESS}|(?:買|購入|注文)(?:って|して|くだ|いただ))"
    r"|匿名配送[をは]?使わ|私下交易|支付宝转|私下付款|직거래|중고로 직접)"
)
_WORDED = rule(
    r"お?振り?込み?(?:先|手数料|済|の確認|が|は(?:まだ|い)|まし|しました|でき)|(?:銀行|コンビニ)振り?込み?(?:は|を選)"
)
_DEALS_EN = regex(
    r"(?:outside|off|without (?:using )?|bypass(?:ing)?|avoid(?:ing)?|around)(?: of)? ?(?:(?:the|this|your|our) )?"
    r"(?:site|app|platform|marketplace|system|fees?|commission)|direct (?:deal|transaction|payment|sale|purchase)|cash in hand"
    r"|(?:pay|buy|sell|deal|trade|purchase|order|send (?:the )?money|transfer)"
    r"(?: to)?(?: (?:it|you|(?:(?:from|with|to) )?(?:me|us)))?"
    r" direct(?:ly)?|(?:pay|send|transfer)(?: \w+){0,4} (?:by|via|through|with|to|using) (?:my |our )?"
    r"(?:bank|wire|paypal|paypay|western union|gift cards?|bitcoin|crypto|usdt|cash)|no app\b"
    r"|(?:do|deal|settle|arrange|handle|buy|sell) (?:this|it|that) (?:outside|privately|off|offline)"
    r"|(?:meet|come)(?: \w+){0,5} (?:pay|cash)|(?:save|skip|no|without) (?:the )?(?:platform |site )?(?:fees?|commission)"
)
_DECLINED_EN = regex(
    r"\b(?:not|never|cannot|against|asked me|asks me|wants me|localized me|refuse|scam|forbidden|prohibited"
    r"|is it (?:ok|allowed|safe))\b|n't "
)


def deals(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each offer to deal past the marketplace; a refusal, a report and a question about the rules are innocent."""
    text = reading.squeezed.plain
    for found in _DEALS.finditer(text):
        if not (is_declined(text, found.start(), found.end()) or _WORDED.match(found[0])):
            yield (*reading.squeezed.span(found.start(), found.end()), "")
    for found in _DEALS_EN.finditer(reading.plain):
        if not _DECLINED_EN.search(reading.plain[max(found.start() - 50, 0) : found.end() + 30]):
            yield found.start(), found.end(), ""


# Postal addresses: a municipality or town with the numbers of a block; a region alone is innocent.


_PREFECTURE = "|".join(f"{name.ja[:-1]}{name.ja[-1]}?" for name in PREFECTURES.values()).join(("(?:", ")"))
_NUM = r"[0-9〇零一二三四五六七八九十百]{1,4}"
_DASH = r" ?(?:-|ー|の|ノ|/) ?"
_BLOCK = (
    rf"(?:{_NUM} ?丁目(?: ?{_NUM} ?(?:番地?|{_DASH}))?(?: ?の? ?{_NUM} ?号?)?"
    rf"|{_NUM} ?番地?(?: ?の? ?{_NUM} ?号?)?|[0-9]{{1,4}}{_DASH}[0-9]{{1,4}}(?:{_DASH}[0-9]{{1,4}}){{0,2}})"
)
_PLACE = r"[一-龠々ヶケヵ\u3041-\u309f\u30a1-\u30fcノ]"
_BUILDING = (
    r"(?: ?[^\s。、,!?]{1,20}?(?:マンション|ハイツ|コーポ|アパート|ビル|荘|メゾン|レジデンス|寮"
    r"|号室|号棟|階)(?: ?[0-9]{1,4}(?:号室?|号|f|階)?)?)?"
)
_POSTAL = r"(?:〒 ?[0-9]{3} ?[-ー]? ?[0-9]{4}[\s、]*)?"
_FULL = rule(
    rf"{_POSTAL}{_PREFECTURE} ?(?:{_PLACE}{{1,8}}[市区郡町村]\s?)(?:[^\s。!?0-9]\s?){{0,14}}?\s?{_BLOCK}{_BUILDING}"
)
_LOCAL = rule(rf"{_POSTAL}(?<![一-龠])[一-龠]{{1,5}}[市区郡] ?(?:{_PLACE} ?){{1,12}}? ?{_BLOCK}{_BUILDING}")
_TOWN = rule(
    rf"{_POSTAL}[一-龠]{{1,6}}[町村]? ?{_NUM} ?丁目 ?{_NUM} ?(?:番地?|{_DASH})(?: ?の? ?{_NUM} ?号?)?{_BUILDING}"
)
_BY_POSTAL = rule(
    r"〒 ?[0-9]{3} ?[-ー] ?[0-9]{4}[\s、]*"
    + _PREFECTURE
    + r"? ?(?:[一-龠々ヶケ\u3041-\u309f\u30a1-\u30fc]{1,10}[市区郡町村] ?)[一-龠々ヶケ\u3041-\u309f\u30a1-\u30fc]{1,8}"
)
_ENGLISH = regex(
    r"[0-9]{1,4}(?:-[0-9]{1,4}){1,3},? (?:[a-z][a-z-]{2,20},? ){0,3}?[a-z]{2,20}-(?:ku|shi|cho|machi|gun"
    r"|mura)\b(?:,? [a-z]{3,12}(?:-(?:shi|to|fu|ken))?){0,2}"
)
_ROOM = rule(
    r"[一-龠々\u30a1-\u30fcー]{1,12}(?:荘|マンション|ハイツ|アパート|コーポ|メゾン|レジデンス|団地"
    r"|寮)(?:の| )?[0-9〇一二三四五六七八九]{1,4} ?(?:号室|号棟|号)"
)
_ROOM_EN = regex(
    r"(?:room|apt\.?|unit) ?#?[0-9]{1,4},? (?:[a-z]+,? ){1,3}[0-9]"
    r"|[0-9]{1,3}-[0-9]{1,3}(?:-[0-9]{1,3})?,? (?:[a-z]+,? ){1,3}(?:city|ward)\b"
)
_PARTS = rule(rf"(?P<n>[0-9]+|[{''.join(KANJI)}十]+(?= ?(?:丁目|番|号|-|の)))")
_TEN = str.maketrans(KANJI)


def find_places(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each postal address: its stretch of the plain text, and its normal form."""
    for pattern in (_FULL, _LOCAL, _TOWN, _BY_POSTAL, _ENGLISH):
        for found in pattern.finditer(reading.plain):
            yield found.start(), found.end(), normal(found[0])
    for found in chain(_ROOM.finditer(reading.plain), _ROOM_EN.finditer(reading.plain)):
        yield found.start(), found.end(), ""


def normal(plain: str) -> str:
    """Return an address by its places and numbers: `石川県金沢市架空町|1|50|95`, without postal code and blanks."""
    bare = re.sub(r"〒? ?[0-9]{3} ?[-ー] ?[0-9]{4}(?![0-9-])|〒", "", plain, count=1).strip()
    numbers = [_number(found["n"]) for found in _PARTS.finditer(bare)]
    first = _PARTS.search(bare)
    place = re.sub(r"[\s、,]", "", bare[: first.start()] if first else bare)
    return "|".join((place.translate(str.maketrans("ヶヵノ", "ケケの")), *numbers))


def _number(said: str) -> str:
    """Return a number of up to 99 said in digits or kanji: 二十三 = 23."""
    if "十" in said:
        tens, _, ones = said.partition("十")
        return str(int(tens.translate(_TEN) or "1") * 10 + int(ones.translate(_TEN) or "0"))
    return said.translate(_TEN)


def is_within(one: str, other: str) -> bool:
    """Say whether `one` tells no more than the registered `other`: the same town, the same numbers or fewer of them."""
    place, *numbers = one.split("|")
    known, *kept = other.split("|")
    return bool(place) and known.endswith(place) and numbers == kept[: len(numbers)]
