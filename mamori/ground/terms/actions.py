"""Writes of `terms`: set a value, close for some days, accept a clause, change the terms and tell of it."""

from __future__ import annotations

from mamori.ground.terms.changing import (
    ABOUT,
    LONGEST,
    LONGEST_TITLE,
    AcceptingNotYours,
    BindsTooEarly,
    ChangingNotYours,
    NoSuchClause,
    ShortNoticeUnfounded,
    VersionNotNewer,
    VersionNotOffered,
    WordingUnfit,
    Words,
    accept,
    agree,
    catch_up,
    change_agreed,
    propose_change,
    tell,
)
from mamori.ground.terms.choosing import (
    MAY_SET,
    ClosingDaysUnreadable,
    DeadlineNotStricter,
    SettingNotAmong,
    SettingNotYours,
    SettingOutOfBounds,
    close,
    set,  # noqa: A004  the verb that people use
)

__all__ = [
    "ABOUT",
    "LONGEST",
    "LONGEST_TITLE",
    "MAY_SET",
    "AcceptingNotYours",
    "BindsTooEarly",
    "ChangingNotYours",
    "ClosingDaysUnreadable",
    "DeadlineNotStricter",
    "NoSuchClause",
    "SettingNotAmong",
    "SettingNotYours",
    "SettingOutOfBounds",
    "ShortNoticeUnfounded",
    "VersionNotNewer",
    "VersionNotOffered",
    "WordingUnfit",
    "Words",
    "accept",
    "agree",
    "catch_up",
    "change_agreed",
    "close",
    "propose_change",
    "set",
    "tell",
]
