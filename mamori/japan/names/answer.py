"""What a comparison of a registered name with an account's kana says: a verdict, and why in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.japan.names.lattice import Piece

NOTHING = -40.0
"""The score where no way at all was found to lay the name along the kana."""


class Verdict(StrEnum):
    """What may follow: pay, ask a person, or take it for another name."""

    MATCH = "match"
    REVIEW = "review"
    MISMATCH = "mismatch"


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with its reason; pieces show which kana was laid beside which letters, and what stayed unexplained."""

    verdict: Verdict
    score: float
    """The log of how likely the kana is for this name: 0 where both are spelt alike, lower where it is less so."""
    why: str
    """The reason's name among `REASONS`."""
    reason: Text
    pieces: tuple[Piece, ...] = ()
    surname_size: int = 0
    """How many of the pieces are the surname's."""
    trade_name: str = ""
    """The 屋号 that stands before a person's name in the account."""

    @property
    def unexplained(self) -> tuple[Piece, ...]:
        """Return the stretches for which no known reading fits."""
        return tuple(piece for piece in self.pieces if not piece.is_explained)


# The reasons that a comparison of names may give, each a sentence in both languages.


REASONS: dict[str, Text] = {
    "same": Text(
        "登録名と口座名義のカナが一致しています。", "The registered name and the account's kana are the same."
    ),
    "same-order": Text(
        "姓と名の順だけが違い、ほかは一致しています。",
        "The registered name and the account's kana are the same but for the order of surname and given name.",
    ),
    "reading": Text(
        "口座名義「{kana}」は、登録名「{name}」の読みとして自然です。",
        "“{kana}” is a usual reading of the registered name “{name}”.",
    ),
    "trade-name": Text(
        "口座名義は屋号「{trade}」の後に、登録名「{name}」の読みがそのまま続いています。",
        "The account has the trade name “{trade}” and behind it a reading of the registered name “{name}”, whole.",
    ),
    "company": Text(
        "口座名義は、登録された法人名「{name}」の読みで、法人の種類とその位置も合っています。",
        "The account is a reading of the registered name “{name}”; the corporate form and its place agree as well.",
    ),
    "cut": Text(
        "口座名義は30文字で切れています。残っているところまでは登録名「{name}」の読みと合っています。",
        "The account's name is cut at 30 letters; as far as it goes it is a reading of the registered name “{name}”.",
    ),
    "rare": Text(
        "「{kana}」は「{name}」の読みとしてありえますが、まれです。本人確認書類の読みと見比べてください。",
        "“{kana}” may be a reading of “{name}”, but a rare one. Compare it with the reading on the identity document.",
    ),
    "unexplained": Text(
        "「{written}」を「{reading}」と読む例が見つかりません。ほかは合っています。本人確認書類の読みと見比べてください。",
        "No case is known of “{written}” read as “{reading}”; the rest agrees. Compare it with the identity document.",
    ),
    "other": Text(
        "口座名義「{kana}」は、登録名「{name}」の読みとは考えられません。登録名と同じ名義の口座を届け出てもらってください。",
        "“{kana}” cannot be a reading of the registered name “{name}”. Ask for an account in the registered name.",
    ),
    "furigana": Text(
        "届け出のフリガナ「{furigana}」と口座名義「{kana}」が違います。どちらが正しいか、出品者に確かめてください。",
        "The declared furigana “{furigana}” and the account's “{kana}” differ. Ask the seller which is right.",
    ),
    "long-vowel": Text(
        "のばす音の書き方だけが違います（「{kana}」）。別の人のこともあるので、本人確認書類の読みと見比べてください。",
        "Only a long vowel is written otherwise (“{kana}”). It may be somebody else: compare the identity document.",
    ),
    "part": Text(
        "名前の一部だけが一致しています。抜けている名前がないか、本人確認書類と見比べてください。",
        "Only some of the names agree. Compare the identity document for a name that one of them leaves out.",
    ),
    "latin": Text(
        "登録名はローマ字、口座名義はカナで、機械では比べられません。本人確認書類と見比べてください。",
        "The registered name is in Latin letters and the account's in kana, which no rule compares. Look at both.",
    ),
    "latin-word": Text(
        "登録名「{name}」のローマ字の部分は、読みを機械では確かめられません。登記の名前とフリガナを見比べてください。",
        "No rule tells how the Latin letters in “{name}” are read. Compare the company register and its furigana.",
    ),
    "letter": Text(
        "登録名の「{letter}」は、読みを調べられない文字です。本人確認書類と口座名義を見比べてください。",
        "The registered name has “{letter}”, a letter without a known reading. Compare the identity document and the account.",
    ),
    "account-letter": Text(
        "口座名義の「{letter}」は、振込で使えない文字です。通帳やキャッシュカードのカナを届け出てもらってください。",
        "The account's name has “{letter}”, which no transfer can carry. Ask for the kana as on the passbook or the card.",
    ),
    "long": Text(
        "名前が{longest}文字を超えています。登録名と口座名義だけを届け出てもらってください。",
        "The name has more than {longest} letters. Ask for the registered name and the account's name alone.",
    ),
    "missing": Text(
        "登録名か口座名義が空です。両方を届け出てもらってください。",
        "The registered name or the account's name is empty. Ask for both.",
    ),
    "form-missing": Text(
        "名前の読みは合っていますが、登録名の法人の種類（{form}）が口座名義にありません。個人の口座でないか確かめてください。",
        "The name agrees, but the account lacks the registered corporate form ({form}). See that it is no person's account.",
    ),
    "form-added": Text(
        "名前の読みは合っていますが、登録名にない法人の種類（{form}）が口座名義にあります。登記の名前を確かめてください。",
        "The name agrees, but the account has a corporate form ({form}) that is not registered. Look at the company register.",
    ),
    "form-other": Text(
        "名前の読みは合っていますが、法人の種類が違います（登録 {form}、口座 {other}）。別の法人でないか確かめてください。",
        "The name agrees, but not the corporate form (registered {form}, account {other}). See that it is no other company.",
    ),
    "form-place": Text(
        "名前の読みは合っていますが、法人の種類（{form}）の位置が違います（登録は{place}、口座は{other}）。別の法人でないか確かめてください。",
        "The name agrees, but the corporate form ({form}) is {place} it as registered, {other} it in the account. "
        "See that it is no other company.",
    ),
    "branch": Text(
        "名前は合っていますが、営業所・出張所の表示が違います。どの拠点の口座か確かめてください。",
        "The name agrees, but not the branch office. Ask whose account it is.",
    ),
}
