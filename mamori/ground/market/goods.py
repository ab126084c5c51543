"""What buyers read of goods, version by version: each content is kept once, and found by the moment at which it was shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.ground.market.models import Listing, ListingContent, ListingVersion

READ = (
    "name",
    "price",
    "code",
    "category",
    "url",
    "brand",
    "model",
    "gtin",
    "nature",
    "condition",
    "pictures",
)
"""What of a listing a buyer reads: how it stands at the marketplace is no new version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsFact:
    """What a listing said from `since` on, and by which SHA-256 that is known."""

    listing_ref: str
    since: datetime
    digest: str
    told: dict[str, Any]


def content_of(listing: Any) -> dict[str, Any]:
    """Return what a buyer reads of a listing; what was not told is left out."""
    told = {name: getattr(listing, name) for name in READ}
    told |= {
        "nature": str(told["nature"] or ""),
        "condition": str(told["condition"] or ""),
        "pictures": list(told["pictures"]),
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def digest_of(told: dict[str, Any]) -> str:
    """Return the SHA-256 of a content's canonical JSON: UTF-8, keys sorted, no spaces."""
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def keep(listings: Iterable[Listing], *, at: datetime) -> None:
    """Keep what these say from a moment on; the listings are written already."""
    told = [(listing.ref, content_of(listing)) for listing in listings]
    digests = [digest_of(content) for _, content in told]
    contents = {
        one: ListingContent(digest=one, told=content) for one, (_, content) in zip(digests, told, strict=True)
    }
    if not contents:
        return
    known = set(ListingContent.objects.filter(pk__in=contents).values_list("pk", flat=True))
    new = [contents[one] for one in sorted(contents.keys() - known)]
    ListingContent.objects.bulk_create(new, ignore_conflicts=True)  # somebody else may keep the same just now
    ListingVersion.objects.bulk_create(
        ListingVersion(listing_id=ref, content_id=digest, told_at=at)
        for digest, (ref, _) in zip(digests, told, strict=True)
    )


def goods_at(refs: Collection[str], at: datetime) -> dict[str, GoodsFact]:
    """Return what each of these listings said at a moment; of which nothing was kept by then is left out."""
    return {one.listing_ref: one for one in _found(refs, at)}


def _found(refs: Collection[str], at: datetime) -> Iterator[GoodsFact]:
    for ref in refs:
        rows = ListingVersion.objects.select_related("content").filter(listing=ref, told_at__lte=at)
        row = rows.order_by("-told_at", "-id").first()
        if row is not None:
            yield GoodsFact(listing_ref=ref, since=row.told_at, digest=row.content_id, told=row.content.told)
