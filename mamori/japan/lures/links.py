"""Mail addresses and links, with their signs and dots spelled out, spaced out or put in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mamori.grammar.regex import regex
from mamori.japan.lures.reading import Reading, rule

_TLD = (
    "com|net|org|info|biz|jp|co|me|cc|io|ai|tv|ly|gl|gg|gd|ee|to|be|app|dev|link|page|site|online|shop"
    "|store|club|xyz|top|vip|live|work|"
    "blog|fun|icu|bio|cn|kr|tw|hk|us|uk|de|fr|eu|ru|in|id|example|test|invalid"
)
_DOT = r"(?: ?(?:\.|。|・|ドット|どっと|[(\[<{] ?(?:dot|ドット|\.|点) ?[)\]>}]| dot |てん|点) ?)"
_ENDING = rf"(?:{_TLD}|コム|ネット|ジェーピー|ジェイピー)(?![a-z0-9-]|\.[a-z0-9])"
_HOST = rf"[a-z0-9][a-z0-9-]{{0,40}}(?:{_DOT}[a-z0-9][a-z0-9-]{{0,40}}){{0,3}}{_DOT}{_ENDING}"
_PROVIDER = (
    r"(?:gmail|g ?メール|ジーメール|googleメール|yahoo(?:メール)?|ヤフーメール|ヤフメ|hotmail"
    r"|ホットメール|outlook|アウトルック"
    r"|icloud(?:メール)?|アイクラウド|docomo|ドコモ(?:メール)?|ezweb|softbank|ソフトバンクメール"
    r"|プロトン(?:メール)?|proton)"
)
_AT = rule(
    r" ?(?:@|[(\[<{【〔「] ?(?:@|at|アット(?:マーク)?|あっと) ?[)\]>}】〕」]|アットマーク|アット| at |☆"
    r"|★|●|◎|■|#|[^\w\s!-~、。・「」『』()-]|\(a\)|&) ?"
)
_COMMA = r"[a-z0-9][a-z0-9-]{0,40}(?:[.,][a-z0-9-]{1,40}){0,2},(?:com|jp|net)(?![a-z0-9])"
_MAIL = rule(rf"(?P<at>{_AT.pattern})(?P<host>{_HOST}|(?<=@){_COMMA}|{_PROVIDER})")
_SIGN = rule("[@ア]")
_LOCAL = regex(r"[a-z0-9](?:[a-z0-9._%+-]{0,63}[a-z0-9_-])?$")
_SPACED = regex(r"(?:(?<![a-z0-9])[a-z0-9._-] ){2,30}[a-z0-9]$")
_PROVIDED = rule(rf"(?<![a-z0-9.]){_PROVIDER}(?![a-z])")
_NAME = r"[a-z0-9][a-z0-9._-]{3,30}"
_JOINT = r"[^\w\n]{0,3}(?:の|は|で|に|を|が|です|あと|後ろ|あとは|つけて|続けて){0,3}[^\w\n]{0,3}@?"
_BEFORE = rule(rf"(?<![a-z0-9@._-])(?P<local>{_NAME}){_JOINT}$")
_AFTER = rule(rf"(?:アドレス|アカウント|の|は|で|、|が){{0,2}}[^\w\n]{{0,3}}(?P<local>{_NAME})(?![a-z0-9@])")

_SCHEME = r"h ?[tx*] ?[tx*] ?p ?s?[ :;]*/ ?/ ?"
_PATH = r"(?:[:/?#][!-~]{0,300})?"
_LINK = rule(
    rf"(?:{_SCHEME}[!-~]{{3,300}}|(?<![a-z0-9@_-])(?<![a-z0-9]\.)(?:www{_DOT})?{_HOST}(?! ?@){_PATH})"
)
_SAID = rule(  # a link or an address read aloud
    r"(?:店名|ショップ名|屋号|当店の名前)で(?:検索|ググ)|ググ(?:って|れば|ると)"
    r"|qrコードから[^。\n]{0,16}(?:行け|飛べ|買え|開)"
    r"|エイチ ?ティー ?ティー ?ピー|コロン ?スラッシュ|ダブリュー ?ダブリュー"
    r"|(?<![\w])[\w-]{2,20} ?ドット ?(?:コム|ジェーピー|ジェイピー|ネット|シーオー)|ドットコム(?:の|で"
    r"|に|を)"
)
_SAID_MAIL = rule(r"[\w.-]{1,30} ?アット(?:マーク)? ?[\w-]{1,30}(?: ?(?:ドット|\.) ?[\w-]{1,20}){1,3}")
CHAT = regex(
    r"(?:[^/?#]+\.)?(?:line\.me|lin\.ee|(?:[tm]|wa|ig|telegram)\.me|instagram\.com|discord\.(?:gg|com)|open\.kakao\.com"
    r"|u\.wechat\.com)/"
)
"""A link that invites to a chat service rather than to a page."""
_COLUMN = regex(r"(?:[!-~]{1,14}\n){2,}[!-~]{1,14}")
_DOTS = rule(r" ?(?:[(\[<{] ?)?(?:ドット|dot|てん|点|。|・|,|\.)(?: ?[)\]>}])? ?")
_ENDINGS = ((rule("コム"), "com"), (rule("ネット"), "net"), (rule("ジェ[ーイ]ピー"), "jp"))
_ALOUD = rule("アット|ドット|スラッシュ|ダブリュ|ティーピー|ググ|検索|qr")
_TRAIL = ".,;:!?)]}>'\"-"
_INNOCENT = regex(  # authorities and carriers; names of well-known places, spoken of rather than linked to
    r"(?:[^/?#]+\.)?(?:go|lg|japanpost|(?:kuronekoyamato|sagawa-exp|fukutsu|seino|ecohai|nittsu)\.co)\.jp(?:/.*)?"
    r"|(?:amazon|google|yahoo|rakuten)\.co\.jp|(?:docomo|ezweb|softbank)\.ne\.jp|(?:outlook|i\.softbank)\.jp"
    r"|(?:amazon|google|booking|(?:jp\.)?mercari|youtube|gmail|icloud|hotmail|outlook|au)\.com"
)
_SPACED_OUT = regex(r"(?<![a-z0-9])(?:[a-z0-9@.:/_-] ){6,}[a-z0-9]")


def mails(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each mail address: its stretch of the plain text and its normal form (`name@host`)."""
    plain = reading.plain
    yield from _addresses(plain)
    for start, end, text in _parted(plain):
        for _, _, value in _addresses(text):
            yield start, end, value
    if _ALOUD.search(plain):
        for found in _SAID_MAIL.finditer(plain):
            yield found.start(), found.end(), ""
    for found in _PROVIDED.finditer(plain):
        begin = max(found.start() - 48, 0)
        before, after = _BEFORE.search(plain[begin : found.start()]), _AFTER.match(plain, found.end())
        if before and _is_name(before["local"]):
            yield begin + before.start(), found.end(), before["local"] + "@"
        elif after and _is_name(after["local"]):
            yield found.start(), after.end(), after["local"] + "@"


def _parted(plain: str) -> Iterator[tuple[int, int, str]]:
    """Yield each stretch whose letters are parted by blanks, or stand in a column, with the text that they make."""
    for found in _SPACED_OUT.finditer(plain):
        yield found.start(), found.end(), found[0][::2]
    for found in _COLUMN.finditer(plain):
        yield found.start(), found.end(), found[0].replace("\n", "")


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each address whose two halves are joined by a sign, however that is said."""
    for found in _MAIL.finditer(text):
        head = text[max(found.start() - 70, 0) : found.start()]
        local, spaced, host = _LOCAL.search(head), _SPACED.search(head), _host(found["host"])
        if local is None or ("." not in host and not _SIGN.search(found["at"])):
            continue
        name = spaced[0] if spaced and len(local[0]) == 1 else local[0]
        yield found.start() - len(name), found.end(), f"{name.replace(' ', '')}@{host}"


def _is_name(local: str) -> bool:
    """Say whether a word that stands beside a provider's name can be somebody's name there."""
    return any(char.isdigit() or char in "._-" for char in local.strip(".-_")) and not local.isdigit()


def _host(said: str) -> str:
    """Return a host as a machine would write it."""
    host = _DOTS.sub(".", said)
    for spelled, ending in _ENDINGS:
        host = spelled.sub(ending, host)
    return host.replace(" ", "")


def links(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each link: its stretch of the plain text and its normal form (`host/path`)."""
    plain = reading.plain
    for start, end, text in _parted(plain):
        for inner in _LINK.finditer(text if "@" not in text else ""):
            yield start, end, link(inner[0])
    if _ALOUD.search(plain):
        for found in _SAID.finditer(plain):
            yield found.start(), found.end(), ""
    for found in _LINK.finditer(plain):
        shown = found[0].rstrip(_TRAIL)
        is_of_mail = plain[max(found.start() - 2, 0) : found.start()].strip()[-1:] in {"@", "★", "☆"}
        if not is_of_mail and not _INNOCENT.fullmatch(link(shown)):
            yield found.start(), found.start() + len(shown), link(shown)


def link(shown: str) -> str:
    """Return a link without scheme, `www.` and end marks: `host/path`."""
    bare = re.sub(rf"^(?:{_SCHEME})", "", shown)
    host, mark, path = re.match(r"([^/?#]*)([/?#]?)(.*)", bare, re.S).groups()  # type: ignore[union-attr]
    host = _host(host).removeprefix("www.").split("@")[-1].split(":")[0].strip(".")
    return f"{host}{mark}{path}".rstrip("/")


def host(value: str) -> str:
    """Return the host of a link or of a mail address."""
    return re.split("[/?#]", value, maxsplit=1)[0].rpartition("@")[2]


def is_under(host: str, hosts: tuple[str, ...]) -> bool:
    """Say whether a host is one of these or lies below one."""
    return any(host == one or host.endswith("." + one) for one in hosts)
