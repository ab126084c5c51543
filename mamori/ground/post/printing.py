"""Setting a letter as an accessible PDF with typst, which comes with the extra `letters`; values are data, never markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.post.letters import LetterSheet

SOURCE = Path(__file__).with_name("letter.typ")
FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "BIZ UDPGothic",
    "BIZ UDGothic",
    "IPAexGothic",
    "IPAGothic",
    "Noto Serif CJK JP",
)
"""Fonts that hold Japanese, the best first."""


class TypstMissing(Refusal):
    """Given when the extra for letters is not installed."""

    code = "post.typst-missing"
    status = 424
    text = Text(
        "手紙を作る部品がありません。導入したときの `uv sync` に `--extra letters` を足して、もう一度実行してください。",
        "What sets letters is not installed. Run the `uv sync` that installed the program again, with `--extra letters` added.",
    )


class FontMissing(Refusal):
    """Given when no font with Japanese letters is found."""

    code = "post.font-missing"
    status = 424
    text = Text(
        "日本語の書体が見つかりません。`apt install fonts-noto-cjk` で入れるか、"
        "書体のフォルダーを MAMORI_FONTS に指定してください。",
        "No font with Japanese letters is found. Install one with `apt install fonts-noto-cjk`, or name a folder of fonts in "
        "MAMORI_FONTS.",
    )


def pdf(sheet: LetterSheet, *, at: datetime) -> bytes:
    """Return the letter as PDF/UA-1: titled, tagged, its languages named, its font inside.

    :raises TypstMissing: when the extra is not installed.
    :raises FontMissing: when no font holds Japanese.
    """
    typst = _typst()
    folder = settings.MAMORI_FONTS
    font = _font(folder)
    made: bytes = typst.compile(
        SOURCE.read_bytes(),
        sys_inputs={"letter": json.dumps(asdict(sheet), ensure_ascii=False), "font": font},
        font_paths=[folder] if folder else [],
        pdf_standards=["ua-1"],
        timestamp=at.replace(microsecond=0),
    )
    return made


def _typst() -> Any:
    try:
        return import_module("typst")
    except ImportError:
        raise TypstMissing from None


@lru_cache(maxsize=4)
def _font(folder: str) -> str:
    known = set(_typst().Fonts(font_paths=[folder] if folder else []).families())
    for font in FONTS:
        if font in known:
            return font
    raise FontMissing
