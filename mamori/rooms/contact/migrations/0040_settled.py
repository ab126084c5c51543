"""Keep since when a notice is followed and when the buyer was asked of it, and when a seller was heard on a recovery."""

from django.db import migrations, models

BATCH = 500


def _started(apps, kind, abouts):
    """Return since when the first clock of a kind and key ran about each of these matters."""
    clocks = apps.get_model("clocks", "Clock").objects.filter(kind=kind, about__in=abouts).order_by("-started_at")
    return {(one.about, one.key): one.started_at for one in clocks.only("about", "key", "started_at")}


def _open(model, **which):
    """Go through the open rows, so many at a time."""
    last = 0
    while rows := list(model.objects.filter(pk__gt=last, closed_at__isnull=True, **which).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        yield rows


def keep(apps, schema_editor):
    """Read from the clocks that run what they were started by."""
    formal, recovery = apps.get_model("contact", "Formal"), apps.get_model("contact", "Recovery")
    for rows in _open(formal, state__in=("acknowledged", "disputed", "unanswered")):
        since = _started(apps, "contact.formal_review", [f"contact.formal:{one.pk}" for one in rows])
        for one in rows:
            name = f"contact.formal:{one.pk}"
            one.followed_at = since.get((name, "1")) or one.replied_at or one.arrived_at
            one.asked_at = since.get((name, "2"))
        formal.objects.bulk_update(rows, ["followed_at", "asked_at"])
    for rows in _open(recovery, state="heard"):
        since = _started(apps, "contact.recovery_review", [f"contact.recovery:{one.pk}" for one in rows])
        for one in rows:
            one.heard_at = since.get((f"contact.recovery:{one.pk}", ""), one.opened_at)
        recovery.objects.bulk_update(rows, ["heard_at"])


class Migration(migrations.Migration):
    """Add the moments and fill them in."""

    dependencies = (("contact", "0039_threads_of_an_order"), ("clocks", "0003_past"))
    operations = (
        migrations.AddField("formal", "followed_at", models.DateTimeField(null=True)),
        migrations.AddField("formal", "asked_at", models.DateTimeField(null=True)),
        migrations.AddField("recovery", "heard_at", models.DateTimeField(null=True)),
        migrations.RunPython(keep, migrations.RunPython.noop, elidable=True),
    )
