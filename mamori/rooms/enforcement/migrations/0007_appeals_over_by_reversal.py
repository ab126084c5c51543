"""Let an appeal be over because the decision was reversed as a mistake; who decided never reviews it."""

from django.db import migrations, models


def forget_own_reviewers(apps, schema_editor):
    """Let nobody review what they decided; who did so before stands in the record."""
    apps.get_model('enforcement', 'Appeal').objects.filter(alone=True).update(reviewer='')


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0006_document_of_a_request'),
    ]

    operations = [
        migrations.RunPython(forget_own_reviewers, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='appeal', name='enforcement_appeal_another_reviewer'),
        migrations.RemoveField(model_name='appeal', name='alone'),
        migrations.RemoveConstraint(model_name='appeal', name='enforcement_appeal_state_known'),
        migrations.RemoveConstraint(model_name='appeal', name='enforcement_appeal_closed_at_ends'),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'kept', 'partly', 'received', 'reversed', 'review', 'withdrawn'])), name='enforcement_appeal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['granted', 'kept', 'partly', 'reversed', 'withdrawn'])), models.Q(models.Q(('state__in', ['granted', 'kept', 'partly', 'reversed', 'withdrawn']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='enforcement_appeal_closed_at_ends'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer', ''), models.Q(models.Q(('reviewer', models.F('first_by')), _negated=True), models.Q(('reviewer', models.F('first_also')), _negated=True)), _connector='OR'), name='enforcement_appeal_another_reviewer'),
        ),
    ]
