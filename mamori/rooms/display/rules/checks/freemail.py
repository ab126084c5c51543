"""Hosts where anybody has a mail address for nothing, or with a telephone contract: none of them is a shop's own."""

from __future__ import annotations

HOSTS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.co.jp",
        "yahoo.com",
        "ymail.ne.jp",
        "ybb.ne.jp",
        "outlook.com",
        "outlook.jp",
        "hotmail.com",
        "hotmail.co.jp",
        "live.jp",
        "live.com",
        "msn.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "aol.jp",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "zoho.com",
        "mail.com",
        "yandex.com",
        "excite.co.jp",
        "infoseek.jp",
        "goo.jp",
        "goo.ne.jp",
        "nifmail.jp",
        "mail.goo.ne.jp",
        "qq.com",
        "163.com",
        "126.com",
        "naver.com",
        "daum.net",
        "docomo.ne.jp",
        "ezweb.ne.jp",
        "au.com",
        "softbank.ne.jp",
        "i.softbank.jp",
        "vodafone.ne.jp",
        "ymobile.ne.jp",
        "y-mobile.ne.jp",
        "disney.ne.jp",
        "willcom.com",
        "pdx.ne.jp",
        "emobile.ne.jp",
        "uqmobile.jp",
        "rakumail.jp",
    ]
)


def is_free(mail: str) -> bool:
    """Say whether a mail address is at one of these hosts or below one."""
    host = mail.rpartition("@")[2].casefold()
    return any(host == one or host.endswith("." + one) for one in HOSTS)
