"""The tables of ground/vault."""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('about', models.CharField(max_length=128)),
                ('subject', models.CharField(max_length=128)),
                ('kind', models.CharField(max_length=16)),
                ('size', models.PositiveBigIntegerField()),
                ('pages', models.PositiveIntegerField(default=0)),
                ('wrapped', models.BinaryField(null=True)),
                ('sealed', models.BinaryField()),
                ('state', models.CharField(default='received', max_length=32)),
                ('received_at', models.DateTimeField()),
                ('next_try_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['about', 'received_at', 'id'], name='vault_file_about'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['subject', 'id'], name='vault_file_subject'), models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at', 'id'], name='vault_file_waiting'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['received_at', 'id'], name='vault_file_received')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['clean', 'erased', 'infected', 'quarantined', 'received', 'unreadable'])), name='vault_file_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['erased'])), models.Q(models.Q(('state__in', ['erased']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='vault_file_closed_at_ends'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('wrapped__isnull', False)), models.Q(('closed_at__isnull', False), ('wrapped__isnull', True)), _connector='OR'), name='vault_file_erased_is_gone')],
            },
        ),
    ]
