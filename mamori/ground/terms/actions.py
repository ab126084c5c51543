"""Writes of `terms`: set a value, close for some days, accept a clause, change the terms and tell of it."""

from __future__ import annotations

from mamori.ground.terms.changing import (
    ABOUT as ABOUT,
    LONGEST as LONGEST,
    LONGEST_TITLE as LONGEST_TITLE,
    AcceptingNotYours as AcceptingNotYours,
    BindsTooEarly as BindsTooEarly,
    ChangingNotYours as ChangingNotYours,
    NoSuchClause as NoSuchClause,
    ShortNoticeUnfounded as ShortNoticeUnfounded,
    VersionNotNewer as VersionNotNewer,
    VersionNotOffered as VersionNotOffered,
    WordingUnfit as WordingUnfit,
    Words as Words,
    accept as accept,
    agree as agree,
    catch_up as catch_up,
    change_agreed as change_agreed,
    notify_change as notify_change,
    propose_change as propose_change,
)
from mamori.ground.terms.choosing import (
    CLOSING as CLOSING,
    MAY_SET as MAY_SET,
    ClosingDaysUnreadable as ClosingDaysUnreadable,
    DeadlineNotStricter as DeadlineNotStricter,
    SettingChangedMeanwhile as SettingChangedMeanwhile,
    SettingNotAmong as SettingNotAmong,
    SettingNotYours as SettingNotYours,
    SettingOutOfBounds as SettingOutOfBounds,
    close as close,
    set as set,  # noqa: A004
)
