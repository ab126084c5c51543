"""By which methods a registered identity was verified: named by what is done, for the letters of the rule change with the years.

A marketplace is not bound to them (law for banks and the like); they are the yardstick that marketplaces use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.text import Text

CRIME_PROCEEDS_RULE = Text(
    "犯罪による収益の移転防止に関する法律施行規則（平成20年内閣府・総務省・法務省等令第1号）",
    "Ordinance for the Act on Prevention of Transfer of Criminal Proceeds (No. 1 of 2008)",
)
VERIFYING = Citation(
    CRIME_PROCEEDS_RULE, "6", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/420M60000F5A001"
)
WITHOUT_IMAGES = Citation(
    CRIME_PROCEEDS_RULE, "6", Confidence.OFFICIAL, "https://laws.e-gov.go.jp/law/420M60000F5A001"
)
"""Its change of 24 June 2025: images alone verify nobody from 1 April 2027 on."""


class Registrant(StrEnum):
    """Whom the marketplace has registered as the seller."""

    PERSON = "person"
    COMPANY = "company"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _REGISTRANTS[self]


_REGISTRANTS = {
    Registrant.PERSON: Text("個人", "a person"),
    Registrant.COMPANY: Text("法人", "a company"),
}


class Method(StrEnum):
    """How a registered identity was verified."""

    FACE_TO_FACE = "face-to-face"
    IC_CHIP = "ic-chip"
    DOCUMENT_IMAGE = "document-image"
    JPKI = "jpki"
    PHONE_CARD = "phone-card"
    MAIL = "mail"
    BANK = "bank"
    CERTIFICATE = "certificate"
    REGISTRY = "registry"
    CORPORATE_NUMBER = "corporate-number"


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodDeclared:
    """A method in words, for whom it serves, and the last day on which it does, with where that was found."""

    text: Text
    serves: frozenset[Registrant]
    last: date | None = None
    ends_by: Citation | None = None

    def is_over(self, on: date) -> bool:
        """Say whether a check by it on that day verifies nobody any more; one of before stays what it was."""
        return self.last is not None and on > self.last


_PERSON, _COMPANY = frozenset({Registrant.PERSON}), frozenset({Registrant.COMPANY})
METHODS: dict[Method, MethodDeclared] = {
    Method.FACE_TO_FACE: MethodDeclared(
        text=Text("本人確認書類を対面で確かめた", "a document was shown face to face"),
        serves=_PERSON | _COMPANY,
    ),
    Method.IC_CHIP: MethodDeclared(
        text=Text("本人確認書類のICチップと容貌", "the chip of a document, and the face"), serves=_PERSON
    ),
    Method.DOCUMENT_IMAGE: MethodDeclared(
        text=Text("本人確認書類の画像と容貌", "an image of a document, and the face"),
        serves=_PERSON,
        last=date(2027, 3, 31),
        ends_by=WITHOUT_IMAGES,
    ),
    Method.JPKI: MethodDeclared(
        text=Text(
            "マイナンバーカードの署名用電子証明書（公的個人認証）",
            "the signature certificate of a My Number Card",
        ),
        serves=_PERSON,
    ),
    Method.PHONE_CARD: MethodDeclared(
        text=Text("スマートフォンのマイナンバーカード", "a My Number Card on a smartphone"), serves=_PERSON
    ),
    Method.MAIL: MethodDeclared(
        text=Text("書類と転送不要の郵便", "a document, and mail that is not forwarded"),
        serves=_PERSON | _COMPANY,
    ),
    Method.BANK: MethodDeclared(
        text=Text("書類と金融機関の確認", "a document, and a bank's own check"), serves=_PERSON
    ),
    Method.CERTIFICATE: MethodDeclared(
        text=Text("認定を受けた事業者の電子証明書", "an accredited provider's electronic certificate"),
        serves=_PERSON | _COMPANY,
    ),
    Method.REGISTRY: MethodDeclared(
        text=Text("登記事項証明書・登記情報", "the company register"), serves=_COMPANY
    ),
    Method.CORPORATE_NUMBER: MethodDeclared(
        text=Text("法人番号公表サイト", "the public site of corporate numbers"), serves=_COMPANY
    ),
}
