"""Accounts of chat services: named with an identifier, or with the wish to go there; the word alone is innocent."""

from __future__ import annotations

from collections.abc import Iterator

from mamori.japan.lures.reading import Reading, rule
from mamori.japan.lures.wanted import is_declined

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


def find(reading: Reading) -> Iterator[tuple[int, int, str]]:
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
