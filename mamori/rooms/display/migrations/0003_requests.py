"""Requests of buyers for what displays leave out."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('display', '0002_proofs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('buyer_ref', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('items', models.JSONField()),
                ('awaited', models.JSONField(default=list)),
                ('given', models.BinaryField(null=True)),
                ('reason', models.BinaryField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField()),
                ('state', models.CharField(default='asked', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['seller_ref', 'state', 'id'], name='display_request_seller'), models.Index(fields=['buyer_ref', 'id'], name='display_request_buyer'), models.Index(condition=models.Q(('state__in', ('missed', 'referred'))), fields=['begun_at', 'id'], name='display_request_look')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'closed', 'excused', 'given', 'missed', 'referred'])), name='display_request_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'excused', 'given'])), models.Q(models.Q(('state__in', ['closed', 'excused', 'given']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='display_request_closed_at_ends')],
            },
        ),
    ]
