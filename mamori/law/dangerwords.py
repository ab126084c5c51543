"""Words by which a report is held for a danger whatever else it says: they only ever raise, never lower.  Pure data."""

from __future__ import annotations

_JA = (
    "発火 発煙 出火 火災 火事 引火 着火した 炎上 燃え 焦げ こげた こげて こげま こげ臭 こげくさ 炎が 火が出 "
    "火が付 火がつ 火が上が 火があが 火を噴 火をふ 火を吹 火花 煙 けむり 爆発 破裂 感電 漏電 やけど 火傷 怪我 "
    "けがを けがし けが人 けがす けがさ けがが けがは けがも けがの けがに けがです をけが にけが てけが "
    "大けが 子がけが どもがけが 供がけが 族がけが 人がけが 負傷 流血 出血 血が出 血が止ま 血がとま 骨折 "
    "切り傷 手を切 指を切 救急 119番 入院 搬送 病院 意識を失 意識がな 呼吸困難 息ができな 中毒 誤飲 窒息 "
    "アナフィラキシー 体調が悪くな 体調を崩 嘔吐 亡くな 死亡"
)
DANGER_WORDS = tuple(_JA.split())
"""Looked for in any part of a text in Japanese, whatever width or kana it is written in."""
_EN = (
    "burn, burns, burnt, burned, burning, scalded, smoke, smoking, fire, spark, sparks, sparked, sparking, "
    "flames, exploded, explodes, explosion, burst, electrocuted, electric shock, shocked me, shocked my, "
    "shocked him, shocked her, got shocked, injury, injured, injuries, was hurt, got hurt, hurt me, hurt my, "
    "hurt himself, hurt herself, bleeding, ambulance, hospital, hospitalised, hospitalized, unconscious, "
    "choked, choking, poisoned, poisoning, anaphylaxis, fell ill, got sick, died"
)
DANGER_WORDS_EN = tuple(_EN.split(", "))
"""Looked for as whole words."""
_BUT = (
    "きっかけが, 切っ掛けが, 見かけが, みかけが, 仕掛けが, しかけが, だけが, わけが, 届けが, 付けが, "
    "燃えるゴミ, 燃えないゴミ, 燃え尽き症候群, 燃えにく, 焦げ茶, こげ茶, 焦げ付き防止, 焦げつき防止, 焦げ付きにく, "
    "焦げつきにく, 焦げにく, 救急箱, 救急セット, 火災報知, 火災保険, 火傷防止, やけど防止, 煙草, 禁煙, 喫煙, "
    "分煙, 無煙, 煙突, 煙探知, 煙感知, 動物病院, 爆発的, 怪我の功名, けがの功名, fire tv, fire hd, fire stick, "
    "fire tablet, fire alarm, fire alarms, fire extinguisher, fire engine, fire truck, spark plug, "
    "spark plugs"
)
DANGER_NOT_MEANT = tuple(_BUT.split(", "))
"""What contains one of them and means no danger; nothing else in the text is passed over for it."""
