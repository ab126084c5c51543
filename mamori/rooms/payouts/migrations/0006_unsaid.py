"""Let it be said of the payees of before what hinders their payouts: the worker goes through them, a few at a time."""

from django.db import migrations, models


def unsaid(apps, schema_editor):
    """Say nothing of any of them until the gate was asked."""
    apps.get_model('payouts', 'Payee').objects.update(unsaid=True)


class Migration(migrations.Migration):

    dependencies = [
        ('payouts', '0005_since_of_running_clocks'),
    ]

    operations = [
        migrations.AddField(
            model_name='payee',
            name='unsaid',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name='payee',
            index=models.Index(condition=models.Q(('unsaid', True)), fields=['seller_ref'], name='payouts_payee_unsaid'),
        ),
        migrations.RunPython(unsaid, migrations.RunPython.noop),
    ]
