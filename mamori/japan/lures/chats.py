"""Accounts of chat services: named with an identifier, or with the wish to go there; the word alone is innocent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from mamori.japan.lures.reading import Reading, rule

_NOT_LINE = (
    r"(?!ナップ|アップ|ストーン|ヤフー|pay|ペイ|スタンプ|ストア|フレンズ| ?friends|ドライブ|ギフト|ニュース"
    r"|ミュージック|入り|が入|の色|の柄|の太|の幅"
    r"|の通知|通知|連携|ログイン|上|引き|状|柄|色|ポイント|クーポン|ズ|カット|の内側|の外側|の位置"
    r"|が見え|が消え|が曲|が歪|がずれ|のずれ|を引)"
)
_LINE = (
    rf"(?:(?<![\u30a1-\u30fa\u30fcー])\u30e9[\u30a4\u30a3\u3044\u30fc]{{1,2}}[\u30f3\u30bd\u3093]{_NOT_LINE}"
    r"|(?:(?<![\u3041-\u309f辛暗])|(?<=[でをのにはとも]))\u3089[\u3044\u3043]\u3093"
    rf"|(?<![a-z])[l1i|][i1l!]n[e3](?! ?[a-z]{{2}}(?<!id)){_NOT_LINE}"
    r"|羅印|裸印|来ん印|雷音|裸淫|りね(?=おしえ|教え|交換|し)|l〇ne|〇ine|ラ〇ン|ら〇ん|緑の?(?:アプリ"
    r"|吹き?出し|アイコン)|みどりの?アプリ|エル ?アイ ?エヌ ?イー)"
)
_LINE_SURE = (
    r"(?:(?:(?<![\u3041-\u309f辛暗])|(?<=[でをのにはとも]))\u3089[\u3044\u3043]\u3093|(?<![a-z])(?<![a-z] )l[i1!]ne"
    rf"(?! ?[a-z]){_NOT_LINE}|羅印|裸印|雷音|ラ〇ン|ら〇ん"
    rf"|えるあいえぬいー|緑の?(?:アプリ|吹き?出し|アイコン))"
)
_OTHERS = (
    r"(?:カカオ(?:トーク)?|(?<![a-z])kakao(?:talk)?|ウィーチャット|(?<![a-z])we ?chat|微信"
    r"|イ[ン〇]スタ(?:グラム)?(?!ント|レー|ンス)|(?<![a-z])insta(?:gram)?(?![a-z])"
    r"|(?<![a-z])ig(?![a-z])|ツイッター|(?<![a-z])twitter|(?<![a-z0-9])x(?=の(?:dm|アカウント|id)|でdm"
    r"|\(旧)|フェイスブック|(?<![a-z])facebook|メッセンジャー|messenger"
    r"|テレグラム|(?<![a-z])telegram|ワッツアップ|(?<![a-z])whats ?app|ディスコード|(?<![a-z])discord"
    r"|スカイプ|(?<![a-z])skype"
    r"|(?<![a-z])signal(?![a-z])|シグナルアプリ|(?<![a-z])viber|(?<![a-z])zalo|(?<![a-z])tiktok"
    r"|ティックトック|スレッズ|(?<![a-z])sns(?![a-z])"
    r"|薇信|加微|vx(?=[:id号])|카톡|카카오톡|텔레그램|teлeгpam|라인(?=id|아)|теле?грам|ディスコ(?!グ|ミ)"
    r"|ふぇいすぶっく|フレンドコード|(?<![a-z])threads(?![a-z])|(?<![a-z])zap(?![a-z])"
    r"|(?<![a-z])zoom(?=の|で|ミーティング)|テレグラ厶|威信|ゲーム内(?:の)?チャット|トークアプリ"
    r"|チャットアプリ"
    r"|メッセージアプリ|メッセアプリ|(?<![a-z])dm(?!便|[a-z])"
    r")"
)
# most characters begin no service: a fast no
_FIRST = r"(?=[ラ〇l1i|羅裸来雷緑みエカkウw微加薇카텔威りzテゲiイtтツxフfメmテワデdスsシvzトチあ])"
_SERVICE = rf"{_FIRST}(?:{_LINE}|{_OTHERS})"
_ANY = rule(rf"{_FIRST}(?:{_LINE}|{_LINE_SURE}|{_OTHERS})")
_WISH = (
    r"(?:友[だ達]ち?|ともだち|追加|交換|検索|フォロー|送っ|送り|送信|教え|おしえ|連絡|れんらく|やり?とり"
    r"|やり取|話し|話せ|話そ|はなし|相談|しませ|しましょ|ください|下さい"
    r"|お願い|いかが|やって(?:ます|い|る)|メッセージ|トーク|通話|声を?かけ|返信|返事|移り|移動|登録して"
    r"|いただけ|もらえ|つなが|繋が|どうぞ|受け付け|対応して|問い?合わせ|でも(?:いい|ok)|が(?:早|楽"
    r"|はや))"
)
_ID = r"(?:(?:の|は|が|ー)?(?:id|アイディー?|アイデー|アカウント(?:名)?|아이디 ?|号|あいでぃー?)(?:は|が|:|を)?)"
_ASKED = rule(
    rf"{_SERVICE}(?:の|で|に|を|は|も|と|が|へ|から){{0,3}}(?:{_ID})?[^。?]{{0,10}}?{_WISH}(?:て)?(?:ください"
    rf"|下さい|ほしい|ね)?"
)
_GIVEN = rule(
    rf"{_SERVICE}[^\w\n]{{0,4}}(?:{_ID}|[でのはに])?[^\w\n]{{0,4}}(?:は|が|:"
    rf"|→)?[^\w\n]{{0,4}}(?P<id>@?[a-z0-9][a-z0-9._-]{{3,30}})"
)
_BARE = rule(
    r"(?:(?:検索|追加|友[だ達]ち?|フォロー"
    r"|(?<![a-z])id)[^。\n]{0,12}?(?P<id>(?<![a-z0-9._-])@[a-z0-9._-]{3,30})"
    r"|(?P<id2>(?<![a-z0-9._-])@[a-z0-9._-]{3,30})[^。\na-z0-9]{0,8}(?:検索|追加|友[だ達]|フォロー|dm))"
    r"|(?<![a-z])id ?(?:は|:|→|=|「)[^\w\n]{0,3}(?P<id3>[a-z][a-z0-9._-]{3,30})[^。\n]{0,14}(?:検索|追加"
    r"|友[だ達]|登録|送って)"
    r"|(?:友[だ達]ち?(?:追加|登録)|id検索)(?:し|を|で|お願)"
)
_ENGLISH = rule(
    r"(?:add|message|text|contact|find|reach|chat|talk|dm|ping)(?: (?:with|to))? (?:me|us|you)? ?(?:on"
    r"|via|at|in|by|through) (?:my |our )?"
    r"(?:line|whatsapp|wechat|telegram|instagram|insta|facebook|messenger|kakao(?:talk)?|discord|signal"
    r"|skype|viber|sms)(?![a-z])"
    r"|(?<![a-z])(?:whatsapp|wechat|telegram|kakao|dm|zap|viber|zalo)(?: (?:me|us)(?![a-z])|:? ?\+?[0-9])"
    r"|(?:use|have|có|got|on) (?:line|whatsapp|wechat|telegram|instagram|kakao(?:talk)?|discord|skype"
    r"|viber|zalo|facebook messenger|messenger)(?![a-z])"
    r"|green (?:chat )?app(?![a-z])"
    r"|(?:my|our|your) (?:line|whatsapp|wechat|telegram|instagram|insta|kakao|discord|skype)(?: id"
    r"| account| name)?(?: is|:)? ?"
)
_HANDLE = rule(
    r"(?<![a-z0-9@._/-])@?(?=[a-z0-9._-]{0,20}[0-9_])(?=[0-9._-]{0,20}[a-z])[a-z0-9._-]{5,30}」? ?(?:で"
    r"|を|に|と|って|まで)?(?:検索|けんさく|さが|探|フォロー|申請|追加|dm|友[だ達])"
)
_CODE = rule(r"型番|品番|番号|商品|コード|注文|追跡|シリアル|ロット|キーワード")
_DECLINED = rule(
    r"(?:でき|出来|いたし|致し|応じ|受け付けて?|行って|行な|使って|やって|して)(?:かね|ませ|な|おりませ"
    r"|い(?:ま|な|ませ))|お断り|ご?遠慮|禁止|違反|断り|しないで|やめて|控え"
    r"|持って(?:いま|お|な)|使わな|使いませ|怪し|怖|聞いてくる|聞かれ|詐欺|不安|誘われ|言われ|求められ"
    r"|頼まれ|迫られ|届かな|来な|勧誘"
)
_INVITED = rule(
    r"しませんか|ませんか\?|くれませんか|いただけませんか|もらえませんか|くださいませんか|が、|けど"
    r"|ですが|ませんか|ないか|ますか|なら"
)


_NAMED = rule(
    rf"{_FIRST}(?:{_LINE_SURE}|{_OTHERS})(?:の(?:ほう|方|id|dm|鯖|サーバー?|グループ|チャンネル)|で|に|を|は|も"
    rf"|が|か|へ|から|って|使え|あり|ある|登録|works|or|入れて|も|とか|派|id|または|、|や|なら|$|。|\?)"
)
_THING = rule(
    r"動|使える|載せ|入(?:る|って|れ)|対応|キャラ|マグ|スタンプ|ぬいぐるみ|グッズ|通知|インストール|専用"
    r"|カラー|デザイン|見かけ|見た|見て|見まし|話題|広告|評判|人気|ログイン|連携|ロゴ|柄"
    r"|ケース|ヤフー|会社|漫画|引っ?越|移行|データ|バックアップ|履歴|使える(?:機種|スマホ|か)|映え|投稿"
    r"|写真で|紹介|流行|バズ|宣伝|シール|カード(?!のqr)|公開|掲載|ゲーム|端末|スマホ|アイコンの"
)


def find(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each chat account and each wish to go to a chat: its stretch of the plain text, and the identifier if any."""
    plain, squeezed = reading.plain, reading.squeezed
    for found in chain(_BARE.finditer(plain), _ENGLISH.finditer(plain)):
        yield found.start(), found.end(), ""
    for found in _HANDLE.finditer(plain):
        if not _CODE.search(plain[max(found.start() - 14, 0) : found.start()]):
            yield found.start(), found.end(), ""
    if _ANY.search(squeezed.text):
        yield from _named(reading)


def _named(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each service that is named with an identifier, with a wish, or as a way rather than a thing."""
    plain, squeezed = reading.plain, reading.squeezed
    for found in _GIVEN.finditer(plain):
        name, is_within_prose = found["id"], plain[max(found.start() - 1, 0) : found.start()] == " "
        is_word = name.isdigit() or (is_within_prose and name.isalpha() and name.isascii())
        if not is_word and not name.startswith(("http", "www", "line.", "pay")):
            yield found.start(), found.end(), ""
    for found in chain(_ASKED.finditer(squeezed.text), _NAMED.finditer(squeezed.text)):
        around = squeezed.text[max(found.start() - 8, 0) : found.end() + 14]
        is_thing = found.re.pattern == _NAMED.pattern and _THING.search(around)
        if not is_thing and not is_declined(squeezed.text, found.start(), found.end()):
            yield (*squeezed.span(found.start(), found.end()), "")


def is_declined(text: str, start: int, end: int) -> bool:
    """Say whether the rest of the sentence turns what was named down, or reports it, rather than offering it."""
    rest = text[start : end + 40]
    for mark in "。?":
        cut = rest.find(mark, max(end - start - 1, 0))
        rest = rest if cut < 0 else rest[: cut + 1]
    declined = _DECLINED.search(rest)
    return declined is not None and not _INVITED.search(rest)
