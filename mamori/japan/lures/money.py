"""Bank accounts, told or asked for, and offers to deal past the marketplace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mamori.grammar.regex import regex
from mamori.japan.lures.chats import is_declined
from mamori.japan.lures.numbers import Piece
from mamori.japan.lures.reading import Reading, rule

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
_BRANCH = regex("支店")
_ACCOUNT = regex(
    r"(?:[^\s。]{1,8}(?:銀行|信用金庫|信金|バンク)[^。]{0,20}?支店[^。]{0,10}?(?:普通|当座|口座|名義))"
)
_ASKED = rule(
    r"(?:通帳|キャッシュカード)の写真[^。?]{0,8}(?:送|添付|見せ)|(?:(?:振り?込み?先|返金先"
    r"|お?振込(?:用の)?|返金用の?)?(?:の|用の)?口座(?:番号|情報|名義)?"
    r"|振り?込み?先(?:の(?:情報|番号|銀行))?|返金先の?口座)"
    r"(?:は|を|も|の|と|が|情報|番号|こちら|ご){0,4}(?:[^。?\n]{0,8}?)(?:教え|おしえ|お?知らせ|お?伝え"
    r"|送(?:って|り|ります)|連絡(?:して|くだ|下さ|いたし|し)|書いて|記載|記入|です:|こちら|下記|以下"
    r"|次の(?:とおり|通り))"
)
_TALKED = rule(
    r"カード|引き落と|引落|届いて|どこで|登録済|ですか\?|必要(?:です|でしょう|は|あり)|教えな|伝えな"
    r"|教えない|不要|書かない|しないで|求め|聞かれ|書く欄|欄|言われ|教えて良|教えて大丈夫|教えても"
)


def banks(reading: Reading, runs: list[list[Piece]]) -> Iterator[tuple[int, int, str]]:
    """Yield each account and each request for one: its stretch of the plain text."""
    plain = reading.plain
    if _BANK.search(plain):
        yield from _accounts(plain, runs)
        for found in _ACCOUNT.finditer(plain) if _BRANCH.search(plain) else ():
            yield found.start(), found.end(), ""
    squeezed = reading.squeezed
    for found in _ASKED.finditer(squeezed.text):
        rest = squeezed.text[found.start() : found.end() + 14]
        if not _TALKED.search(rest) and not is_declined(squeezed.text, found.start(), found.end()):
            yield (*squeezed.span(found.start(), found.end()), "")


def _accounts(plain: str, runs: list[list[Piece]]) -> Iterator[tuple[int, int, str]]:
    """Yield the account numbers: seven digits (or a postal account's two numbers) that a bank's words precede."""
    for run in runs:
        for at, piece in enumerate(run):
            joined, size = piece.digits, 1
            while (
                size < 9
                and at + size < len(run)
                and len(joined) < 7
                and len(run[at + size].digits) < 5
                and not run[at + size].is_loose
            ):
                joined, size = joined + run[at + size].digits, size + 1
            digits = joined if len(joined) in {7, 8} else piece.digits
            end = run[at + size - 1].end if digits is joined else piece.end
            before = plain[max(piece.start - 60, 0) : piece.start]
            is_postal = at > 0 and len(run[max(at - 2, 0)].digits) == 5 and "ゆうちょ" in before
            is_postal = is_postal or (at > 0 and len(run[at - 1].digits) == 5 and "ゆうちょ" in before)
            if (
                len(digits) in {6, 7, 8}
                and piece.real >= min(len(piece.digits), 4)
                and (is_postal or _is_account(before, plain[end : end + 4], digits))
            ):
                named = list(_BANK.finditer(before))
                yield piece.start - len(before) + named[0].start(), end, digits
                break


def _is_account(before: str, after: str, digits: str) -> bool:
    """Say whether digits are an account's by the words before them: two words of a bank, or the word 口座 itself."""
    if _NOT_ACCOUNT.search(before[-20:]) or re.match(r" ?(?:円|¥|個|点|年|人|mah|-\d)", after):
        return False
    before = re.sub(r"\s", "", before)
    words = {found[0] for found in _BANK.finditer(before)}
    near = rule(r"口座(?:番号)?|普通(?:預金)?|当座|account|番号|名義").search(before[-14:])
    return len(words) >= 2 or (bool(words) and near is not None and len(digits) == 7)


_OUTSIDE = (
    r"(?:サイト|アプリ|市場|ショップ|モール|プラットフォーム|システム|フリマ|こちら|ここ|当サイト|運営"
    r"|本部|会社|仲介|決済)"
    r"(?:の|を|は|には|に)?(?:外|そと|通さ|とおさ|介さ|経由せ|使わ|抜き|挟ま|はさま|内緒|ないしょ|黙って"
    r"|バレない|ばれない)"
)
# most characters begin no offer: a fast no
_FIRST = (
    "(?=[直ちじダサア市シモプフこ当運本会仲決手マ個内裏キ取現ギaigプ電ビ仮暗ubpペlメ楽ウ代銀お振前先口別ほ他外"
    "自公う購も私支직중中駅店家近伺匿])"
)
_DEALS = rule(
    _FIRST + "(?:"
    r"(?:直接|ちょくせつ)(?:の|に)?[おご]?(?:取り?引き?|取引|とりひき|送金|やり?とり|やり取り|売買|購入|注文"
    r"|販売|売って|売り|買い|買って|お譲り|譲"
    r"|お?支払|払|お?振り?込|振込|送金|決済|契約|お渡し|手渡し|連絡(?:を)?(?:取|くだ|下さ|いただ|もらえ"
    r"|して))"
    r"|(?:paypay|ペイペイ)(?:で)?(?:の)?送金|(?:paypay|ペイペイ)(?:の)? ?id[^。?]{0,24}(?:まで|へ|に)"
    r"|外でお?(?:支払|取引|払|や)|購入ボタン(?:は|を)押さ|(?:別|ほか|他)の(?:フリマ|やり方|払い方)"
    r"|もっと安い払い方|私下交易|支付宝转|私下付款|직거래|중고로 직접|中抜き|裏でや|裏取引"
    r"|ぺ[〇○*]ぺ[〇○*]|(?:駅|現地|店|家|近く)(?:の前)?で(?:会"
    r"|待ち合わせ)[^。?]{0,12}?(?:現金|渡|払)|現金(?:で|を)お(?:渡し|手渡し)"
    r"|(?:うかが|伺)(?:い|って)[^。]{0,10}。?[^。]{0,6}(?:その場|現地)で[^。]{0,6}支払|ここ(?:の"
    r"|で)(?:購入|注文)は(?:なし|やめ|キャンセル)|匿名配送(?:を|は)?使わ"
    r"|直(?:取り?引き?|取引|取り?|メール|やりとり|で(?:お|ご)?(?:取引|注文|売|買|支払|やりとり|やり取り|連絡|送金"
    r"|振り?込|どう|お願い))|ちょくで|じか(?:に|で)(?:取引|売|買|払|振)|ダイレクト(?:に)?取引|じか取引"
    r"|ちょくとり"
    rf"|{_OUTSIDE}[^。?]{{0,16}}?(?:取引|とりひき|売|買|購入|注文|払|振り?込|送金|決済|販売|契約|譲|対応|値引"
    rf"|割引|安く|やりとり|やり取り|連絡|返金|お取り?引き?|現金)"
    r"|(?:手数料|マージン|仲介料)[^。?]{0,12}?(?:かからな|引かれな|取られな|なし(?:で|に|の)|無し(?:で"
    r"|に|の)|浮|分(?:を|は|だけ|も)?[^。?]{0,4}(?:安|引|値引|割引|お得|サービス|ひき)|抜き|節約"
    r"|もったいない)"
    r"|(?:個人(?:的|間)?|個別|こっそり|内緒|裏)(?:に|で|の)?(?:お?取り?引き?|取引|売|買|お譲り|譲"
    r"|やり?とり|やり取り|販売|お?支払|お?振り?込|送金|対応)"
    r"|(?:キャンセル|取り?消し?)(?:して|した(?:後|あと|うえ|上)|後|の(?:後|上))[^。?]{0,14}?(?:直接|別"
    r"|個人|外|こちらに|現金|振り?込|安く|paypay|ペイペイ)"
    r"|(?:現金|ギフト(?:券|カード)|アマギフ|amazonギフト|itunes|アップルギフト|googleplayカード"
    r"|プリペイド|電子マネー|ビットコイン|仮想通貨|暗号資産|usdt|(?<![a-z])btc|paypay|ペイペイ|ぺいぺい"
    r"|line ?pay|ラインペイ|paypal|ペイパル|メルペイ|楽天ペイ|ウェスタンユニオン|現金書留|代引き?)"
    r"(?:で|を|にて|の(?:番号|コード)(?:を)?|なら|に|へ|払いで|払いなら)(?:の)?[^。?]{0,10}?(?:直接"
    r"|送って|送金|お?送り(?:くだ|下さ|いただ|します)|先に|前払|割引|値引|安く|\d+%?(?:円)?(?:引|オフ"
    r"|off)|お?支払い?(?:できますか|でき|くだ|下さ|いただけ(?:れば|たら|ませんか|る?なら|ると)|してくれ)|払って"
    r"|いただけ(?:れば|たら|るなら)|もらえ(?:れば|たら|ますか|ませんか)|お願い)"
    r"|(?:銀行)?(?:お)?振り?込み?(?:して)?(?:に|で|を|なら|いただけ|くだ|下さ)[^。?]{0,10}?(?:安く|割引"
    r"|値引|お安|サービス|引き(?:ます|に)|オフ|くださ|下さ|いただけ(?:れば|ると|ませんか|たら|るなら)"
    r"|もらえ|お願い|ほしい|欲しい|くれ)"
    r"|手渡し(?:で|し|に)[^。?]{0,10}?(?:現金|安|引い|引き|払)|(?:前金|先に)[^。?]{0,8}?(?:お?振り?込"
    r"|送金|入金|お?支払)(?:んで|み|して|を|い)?(?:くだ|下さ|お願|いただ)"
    r"|(?:プリペイド|ギフト|電子マネー)[^。?]{0,6}?(?:カード|券)?を(?:買|購入)[^。?]{0,14}?(?:番号|コード)"
    r"|(?:個人)?口座(?:へ|に)(?:直接)?(?:お)?(?:振り?込|送金|入金|支払)[^。?]{0,8}?(?:くだ|下さ|いただ"
    r"|お願い|して(?:くれ|もらえ|ほし)|ませんか|ましょう)"
    r"|(?:別|ほか|他|外部)の?(?:サイト|ところ|場所|アプリ|方法|ルート|ショップ|店)(?:で|から|なら"
    r"|に)[^。?]{0,14}?(?:安く|お得|買って|購入(?:して|くだ|いただ)|売(?:って|り)|取引|お?支払|払って"
    r"|出品)"
    r"|(?:自社|公式|直営|うち|当店|本店)の?(?:サイト|ショップ|オンラインショップ|ホームページ|hp|通販"
    r"|ページ)(?:で|から|なら|の(?:方|ほう)が|に)[^。?]{0,14}?(?:安|お得|買って|購入(?:して|くだ|いただ)"
    r"|注文(?:して|くだ|いただ)|割引|クーポン|送料無料)"
    ")"
)
_WORDED = rule(
    r"(?:お)?振り?込み?(?:先|手数料|済|の確認|が|は(?:まだ|い)|ました|まし|しました|できます|でき)"
    r"|使え(?:ます|る)|(?:銀行|コンビニ)振り?込み?(?:は|で支払いました|を選)|領収書|引き?落と|ポイント"
)
_RULES = rule(
    r"違反(?:です|に"
    r"|と|で)|規約|禁止|誘われ|誘導|言われ|持ちかけ|もちかけ|求められ|迫られ|勧められ|怪し|詐欺|通報"
    r"|誘い|してはいけ|しては(?:だめ|ダメ|いけ)|はしません|はいたしません|しておりません"
    r"|いたしておりません|お受けでき|受け(?:て|付けて)(?:い|おり)ません|しないで|しないよう|応じ(?:ない"
    r"|ません|られ|かね)|できません|できかね|致しかね|いたしかね|お断り|ご遠慮|やめて|不可|したくない"
    r"|したくあり|なしで(?:す|お願)|おりません|不要|言われ"
)
_REPORTED = rule(
    r"(?:と|って|という)[^。]{0,12}(?:言われ|誘われ|持ちかけ|もちかけ|求められ|迫られ|提案され|勧められ)(?:まし|た|て(?:困|怖|い))"
)
_OFFER = rule(
    r"しませんか|ませんか|いかが|どうで(?:す|しょう)|ましょう|してもら|してくれ|してほし|内緒|ないしょ"
    r"|でも(?:ok|いい|良い|大丈夫|可能)です|(?:が|けど|けれど)[^。?]{0,12}(?:なら|でき|可能|いい|ok)"
)
_DEALS_EN = regex(
    r"(?:outside|off|without (?:using )?|bypass(?:ing)?|avoid(?:ing)?|around)(?: of)? ?(?:the |this "
    r"|your |our )?(?:site|app|platform|marketplace|system|fees?|commission)"
    r"|(?:pay|buy|sell|deal|trade|purchase|order|send (?:the )?money(?: to)?|transfer)(?: (?:it|me|us|you"
    r"|from me|from us|with me|to me))? direct(?:ly)?"
    r"|(?:pay|send|transfer)(?: \w+){0,4} (?:by|via|through|with|to|using) (?:my |our )?(?:bank|wire"
    r"|paypal|paypay|western union|gift cards?|bitcoin|crypto|usdt|cash)"
    r"|(?:do|deal|settle|arrange|handle|buy|sell) (?:this|it|that) (?:outside|privately|off|offline)"
    r"|cash in hand|no app\b|(?:meet|come)(?: \w+){0,5} (?:pay|cash)|direct (?:deal|transaction|payment"
    r"|sale|purchase)|(?:save|skip|no|without) (?:the )?(?:platform "
    r"|site )?(?:fees?|commission)"
)
_DECLINED_EN = regex(
    r"\b(?:not|n't|never|cannot|against|asked me|asks me|wants me|told me|refuse|scam|forbidden"
    r"|prohibited|is it (?:ok|allowed|safe))\b|n't "
)


def deals(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each offer to deal past the marketplace; a refusal, a report and a question about the rules are innocent."""
    squeezed = reading.squeezed
    for found in _DEALS.finditer(squeezed.text):
        sentence, at = _sentence(squeezed.text, found.start(), found.end())
        rest = sentence[at:]
        is_refused = _RULES.search(rest) and not _OFFER.search(rest)
        if is_refused or _REPORTED.search(rest) or _WORDED.match(found[0]):
            continue
        yield (*squeezed.span(found.start(), found.end()), "")
    for found in _DEALS_EN.finditer(reading.plain):
        around = reading.plain[max(found.start() - 50, 0) : found.end() + 30]
        if not _DECLINED_EN.search(around):
            yield found.start(), found.end(), ""


def _sentence(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the sentence around a find (at most 60 characters to each side) and where in it the find begins."""
    left = (
        max(
            text.rfind("。", max(start - 60, 0), start),
            text.rfind("?", max(start - 60, 0), start),
            start - 61,
        )
        + 1
    )
    ends = [at for at in (text.find("。", end - 1, end + 60), text.find("?", end - 1, end + 60)) if at >= 0]
    right = min(ends, default=end + 60) + 1
    left = max(left, 0)
    return text[left:right], start - left
