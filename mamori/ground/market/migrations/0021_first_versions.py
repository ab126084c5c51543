"""What is known of each listing now is its first version; kept batch by batch, and taken up again where it was broken off."""

import hashlib
import json

from django.db import migrations
from django.utils import timezone

READ = ("name", "price", "code", "category", "url", "brand", "model", "gtin", "nature", "condition", "pictures")
AT_A_TIME = 2_000


def begin(apps, schema_editor):
    """Keep what each listing says now as its first version."""
    listings = apps.get_model("market", "Listing")._default_manager
    contents = apps.get_model("market", "ListingContent")
    versions = apps.get_model("market", "ListingVersion")
    after = ""
    while rows := list(listings.filter(pk__gt=after, versions=None).order_by("pk")[:AT_A_TIME]):
        after = rows[-1].pk
        told = [{name: getattr(row, name) for name in READ if getattr(row, name) not in ("", [])} for row in rows]
        digests = [_digest(one) for one in told]
        kept = {digest: contents(digest=digest, told=one) for digest, one in zip(digests, told, strict=True)}
        known = set(contents._default_manager.filter(pk__in=kept).values_list("pk", flat=True))
        contents._default_manager.bulk_create([kept[one] for one in sorted(kept.keys() - known)])
        versions._default_manager.bulk_create(
            versions(listing_id=row.pk, content_id=digest, told_at=timezone.now())
            for row, digest in zip(rows, digests, strict=True)
        )


def _digest(told):
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('market', '0020_listing_versions'),
    ]

    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
