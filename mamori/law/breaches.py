"""The kinds of breach that a measure may answer, in the words in which a seller is asked about them."""

from __future__ import annotations

from mamori.grammar.citation import Citation
from mamori.grammar.measure import Breach, Concerns
from mamori.grammar.text import Text
from mamori.law.citations import EFFECTS_CLAIMED, HARD_TO_TELL, MISLEADING, PERMIT_SHOWN, commerce

GOODS = frozenset({Concerns.LISTING, Concerns.CATEGORY, Concerns.SELLER, Concerns.MONEY})
REVIEWS = frozenset({Concerns.REVIEW, Concerns.SELLER, Concerns.MONEY})
"""What a measure against goods, or against reviews, may touch."""

UNANSWERED = Breach(
    code="unanswered",
    title=Text("問い合わせへの不対応", "inquiries left unanswered"),
    text=Text(
        "購入者の困りごとに、期限までに対応がなかった。", "A buyer's trouble was not dealt with in time."
    ),
    dsa="STATEMENT_CATEGORY_CONSUMER_INFORMATION",
)
UNREACHABLE = Breach(
    code="unreachable",
    title=Text("連絡がつかない", "cannot be reached"),
    text=Text(
        "表示された連絡先に連絡がつかない。",
        "The seller is not reached at the contact details that it shows.",
    ),
    dsa="STATEMENT_CATEGORY_CONSUMER_INFORMATION",
)
AGREEMENT_BROKEN = Breach(
    code="agreement-broken",
    title=Text("合意した解決の不履行", "an agreed solution not kept"),
    text=Text("購入者と合意した解決が実行されていない。", "What was agreed with a buyer was not done."),
    dsa="STATEMENT_CATEGORY_CONSUMER_INFORMATION",
)
RECOVERY_REFUSED = Breach(
    code="recovery-refused",
    title=Text("立替返金の請求額を受け取れない", "a recovery that could not be made"),
    text=Text(
        "運営者が立替返金の分を出品者から受け取れなかった。",
        "What the operator refunded in the seller's place could not be recovered.",
    ),
    dsa="STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    concerns=frozenset({Concerns.SELLER}),  # money is held for buyers, never for what is owed to the operator
)
DISPLAY = Breach(
    code="display",
    title=Text("表示の不備・誤り", "missing or wrong display"),
    text=Text(
        "法律で求められる表示が欠けている、または事実と違う。",
        "What the law asks to be shown is missing or untrue.",
    ),
    dsa="STATEMENT_CATEGORY_CONSUMER_INFORMATION",
    concerns=GOODS,
    is_former=True,
)
"""What six kinds were together until they were told apart."""


def _part(code: str, title: Text, text: Text, source: Citation) -> Breach:
    return Breach(
        code=code,
        title=title,
        text=text,
        dsa=DISPLAY.dsa,
        concerns=DISPLAY.concerns,
        source=source,
        part_of=DISPLAY.code,
    )


DISPLAY_MISSING = _part(
    "display-missing",
    Text("法定表示の不備", "the display that the law asks for is missing"),
    Text(
        "特定商取引法が求める表示（氏名・住所・電話番号・返品の条件など）がない、または事実と違う。",
        "What the law on mail order asks to be shown (name, address, telephone, terms of return and so on) is missing or "
        "untrue.",
    ),
    commerce("11"),
)
DISPLAY_FALSE = _part(
    "display-false",
    Text("うそ・大げさな表示", "a false or exaggerated display"),
    Text(
        "品質や価格・取引の条件が、実際より著しく良く、または得に見える。",
        "Quality, price or terms are made to look much better than they are.",
    ),
    MISLEADING,
)
ORDER_SCREEN = _part(
    "order-screen",
    Text("最終確認画面・定期購入の表示", "the final confirmation screen, subscriptions"),
    Text(
        "出品者が登録した内容のため、注文を確定する直前の画面に、分量・価格と送料・支払い・引渡しの時期・解約などが示されていない、または誤解させる。",
        "By what the seller registered, the last screen before the order does not show quantity, price and postage, payment, "
        "delivery, cancelling and so on, or misleads.",
    ),
    commerce("12-6"),
)
EFFECTS = _part(
    "effects",
    Text("効能・効果の表示", "effects claimed"),
    Text(
        "薬・化粧品・医療機器などの効能や効果について、うそや大げさなことを示している。",
        "False or exaggerated claims about what a medicine, a cosmetic or a medical device does.",
    ),
    EFFECTS_CLAIMED,
)
HIDDEN_ADVERTISING = _part(
    "hidden-advertising",
    Text("広告であることを隠した表示（ステマ）", "hidden advertising"),
    Text(
        "出品者の広告なのに、ほかの人の感想や記事のように見せている。",
        "The seller's own advertising is made to look like what others think or write.",
    ),
    HARD_TO_TELL,
)
PERMIT_NOT_SHOWN = _part(
    "permit-not-shown",
    Text("許可の表示がない", "a permit that is not shown"),
    Text(
        "古物商の許可など、法律が示すよう求める許可と番号が示されていない。",
        "A permit that has to be shown with its number, such as a used goods dealer's, is not.",
    ),
    PERMIT_SHOWN,
)
UNLAWFUL_GOODS = Breach(
    code="unlawful-goods",
    title=Text("販売できない商品", "goods that may not be sold"),
    text=Text(
        "販売が禁じられた商品、または許可のない商品。", "Goods that are forbidden, or sold without a licence."
    ),
    dsa="STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
    of_goods=True,
    concerns=GOODS,
)
DANGEROUS_GOODS = Breach(
    code="dangerous-goods",
    title=Text("危険な商品", "dangerous goods"),
    text=Text("けがや火災などのおそれがある商品。", "Goods that may hurt people or cause a fire."),
    dsa="STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
    of_goods=True,
    concerns=GOODS,
)
COUNTERFEIT = Breach(
    code="counterfeit",
    title=Text("偽物・権利の侵害", "counterfeits and infringement"),
    text=Text("商標権などを侵害するおそれがある商品。", "Goods that appear to infringe a right."),
    dsa="STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    of_goods=True,
    concerns=GOODS,
)
FAKE_REVIEW = Breach(
    code="fake-review",
    title=Text("不正なレビュー", "fake reviews"),
    text=Text("見返りや自作によるレビュー。", "Reviews that were bought or written by the seller's side."),
    dsa="STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    concerns=REVIEWS,
)
OFF_PLATFORM = Breach(
    code="off-platform",
    title=Text("通販サイトの外での取引への誘い", "luring buyers off the marketplace"),
    text=Text(
        "購入者を通販サイトの外での支払いへ誘った。", "A buyer was asked to pay outside the marketplace."
    ),
    dsa="STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
)
FALSE_IDENTITY = Breach(
    code="false-identity",
    title=Text("登録内容の偽り", "false registration"),
    text=Text(
        "登録された氏名・住所などが事実と違う。", "The registered name, address or the like is untrue."
    ),
    dsa="STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
)
FRAUD = Breach(
    code="fraud",
    title=Text("詐欺的な販売", "fraudulent selling"),
    text=Text(
        "代金を受け取りながら商品を送らないなど、詐欺の疑いがある。",
        "Signs of fraud, such as taking money and sending nothing.",
    ),
    dsa="STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    concerns=GOODS,
)

BREACHES = (
    UNANSWERED,
    UNREACHABLE,
    AGREEMENT_BROKEN,
    RECOVERY_REFUSED,
    DISPLAY,
    DISPLAY_MISSING,
    DISPLAY_FALSE,
    ORDER_SCREEN,
    EFFECTS,
    HIDDEN_ADVERTISING,
    PERMIT_NOT_SHOWN,
    UNLAWFUL_GOODS,
    DANGEROUS_GOODS,
    COUNTERFEIT,
    FAKE_REVIEW,
    OFF_PLATFORM,
    FALSE_IDENTITY,
    FRAUD,
)
DISPLAYS = tuple(one.code for one in BREACHES if DISPLAY.code in (one.code, one.part_of))
"""What is about what is shown, told apart or not."""
OFFERED = tuple(one for one in BREACHES if not one.is_former)
"""What may be chosen where something is found; the others are only read."""


def breach(code: str) -> Breach:
    """Return the breach of that code."""
    return _BY_CODE[code]


_BY_CODE = {one.code: one for one in BREACHES}
