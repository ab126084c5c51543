"""Displays of sellers: how each stands, its versions, and what each says, kept once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Content',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'digest'), name='display_content_once')],
            },
        ),
        migrations.CreateModel(
            name='Display',
            fields=[
                ('seller_ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(default=0)),
                ('faults', models.JSONField(default=list)),
                ('doubts', models.JSONField(default=list)),
                ('checked_at', models.DateTimeField(null=True)),
                ('lacking_since', models.DateTimeField(null=True)),
                ('mended_at', models.DateTimeField(null=True)),
                ('look_since', models.DateTimeField(null=True)),
                ('state', models.CharField(default='unwritten', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True), ('look_since__isnull', False)), fields=['look_since', 'seller_ref'], name='display_display_look')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'complete', 'lacking', 'not_asked', 'overdue', 'unsure', 'unwritten'])), name='display_display_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed'])), models.Q(models.Q(('state__in', ['closed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='display_display_closed_at_ends')],
            },
        ),
        migrations.CreateModel(
            name='DisplayVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('by', models.CharField(max_length=16)),
                ('act', models.PositiveBigIntegerField()),
                ('told_at', models.DateTimeField()),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='display.content')),
            ],
            options={
                'indexes': [models.Index(fields=['seller_ref', 'told_at', 'number'], name='display_version_moment')],
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'number'), name='display_version_number')],
            },
        ),
    ]
