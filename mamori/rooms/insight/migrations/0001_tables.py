"""The tables of rooms/insight."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Improvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100)),
                ('seen', models.TextField()),
                ('figure', models.TextField(blank=True, default='')),
                ('month', models.CharField(blank=True, default='', max_length=7)),
                ('noted_by', models.CharField(max_length=80)),
                ('noted_at', models.DateTimeField()),
                ('owner', models.CharField(blank=True, default='', max_length=80)),
                ('department', models.CharField(blank=True, default='', max_length=100)),
                ('owned_at', models.DateTimeField(null=True)),
                ('changed', models.TextField(blank=True, default='')),
                ('changed_on', models.DateField(null=True)),
                ('months', models.PositiveSmallIntegerField(default=0)),
                ('comparable_at', models.DateTimeField(null=True)),
                ('came', models.TextField(blank=True, default='')),
                ('counts', models.JSONField(null=True)),
                ('no_number', models.CharField(blank=True, default='', max_length=16)),
                ('told', models.JSONField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='noted', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('published_at__isnull', False)), fields=['-published_at', '-id'], name='insight_improvement_public')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['changed', 'compared', 'dropped', 'noted', 'owned'])), name='insight_improvement_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['compared', 'dropped'])), models.Q(models.Q(('state__in', ['compared', 'dropped']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='insight_improvement_closed_at_ends'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('state__in', ['changed', 'compared']), ('told__isnull', False)), _connector='OR'), name='insight_improvement_public_is_changed')],
            },
        ),
    ]
