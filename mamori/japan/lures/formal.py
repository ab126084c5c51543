"""Notices that take effect when they arrive: a return, a rescission, a cancellation, a minor's cancellation.

What reads as one is left as it is, whatever else it holds; in doubt too. Whether it is one, the writer says by the button.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.regex import regex
from mamori.japan.lures.reading import read, rule


class FormalKind(StrEnum):
    """What a notice declares."""

    RETURN = "return"
    RESCISSION = "rescission"
    CANCELLATION = "cancellation"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Formal:
    """A notice, or what may be one; without a kind it is enough to leave the message as it is, not to suggest the button."""

    kind: FormalKind | None


_AGE = r"(?<![0-9])(?:[0-9]|1[0-7]|[一二三四五六七八九]|十[一二三四五六七]?)"
_MINOR = rule(
    r"未成年|みせいねん|親権者|法定代理人|(?:次|長|三)[男女]|我が子|(?:保護者|親|父母|両親|父|母)の?(?:同意|許可|承諾)"
    r"|(?:子供|子ども|こども|子|息子|娘|孫|弟|妹|甥|姪)が?[^。?]{0,14}?(?:勝手|無断|黙って|許可なく|同意なし)"
    rf"|小学|中学|高校生|[小中高][1-6](?![0-9])|{_AGE} ?(?:歳|さい|才)|{_AGE} ?years? ?old"
    rf"|(?:(?<![a-z])[a-z]{{3,6}}teen"
    rf"|eleven|twelve|ten|nine|eight|seven) ?year"
    rf"|(?:is|am|was|son|daughter|kid|child),? ?\(?{_AGE}(?![0-9])|(?:a|as|am) ?minor|underage|guardian"
)
_SUBJECTS = (
    (
        FormalKind.RETURN,
        r"返品|へんぴん|返送(?:し|いた|致|させ)|送り返|返却|返し(?:ます|たい)|お返し(?:し|いた)|返させ",
    ),
    (
        FormalKind.RESCISSION,
        r"解約|解除|かいじょ|かいやく|クーリング ?オフ|撤回|契約(?:を|の)?(?:やめ|終了|打ち切)|中途終了|白紙",
    ),
    (
        FormalKind.CANCELLATION,
        r"取り?消し?|とりけ|きゃんせる|無効|辞退|購入を?(?:やめ|取りやめ)|注文を?(?:やめ|取りやめ)"
        r"|やめ(?:ます|たい|させ)|取りやめ|とりやめ|なかったことに",
    ),
)
_SUBJECT = rule("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _SUBJECTS))
_DECLARED = rule(
    r"(?:し|いたし|致し|申し|取り?消し|やめ|返し|送り返し|辞退し|とりけし|求め|希望し|通知し|請求し"
    r"|行使し|お願いし|お願いいたし|お願い致し|いただき|頂き|もらい|送り|届け出|申し出|申し入れ"
    r"|申し上げ)ます(?!か(?!ら)|が可|場合|と(?:き|どう)|よね|でしょう)"
    r"|(?:取り?消|解除|解約|撤回|返品|キャンセル)す(?!る(?:場合|とき|時|なら|と(?!の|い|と)|には|ため"
    r"|方法|つもりは|可能|こともで|かどう|かも|前|こと(?:は|が)でき))"
    r"|(?:したい|いたしたい|致したい|やめたい|返したい|取り?消したい|させてください|させて下さい"
    r"|させていただ|させて頂|させてもら|してくださ|して下さ|してほしい|して欲しい|してもらい"
    r"|していただき|してくれ|を願|願います|お願い|求め|希望|請求|通知|意思表示|申し入れ|申入|申し出"
    r"|届け?出|行使)"
    r"|(?:取消|解除|解約|返品|キャンセル|クーリング ?オフ|撤回|取り消し)(?:です|だ|で(?:お願|頼)|通知"
    r"|の(?:旨|意思|通知|連絡|お知らせ|件(?!で質問))|とし|と致|といた|を(?:希望|求|お願|申|請|通知|願))"
    r"|無効(?:です|である|だ|と(?:考え|主張)|を主張)"
)
_ASKED = rule(
    r"(?:(?:でき|出来|いただけ|もらえ|くれ|可能)(?:ます|る|ない|ません"
    r"|でしょう)?(?:です)?(?:でしょう)?か|可能ですか|可能でしょうか|でしょうか|ですか(?!ら)|ますか(?!ら)|ませんか"
    r"|のか教え|か教え|か知り|かどうか|(?:方法|やり方|手順|条件|期限|ポリシー|規定)(?:を|は|について|が"
    r"|と)|どう(?:すれば|したら"
    r"|やって)|いくら|何日|いつまで)[^。?]{0,14}[。?]?$"
)
_SUPPOSED = rule(
    r"(?:場合|とき|時|なら(?:ば)?|たら|れば|際|ことがあ|かもしれ|かも知れ|可能性|つもりは(?:な|あり)"
    r"|考えて(?:い|お)|検討|考えます|考え中|ほどでは|迷っ|予定は(?:な|あり)|ご?遠慮|お断り|できません"
    r"|できかね|不可|受け付け(?:て"
    r"|ま|ら)|お受け|対象外|しないで|しません|しておりません|いたしません|しなく|せずに|せず|しないこと"
    r"|(?:返品|キャンセル|解約|取り?消し?|解除)(?:は|を|も|の件は)?(?:やめ|取りやめ|不要|しな|結構"
    r"|いりません|なしで))"
)
# a step on the way to something else: 「キャンセルして、直接…」 asks the other side to do it
_STEP = rule(
    r"^(?:返品|キャンセル|取り?消し?|解約|解除)(?:を)?(?:して|した(?:あと|後|上|うえ)|後に)(?!くだ|下さ|ほし|欲し|もら|いただ|頂|くれ|返金|全額)"
)
_IN_CASE = rule(r"(?:場合|とき|際)(?:に?は|、|には)")
_TOLD = rule(
    r"(?:ました|でした|できた|助かった)[^。]{0,20}[。]?$|したので|した(?:こと|もの|品)|(?:から|画面"
    r"|ページ|ボタン)(?:より|にて|で)?[^。]{0,8}(?:お願い|お手続き|お申し)"
)
_WANTED = rule(
    r"したい|したく|やめたい|返したい|取り?消したい|希望|お願い|ください|下さい|ほしい|欲しい|させて"
    r"|もらいたい|いただきたい"
)
_ENGLISH = (
    (
        FormalKind.RESCISSION,
        rule(r"\b(?:rescind|revoke|withdraw|rescission|terminat(?:e|ing|ion)|cooling[- ]off)"),
    ),
    (
        FormalKind.RETURN,
        rule(r"\b(?:return(?:ing)?|send(?:ing)? (?:it|this|them|the (?:item|goods|product)) back)"),
    ),
    (FormalKind.CANCELLATION, rule(r"\b(?:cancel|avoid (?:and|the)|void|annul)")),
)
_VERBS_EN = r"(?:rescind|void|avoid|annul|revoke|withdraw|return|cancel|terminat|send)"
_DECLARED_EN = rule(
    rf"\b(?:i|we),? (?:am |are |do |would |wish |want |hereby |now |therefore |will |must "
    rf"|have )*(?:hereby |like |to |decided |going )*{_VERBS_EN}"
    rf"|i'(?:m|d|ll) (?:hereby |like to |now )?{_VERBS_EN}|(?:please|pls|plz) (?:cancel|accept|treat|take"
    rf"|consider)|hereby|notice of|(?:is|are) void|i want"
)
_ASKED_EN = rule(r"(?:^|[,;] ?| )(?:can|could|may|how|if|what|when|whether|do you|is it|does|would you) ")
_SENTENCE = regex(r"[^。?]*[。?]|[^。?]+")
_SENTENCE_EN = regex(r"[^.!?。\n]*[.!?。\n]?")


def formal(text: str) -> Formal | None:
    """Return the first notice that a message declares, or failing that the first that it may declare, or None.

    A question about returns, a condition and a refusal are no notices. The kind is a suggestion, never a legal effect.
    """
    reading = read(text)
    is_minor = _MINOR.search(reading.squeezed.plain) is not None
    found = [*_japanese(reading.squeezed.plain, is_minor=is_minor)]
    found = found or [*_english(reading.plain, is_minor=is_minor)]
    return Formal(next(filter(None, found), None)) if found else None


def is_untouchable(text: str) -> bool:
    """Say whether a message must never be masked, held or trimmed: it declares a notice, or may do so."""
    return formal(text) is not None


def _japanese(text: str, *, is_minor: bool) -> Iterator[FormalKind | None]:
    """Yield what each sentence that may be a notice declares: its kind, None where that is not plain."""
    for sentence in _SENTENCE.findall(text):
        is_declared = _declares(sentence)
        if is_declared is not None:
            last = [str(subject.lastgroup) for subject in _SUBJECT.finditer(sentence)][-1]
            kind = FormalKind.MINOR if is_minor and last != FormalKind.RETURN else FormalKind(last)
            yield kind if is_declared else None


def _declares(sentence: str) -> bool | None:
    """Return True when a sentence declares a notice, False when it may, None when it does not."""
    subject = _SUBJECT.search(sentence)
    if subject is None:
        return None
    rest = sentence[subject.start() :][:400]
    if _IN_CASE.search(sentence[: subject.start()]):
        return False
    if _ASKED.search(rest) or rest.endswith("?") or _SUPPOSED.search(rest):
        return False if _WANTED.search(rest) else None
    if _DECLARED.search(rest):
        return not _TOLD.search(rest)
    return None if _STEP.search(rest) else False


def _english(text: str, *, is_minor: bool) -> Iterator[FormalKind | None]:
    """Yield the same of each sentence in English."""
    for sentence in _SENTENCE_EN.findall(text):
        found = next((kind for kind, pattern in _ENGLISH if pattern.search(sentence)), None)
        is_declared = _DECLARED_EN.search(sentence) is not None
        is_asked = sentence.endswith("?") or _ASKED_EN.search(sentence) is not None
        if found and (is_declared or not is_asked):
            kind = FormalKind.MINOR if is_minor else found
            yield kind if is_declared and not is_asked else None
