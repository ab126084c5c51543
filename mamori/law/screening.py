"""By what listings are looked at when they are told: rules with a reason each, and lists of names.  Pure data.

A rule finds candidates for a person and decides nothing.  Which goods a statute means stands in orders that were not all
read, so the words are our own; where a citation was not read either (`Confidence.MEMORY`), the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.businesstime import CalendarDays, EveryHours
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import (
    EFFECTS_CLAIMED,
    ELECTRICAL_SAFETY_ACT,
    LIQUEFIED_GAS_ACT,
    MEDICINES_ACT,
    OWN_RULE,
    PERMIT_SHOWN,
    PRODUCT_SAFETY_ACT,
    UNAPPROVED_ADVERTISED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRule:
    """What is looked for, why, what a listing may say that rules it out, and what its seller is asked.

    `terms` are looked for in any width, kana and spacing.  `marks` are what the listing may state (a mark, a number, a permit),
    unless it states that there is none; `but` are words of other goods, such as accessories, unless they come with it.
    `used` finds used goods by their condition, too.  With `of_shops` private sellers are left out, and with `once` a seller is
    asked about once, not listing by listing.  `danger` = people may come to harm.
    """

    code: str
    title: Text
    reason: Text
    ask: Text
    citation: Citation
    terms: tuple[str, ...]
    marks: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    danger: bool = False
    used: bool = False
    of_shops: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningList:
    """A list of names of makers or sellers that somebody publishes or the operator keeps, taken in as a file with its day."""

    code: str
    title: Text
    reason: Text
    ask: Text
    citation: Citation


SCREENING_LOOK = Deadline(
    code="safety.screening_look",
    title=Text(
        "新しい出品と書き換えられた出品を、確認の規則で見るまで（毎日、繰り返し）",
        "listings that are new or were rewritten are looked at by the rules, every day",
    ),
    duration=EveryHours(24),
    citation=OWN_RULE,
)
SCREENING_DEADLINES = (SCREENING_LOOK,)
LIST_GOOD_FOR = CalendarDays(100)
"""So long after its day a list is good: the ministry renews its list about quarterly."""


def _memory(ja: str, en: str) -> Citation:
    return Citation(Text(ja, en), "", Confidence.MEMORY)


_APPLIANCES = "https://laws.e-gov.go.jp/law/336AC0000000234"
_PRODUCTS = "https://laws.e-gov.go.jp/law/348AC0000000031"
NO_SALE_WITHOUT_PSE = Citation(ELECTRICAL_SAFETY_ACT, "27", Confidence.STATUTE, _APPLIANCES)
NO_SALE_WITHOUT_PSC = Citation(PRODUCT_SAFETY_ACT, "4", Confidence.STATUTE, _PRODUCTS)
BANNED_TOYS = Citation(
    Text(
        "消費生活用製品安全法で2023年12月から販売が規制された玩具についての、通販サイトの案内",
        "A marketplace's guide to toys whose sale is restricted under the Consumer Product Safety Act since December 2023",
    ),
    "",
    Confidence.SECONDARY,
)
GAS_MARKS = Citation(LIQUEFIED_GAS_ACT, "", Confidence.MEMORY)
RADIO = _memory("電波法（昭和25年法律第131号）", "Radio Act (Act No. 131 of 1950)")
MEDICINE_SELLERS = Citation(MEDICINES_ACT, "", Confidence.OFFICIAL)
DEVICES = Citation(MEDICINES_ACT, "", Confidence.MEMORY)
ALCOHOL = Citation(
    Text(
        "酒税法（昭和28年法律第6号）の通信販売酒類小売業免許",
        "Licence for mail order under the Liquor Tax Act",
    ),
    "",
    Confidence.OFFICIAL,
)
ANIMALS = Citation(
    Text(
        "動物の愛護及び管理に関する法律（昭和48年法律第105号）",
        "Act on Welfare and Management of Animals (1973)",
    ),
    "",
    Confidence.OFFICIAL,
)
WORK_SAFETY = Citation(
    Text(
        "製品安全誓約の対象となった労働安全衛生法の製品（2026年9月10日から）",
        "Goods of the Industrial Safety and Health Act, within the safety pledge since 10 September 2026",
    ),
    "",
    Confidence.OFFICIAL,
)
WEAPONS = _memory(
    "銃砲刀剣類所持等取締法（昭和33年法律第6号）、軽犯罪法", "Firearms and Swords Act; Minor Offences Act"
)
POISONS = _memory(
    "毒物及び劇物取締法（昭和25年法律第303号）", "Poisonous and Deleterious Substances Control Act"
)
PESTICIDES = _memory("農薬取締法（昭和23年法律第82号）", "Agricultural Chemicals Regulation Act")
FIREWORKS = _memory("火薬類取締法（昭和25年法律第149号）", "Explosives Control Act")
TOBACCO = _memory(
    "たばこ事業法（昭和59年法律第68号）、薬機法",
    "Tobacco Business Act; Pharmaceuticals and Medical Devices Act",
)
NARCOTICS = _memory("麻薬及び向精神薬取締法、薬機法の指定薬物", "Narcotics Control Act; designated drugs")
UNANSWERED = Citation(
    Text(
        "経済産業省「製品安全4法における連絡不通事業者リスト」（法の定めではない）",
        "METI's list of makers and importers who do not answer, under four product safety acts (not law)",
    ),
    "",
    Confidence.OFFICIAL,
)


def _words(said: str) -> tuple[str, ...]:
    return tuple(said.split("、")) if said else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Why:
    """What several rules have in common."""

    reason: Text
    ask: Text
    citation: Citation
    marks: str = ""
    but: str = ""
    danger: bool = False
    used: bool = False
    of_shops: bool = False
    once: bool = False


def _rule(code: str, title: Text, why: _Why, terms: str, but: str = "") -> ScreeningRule:
    return ScreeningRule(
        code=code,
        title=title,
        reason=why.reason,
        ask=why.ask,
        citation=why.citation,
        terms=_words(terms),
        marks=_words(why.marks),
        but=(*_words(why.but), *_words(but)),
        danger=why.danger,
        used=why.used,
        of_shops=why.of_shops,
        once=why.once,
    )


_SPARE = "ケース、カバー、ポーチ、収納、ホルダー、スタンド、ステッカー、シール、空箱、説明書、取扱書、フィルム、部品取り"
"""What belongs to goods and is none itself."""
_PSE = _Why(
    reason=Text(
        "電気用品なら、PSEマークと届出事業者の名前がないものは売れません。対象かどうかは政令によります。",
        "Electrical appliances may not be sold without the PSE mark and the name of who filed; an order says which are meant.",
    ),
    ask=Text(
        "PSEマーク、届出事業者の名前、定格がわかる、商品本体の表示の写真を送ってください。対象外のときは、その理由をお知らせください。",
        "Please send a photograph of the plate on the goods with the PSE mark, the name of who filed and the ratings, or say "
        "why the goods need none.",
    ),
    citation=NO_SALE_WITHOUT_PSE,
    marks="PSE",
    but=_SPARE,
    danger=True,
)
_NO_MARK = _Why(
    reason=Text(
        "電気用品や特定製品のマークがないと、出品の言葉が自分で言っています。",
        "The listing itself says that goods which may need a mark have none.",
    ),
    ask=_PSE.ask,
    citation=NO_SALE_WITHOUT_PSE,
    danger=True,
)
_PSC = _Why(
    reason=Text(
        "消費生活用製品安全法の特定製品なら、PSCマークのないものは売ることも並べることもできません。対象かどうかは政令によります。",
        "Specified products may be neither sold nor exhibited without the PSC mark; an order says which are meant.",
    ),
    ask=Text(
        "PSCマークと届出事業者の名前が写った、商品本体の写真を送ってください。対象外のときは、その理由をお知らせください。",
        "Please send a photograph of the goods with the PSC mark and the name of who filed, or say why they need none.",
    ),
    citation=NO_SALE_WITHOUT_PSC,
    marks="PSC",
    but=_SPARE,
    danger=True,
)
_CHILD = _Why(
    reason=Text(
        "乳幼児用の玩具とベッドは、2025年12月25日から子供PSCマークがないと売れません（その前に製造・輸入された玩具を除く）。",
        "Toys for infants and beds for them may not be sold without the children's PSC mark since 25 December 2025 (but for "
        "toys made or imported before).",
    ),
    ask=Text(
        "子供PSCマーク、届出事業者の名前、対象年齢が写った写真を送ってください。以前の製造・輸入なら、その時期がわかるものを送ってください。",
        "Please send a photograph of the children's PSC mark, the name of who filed and the ages; of older goods, what shows "
        "when they were made or imported.",
    ),
    citation=NO_SALE_WITHOUT_PSC,
    marks="PSC",
    but=_SPARE,
    danger=True,
)
_TOY_BAN = _Why(
    reason=Text(
        "誤って飲み込むと死亡のおそれがある玩具で、2023年12月から販売が規制されたと案内されています。",
        "Toys that may kill when they are swallowed; their sale is said to be restricted since December 2023.",
    ),
    ask=Text(
        "対象年齢、大きさ（吸水前と後）または磁束指数、PSCマークの有無がわかるものを送ってください。",
        "Please send what shows the ages, the size (before and after soaking) or the flux index, and whether it has a PSC mark.",
    ),
    citation=BANNED_TOYS,
    danger=True,
)
_GAS = _Why(
    reason=Text(
        "ガス用品には、PSLPGかPSTGのマークが要るとされています（どの器具かは確かめていません）。",
        "Gas appliances are held to need the PSLPG or PSTG mark (which of them was not read).",
    ),
    ask=Text(
        "PSLPGまたはPSTGのマークと届出事業者の名前が写った、商品本体の写真を送ってください。",
        "Please send a photograph of the goods with the PSLPG or PSTG mark and the name of who filed.",
    ),
    citation=GAS_MARKS,
    marks="PSLPG、PSTG、JIA",
    but=_SPARE,
    danger=True,
)
_RADIO = _Why(
    reason=Text(
        "電波を出す機器を国内で使うには、技適マークが要るとされています（番号の形は決めつけません）。",
        "Equipment that sends radio waves is held to need the technical conformity mark (the form of its number is left open).",
    ),
    ask=Text(
        "技適マークと番号が写った写真、または番号を送ってください。",
        "Please send a photograph of the technical conformity mark with its number, or the number.",
    ),
    citation=RADIO,
    marks="技適、技術基準適合、工事設計認証",
    but=_SPARE,
)
_MEDICINE = _Why(
    reason=Text(
        "医薬品を通信販売できるのは、許可を受けた薬局と店舗販売業だけとされ、処方箋の要るものは売れません。",
        "By mail order medicines are sold by licensed pharmacies and shops alone, and none that needs a prescription.",
    ),
    ask=Text(
        "薬局または店舗販売業の許可証、特定販売の届出、商品の承認と区分がわかるものを送ってください。",
        "Please send the licence of the pharmacy or shop, the notice of sale by mail order, and what shows the approval and "
        "class of the goods.",
    ),
    citation=MEDICINE_SELLERS,
    but="空箱、サンプル画像、薬ケース、ピルケース",
    danger=True,
)
_UNAPPROVED = _Why(
    reason=Text(
        "承認のない医薬品の広告は禁じられ、国や知事から取りやめを求められることがあります。",
        "Advertising unapproved medicines is forbidden, and the minister or a governor may ask that it stops.",
    ),
    ask=_MEDICINE.ask,
    citation=UNAPPROVED_ADVERTISED,
    danger=True,
)
_EFFECTS = _Why(
    reason=Text(
        "病気が治るなど、効き目についてのうそや大げさな表示は禁じられています。",
        "False or exaggerated claims of an effect, such as that a disease is cured, are forbidden.",
    ),
    ask=Text(
        "表示している効き目の根拠と、商品の区分（医薬品、機能性表示食品など）がわかるものを送ってください。",
        "Please send what the claimed effect rests on, and the class of the goods (medicine, food with function claims, …).",
    ),
    citation=EFFECTS_CLAIMED,
)
_DEVICE = _Why(
    reason=Text(
        "医療機器は、承認・認証・届出の番号が要り、コンタクトレンズなどは販売の許可も要るとされています。",
        "Medical devices are held to need a number, and contact lenses and the like a licence to sell them.",
    ),
    ask=Text(
        "医療機器の承認・認証・届出の番号と、販売の許可がわかるものを送ってください。",
        "Please send the number of the device, and what shows the licence to sell it.",
    ),
    citation=DEVICES,
    marks="承認番号、認証番号、届出番号、高度管理医療機器、医療機器承認",
    but=_SPARE,
)
_USED = _Why(
    reason=Text(
        "古物商がウェブで売るときは、名前、公安委員会、許可の番号を示す義務があります。個人の不用品には要りません。",
        "A dealer in used goods has to show name, commission and permit number on the web; who sells own things needs none.",
    ),
    ask=Text(
        "古物商の許可証（公安委員会と12桁の番号）を送り、商品とともに表示してください。要らないと考えるときは、その理由をお知らせください。",
        "Please send the permit as a used goods dealer (commission and number of 12 digits) and show it with the goods, or say "
        "why you need none.",
    ),
    citation=PERMIT_SHOWN,
    marks="公安委員会、古物商許可",
    used=True,
    of_shops=True,
    once=True,
)
_ALCOHOL = _Why(
    reason=Text(
        "2つ以上の都道府県の人に酒を通信販売するには、免許と、20歳未満には売らないという表示が要るとされています。",
        "To sell alcohol by mail into two prefectures or more needs a licence and a notice that nobody under 20 is sold any.",
    ),
    ask=Text(
        "通信販売酒類小売業免許の通知書と、20歳未満に売らないという表示がわかるものを送ってください。",
        "Please send the licence for mail order of alcohol, and what shows the notice that nobody under 20 is sold any.",
    ),
    citation=ALCOHOL,
    marks="通信販売酒類小売業、酒類販売管理者",
    but="グラス、ワインレッド、ワインセラー、ワインラック、オープナー、空き瓶、空瓶、空ボトル、ラベル、Tシャツ、ノンアルコール、"
    "酒粕、ポスター、看板、前掛け、徳利、レシピ、図鑑、チョコ",
    once=True,
)
_ANIMALS = _Why(
    reason=Text(
        "犬・猫などの動物は、事業所で見せて対面で説明しないと売れず、ネットだけでの販売はできないとされています。",
        "Live animals may be sold only after they were seen and explained face to face; a sale online alone is banned.",
    ),
    ask=Text(
        "第一種動物取扱業の登録証と、見せて説明する場所と方法をお知らせください。",
        "Please send the registration of the animal business, and say where and how the animal is shown and explained.",
    ),
    citation=ANIMALS,
    but="フィギュア、ぬいぐるみ、置物、模型、写真集、図鑑、ポスター、フード、ケージ、餌、おもちゃ、飼育書、DVD、書籍、単行本",
)
_ASBESTOS = _Why(
    reason=Text(
        "石綿（アスベスト）を含むものは売れないとされ、製品安全誓約の対象です。",
        "Goods with asbestos are held not to be for sale, and are within the safety pledge.",
    ),
    ask=Text(
        "石綿を含まないことがわかるもの（分析の結果など）を送ってください。",
        "Please send what shows that the goods contain no asbestos, such as an analysis.",
    ),
    citation=WORK_SAFETY,
    but="対策、検査キット、分析、ノンアスベスト、ノン石綿、除去、マスク、作業主任者、テキスト、書籍、警告、看板、標識",
    danger=True,
)
_PROTECTS = _Why(
    reason=Text(
        "身を守る用具（防じんマスク、墜落制止用器具、保護帽など）は、検定や規格に合うことが要り、製品安全誓約の対象です。",
        "What protects at work (dust masks, harnesses, helmets) has to pass a test or meet a standard; within the safety pledge.",
    ),
    ask=Text(
        "型式検定の合格標章、または規格に合うことがわかる、商品本体の表示の写真を送ってください。",
        "Please send a photograph of the mark of the type test on the goods, or of what shows that they meet the standard.",
    ),
    citation=WORK_SAFETY,
    marks="検定合格、型式検定、国家検定、検定品、新規格適合",
    but=_SPARE,
    danger=True,
)


def _unread(reason: Text, ask: Text, citation: Citation, *, marks: str = "", but: str = "") -> _Why:
    return _Why(reason=reason, ask=ask, citation=citation, marks=marks, but=but)


_LICENCE = Text(
    "売るために要る許可・登録・届出と、その番号がわかるものを送ってください。要らないと考えるときは、その理由をお知らせください。",
    "Please send what shows the licence, registration or notice that its sale needs, or say why it needs none.",
)
_WEAPON = _unread(
    Text(
        "持つことや売ることが制限される武器かもしれません。", "A weapon that may not be had or sold freely."
    ),
    _LICENCE,
    WEAPONS,
    but="フィギュア、キーホルダー、プラモデル、ゲーム、DVD、図鑑、登録証付、スタンガンケース、ストラップ",
)
_POISON = _unread(
    Text(
        "毒物・劇物は、登録した業者だけが、買う人を確かめて売れるとされています。",
        "Poisons are sold by registered dealers, who check who buys.",
    ),
    _LICENCE,
    POISONS,
    but="温度計、体温計、血圧計、標識、ラベル、対策、書籍",
)
_PESTICIDE = _unread(
    Text(
        "農薬は、国の登録番号の表示があるものだけが売れるとされています。",
        "Pesticides are for sale with their registration number alone.",
    ),
    _LICENCE,
    PESTICIDES,
    marks="農林水産省登録、農薬登録、登録番号",
    but="噴霧器、散布機、ノズル、タンク、書籍",
)
_FIREWORK = _unread(
    Text(
        "火薬を使うものの販売と発送は、制限されています。",
        "Goods with explosives may not be sold or sent freely.",
    ),
    _LICENCE,
    FIREWORKS,
    but="花火柄、浴衣、写真、LED、ライト、鑑賞券、チケット",
)
_TOBACCO = _unread(
    Text(
        "たばこの小売には許可が、ニコチンを含む液には医薬品の承認が要るとされています。",
        "Tobacco is held to need a licence, and liquids with nicotine an approval.",
    ),
    _LICENCE,
    TOBACCO,
    but="ノンニコチン、ニコチン0、ニコチンゼロ、ニコチンフリー、ケース、灰皿、禁煙",
)
_NARCOTIC = _unread(
    Text(
        "麻薬や指定薬物の成分を含むかもしれません（製品安全誓約でも取り上げられています）。",
        "It may hold narcotic components (also taken up under the safety pledge).",
    ),
    Text(
        "成分の分析の結果と輸入の記録を送ってください。", "Please send an analysis and the record of import."
    ),
    NARCOTICS,
    but="THCフリー、THC不検出、THC0、書籍、防止、ポスター、撲滅",
)
_RECALLED = _Why(
    reason=Text(
        "リコールや回収の対象だと、出品の言葉が自分で言っています（公表されたリコールとの照合は「リコール」で毎日行います）。",
        "The listing itself says that it is under a recall (what was published is held against listings daily under Recalls).",
    ),
    ask=Text(
        "どのリコールの対象で、修理や交換が済んでいるかがわかるものを送ってください。",
        "Please send what shows which recall it is, and whether it was repaired or exchanged.",
    ),
    citation=OWN_RULE,
    but="対象外、対策済、交換済、修理済、対応済、実施済、非対象、改修済",
    danger=True,
)
SCREENING_RULES = (
    _rule(
        "pse-battery", Text("モバイルバッテリー", "Power banks"), _PSE,
        "モバイルバッテリー、ポータブルバッテリー、ポータブル電源、リチウムイオン蓄電池、パワーバンク、power bank",
        "充電ケーブル、回収",
    ),
    _rule(
        "pse-spare-battery", Text("互換バッテリー", "Spare batteries"), _PSE,
        "互換バッテリー、交換用バッテリー、大容量バッテリー、社外バッテリー、replacement battery", "自動車用、バイク用、鉛バッテリー",
    ),
    _rule(
        "pse-adapter", Text("ACアダプター・充電器", "Adapters and chargers"), _PSE,
        "ACアダプター、ACアダプタ、急速充電器、USB充電器、PD充電器、GaN充電器、コンセント充電器、AC adapter",
        "車載、シガーソケット",
    ),
    _rule(
        "pse-cord", Text("延長コード・電源タップ", "Extension cords"), _PSE,
        "延長コード、電源タップ、テーブルタップ、OAタップ、コードリール、たこ足コンセント", "結束、クリップ",
    ),
    _rule(
        "pse-heater", Text("電気の暖房器具", "Electric heaters"), _PSE,
        "電気ストーブ、セラミックヒーター、ハロゲンヒーター、カーボンヒーター、パネルヒーター、オイルヒーター、電気毛布、"
        "ホットカーペット、電気こたつ、電気あんか、電気ひざ掛け", "薪、石油、車用、水槽",
    ),
    _rule(
        "pse-kitchen", Text("台所の電気器具", "Electric kitchenware"), _PSE,
        "電気ケトル、電気ポット、ホットプレート、電気フライヤー、電気圧力鍋、電子レンジ、IHクッキングヒーター、IHコンロ、電気炊飯器、"
        "トースター、電気グリル鍋",
        "電子レンジ対応、電子レンジ可、レンジOK、レンジ用、レシピ、ラック、ワゴン、調理器、容器、皿、IH対応",
    ),
    _rule(
        "pse-beauty", Text("ドライヤー・美容の電気器具", "Hair dryers and the like"), _PSE,
        "ヘアドライヤー、ヘアアイロン、電気シェーバー、電気脱毛器、光脱毛器、美顔器", "替刃、替え刃、洗浄液、耐熱、ジェル",
    ),
    _rule(
        "pse-light", Text("LED電球・照明器具", "Lamps"), _PSE,
        "LED電球、シーリングライト、LED蛍光灯、ペンダントライト、LED投光器", "傘のみ、シェードのみ、乾電池、ソーラー",
    ),
    _rule(
        "pse-tool", Text("電動工具", "Electric tools"), _PSE,
        "電動ドリル、電動ドライバー、ディスクグラインダー、電気のこぎり、電動のこぎり、電動チェーンソー、高圧洗浄機、電気溶接機",
        "替刃、ビット、ノズル、ホース、砥石",
    ),
    _rule(
        "no-mark", Text("マークがないという出品", "Listings that say they have no mark"), _NO_MARK,
        "PSEなし、PSE無し、PSEマークなし、PSEマーク無し、PSE未取得、PSE不要、ノンPSE、PSCなし、PSC無し、PSCマークなし、PSC未取得",
    ),
    _rule(
        "psc-laser", Text("レーザーポインター", "Laser pointers"), _PSC,
        "レーザーポインター、グリーンレーザー、緑色レーザー、高出力レーザー、laser pointer", "レーザー墨出し、距離計、脱毛",
    ),
    _rule(
        "psc-lighter", Text("ライター", "Lighters"), _PSC,
        "使い捨てライター、ガスライター、ターボライター、電子ライター、注入式ライター、点火棒",
        "オイルライター、芯、フリント",
    ),
    _rule(
        "psc-helmet", Text("バイク用ヘルメット", "Motorcycle helmets"), _PSC,
        "バイクヘルメット、バイク用ヘルメット、乗車用ヘルメット、フルフェイスヘルメット、ジェットヘルメット、ハーフヘルメット、"
        "システムヘルメット", "シールド、内装、インカム、装飾用、観賞用、自転車、スキー",
    ),
    _rule(
        "psc-pressure", Text("圧力鍋", "Pressure cookers"), _PSC,
        "圧力鍋、圧力なべ、圧力釜、pressure cooker", "電気圧力鍋、パッキン、ゴム、レシピ、ふたのみ、書籍",
    ),
    _rule(
        "psc-oil-heater", Text("石油の暖房器具", "Oil heaters"), _PSC,
        "石油ストーブ、石油ファンヒーター、灯油ストーブ、対流型ストーブ", "替え芯、替芯、ガード、ファンのみ、ポンプ",
    ),
    _rule(
        "psc-rope", Text("登山用ロープ", "Climbing ropes"), _PSC,
        "登山用ロープ、クライミングロープ、ザイル、climbing rope", "ロープバッグ、バッグ、アクセサリー",
    ),
    _rule(
        "psc-bath", Text("浴槽の湯を回す機器", "Bath water circulators"), _PSC,
        "浴槽用温水循環器、24時間風呂、追い焚き循環器、風呂湯沸かし器", "フィルター、入浴剤",
    ),
    _rule(
        "child-bed", Text("乳幼児用ベッド", "Beds for infants"), _CHILD,
        "ベビーベッド、乳幼児用ベッド、赤ちゃんベッド、添い寝ベッド、baby crib",
        "シーツ、マットレス、布団、ふとん、ガード、メリー、パッド、キャノピー、毛布",
    ),
    _rule(
        "child-toy", Text("乳幼児の玩具", "Toys for infants"), _CHILD,
        "ベビートイ、乳児用玩具、赤ちゃんおもちゃ、赤ちゃん用おもちゃ、ベビーおもちゃ、歯固め、ガラガラおもちゃ、ラトル、0歳おもちゃ、"
        "1歳おもちゃ、2歳おもちゃ、布おもちゃ", "おもちゃ箱、おもちゃ収納、おもちゃ屋、絵本、ペット、犬用、猫用、クーラトル",
    ),
    _rule(
        "magnet-balls", Text("磁石の玩具", "Magnet toys"), _TOY_BAN,
        "マグネットボール、磁石ボール、マグネットセットおもちゃ、バッキーボール、ネオキューブ、磁気ボール、magnetic balls",
        "ボールペン、ホワイトボード",
    ),
    _rule(
        "water-balls", Text("水でふくらむ玩具", "Toys that swell in water"), _TOY_BAN,
        "吸水ボール、水で膨らむボール、水でふくらむボール、ウォータービーズ、ジェリーボール、ぷよぷよボール、water beads",
        "消臭、芳香、保冷",
    ),
    _rule(
        "gas-stove", Text("カセットこんろ・ガス器具", "Gas stoves"), _GAS,
        "カセットコンロ、カセットこんろ、カセットガスストーブ、カセットガスヒーター、シングルバーナー、ガスコンロ、ガスファンヒーター、"
        "ガス瞬間湯沸器", "風よけ、風防、五徳、ごとく、ホース、プレート、アルミマット、ガスボンベ、アルコール",
    ),
    _rule(
        "radio", Text("電波を出す機器", "Radio equipment"), _RADIO,
        "トランシーバー、アマチュア無線機、ハンディ無線機、FMトランスミッター、ワイヤレスマイク、携帯電話ブースター、技適なし、技適無し、"
        "技適マークなし、海外版スマホ、海外版スマートフォン、wifi中継器、wi-fi中継器",
        "イヤホンマイク、アンテナのみ、特定小電力対応イヤホン",
    ),
    _rule(
        "jammer", Text("電波を妨げる機器", "Jammers"), _RADIO,
        "電波妨害、ジャミング装置、GPSジャマー、通信抑止装置、電波遮断装置、signal jammer", "電波遮断ポーチ、遮断バッグ",
    ),
    _rule(
        "prescription", Text("処方箋の要る薬", "Prescription medicines"), _MEDICINE,
        "処方薬、処方箋医薬品、バイアグラ、シルデナフィル、シアリス、タダラフィル、レビトラ、プロペシア、フィナステリド、デュタステリド、"
        "ミノキシジルタブレット、イソトレチノイン、アキュテイン、アフターピル、低用量ピル、オゼンピック、リベルサス、マンジャロ、デパス、"
        "マイスリー、睡眠導入剤", "シアリスト、登山、コーヒー、キリマンジャロ、処方薬不要",
    ),
    _rule(
        "otc", Text("市販薬", "Medicines without prescription"), _MEDICINE,
        "要指導医薬品、第1類医薬品、第一類医薬品、第2類医薬品、第二類医薬品、第3類医薬品、第三類医薬品、指定第2類、指定第二類",
    ),
    _rule(
        "foreign-medicine", Text("海外の医薬品", "Medicines from abroad"), _UNAPPROVED,
        "海外医薬品、個人輸入薬、海外製医薬品、未承認薬、未承認医薬品、輸入ジェネリック", "動物用フード",
    ),
    _rule(
        "cures", Text("病気が治るという表示", "Claims of a cure"), _EFFECTS,
        "がんに効く、癌に効く、がんが治る、癌が治る、糖尿病が治る、糖尿病に効く、高血圧が治る、アトピー完治、認知症が治る、コロナ予防、"
        "コロナに効く、血糖値が下がる、飲むだけで痩せる",
    ),
    _rule(
        "device", Text("医療機器", "Medical devices"), _DEVICE,
        "コンタクトレンズ、カラーコンタクト、カラコン、パルスオキシメーター、家庭用電位治療器、低周波治療器、電気治療器、補聴器、血糖測定器",
        "洗浄液、保存液、装着液、レンズケース、電池、パッドのみ、粘着パッド",
    ),
    _rule(
        "used-goods", Text("古物商の許可", "Used goods without a permit"), _USED,
        "中古品、中古車、中古パソコン、中古スマホ、ユーズド品、古着、リユース品、買取品", "中古不可、古着風",
    ),
    _rule(
        "alcohol", Text("酒", "Alcohol"), _ALCOHOL,
        "日本酒、清酒、純米酒、大吟醸、本格焼酎、芋焼酎、麦焼酎、ウイスキー、ウィスキー、赤ワイン、白ワイン、スパークリングワイン、シャンパン、"
        "クラフトビール、缶ビール、ブランデー、テキーラ、ウォッカ、梅酒、リキュール、泡盛", "化粧水、入浴、ケーキ、酒器",
    ),
    _rule(
        "animals", Text("動物の販売", "Live animals"), _ANIMALS,
        "仔犬販売、子犬販売、仔猫販売、子猫販売、生体販売、子犬オス、子犬メス、子猫オス、子猫メス、ハムスター生体、うさぎ生体、爬虫類生体、"
        "フクロウ生体、ヘビ生体、トカゲ生体、リクガメ生体、インコ生体",
    ),
    _rule("asbestos", Text("石綿", "Asbestos"), _ASBESTOS, "アスベスト、石綿、asbestos"),
    _rule(
        "work-protection", Text("身を守る作業用具", "Protection at work"), _PROTECTS,
        "防じんマスク、防塵マスク、防毒マスク、フルハーネス、墜落制止用器具、安全帯、産業用保護帽、作業用ヘルメット",
        "交換フィルタ、ランヤードフック",
    ),
    _rule(
        "weapons", Text("武器になるもの", "Weapons"), _WEAPON,
        "スタンガン、催涙スプレー、ボウガン、クロスボウ、特殊警棒、メリケンサック、バタフライナイフ、日本刀真剣、改造エアガン、吹き矢",
        "練習用、トレーナー、おもちゃ",
    ),
    _rule(
        "poisons", Text("毒物・劇物", "Poisons"), _POISON,
        "毒物、医薬用外劇物、医薬用外毒物、濃硫酸、水酸化ナトリウム、苛性ソーダ、金属水銀、メタノール、フッ化水素酸、青酸カリ、パラコート",
        "毒物学、毒物語、中毒",
    ),
    _rule(
        "pesticides", Text("農薬", "Pesticides"), _PESTICIDE,
        "除草剤、農薬、殺菌剤農薬、殺虫剤農薬、ラウンドアップ、グリホサート",
        "無農薬、減農薬、農薬不使用、農薬フリー、農薬を使わ、残留農薬",
    ),
    _rule(
        "fireworks", Text("花火・火薬",
        "Fireworks"), _FIREWORK, "打ち上げ花火、打上花火、爆竹、ロケット花火、火薬類、黒色火薬",
    ),
    _rule(
        "tobacco", Text("たばこ・ニコチン", "Tobacco and nicotine"), _TOBACCO,
        "紙巻たばこ、加熱式たばこスティック、葉巻たばこ、手巻きたばこ、ニコチンリキッド、ニコチン入り、ニコチン塩、nicotine salt",
    ),
    _rule(
        "narcotics", Text("薬物の成分", "Narcotic components"), _NARCOTIC,
        "THCリキッド、HHCリキッド、HHCグミ、THCグミ、合法ハーブ、脱法ハーブ、大麻グミ、大麻リキッド、笑気ガス、シバガス、亜酸化窒素",
    ),
    _rule(
        "recalled", Text("リコール品だという出品", "Listings that say they are recalled"), _RECALLED,
        "リコール対象、リコール品、回収対象品、自主回収品、リコール該当",
    ),
)  # fmt: skip
"""By code: what a listing is looked at for.  Goods under a published recall are found by the room's recalls themselves."""

_LISTED_ASK = Text(
    "商品の製造者・輸入者の連絡先と、国内で安全に責任を負う方（届出事業者、国内管理人）がわかるものを送ってください。",
    "Please send who made or imported the goods, how they are reached, and who answers for safety in Japan (who filed, or the "
    "domestic administrator).",
)
SCREENING_LISTS = (
    ScreeningList(
        code="list-meti",
        title=Text("連絡の取れない事業者（経済産業省）", "Makers who do not answer (METI)"),
        reason=Text(
            "製品安全4法で、国が連絡を取れないメーカー・輸入業者として公表した名前と同じです。",
            "The name is one that the ministry published: it cannot reach this maker or importer.",
        ),
        ask=_LISTED_ASK,
        citation=UNANSWERED,
    ),
    ScreeningList(
        code="list-public",
        title=Text("そのほかの公表された名前", "Other names that were published"),
        reason=Text(
            "行政機関が公表した一覧の名前と同じです。同じ名前の別の人かもしれません。",
            "The name stands in a list that an authority published; it may be somebody else of the same name.",
        ),
        ask=_LISTED_ASK,
        citation=OWN_RULE,
    ),
    ScreeningList(
        code="list-own",
        title=Text("自社で集めた名前", "Names that we keep ourselves"),
        reason=Text(
            "自社で事故や回収のあったメーカーなどとして集めた名前と同じです。他社と共有する拒否の一覧には使いません。",
            "The name is one that we noted after accidents or recalls. It is no shared list of whom to refuse.",
        ),
        ask=_LISTED_ASK,
        citation=OWN_RULE,
    ),
)
"""By code: lists of names that are taken in with their day."""
