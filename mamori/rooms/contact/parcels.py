"""Numbers of parcels, as people read them off a label."""

from __future__ import annotations

import re

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.written import spelt_out

MOST = 64


class NoParcelNumber(Refusal, code="no-parcel-number", status=422):
    """Given when a tracking number is none."""

    text = Text(
        "追跡番号は英数字とハイフンで{most}文字までです。送り状の番号をそのままご記入ください。",
        "A tracking number has letters, digits and hyphens, at most {most}. Please write it as it is on the label.",
    )


def parcel(number: str) -> str:
    """Return a tracking number as it will be kept: full-width letters and digits become plain ones."""
    plain = spelt_out(number).replace(" ", "").strip()
    if len(plain) > MOST or not re.fullmatch(r"[0-9A-Za-z-]*", plain):
        raise NoParcelNumber(most=MOST)
    return plain
