"""Letters and other papers set as accessible PDF with typst, which the extra `letters` brings; values are data, never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.post.legible import LEVELS, legible
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
LACKS = "could not be displayed with font"
"""So typst says that a font lacks a sign where the standard forbids that."""


class TypstMissing(Refusal, code="post.typst-missing", status=424):
    """Given when the extra for letters is not installed."""

    text = Text(
        "手紙を作る部品がありません。導入したときの `uv sync` に `--extra letters` を足して、もう一度実行してください。",
        "What sets letters is not installed. Run the `uv sync` that installed the program again, with `--extra letters` added.",
    )


class FontMissing(Refusal, code="post.font-missing", status=424):
    """Given when no font with Japanese letters is found."""

    text = Text(
        "日本語の書体が見つかりません。`apt install fonts-noto-cjk` で入れるか、"
        "書体のフォルダーを MAMORI_FONTS に指定してください。",
        "No font with Japanese letters is found. Install one with `apt install fonts-noto-cjk`, or name a folder of fonts in "
        "MAMORI_FONTS.",
    )


def pdf(sheet: LetterSheet, *, at: datetime) -> bytes:
    """Return the letter as PDF/UA-1: titled, tagged, its languages named, its font inside."""
    return typeset(SOURCE, {"letter": asdict(sheet)}, at=at, standards=("ua-1",))


def typeset(
    source: Path,
    values: Mapping[str, Any],
    *,
    at: datetime,
    standards: Sequence[str],
    files: Mapping[str, str] | None = None,
) -> bytes:
    """Return a PDF set by a template from JSON-ready values and whole files, each under its name in `sys.inputs`.

    A sign that the font lacks stands as a square; the files go in as they are.
    """
    typst = _typst()
    folder = settings.MAMORI_FONTS
    fixed = {"font": _font(folder), **(files or {})}
    for level in range(LEVELS):
        told = {name: json.dumps(legible(one, level), ensure_ascii=False) for name, one in values.items()}
        try:
            made: bytes = typst.compile(
                source.read_bytes(),
                sys_inputs=fixed | told,
                font_paths=[folder] if folder else [],
                pdf_standards=list(standards),
                timestamp=at.replace(microsecond=0),
            )
        except typst.TypstError as fault:
            if LACKS not in str(fault):
                raise
        else:
            return made
    raise FontMissing


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
