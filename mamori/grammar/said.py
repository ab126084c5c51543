"""How sums and days are said in a sentence."""

from __future__ import annotations

from datetime import date

from mamori.grammar.text import Text


def yen(amount: int) -> Text:
    """Say an amount as an account has it: 12,000円, 12,000 yen."""
    return Text(f"{amount:,}円", f"{amount:,} yen")


def yen_words(amount: int) -> Text:
    """Say a sum as a sentence has it: 10,000 yen are 1万円, 15,000 yen 15,000円."""
    whole, rest = divmod(amount, 10_000)
    return yen(amount) if rest or not whole else Text(f"{whole:,}万円", f"{amount:,} yen")


def day_words(day: date) -> Text:
    """Say a day without its weekday: 2022年5月1日, 1 May 2022."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}")
