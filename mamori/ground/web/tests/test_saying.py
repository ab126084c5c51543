"""A long sentence on lines of its own is drawn as a short one is, or kept for what follows."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

LONG = """{% load house %}{% saying who=who as kept %}
「{who}」は、
まだです。
{% english %}
“{who}” is not
there yet.
{% endsaying %}"""


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "「&lt;b&gt;」は、まだです。"), ("en", "“&lt;b&gt;” is not there yet.")]
)
def test_what_is_said_is_drawn_at_once_or_where_it_is_named(language: str, said: str) -> None:
    with translation.override(language):
        drawn = Template(LONG.replace(" as kept", "")).render(Context({"who": "<b>"}))
        kept = Template(f"{LONG}[{{{{ kept }}}}]").render(Context({"who": "<b>"}))

    assert drawn == said
    assert kept == f"[{said}]"
