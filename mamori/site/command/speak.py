"""The language of the terminal: chosen once, by --lang, MAMORI_LANG or the locale; Japanese otherwise."""

from __future__ import annotations

import os
import sys

from mamori.grammar.text import Lang, Text


def choose(argv: list[str], env: dict[str, str]) -> Lang:
    """Return the language that the command line or the environment asks for."""
    for index, word in enumerate(argv):
        if word.startswith("--lang"):
            wish = word.partition("=")[2] or (argv[index + 1] if index + 1 < len(argv) else "")
            return "en" if wish == "en" else "ja"
    wish = env.get("MAMORI_LANG") or env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "en" if wish.startswith("en") else "ja"


LANG: Lang = choose(sys.argv[1:], dict(os.environ))


def say(ja: str, en: str) -> str:
    """Return the wording in the terminal's language."""
    return Text(ja, en).in_(LANG)
