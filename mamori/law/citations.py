"""The instruments that declarations cite; article numbers live in this package and nowhere else."""

from __future__ import annotations

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.text import Text

DPF_ACT = Text(
    "取引デジタルプラットフォームを利用する消費者の利益の保護に関する法律（令和3年法律第32号）",
    "Act on the Protection of Consumers Who Use Digital Platforms for Shopping (Act No. 32 of 2021)",
)
DPF_ORDER = Text(
    "同法施行規則（令和4年内閣府令第9号）",
    "Cabinet Office Order for that Act (No. 9 of 2022)",
)
TELECOM_ACT = Text(
    "電気通信事業法（昭和59年法律第86号）", "Telecommunications Business Act (Act No. 86 of 1984)"
)
MARKET_PRACTICE = Text(
    "アジアインターネット日本連盟会員の取組例（法の定めではない）",
    "Practice of a member of Asia Internet Japan (not law)",
)
OPERATOR = Text("運営者の定め（法の定めではない）", "The operator's own rule (not law)")


def act(article: str) -> Citation:
    """Cite an article of the Act, read in the statutory text."""
    return Citation(DPF_ACT, article, Confidence.STATUTE, "https://laws.e-gov.go.jp/law/503AC0000000032")


def order(article: str) -> Citation:
    """Cite an article of the Cabinet Office Order, read in its text."""
    return Citation(DPF_ORDER, article, Confidence.STATUTE, "https://laws.e-gov.go.jp/law/504M60000002009")


PRACTICE = Citation(MARKET_PRACTICE, "", Confidence.PRACTICE)
OWN_RULE = Citation(OPERATOR, "", Confidence.PRACTICE)
CRIMINAL_PROCEDURE = Text(
    "刑事訴訟法（昭和23年法律第131号）", "Code of Criminal Procedure (Act No. 131 of 1948)"
)
PERSONAL_DATA_ACT = Text(
    "個人情報の保護に関する法律（平成15年法律第57号）",
    "Act on the Protection of Personal Information (Act No. 57 of 2003)",
)
CRIMINAL_URL = "https://laws.e-gov.go.jp/law/323AC0000000131"
PRESERVING = Citation(CRIMINAL_PROCEDURE, "197(3), 197(4)", Confidence.STATUTE, CRIMINAL_URL)
RECORD_ORDERED = Citation(CRIMINAL_PROCEDURE, "218(1), 218(3), 222-2", Confidence.STATUTE, CRIMINAL_URL)
ERASE_WHEN_NOT_NEEDED = Citation(PERSONAL_DATA_ACT, "22", Confidence.STATUTE)
ERASE_ON_REQUEST = Citation(PERSONAL_DATA_ACT, "35(5)", Confidence.SECONDARY)
SECRECY = Citation(TELECOM_ACT, "4", Confidence.OFFICIAL)
COMMERCE_ACT = Text(
    "特定商取引に関する法律（昭和51年法律第57号）",
    "Act on Specified Commercial Transactions (Act No. 57 of 1976)",
)
CIVIL_CODE = Text("民法（明治29年法律第89号）", "Civil Code (Act No. 89 of 1896)")
COMMERCE_URL = "https://laws.e-gov.go.jp/law/351AC0000000057"


def commerce(article: str) -> Citation:
    """Cite an article of the Act on Specified Commercial Transactions, read in the statutory text."""
    return Citation(COMMERCE_ACT, article, Confidence.STATUTE, COMMERCE_URL)


RETURNING = commerce("15-3")
FINAL_SCREEN = commerce("15-4")
CANCELLING_IN_TIME = Citation(COMMERCE_ACT, "9-3", Confidence.SECONDARY, COMMERCE_URL)
"""Applied by the second paragraph of article 15-4, which was read; this one was not."""
CONSUMER_CONTRACT_ACT = Text(
    "消費者契約法（平成12年法律第61号）", "Consumer Contract Act (Act No. 61 of 2000)"
)
CONSUMER_CONTRACT_URL = "https://laws.e-gov.go.jp/law/412AC0000000061"
MISTOLD = Citation(CONSUMER_CONTRACT_ACT, "4", Confidence.STATUTE, CONSUMER_CONTRACT_URL)
MISTOLD_IN_TIME = Citation(CONSUMER_CONTRACT_ACT, "7", Confidence.STATUTE, CONSUMER_CONTRACT_URL)
CIVIL_URL = "https://laws.e-gov.go.jp/law/129AC0000000089"
MISTAKEN = Citation(CIVIL_CODE, "95", Confidence.OFFICIAL, CIVIL_URL)
DECEIVED = Citation(CIVIL_CODE, "96", Confidence.OFFICIAL, CIVIL_URL)
"""The first paragraphs of both were read in several copies of the text that agree, and no more of them."""
NOT_PERFORMED = Citation(CIVIL_CODE, "541", Confidence.STATUTE, CIVIL_URL)
NOT_TO_BE_EXPECTED = Citation(CIVIL_CODE, "542", Confidence.STATUTE, CIVIL_URL)
TELLING_OF_DEFECTS = Citation(CIVIL_CODE, "566", Confidence.STATUTE, CIVIL_URL)
OF_A_MINOR = Citation(CIVIL_CODE, "5", Confidence.OFFICIAL, CIVIL_URL)
ARRIVAL = Citation(CIVIL_CODE, "97", Confidence.OFFICIAL, CIVIL_URL)
NOTIFICATION = Citation(TELECOM_ACT, "16", Confidence.OFFICIAL)
TRANSPARENCY_ORDER = Text(
    "特定デジタルプラットフォームの透明性及び公正性の向上に関する法律施行規則（指定された大規模な場だけに及ぶ。手本とする）",
    "Order for the Act on Transparency and Fairness of Digital Platforms (binds designated malls only; taken as a model)",
)


def transparency(article: str) -> Citation:
    """Cite an article of the order on designated malls, read in its text: a model, for it binds nobody else."""
    return Citation(
        TRANSPARENCY_ORDER, article, Confidence.STATUTE, "https://laws.e-gov.go.jp/law/503M60000400001"
    )


CHANGING_TERMS = transparency("11")
WITHOUT_DAYS_BY_LAW = transparency("12(1)(ii), 12(2)(iv)")
WITHOUT_DAYS_BY_DANGER = transparency("12(1)(iii), 12(2)(v)")
REFUSING_WHO_REPEATS = transparency("12(2)(i)")
REFUSING_ORGANISED_CRIME = transparency("12(2)(ii)")
PRODUCT_SAFETY_ACT = Text(
    "消費生活用製品安全法（昭和48年法律第31号）", "Consumer Product Safety Act (Act No. 31 of 1973)"
)
ELECTRICAL_SAFETY_ACT = Text(
    "電気用品安全法（昭和36年法律第234号）",
    "Electrical Appliances and Materials Safety Act (Act No. 234 of 1961)",
)
UNSAFE_PRODUCT = Citation(
    PRODUCT_SAFETY_ACT, "32-3", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/348AC0000000031"
)
MISLEADING_ACT = Text(
    "不当景品類及び不当表示防止法（昭和37年法律第134号）",
    "Act against Unjustifiable Premiums and Misleading Representations (Act No. 134 of 1962)",
)
MISLEADING_URL = "https://laws.e-gov.go.jp/law/337AC0000000134"
MISLEADING = Citation(MISLEADING_ACT, "5", Confidence.STATUTE, MISLEADING_URL)
HARD_TO_TELL = Citation(MISLEADING_ACT, "5(iii)", Confidence.STATUTE, MISLEADING_URL)
"""By the designation of 28 March 2023: what is hard to tell from something else than the trader's own representation."""
MEDICINES_ACT = Text(
    "医薬品、医療機器等の品質、有効性及び安全性の確保等に関する法律（昭和35年法律第145号）",
    "Act on Securing Quality, Efficacy and Safety of Products Including Pharmaceuticals and Medical Devices "
    "(Act No. 145 of 1960)",
)
EFFECTS_CLAIMED = Citation(
    MEDICINES_ACT, "66(1)", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/335AC0000000145"
)
USED_GOODS_ACT = Text("古物営業法（昭和24年法律第108号）", "Used Goods Business Act (Act No. 108 of 1949)")
PERMIT_SHOWN = Citation(
    USED_GOODS_ACT, "12(2)", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/324AC0000000108"
)
UNSAFE_APPLIANCE = Citation(
    ELECTRICAL_SAFETY_ACT, "42-7", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/336AC0000000234"
)
UNSAFE_DEFECT = Citation(
    PRODUCT_SAFETY_ACT, "39-2", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/348AC0000000031"
)
LIQUEFIED_GAS_ACT = Text(
    "液化石油ガスの保安の確保及び取引の適正化に関する法律（昭和42年法律第149号）",
    "Act on Securing Safety and Optimising Transactions of Liquefied Petroleum Gas (Act No. 149 of 1967)",
)
UNSAFE_GAS_APPLIANCE = Citation(
    LIQUEFIED_GAS_ACT, "67", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/342AC0000000149"
)
GAS_ACT = Text("ガス事業法（昭和29年法律第51号）", "Gas Business Act (Act No. 51 of 1954)")
UNSAFE_TOWN_GAS = Citation(
    GAS_ACT, "157-3", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/329AC0000000051"
)
UNAPPROVED_ADVERTISED = Citation(
    MEDICINES_ACT, "72-5(2)", Confidence.OFFICIAL, "https://laws.e-gov.go.jp/law/335AC0000000145"
)
HEALTH_ACT = Text("健康増進法（平成14年法律第103号）", "Health Promotion Act (Act No. 103 of 2002)")
PRODUCT_SAFETY_ORDER = Text(
    "消費生活用製品安全法施行令（昭和49年政令第48号）",
    "Cabinet Order for the Consumer Product Safety Act (No. 48 of 1974)",
)
ACCIDENT_REPORT_ORDER = Text(
    "消費生活用製品安全法の規定に基づく重大事故報告等に関する内閣府令（平成21年内閣府令第47号）",
    "Cabinet Office Order on Reports of Serious Accidents under the Consumer Product Safety Act (No. 47 of 2009)",
)
SERIOUS_ACCIDENT = Citation(
    PRODUCT_SAFETY_ORDER, "6", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/349CO0000000048"
)
MAKER_REPORTS = Citation(
    PRODUCT_SAFETY_ACT, "35(1)", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/348AC0000000031"
)
MAKER_REPORTS_WITHIN = Citation(
    ACCIDENT_REPORT_ORDER, "3", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/421M60000002047"
)
MAKER_TOLD = Citation(
    PRODUCT_SAFETY_ACT, "34(4)", Confidence.STATUTE, "https://laws.e-gov.go.jp/law/348AC0000000031"
)
