"""What a display says is given on request, and of which items it says so."""

from __future__ import annotations

import re

from mamori.grammar.regex import regex
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.labels import label
from mamori.rooms.display.rules.text.wordings import in_kanji

_ASKING = (
    r"(?:ご?請求|ご?要望|ご?依頼|リクエスト|お?申し?出|お?問い?合わ?せ|ご?連絡|お?求め|ご?希望|ご?要請)"
    r"(?:が|を|に|の|は|で|か|次第|いただ|頂|あ|ござ|より|よ|応じ|くだ|下|の際|受け|された|方|、|者|時|後|場合|内容"
    r"|メール|フォーム|て|から|れ|ば|り|っ|し|い|ます|さい|まし|たら|お客様|ページ|ける|け){1,14}"
)
_GIVING = (
    r"(?:開示|提供|提示|お知らせ|通知|お伝え|交付|ご?案内|公開|回答|(?:書面|メール|文書"
    r"|fax)[^。\n]{0,8}(?:お?送り|送付)|お答え|伝え)"
)
REQUEST = regex(
    rf"{_ASKING}[^。\n]{{0,30}}?{_GIVING}|(?:遅滞なく|速やかに)[^。\n]{{0,16}}?(?:開示|提供|提示|通知|交付|お知らせ"
    rf"|お伝え)|請求により[^。\n]{{0,16}}?{_GIVING}"
    r"|(?:available|disclosed?|provided?|given|furnished|supplied|shared|sent"
    r"|released)[^.\n]{0,60}?\b(?:up)?on (?:your |a |written )?(?:request|demand|inquiry)|(?:up)?on request"
    r"|(?:request|ask|inquire)[^.\n]{0,40}?(?:we will|will be)[^.\n]{0,24}?(?:disclose|provide|send|give)"
    r"|必要な(?:方|場合|かた)[^。\n]{0,6}(?:dm|ご?連絡|メール|問い?合わ)|please (?:contact|ask|e-?mail)|(?:開示"
    r"|公開)(?:請求|のご?請求)|(?:請求|要望|申し?出)(?:に|が)[^。\n]{0,8}?(?:開示|提供|提示)",
    re.I,
)
"""Words that offer to give something on request."""
_OF_OTHER = regex(r"領収|請求書|納品書|資料|カタログ|見積|個人情報|保有|サンプル|第三者|receipt|invoice|追跡")
_REST = regex(
    r"省略|(?:記載|表示|掲載|公開)(?:の|して)?(?:ない|いない|おりません|していない|しておりません)|その他の?(?:事項"
    r"|項目|情報)|(?:以外|ない|いない)の?、?.{0,24}?(?:事項|項目|情報)|一部(?:の)?(?:事項|項目|情報|を)|事業者情報"
    r"|販売者情報|販売業者(?:の|に関する)情報|運営者情報|seller (?:information|details)|other (?:items|information"
    r"|details)|omitted",
    re.I,
)
_PROMPT = regex(r"遅滞|速やか|すみやか|直ちに|ただちに|すぐ|without delay|promptly|immediately", re.I)
_LEFT_OUT = regex(
    r"(?:載せ|掲載|記載|表示|公開|お見せ|書い)[^。]{0,8}(?:ません|ない|おらず)|非公開|非表示|省略|控え"
)
_SENTENCE = regex(r"[。\n]|(?<=[a-z])\. ")
_RUN_ON = regex(r"(?<=ます)、|(?<=です)、|(?<=ました)、|(?<=ください)、")
_BY_MEANS = regex(r"(?:電子)?(?:メール|書面|お?電話|フォーム)(?:にて|で|より|から|または)")
_NAMES = regex(r"[、,，・/／とや及並又はの（）()「」\s]|および|ならびに|または|\band\b|\bor\b")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    parts = (
        part for one in _SENTENCE.split(text) for part in (_RUN_ON.split(one) if len(one) > 100 else (one,))
    )
    return [one.strip() for one in parts if one.strip()]


def is_request(words: str) -> bool:
    """Say whether words offer to give something on request."""
    return REQUEST.search(in_kanji(words)) is not None


def is_prompt(words: str) -> bool:
    """Say whether an offer says, as the law wants it, that it is without delay."""
    return _PROMPT.search(in_kanji(words)) is not None


def without_request(words: str) -> str:
    """Return what words say besides that something is given on request."""
    kept = [one for one in sentences(words) if not is_request(one)]
    return "\n".join(kept)


def asked_for(text: str) -> tuple[frozenset[DisplayItem], bool]:
    """Return what sentences say is given on request, and whether all that is left out is."""
    found: set[DisplayItem] = set()
    is_rest = False
    before = ""
    for sentence in sentences(text.replace("\n", "")):
        if is_request(sentence) and is_prompt(sentence) and not _OF_OTHER.search(sentence):
            named = _named(sentence) or (_named(before) if _LEFT_OUT.search(before) else frozenset())
            found |= named
            is_rest = is_rest or _REST.search(sentence) is not None
        before = sentence
    return frozenset(found), is_rest


def _named(sentence: str) -> frozenset[DisplayItem]:
    """Return the items of which a sentence speaks."""
    parts = (label(part) for part in _NAMES.split(_BY_MEANS.sub("", in_kanji(sentence))))
    return frozenset(
        item for one in parts if one.left <= 6 for item in one.items if isinstance(item, DisplayItem)
    )
