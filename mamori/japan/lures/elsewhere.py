"""Signs that somebody is led elsewhere: to a chat, a link, a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mamori.grammar.regex import regex
from mamori.japan.lures.reading import Piece, Reading, is_declined, rule

# Accounts of chat services: named with an identifier, or with the wish to go there; the word alone is innocent.


_LINE = (
    r"(?:(?<![\u3041-\u309f辛暗])|(?<=[でをのにはとも]))\u3089[\u3044\u3043]\u3093|(?<![a-z])(?<![a-z] )[l1i|][i1l!]n[e3]"
    r"(?! ?[a-z]{2}(?<!id))|羅印|裸印|来ん印|雷音|裸淫|りね(?=おしえ|教え|交換|し)|l〇ne|〇ine|ラ〇ン|ら〇ん"
    r"|えるあいえぬいー|エル ?アイ ?エヌ ?イー|(?:緑|みどり)の?(?:アプリ|吹き?出し|アイコン)"
)
_AS_A_WORD = r"(?<![\u30a1-\u30fa\u30fcー])\u30e9[\u30a4\u30a3\u3044\u30fc]{1,2}[\u30f3\u30bd\u3093]"
_NO_LINE = (
    r"(?!ナップ|アップ|ストーン|ヤフー|pay|ペイ|スタンプ|ストア|フレンズ| ?friends|ドライブ|ギフト|ニュース|ポイント|クーポン"
    r"|ミュージック|が?入|[のが](?:色|柄|太|幅|内側|外側|位置|見え|消え|曲|歪|ずれ)|の?通知|連携|ログイン|上|引き|状|柄|色|ズ|カット|を引)"
)
_NAMES = (
    "line|kakao(?:talk)?|we ?chat|insta(?:gram)?|ig|twitter|(?:facebook )?messenger|facebook|telegram|whats ?app|discord|skype"
    "|signal|viber|zalo|tiktok|threads|sms|zap"
)
_OTHERS = (
    rf"(?<![a-z])(?!line|zoom|sms)(?:{_NAMES}|sns)(?![a-z])|(?<![a-z])zoom(?=の|で|ミーティング)|(?<![a-z])dm(?!便|[a-z])"
    r"|(?<![a-z0-9])x(?=の(?:dm|アカウント|id)|でdm|\(旧)|vx(?=[:id号])|カカオ(?:トーク)?|ウィーチャット|微信|薇信|加微|威信"
    r"|イ[ン〇]スタ(?:グラム)?(?!ント|レー|ンス)|ツイッター|フェイスブック|メッセンジャー|テレグラ[ム厶]|ワッツアップ"
    r"|ディスコ(?:ード)?(?!グ|ミ)|スカイプ|シグナルアプリ|ティックトック|スレッズ|フレンドコード|카톡|카카오톡|텔레그램|라인(?=id|아)"
    r"|teлeгpam|теле?грам|ゲーム内(?:の)?チャット|(?:トーク|チャット|メッセー?ジ?)アプリ"
)
# most characters begin no service: a fast no
_FIRST = r"(?=[ラ〇l1i|羅裸来雷緑みエカkウw微加薇카텔威りzテゲiイtтツxフfメmワデdスsシvトチ라])"
_ANY = rule(rf"{_FIRST}(?:(?:{_LINE}|{_AS_A_WORD}){_NO_LINE}|{_OTHERS})")
_SURE = rule(
    rf"{_FIRST}(?:(?:{_LINE}){_NO_LINE}|{_OTHERS})(?:の(?:ほう|方|id|dm|鯖|サーバー?|グループ|チャンネル)|[でにをはもがかへ]|から|って|使え|あり|ある"
    r"|登録|works|or|入れて|とか|派|id|または|、|や|なら|$|。|\?)"
)
_ID = r"(?:[のはがー]?(?:id|アイディー?|アイデー|アカウント(?:名)?|아이디 ?|号)(?:は|が|:|を)?)"
_WISHED = rule(
    rf"{_ANY.pattern}[でにをはもとがへのから]{{0,3}}{_ID}?[^。?]{{0,10}}?(?:友[だ達]ち?|追加|交換|検索|フォロー|送[っりる信]|教え|おしえ"
    r"|連絡|れんらく|やり?とり|やり取|話[しせそ]|はなし|相談|しませ|しましょ|ください|下さい|お願い|いかが|やって(?:ます|い|る)"
    r"|メッセージ|トーク|通話|声を?かけ|返信|返事|移[りっ動]|登録して|いただけ|もらえ|つなが|繋が|どうぞ|受け付け|対応して|問い?合わせ"
    r"|でも(?:いい|ok)|が(?:早|楽|はや))"
)
_THING = rule(
    r"はがき|動|使える|載せ|入(?:る|って|れ)|対応|キャラ|マグ|スタンプ|ぬいぐるみ|グッズ|通知|インストール|専用"
    r"|カラー|デザイン|見かけ|見た|見て|見まし|話題|広告|評判|人気|ログイン|連携|ロゴ|柄"
    r"|ケース|ヤフー|会社|漫画|引っ?越|移行|データ|バックアップ|履歴|映え|投稿"
    r"|写真で|紹介|流行|バズ|宣伝|シール|カード(?!のqr)|公開|掲載|ゲーム|端末|スマホ|アイコンの"
)
_GIVEN = rule(
    rf"{_ANY.pattern}[^\w\n]{{0,4}}(?:{_ID}|[でのはに])?[^\w\n]{{0,4}}(?:は|が|:|→)?[^\w\n]{{0,4}}"
    r"(?P<id>@?(?!http|www|line\.|pay)[a-z0-9][a-z0-9._-]{3,30})"
)
_HANDLE = r"(?<![a-z0-9._-])@[a-z0-9._-]{3,30}"
_BARE = rule(
    rf"(?:検索|追加|友[だ達]ち?|フォロー|(?<![a-z])id)[^。\n]{{0,12}}?{_HANDLE}"
    rf"|{_HANDLE}[^。\na-z0-9]{{0,8}}(?:検索|追加|友[だ達]|フォロー|dm)|(?:友[だ達]ち?(?:追加|登録)|id検索)[しをでお]"
    r"|(?<![a-z])id ?[は:→=「][^\w\n]{0,3}[a-z][a-z0-9._-]{3,30}[^。\n]{0,14}(?:検索|追加|友[だ達]|登録|送って)"
    r"|(?:add|message|text|contact|find|reach|chat|talk|dm|ping)(?: with| to)?(?: me| us| you)? ?(?:on|via|at|in|by|through)"
    rf" (?:my |our )?(?:{_NAMES})(?![a-z])|(?<![a-z])(?:use|have|có|got|on|my|our|your) (?:{_NAMES})(?![a-z])"
    rf"|(?<![a-z])(?!line|sms)(?:{_NAMES}|dm)(?: (?:me|us)(?![a-z])|:? ?\+?[0-9])|green (?:chat )?app(?![a-z])"
)
_CODED = rule(r"(?:型番|品番|番号|商品|コード|注文|追跡|シリアル|ロット|キーワード).{0,12}$")
_NAMED_SO = rule(
    r"(?<![a-z0-9@._/-])@?(?=[a-z0-9._-]{0,20}[0-9_])(?=[0-9._-]{0,20}[a-z])[a-z0-9._-]{5,30}」? ?(?:で|を|に|と|って|まで)?"
    r"(?:検索|けんさく|さが|探|フォロー|申請|追加|dm|友[だ達])"
)


def find_chats(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each chat account and each wish to go to a chat: its stretch of the plain text."""
    plain, squeezed = reading.plain, reading.squeezed
    for found in _BARE.finditer(plain):
        yield found.start(), found.end(), ""
    for found in _NAMED_SO.finditer(plain):
        if not _CODED.search(plain[max(found.start() - 14, 0) : found.start()]):
            yield found.start(), found.end(), ""
    if not _ANY.search(squeezed.plain):
        return
    for found in _GIVEN.finditer(plain):
        name, is_within_prose = found["id"], plain[max(found.start() - 1, 0) : found.start()] == " "
        if not (name.isdigit() or (is_within_prose and name.isalpha() and name.isascii())):
            yield found.start(), found.end(), ""
    for pattern in (_WISHED, _SURE):
        for found in pattern.finditer(squeezed.plain):
            around = squeezed.plain[max(found.start() - 8, 0) : found.end() + 14]
            is_thing = pattern is _SURE and _THING.search(around)
            if not is_thing and not is_declined(squeezed.plain, found.start(), found.end()):
                yield (*squeezed.span(found.start(), found.end()), "")


# Mail addresses and links, with their signs and dots spelled out, spaced out or put in brackets.


_TLD = (
    "com|net|org|info|biz|jp|co|me|cc|io|ai|tv|ly|gl|gg|gd|ee|to|be|app|dev|link|page|site|online|shop"
    "|store|club|xyz|top|vip|live|work|"
    "blog|fun|icu|bio|cn|kr|tw|hk|us|uk|de|fr|eu|ru|in|id|example|test|invalid"
)
_DOT = r"(?: ?(?:\.|。|・|ドット|どっと|[(\[<{] ?(?:dot|ドット|\.|点) ?[)\]>}]| dot |てん|点) ?)"
_ENDING = rf"(?:{_TLD}|コム|ネット|ジェーピー|ジェイピー)(?![a-z0-9-]|\.[a-z0-9])"
_HOST = rf"[a-z0-9][a-z0-9-]{{0,40}}(?:{_DOT}[a-z0-9][a-z0-9-]{{0,40}}){{0,3}}{_DOT}{_ENDING}"
_PROVIDER = (
    r"(?:gmail|g ?メール|ジーメール|googleメール|yahoo(?:メール)?|ヤフーメール|ヤフメ|hotmail"
    r"|ホットメール|outlook|アウトルック"
    r"|icloud(?:メール)?|アイクラウド|docomo|ドコモ(?:メール)?|ezweb|softbank|ソフトバンクメール"
    r"|プロトン(?:メール)?|proton)"
)
_AT = rule(
    r" ?(?:@|[(\[<{【〔「] ?(?:@|at|アット(?:マーク)?|あっと) ?[)\]>}】〕」]|アットマーク|アット| at |☆"
    r"|★|●|◎|■|#|[^\w\s!-~、。・「」『』()-]|\(a\)|&) ?"
)
_COMMA = r"[a-z0-9][a-z0-9-]{0,40}(?:[.,][a-z0-9-]{1,40}){0,2},(?:com|jp|net)(?![a-z0-9])"
_MAIL = rule(rf"(?P<at>{_AT.pattern})(?P<host>{_HOST}|(?<=@){_COMMA}|{_PROVIDER})")
_SIGN = rule("[@ア]")
_LOCAL = regex(r"[a-z0-9](?:[a-z0-9._%+-]{0,63}[a-z0-9_-])?$")
_SPACED = regex(r"(?:(?<![a-z0-9])[a-z0-9._-] ){2,30}[a-z0-9]$")
_PROVIDED = rule(rf"(?<![a-z0-9.]){_PROVIDER}(?![a-z])")
_NAME = r"[a-z0-9][a-z0-9._-]{3,30}"
_JOINT = r"[^\w\n]{0,3}(?:の|は|で|に|を|が|です|あと|後ろ|あとは|つけて|続けて){0,3}[^\w\n]{0,3}@?"
_BEFORE = rule(rf"(?<![a-z0-9@._-])(?P<local>{_NAME}){_JOINT}$")
_AFTER = rule(rf"(?:アドレス|アカウント|の|は|で|、|が){{0,2}}[^\w\n]{{0,3}}(?P<local>{_NAME})(?![a-z0-9@])")

_SCHEME = r"h ?[tx*] ?[tx*] ?p ?s?[ :;]*/ ?/ ?"
_PATH = r"(?:[:/?#][!-~]{0,300})?"
_LINK = rule(
    rf"(?:{_SCHEME}[!-~]{{3,300}}|(?<![a-z0-9@_-])(?<![a-z0-9]\.)(?:www{_DOT})?{_HOST}(?! ?@){_PATH})"
)
_SAID = rule(  # a link or an address read aloud
    r"(?:店名|ショップ名|屋号|当店の名前)で(?:検索|ググ)|ググ(?:って|れば|ると)"
    r"|qrコードから[^。\n]{0,16}(?:行け|飛べ|買え|開)"
    r"|エイチ ?ティー ?ティー ?ピー|コロン ?スラッシュ|ダブリュー ?ダブリュー"
    r"|(?<![\w])[\w-]{2,20} ?ドット ?(?:コム|ジェーピー|ジェイピー|ネット|シーオー)|ドットコム(?:の|で"
    r"|に|を)"
)
_SAID_MAIL = rule(r"[\w.-]{1,30} ?アット(?:マーク)? ?[\w-]{1,30}(?: ?(?:ドット|\.) ?[\w-]{1,20}){1,3}")
CHAT = regex(
    r"(?:[^/?#]+\.)?(?:line\.me|lin\.ee|(?:[tm]|wa|ig|telegram)\.me|instagram\.com|discord\.(?:gg|com)|open\.kakao\.com"
    r"|u\.wechat\.com)/"
)
"""A link that invites to a chat service rather than to a page."""
_COLUMN = regex(r"(?:[!-~]{1,14}\n){2,}[!-~]{1,14}")
_DOTS = rule(r" ?(?:[(\[<{] ?)?(?:ドット|dot|てん|点|。|・|,|\.)(?: ?[)\]>}])? ?")
_ENDINGS = ((rule("コム"), "com"), (rule("ネット"), "net"), (rule("ジェ[ーイ]ピー"), "jp"))
_ALOUD = rule("アット|ドット|スラッシュ|ダブリュ|ティーピー|ググ|検索|qr")
_TRAIL = ".,;:!?)]}>'\"-"
_INNOCENT = regex(  # authorities and carriers; names of well-known places, spoken of rather than linked to
    r"(?:[^/?#]+\.)?(?:go|lg|japanpost|(?:kuronekoyamato|sagawa-exp|fukutsu|seino|ecohai|nittsu)\.co)\.jp(?:/.*)?"
    r"|(?:amazon|google|yahoo|rakuten)\.co\.jp|(?:docomo|ezweb|softbank)\.ne\.jp|(?:outlook|i\.softbank)\.jp"
    r"|(?:amazon|google|booking|(?:jp\.)?mercari|youtube|gmail|icloud|hotmail|outlook|au)\.com"
)
_SPACED_OUT = regex(r"(?<![a-z0-9])(?:[a-z0-9@.:/_-] ){6,}[a-z0-9]")


def mails(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each mail address: its stretch of the plain text and its normal form (`name@host`)."""
    plain = reading.plain
    yield from _addresses(plain)
    for start, end, text in _parted(plain):
        for _, _, value in _addresses(text):
            yield start, end, value
    if _ALOUD.search(plain):
        for found in _SAID_MAIL.finditer(plain):
            yield found.start(), found.end(), ""
    for found in _PROVIDED.finditer(plain):
        begin = max(found.start() - 48, 0)
        before, after = _BEFORE.search(plain[begin : found.start()]), _AFTER.match(plain, found.end())
        if before and _is_name(before["local"]):
            yield begin + before.start(), found.end(), before["local"] + "@"
        elif after and _is_name(after["local"]):
            yield found.start(), after.end(), after["local"] + "@"


def _parted(plain: str) -> Iterator[tuple[int, int, str]]:
    """Yield each stretch whose letters are parted by blanks, or stand in a column, with the text that they make."""
    for found in _SPACED_OUT.finditer(plain):
        yield found.start(), found.end(), found[0][::2]
    for found in _COLUMN.finditer(plain):
        yield found.start(), found.end(), found[0].replace("\n", "")


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each address whose two halves are joined by a sign, however that is said."""
    for found in _MAIL.finditer(text):
        head = text[max(found.start() - 70, 0) : found.start()]
        local, spaced, host = _LOCAL.search(head), _SPACED.search(head), _host(found["host"])
        if local is None or ("." not in host and not _SIGN.search(found["at"])):
            continue
        name = spaced[0] if spaced and len(local[0]) == 1 else local[0]
        yield found.start() - len(name), found.end(), f"{name.replace(' ', '')}@{host}"


def _is_name(local: str) -> bool:
    """Say whether a word that stands beside a provider's name can be somebody's name there."""
    return any(char.isdigit() or char in "._-" for char in local.strip(".-_")) and not local.isdigit()


def _host(said: str) -> str:
    """Return a host as a machine would write it."""
    host = _DOTS.sub(".", said)
    for spelled, ending in _ENDINGS:
        host = spelled.sub(ending, host)
    return host.replace(" ", "")


def links(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each link: its stretch of the plain text and its normal form (`host/path`)."""
    plain = reading.plain
    for start, end, text in _parted(plain):
        for inner in _LINK.finditer(text if "@" not in text else ""):
            yield start, end, link(inner[0])
    if _ALOUD.search(plain):
        for found in _SAID.finditer(plain):
            yield found.start(), found.end(), ""
    for found in _LINK.finditer(plain):
        shown = found[0].rstrip(_TRAIL)
        is_of_mail = plain[max(found.start() - 2, 0) : found.start()].strip()[-1:] in {"@", "★", "☆"}
        if not is_of_mail and not _INNOCENT.fullmatch(link(shown)):
            yield found.start(), found.start() + len(shown), link(shown)


def link(shown: str) -> str:
    """Return a link without scheme, `www.` and end marks: `host/path`."""
    bare = re.sub(rf"^(?:{_SCHEME})", "", shown)
    host, mark, path = re.match(r"([^/?#]*)([/?#]?)(.*)", bare, re.S).groups()  # type: ignore[union-attr]
    host = _host(host).removeprefix("www.").split("@")[-1].split(":")[0].strip(".")
    return f"{host}{mark}{path}".rstrip("/")


def host(value: str) -> str:
    """Return the host of a link or of a mail address."""
    return re.split("[/?#]", value, maxsplit=1)[0].rpartition("@")[2]


def is_under(host: str, hosts: tuple[str, ...]) -> bool:
    """Say whether a host is one of these or lies below one."""
    return any(host == one or host.endswith("." + one) for one in hosts)


# Telephone numbers: by the shapes of Japan's numbering plan, not by assignment, since a lure may be any number.


_GROUPED = regex("2-4-4|3-3-4|4-2-4|5-1-4|2-8|3-7|4-6|6-4|4-3-3|2-2-2-2-2|2-4-2-2|1(?:-1)*")
_CALLED = rule(
    r"電話|でんわ|tel|携帯|ケータイ|けいたい|スマホ|連絡|かけて|call|phone|fax|ショートメ|sms|mobile"
    r"|番号は|my number|けた|桁"
)
_CODED_NUMBER = rule(
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


def find_phones(reading: Reading, runs: list[list[Piece]]) -> Iterator[tuple[int, int, str]]:
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
        if _CALLED.search(around) and not _CODED_NUMBER.search(around):
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
    if _CODED_NUMBER.search(near):
        return groups in {"2-4-4", "3-3-4"} and _CALLED.search(near) is not None
    if len(number) == 11:
        return is_mobile or (number.startswith("0800") and groups == "4-3-4")
    return is_abroad or _GROUPED.fullmatch(groups) is not None or _CALLED.search(before[-20:]) is not None
