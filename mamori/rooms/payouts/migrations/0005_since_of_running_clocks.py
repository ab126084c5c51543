"""Put on the payouts of before since when their clocks run."""

from django.db import migrations
from django.db.models import Q

LOOKS = {
    'payouts.look': 'review',
    'payouts.review': 'held',
    'payouts.counsel': 'counsel',
}


def enter_since(apps, schema_editor):
    """Take the moments from the clocks that are open."""
    payouts = apps.get_model('payouts', 'Payout').objects.filter(waiting_since__isnull=False)
    clocks = apps.get_model('clocks', 'Clock').objects.filter(done_at=None, about__startswith='payouts.payout:')
    for clock in clocks.filter(kind__in=LOOKS).iterator():
        row = payouts.filter(ref=clock.about.partition(':')[2], state=LOOKS[clock.kind])
        row.update(look_since=clock.started_at)
    for clock in clocks.filter(kind='payouts.end').iterator():
        row = payouts.filter(ref=clock.about.partition(':')[2])
        row.filter(~Q(waiting_since=clock.started_at)).update(put_off_at=clock.started_at)


class Migration(migrations.Migration):

    dependencies = [
        ('payouts', '0004_since'),
        ('clocks', '0003_past'),
    ]

    operations = [
        migrations.RunPython(enter_since, migrations.RunPython.noop),
    ]
