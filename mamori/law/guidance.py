"""Safe use after a purchase: kinds of goods with their guidance in our own words, and when buyers are told it.  Pure data.

No statute asks for these words, and none of them is copied from anywhere: each is a rule of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.businesstime import EveryHours
from mamori.grammar.citation import Citation
from mamori.grammar.declaration import CountedIn, Deadline, Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE


class GuidanceMoment(StrEnum):
    """When buyers are told."""

    DELIVERY = "delivery"
    SEASON = "season"
    NEWS = "news"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _MOMENTS[self]


_MOMENTS = {
    GuidanceMoment.DELIVERY: Text("届いたあと", "after delivery"),
    GuidanceMoment.SEASON: Text("季節のはじめ", "as its season begins"),
    GuidanceMoment.NEWS: Text("知らせたいことがあるとき", "upon news"),
}


class GoodsKind(StrEnum):
    """A kind of goods that has guidance; of goods that several fit, the first counts."""

    BATTERY = "battery"
    BICYCLE = "bicycle"
    TOY = "toy"
    LADDER = "ladder"
    SUPPLEMENT = "supplement"
    HUMIDIFIER = "humidifier"
    WARMER = "warmer"
    HEATER = "heater"
    STOVE = "stove"
    CLOTHES = "clothes"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return GUIDANCE[self].name


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """How goods of a kind are used safely: what to watch for, when to stop, whom to tell.

    `words` are looked for in the category of a listing and in its name.  In each of `months` its season begins.  What is no
    matter of safety a buyer may turn off.
    """

    name: Text
    words: tuple[str, ...]
    advice: Text
    months: frozenset[int] = frozenset()
    is_safety: bool = True
    citation: Citation = OWN_RULE


_TELL = Text(
    "けがや火のおそれがあるときは119番へ、ほかの異常はお店か相談窓口へお知らせください。",
    "Where somebody may be hurt or it may burn, call 119; tell the shop or our centre of anything else that is wrong.",
)


def _guidance(name: Text, words: str, ja: str, en: str, *months: int, tell: Text = _TELL) -> Guidance:
    advice, found = Text(f"{ja}{tell.ja}", f"{en} {tell.en}"), tuple(words.split())
    return Guidance(name=name, words=found, advice=advice, months=frozenset(months))


GUIDANCE: Mapping[GoodsKind, Guidance] = {
    GoodsKind.BATTERY: _guidance(
        Text("モバイルバッテリー・リチウムイオン電池", "Power banks and lithium-ion batteries"),
        "モバイルバッテリー リチウムイオン ポータブル電源",
        "落としたり、ぬらしたり、暑い車の中に置いたりしないでください。充電は、目の届くところで、燃えやすい物から離してしてください。"
        "ふくらみ、こげたにおい、ふだんより強い熱に気づいたら、充電をやめ、使わないでください。"
        "捨てるときは、住んでいる市区町村の決まりに従ってください。",
        "Do not drop it, let it get wet, or leave it in a hot car. Charge it where you can see it, away from what may burn. If "
        "it swells, smells burnt or gets hotter than usual, stop charging and using it. Throw it away as your town says.",
        7,
    ),
    GoodsKind.BICYCLE: _guidance(
        Text("自転車・電動アシスト自転車", "Bicycles, also with electric assistance"),
        "自転車 電動アシスト ロードバイク クロスバイク",
        "乗る前に、ブレーキ、タイヤの空気、ハンドルのがたつき、ライトを確かめ、ヘルメットをかぶってください。"
        "電動アシストの電池と充電器は、その自転車用のものだけを使ってください。"
        "ブレーキが効きにくい、異音がする、部品がゆるむときは、乗るのをやめて点検を受けてください。",
        "Before you ride, check brakes, tyres, handlebars and lights, and wear a helmet. Use only the battery and the charger "
        "made for that bicycle. If the brakes are weak, something rattles or a part is loose, stop riding and have it checked.",
        4,
    ),
    GoodsKind.TOY: _guidance(
        Text(
            "子ども用のおもちゃ（磁石・ボタン電池のあるもの）",
            "Toys, above all with magnets or button batteries",
        ),
        "おもちゃ 玩具 マグネットボール ボタン電池",
        "磁石やボタン電池は、飲み込むと体の中を傷つけます。遊ぶ前に、電池のふたが閉まり、部品が外れていないかを確かめてください。"
        "壊れたものは遊ぶのをやめ、子どもの手の届かないところへ移してください。"
        "飲み込んだかもしれないときは、元気に見えても、すぐに医療機関に相談してください。",
        "Magnets and button batteries hurt the body from within when swallowed. Before play, see that the battery lid is shut "
        "and no part has come off. Stop the play with what is broken, and put it out of reach. If a child may have swallowed "
        "something, ask a doctor at once, even if the child seems well.",
        12,
    ),
    GoodsKind.LADDER: _guidance(
        Text("はしご・脚立", "Ladders and stepladders"),
        "はしご 梯子 脚立 踏み台",
        "平らで固いところに置き、開き止めをかけてから上ってください。一番上に立ったり、身を乗り出したりせず、"
        "できればだれかに支えてもらってください。ぐらつき、曲がり、滑り止めの欠けがあれば、使うのをやめてください。",
        "Put it on flat, firm ground and lock it before you climb. Do not stand on the top or lean out; have somebody hold it if "
        "you can. If it wobbles, is bent, or lacks a foot, stop using it.",
        12,
    ),
    GoodsKind.SUPPLEMENT: _guidance(
        Text("健康食品・サプリメント", "Health foods and supplements"),
        "健康食品 サプリメント サプリ 青汁 プロテイン",
        "量と回数は、表示のとおりにしてください。薬を飲んでいる人、治療中の人、妊娠・授乳中の人、子どもは、先に医師か薬剤師に相談してください。"
        "発疹、腹痛、だるさなど、ふだんと違う様子があれば、とるのをやめ、商品を持って医療機関を受診してください。",
        "Keep to the amount on the label. If you take medicine, are under treatment, pregnant or nursing, or if it is for a "
        "child, ask a doctor or a pharmacist first. If you get a rash, a stomach ache, feel weary or otherwise unwell, stop "
        "taking it and see a doctor with the product.",
        tell=Text(
            "体調が悪くなったことは、お店か相談窓口にもお知らせください。",
            "Please tell the shop or our centre, too, if you felt unwell.",
        ),
    ),
    GoodsKind.HUMIDIFIER: _guidance(
        Text("加湿器", "Humidifiers"),
        "加湿器 加湿機",
        "水は毎日かえ、タンクと部品は説明書のとおりに洗ってください。ぬめりやにおいがあるうちは使わないでください。"
        "熱い蒸気や水の出るものは、子どもの手の届かないところに置いてください。"
        "使ったあとにせきや熱が続くときは、使うのをやめ、医療機関に相談してください。",
        "Change the water every day, and wash the tank and parts as the manual says. Do not use it while it is slimy or smells. "
        "Keep hot steam and water out of children's reach. If a cough or fever lasts after use, stop using it and ask a doctor.",
        11,
    ),
    GoodsKind.WARMER: _guidance(
        Text("湯たんぽ・カイロ・電気毛布", "Hot-water bottles, body warmers, electric blankets"),
        "湯たんぽ カイロ あんか 電気毛布",
        "熱く感じなくても、同じところに長く当てるとやけどをします。直接肌に当てず、寝る前に布団から出すか、電源を切ってください。"
        "赤くなる、ひりひりする、コードが熱い、中身がもれるときは、使うのをやめてください。",
        "Even what does not feel hot burns the skin when it stays on one place. Do not put it on bare skin; before you sleep "
        "take it out of the bed, or switch it off. If the skin reddens or stings, the cord gets hot or it leaks, stop using it.",
        12,
    ),
    GoodsKind.HEATER: _guidance(
        Text("電気ストーブ・ヒーター", "Electric heaters"),
        "電気ストーブ 電気ヒーター セラミックヒーター カーボンヒーター オイルヒーター パネルヒーター こたつ",
        "カーテン、布団、洗濯物の近くで使わず、寝るときと出かけるときは切ってください。延長コードやたこ足配線にはつながないでください。"
        "コードやプラグが熱い、こげたにおいがする、ついたり消えたりするときは、使うのをやめ、プラグを抜いてください。",
        "Keep it away from curtains, bedding and washing, and switch it off when you sleep or go out. Do not plug it into an "
        "extension lead. If the cord or plug gets hot, it smells burnt, or it goes on and off, stop using it and unplug it.",
        11,
    ),
    GoodsKind.STOVE: _guidance(
        Text("カセットこんろ・携帯用こんろ", "Portable gas stoves"),
        "カセットこんろ シングルバーナー",
        "閉めきった部屋、テント、車の中では使わないでください。ボンベを覆う大きな鍋や鉄板をのせず、二台を並べないでください。"
        "ガスのにおいや音がしたら、火をつけず、使うのをやめて風を通してください。ボンベは熱くなるところに置かないでください。",
        "Do not use it in a closed room, a tent or a car. Do not put a pan or a plate on it that covers the cartridge, and do "
        "not put two side by side. If you smell or hear gas, light nothing, stop using it and let air in. Keep cartridges cool.",
        7,
    ),
    GoodsKind.CLOTHES: Guidance(
        name=Text("衣類・革製品の手入れ", "Care of clothes and leather"),
        words=("アパレル", "ファッション", "洋服", "革靴", "レザージャケット"),
        advice=Text(
            "洗う前に、洗濯表示を確かめてください。濃い色のものは、はじめは分けて洗ってください。"
            "色移りや縮みに気づいたら、それ以上洗わず、そのままお店か相談窓口へお知らせください。",
            "Look at the care label before you wash it. Wash dark colours apart at first. If the colour runs or it shrinks, stop "
            "washing it and tell the shop or our centre.",
        ),
        is_safety=False,
    ),
}
UNLIKE = (
    "ケース",
    "カバー",
    "ポーチ",
    "収納",
    "シール",
    "フィルター",
    "スタンド",
    "ホルダー",
    "布団",
    "本・雑誌",
)
"""Words of what goes with goods of a kind and is none: nobody is told of the category or the name that has one."""
WHY_KEPT = Text(
    "けがや火を防ぐための案内なので、止められません。同じ種類の商品について、届いたあと・季節・知らせごとに一度だけ届きます。",
    "It is there to keep people from being hurt, and cannot be turned off. For goods of one kind it comes once after delivery, "
    "once a season, and once for each piece of news.",
)

GUIDANCE_MONTHS = 24
"""So many months back buyers of a kind are told by season and upon news."""
GUIDANCE_LOOK = Deadline(
    code="safety.guidance_look",
    title=Text(
        "届いた商品と季節の安全な使い方を知らせるまで（毎日、繰り返し）",
        "buyers are told how to use what was delivered, and what a season asks, every day",
    ),
    duration=EveryHours(24),
    citation=OWN_RULE,
)
GUIDANCE_DEADLINES = (GUIDANCE_LOOK,)
GUIDANCE_DAYS = Setting(
    code="safety.guidance_days",
    title=Text(
        "商品が届いた日から、安全な使い方を知らせるまで",
        "from the day of delivery until a buyer is told how to use the goods safely",
    ),
    default=3,
    citation=OWN_RULE,
    least=1,
    most=60,
    unit=CountedIn.DAYS,
)
