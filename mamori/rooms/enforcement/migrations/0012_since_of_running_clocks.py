"""Put on the rows of before since when their clocks run; a clock that runs again and again needs no key of its own."""

from django.db import migrations


def enter_since(apps, schema_editor):
    """Take the moments from the clocks that are open."""
    clocks = apps.get_model('clocks', 'Clock').objects.filter(done_at=None, kind__startswith='enforcement.')
    rows = {
        'enforcement.' + name: apps.get_model('enforcement', name).objects
        for name in ('finding', 'measure', 'appeal', 'policy')
    }
    for clock in clocks.order_by('id').iterator():
        kind, _, number = clock.about.partition(':')
        if kind not in rows:
            continue
        found = rows[kind].filter(**{'number' if kind == 'enforcement.policy' else 'pk': int(number)})
        since = clock.started_at
        if clock.kind == 'enforcement.hearing':
            found.filter(asked_at=None).update(asked_at=since)
        elif clock.kind == 'enforcement.start':
            found.exclude(finding__decided_at=since).update(announced_again_at=since)
        elif clock.kind == 'enforcement.confirmation':
            found.update(market_asked_at=since, market_asked_times=int(clock.key))
        elif clock.kind == 'enforcement.review':
            found.filter(review_due_since=None).update(review_span=clock.duration)
            found.filter(review_due_since=None).exclude(starts_at=since).update(reviewed_at=since)
            if found.filter(review_due_since__isnull=False).exists():
                clocks.filter(pk=clock.pk).update(key='due')
        elif clock.kind == 'enforcement.appeal_answer':
            found.update(asked_at=since)
        elif clock.kind == 'enforcement.policy_approval':
            found.update(proposed_at=since)
        elif clock.kind == 'enforcement.policy_notice':
            found.update(notice=clock.duration)
    for clock in clocks.filter(key='again'):
        if not clocks.filter(about=clock.about, kind=clock.kind, key='').exists():
            clocks.filter(pk=clock.pk).update(key='')


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0011_since'),
        ('clocks', '0003_past'),
    ]

    operations = [
        migrations.RunPython(enter_since, migrations.RunPython.noop),
    ]
