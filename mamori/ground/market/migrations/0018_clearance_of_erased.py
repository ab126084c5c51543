"""Say of the sellers who were erased before that nothing can be done as them any more."""

from django.db import migrations

JA = '求めにより、この出品者の内容は消去されました。'
EN = 'This seller was erased on request.'
TODO_JA = 'この出品者としては、もう何もできません。お手続きはいりません。'
TODO_EN = 'Nothing can be done as this seller any more. There is nothing to do.'


def close_erased(apps, schema_editor):
    """Take from the destroyed keys who was erased, and when."""
    hindrances = apps.get_model('market', 'Impediment').objects
    sellers = apps.get_model('market', 'Seller').objects
    keys = apps.get_model('seal', 'SubjectKey').objects.filter(shredded_at__isnull=False, subject__startswith='seller:')
    for subject, at in dict(keys.order_by('-id').values_list('subject', 'shredded_at')).items():
        ref = subject.partition(':')[2]
        if not sellers.filter(pk=ref).exists():
            continue
        for what in ('selling', 'payout'):
            hindrances.create(
                seller_id=ref, about=f'market.{subject}', what=what, code='erased', ja=JA, en=EN,
                todo_ja=TODO_JA, todo_en=TODO_EN, since=at, told_at=at,
            )


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0017_clearance'),
        ('seal', '0003_erased_by_subject'),
    ]

    operations = [
        migrations.RunPython(close_erased, migrations.RunPython.noop),
    ]
