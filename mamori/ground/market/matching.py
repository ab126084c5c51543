"""A list of goods held against all listings in one pass: candidates with a reason each, and what was not found by name."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import parse_qsl, unquote, urlsplit

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.market.lines import ListingState
from mamori.ground.market.listrows import ListRow
from mamori.ground.market.models import Listing
from mamori.ground.market.sellerlines import shown_number
from mamori.japan.folding import folded, words
from mamori.japan.identifiers.numbers import is_gtin

MOST = 10
"""So many candidates are named for a row, with how many more there are."""
TOO_MANY = 50
"""Words that more listings than these hold say nothing specific."""
AT_ONCE = 2_000
ALIKE, NEARLY = 0.8, 0.5
"""Which part of the pairs of letters of a row's words a listing must hold; the second where the brand is the same."""


class FoundBy(StrEnum):
    """Why a listing may be meant, the surest first."""

    URL = "url"
    NUMBER = "number"
    GTIN = "gtin"
    BRAND_MODEL = "brand_model"
    MODEL = "model"
    WORDS = "words"
    OTHER_GTIN = "other_gtin"
    OTHER_BRAND = "other_brand"
    OTHER_MODEL = "other_model"
    OTHER_WORDS = "other_words"

    @property
    def text(self) -> Text:
        """Return the reason as it is read beside the candidate."""
        return _WHY[self]

    @property
    def is_near(self) -> bool:
        """Say whether something differs, so that it is a near miss."""
        return self in _NEAR


_WHY = {
    FoundBy.URL: Text("商品ページのアドレスが同じ", "the address of its page is the same"),
    FoundBy.NUMBER: Text("商品番号が同じ", "its number is the same"),
    FoundBy.GTIN: Text("JANコード(GTIN)が同じ", "the GTIN (JAN) is the same"),
    FoundBy.BRAND_MODEL: Text("ブランドと型番が同じ", "brand and model are the same"),
    FoundBy.MODEL: Text(
        "型番が同じ(ブランドは確かめられない)", "the model is the same; the brand cannot be told"
    ),
    FoundBy.WORDS: Text("名前や特徴の語が同じ", "the words are the same"),
    FoundBy.OTHER_GTIN: Text("JANコード(GTIN)が1か所違う", "the GTIN (JAN) differs in one place"),
    FoundBy.OTHER_BRAND: Text("型番は同じで、ブランドが違う", "the model is the same, the brand another"),
    FoundBy.OTHER_MODEL: Text("型番がわずかに違う", "the model differs slightly"),
    FoundBy.OTHER_WORDS: Text("語が似ている", "the words are alike"),
}
_ORDER = {why: order for order, why in enumerate(FoundBy)}
_NEAR = frozenset({FoundBy.OTHER_GTIN, FoundBy.OTHER_BRAND, FoundBy.OTHER_MODEL, FoundBy.OTHER_WORDS})


class Unfound(StrEnum):
    """Why a row has no listing on offer."""

    NONE = "none"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
    VAGUE = "vague"

    @property
    def text(self) -> Text:
        """Return the reason as the sender reads it."""
        return _NOT_FOUND[self]


_NOT_FOUND = {
    Unfound.NONE: Text("当てはまる出品はありません", "No listing fits"),
    Unfound.ELSEWHERE: Text(
        "当方のアドレスではありません(別の通販サイトです)",
        "The address is none of ours: it is another marketplace's",
    ),
    Unfound.GONE: Text("出品は終わっています", "The listing is no longer on offer"),
    Unfound.VAGUE: Text(
        "どの商品か絞れません。アドレス、商品番号、JANコード、型番のどれかが必要です",
        "This does not tell which goods are meant: an address, a number, a GTIN or a model is needed",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A listing that may be meant, as it stands, and why."""

    ref: str
    seller_ref: str
    name: str
    url: str
    state: ListingState
    why: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMatch:
    """What was found for a row; `more` fit beside those that are named.  `missing` is None where one is on offer or hidden."""

    row: ListRow
    candidates: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    more: int
    missing: Unfound | None


def match(
    rows: Sequence[ListRow],
    *,
    hosts: Collection[str] = (),
    among: Collection[str] | None = None,
    most: int = MOST,
) -> tuple[RowMatch, ...]:
    """Hold each row against all listings, or those `among` alone, which are read once however many rows there are.

    `hosts` are the marketplace's own beside those of its listings' addresses.
    """
    wanted = _Wanted(rows, most)
    wanted.hosts |= {_host(host) for host in hosts}
    listings = Listing.objects.all() if among is None else Listing.objects.filter(pk__in=among)
    for values in listings.values_list(*_Told._fields).iterator(chunk_size=AT_ONCE):
        wanted.look(_Told(*values))
    return tuple(wanted.answers())


class _Told(NamedTuple):
    ref: str
    seller: str
    name: str
    url: str
    brand: str
    model: str
    code: str
    gtin: str
    category: str
    state: str


type _Ranked = tuple[int, bool, float, str, Candidate]


@dataclass(slots=True)
class _Sought:
    """A row as it is compared, and what was found for it so far."""

    row: ListRow
    hosts: frozenset[str]
    brands: frozenset[str]
    models: frozenset[str]
    pairs: frozenset[str]
    is_specific: bool
    best: list[_Ranked] = field(default_factory=list)
    by_path: list[tuple[frozenset[str], _Ranked]] = field(default_factory=list)
    many: Counter[FoundBy] = field(default_factory=Counter)

    def is_of(self, brands: frozenset[str], text: str) -> bool:
        """Say whether the brand is the same, as told or within the name."""
        return bool(self.brands & brands) or any(len(one) > 2 and one in text for one in self.brands)

    def add(self, ranked: _Ranked, most: int) -> None:
        self.many[ranked[-1].why] += 1
        insort(self.best, ranked, key=lambda one: one[:4])
        del self.best[most:]

    def answer(self, hosts: set[str], most: int) -> RowMatch:
        for theirs, ranked in self.by_path:
            if (not hosts or theirs & hosts) and all(one[3] != ranked[3] for one in self.best):
                self.add(ranked, most)
        sure = sum(many for why, many in self.many.items() if not why.is_near)
        found = tuple(one[-1] for one in self.best)
        candidates = tuple(one for one in found if not one.why.is_near)
        by_words = self.many[FoundBy.WORDS] + self.many[FoundBy.OTHER_WORDS]
        missing: Unfound | None = None
        if not self.is_specific and (not self.pairs or by_words > TOO_MANY):
            missing, found, candidates = Unfound.VAGUE, (), ()
        elif not sure:
            is_elsewhere = bool(self.hosts and hosts) and not self.hosts & hosts
            missing = Unfound.ELSEWHERE if is_elsewhere else Unfound.NONE
        elif all(one.state == ListingState.GONE for one in candidates) and sure == len(candidates):
            missing = Unfound.GONE
        return RowMatch(
            row=self.row,
            candidates=candidates,
            near=tuple(one for one in found if one.why.is_near),
            more=self.many.total() - len(found),
            missing=missing,
        )


class _Wanted:
    """What all rows name, each key with the rows that name it, so that a listing is looked at once for all."""

    def __init__(self, rows: Sequence[ListRow], most: int) -> None:
        self.most, self.hosts = most, set[str]()
        self.urls, self.numbers, self.paths, self.gtins, self.near_gtins, self.models, self.near_models = (
            defaultdict[str, list[int]](list) for _ in range(7)
        )
        self.sought = [self._sought(at, row) for at, row in enumerate(rows)]
        spread = Counter(pair for one in self.sought for pair in one.pairs)
        self.anchors = defaultdict[str, list[int]](list)
        for at, one in enumerate(
            self.sought
        ):  # who holds half of the pairs holds one of the rarer half and one more
            for pair in sorted(one.pairs, key=lambda pair: (spread[pair], pair))[: len(one.pairs) // 2 + 1]:
                self.anchors[pair].append(at)
        self._apart: dict[str, tuple[int, ...]] = {}

    def _sought(self, at: int, row: ListRow) -> _Sought:
        addresses = [one for url in row.urls if (one := _address(url))]
        models = frozenset(filter(None, map(_key, row.models)))
        brands = frozenset(filter(None, map(_key, row.brands)))
        plain = [model for model in row.models if not _key(model).isascii()]
        pairs = (
            _row_pairs(" ".join([row.words, *plain]))
            if not _ALL.search(normalize("NFKC", row.words))
            else frozenset()
        )
        gtins = {one.zfill(14) for one in row.gtins}
        for address in addresses:
            for key in address.spellings():
                self.urls[key].append(at)
            for part in address.parts():
                self.paths[_number(part)].append(at)
        for number in row.numbers:
            self.numbers[_number(number)].append(at)
        for gtin in gtins:
            self.gtins[gtin].append(at)
            for near in _near_gtins(gtin):
                self.near_gtins[near].append(at)
        for model in models:
            self.models[model].append(at)
            for near in _near_keys(model):
                self.near_models[near].append(at)
        strong = any(not _is_weak(model) for model in models) or bool(models and brands)
        return _Sought(
            row=row,
            hosts=frozenset(one.host for one in addresses),
            brands=brands,
            models=models,
            pairs=pairs,
            is_specific=bool(addresses or row.numbers or gtins or strong),
        )

    def look(self, one: _Told) -> None:
        """Find the rows that may mean a listing."""
        found: dict[int, tuple[FoundBy, float]] = {}
        if self.models or self.anchors:
            self._by_words(one, found)
        if one.gtin and self.gtins:
            gtin = one.gtin.zfill(14)
            _put(found, self.near_gtins.get(gtin, ()), FoundBy.OTHER_GTIN)
            _put(found, self.near_gtins.get(gtin[1:13], ()), FoundBy.OTHER_GTIN)
            _put(found, self.gtins.get(gtin, ()), FoundBy.GTIN)
        if self.numbers or self.paths:
            number = _number(one.ref)
            _put(found, self.numbers.get(number, ()), FoundBy.NUMBER)
            for at in self.paths.get(number, ()):
                sought = self.sought[at]
                sought.by_path.append((sought.hosts, _ranked(one, FoundBy.URL, 1.0)))
        if one.url and (self.urls or self.paths) and (address := _address(one.url)):
            self.hosts.add(address.host)
            _put(found, self.urls.get(address.key(), ()), FoundBy.URL)
        for at, (why, share) in found.items():
            self.sought[at].add(_ranked(one, why, share), self.most)

    def _by_words(self, one: _Told, found: dict[int, tuple[FoundBy, float]]) -> None:
        name = folded(one.name)
        flat = _MARKS.sub("", name)
        brand, brands = _brands(one.brand)
        own = frozenset(filter(None, (_key(one.model), _key(one.code))))
        if self.anchors:
            pairs = (
                _pairs(flat) | _flat_pairs(brand) | _flat_pairs(_key(one.category)) | _pairs(_key(one.model))
            )
            for at in {at for pair in self.anchors.keys() & pairs for at in self.anchors[pair]}:
                sought = self.sought[at]
                share = len(sought.pairs & pairs) / len(sought.pairs)
                why = (
                    _alike(sought, share, brands, flat, has_model=bool(one.model))
                    if share >= NEARLY
                    else None
                )
                if why:
                    _put(found, (at,), why, share)
        if not self.models:
            return
        runs, codes = _codes(name)
        for key in own | set(runs):
            for at in self._near(key):
                sought = self.sought[at]
                if not sought.brands or not brands or sought.is_of(brands, flat):
                    _put(found, (at,), FoundBy.OTHER_MODEL)
        for key in own | codes:
            for at in self.models.get(key, ()):
                sought = self.sought[at]
                if sought.is_of(brands, flat):
                    _put(found, (at,), FoundBy.BRAND_MODEL)
                elif not _is_weak(key):
                    is_other = bool(sought.brands and brands)
                    _put(found, (at,), FoundBy.OTHER_BRAND if is_other else FoundBy.MODEL)

    def _near(self, key: str) -> tuple[int, ...]:
        if key not in self._apart:
            rows = {at for near in _near_keys(key) for at in self.near_models.get(near, ())}
            if len(self._apart) > 100_000:
                self._apart.clear()
            self._apart[key] = tuple(
                at for at in rows if any(_is_near(key, model) for model in self.sought[at].models)
            )
        return self._apart[key]

    def answers(self) -> Iterator[RowMatch]:
        """Yield what was found, row by row."""
        for sought in self.sought:
            yield sought.answer(self.hosts, self.most)


def _put(
    found: dict[int, tuple[FoundBy, float]], rows: Iterable[int], why: FoundBy, share: float = 1.0
) -> None:
    for at in rows:
        if at not in found or _ORDER[why] < _ORDER[found[at][0]]:
            found[at] = why, share


def _ranked(one: _Told, why: FoundBy, share: float) -> _Ranked:
    state = ListingState(one.state)
    candidate = Candidate(
        ref=one.ref, seller_ref=one.seller, name=one.name, url=one.url, state=state, why=why
    )
    return _ORDER[why], state == ListingState.GONE, -share, one.ref, candidate


def _alike(
    sought: _Sought, share: float, brands: frozenset[str], text: str, *, has_model: bool
) -> FoundBy | None:
    """Say how a listing is meant whose words hold this share of the row's; one of another model or brand is not."""
    is_same = sought.is_of(brands, text)
    if (sought.models and has_model) or (sought.brands and brands and not is_same):
        return None
    if share >= ALIKE and not sought.models and (is_same or not sought.brands):
        return FoundBy.WORDS
    return FoundBy.OTHER_WORDS if share >= ALIKE or is_same else None


# Keys: how an address, a number, a GTIN, a model and words are compared.

_MARKS = regex(r"[^\w+]|_")
_RUNS = regex(r"[a-z0-9+]+(?:[-_./][a-z0-9+]+)*")
_ALL = regex(
    r"すべて|全て|全般|全部|一切|全商品|全品|あらゆる|\b(?:all|every|any)\b|(?:など|等|類|各種)\s*$",
    re.IGNORECASE,
)
_TRACKING = regex(
    r"(?:utm|ga|mc|aff|at|pd|pf)_.*|[a-z]{0,3}clid|srsltid|_ga|ref_?|scid|tag|source|from|trk|campaign"
)
_SAME_HOST = regex(r"^(?:www|m|sp|s|smp|mobile|touch|amp)\.(?=[^.]+\.)")
_TAIL = regex(r"\.(?:html?|php|aspx?)$")


@dataclass(frozen=True, slots=True)
class _Address:
    host: str
    path: str
    query: tuple[str, ...]

    def key(self) -> str:
        return f"{self.host}/{self.path}?{'&'.join(self.query)}"

    def spellings(self) -> set[str]:
        """Return the keys of addresses that this one may be, with words of its query that are none of ours."""
        return {
            self.key(),
            f"{self.host}/{self.path}?",
            *(f"{self.host}/{self.path}?{one}" for one in self.query),
        }

    def parts(self) -> set[str]:
        """Return what of it may be a number of ours."""
        return {
            _TAIL.sub("", self.path.rpartition("/")[2]),
            *(one.partition("=")[2] for one in self.query),
        } - {""}


def _address(said: str) -> _Address | None:
    """Return an address in the parts that tell pages apart; None where it is none."""
    try:
        parts = urlsplit(said if "//" in said else f"https://{said}")
        query = parse_qsl(parts.query, keep_blank_values=True)
        host = _host(parts.hostname or "")
    except ValueError:
        return None
    if "." not in host.strip("."):
        return None
    path = "/".join(filter(None, normalize("NFC", unquote(parts.path)).split("/")))
    return _Address(
        host, path, tuple(sorted(f"{k}={v}" for k, v in query if not _TRACKING.fullmatch(k.casefold())))
    )


def _host(host: str) -> str:
    host = host.casefold().rstrip(".")
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host
    return _SAME_HOST.sub("", host)


def _number(said: str) -> str:
    return normalize("NFKC", shown_number(said)).casefold()


def _near_gtins(gtin: str) -> set[str]:
    """Return the GTINs that differ from one in a figure, or two neighbours; and its figures without the check digit."""
    found = {gtin[1:13]}
    if not is_gtin(gtin):
        found |= {gtin[:at] + other + gtin[at + 1 :] for at in range(14) for other in "0123456789"}
        found |= {gtin[:at] + gtin[at + 1] + gtin[at] + gtin[at + 2 :] for at in range(13)}
    return found


@lru_cache(maxsize=4_096)
def _key(said: str) -> str:
    """Return a brand or a model without case, blanks, dashes and marks; a plus tells models apart."""
    return _MARKS.sub("", folded(said))


@lru_cache(maxsize=4_096)
def _brands(said: str) -> tuple[str, frozenset[str]]:
    return _key(said), frozenset(filter(None, map(_key, [said, *re.split(r"[/／(（)）、,]", said)])))


def _is_weak(model: str) -> bool:
    """Say whether a model tells nothing without its brand: short, or no figures, or few figures alone."""
    return len(model) < 4 or not re.search("[0-9]", model) or (model.isdecimal() and len(model) < 6)


def _codes(name: str) -> tuple[list[str], set[str]]:
    """Return the runs of a folded name that look like a model, and all that up to four neighbouring pieces make."""
    runs = _RUNS.findall(name)
    pieces = [piece for run in runs for piece in re.split("[-_./]", run)]
    codes = {
        "".join(pieces[at:end])
        for at in range(len(pieces))
        for end in range(at + 1, min(at + 5, len(pieces) + 1))
    }
    flat = [_MARKS.sub("", run) for run in runs]
    return [run for run in flat if 5 <= len(run) <= 40 and not run.isalpha() and not run.isdecimal()], codes


def _near_keys(model: str) -> set[str]:
    """Return what two models that are one sign apart have in common, or one and the same with a colour behind it."""
    if not 5 <= len(model) <= 40 or _is_weak(model):
        return set()
    return {model, model[:-2], model[:-3], *(model[:at] + model[at + 1 :] for at in range(len(model)))}


def _is_near(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return long.startswith(short) and len(long) - len(short) < 4 and long[len(short) :].isalpha()
    head = next((at for at, sign in enumerate(short) if sign != long[at]), len(short))
    rest, longer = short[head:], long[head:]
    if len(short) < len(long):
        return rest == longer[1:]
    is_turned = rest[:2] == longer[:2][::-1] and rest[2:] == longer[2:]
    return one != other and (rest[1:] == longer[1:] or is_turned)


def _pairs(flat: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(flat)))


_flat_pairs = lru_cache(maxsize=4_096)(_pairs)


def _row_pairs(said: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters within each word; of less than three letters together there are none."""
    flat = [_MARKS.sub("", word) for word in words(said)]
    return (
        frozenset(pair for word in flat for pair in _pairs(word)) if len("".join(flat)) > 2 else frozenset()
    )
