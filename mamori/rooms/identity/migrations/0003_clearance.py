"""Say of the sellers of before what their registered names keep them from."""

from datetime import datetime, time, timedelta, timezone

from django.db import migrations
from django.db.models import Max

JAPAN = timezone(timedelta(hours=9))
WHY = {
    'unverified': (
        '登録された氏名・名称を、まだ確かめていません。',
        'The registered name has not been verified yet.',
    ),
    'changed': (
        '確かめたあとに、登録された氏名・名称が変わりました。',
        'The registered name changed after it had been verified.',
    ),
    'expired': (
        '登録名の確認の期限が過ぎています。',
        'The check of the registered name has ended.',
    ),
}
TODO_JA = '通販サイトの登録情報のページで、本人確認を受けてください。'
TODO_EN = "Please have the registered name checked on the marketplace's page of registered data."
BATCH = 1000


def say(apps, schema_editor):
    """Read the newest version of each seller, and keep what it hinders, also from the day on which its check will be over."""
    versions = apps.get_model('identity', 'Version').objects
    hindrance = apps.get_model('market', 'Impediment')
    known = set(apps.get_model('market', 'Seller').objects.values_list('pk', flat=True))
    newest = dict(versions.values_list('seller_ref').annotate(Max('number')))
    now, rows = datetime.now(timezone.utc), []
    for one in versions.values('seller_ref', 'number', 'method', 'until', 'covered', 'told_at').iterator():
        ref, since = one['seller_ref'], one['told_at']
        if one['number'] != newest[ref] or ref not in known:
            continue
        if not one['method']:
            why = 'unverified'
        elif not one['covered']:
            why = 'changed'
        elif one['until'] is not None and one['until'].year < 9999:
            why, since = 'expired', datetime.combine(one['until'] + timedelta(days=1), time.min, tzinfo=JAPAN)
        else:
            continue
        ja, en = WHY[why]
        rows.append(hindrance(
            seller_id=ref, about=f'identity.seller:{ref}', what='payout', code=f'identity-{why}', ja=ja, en=en,
            todo_ja=TODO_JA, todo_en=TODO_EN, since=since, told_at=now if since <= now else None,
        ))
    hindrance.objects.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0002_checks_by_their_end'),
        ('market', '0017_clearance'),
    ]

    operations = [
        migrations.RunPython(say, migrations.RunPython.noop),
    ]
