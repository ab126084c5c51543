"""Words by which a report is held for a danger whatever else it says: they only ever raise, never lower.  Pure data."""

from __future__ import annotations

DANGER_WORDS = (
    *("発火", "発煙", "出火", "火災", "火事", "引火", "着火した", "炎上", "燃えた", "燃えて", "燃え出", "焼け焦げ", "焦げた", "焦げて"),
    *("火が出", "火が付", "火がつ", "火を噴", "火をふ", "火花", "煙が", "けむりが", "煙を", "爆発", "破裂", "感電", "漏電"),
    *("やけど", "火傷", "怪我", "けがを", "けがし", "けが人", "負傷", "流血", "出血", "血が出", "骨折", "切り傷"),
    *("救急", "119番", "入院", "搬送", "病院", "意識を失", "意識がな", "呼吸困難", "息ができな", "中毒", "誤飲", "窒息", "アナフィラキシー"),
    *("体調が悪くな", "体調を崩", "嘔吐", "亡くな", "死亡"),
)
"""Looked for in any part of a text in Japanese, whatever width or kana it is written in."""
DANGER_WORDS_EN = (
    *("burn", "burns", "burnt", "burned", "scalded", "smoke", "smoking", "on fire", "caught fire", "catch fire", "sparks"),
    *("flames", "exploded", "explodes", "explosion", "burst", "electrocuted", "electric shock", "injury", "injured", "injuries"),
    *("was hurt", "got hurt", "hurt me", "hurt my", "hurt himself", "hurt herself", "bleeding", "ambulance", "hospital"),
    *("unconscious", "choked", "choking", "poisoned", "poisoning", "anaphylaxis", "fell ill", "got sick", "died"),
)
"""Looked for as whole words."""
DANGER_NOT_MEANT = (
    *("かけが", "救急箱", "救急セット", "火災報知", "火災保険", "火傷防止", "やけど防止", "煙草", "動物病院", "爆発的", "怪我の功名"),
)
"""What contains one of them and means no danger; nothing else in the text is passed over for it."""
