"""The tables of ground/clocks."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Beat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=32, unique=True)),
                ('at', models.DateTimeField()),
                ('went_back_at', models.DateTimeField(null=True)),
                ('went_back_seconds', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='RunningHouse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('house', models.CharField(max_length=32)),
                ('host', models.CharField(max_length=255)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=64)),
                ('about', models.CharField(max_length=128)),
                ('key', models.CharField(blank=True, default='', max_length=128)),
                ('started_at', models.DateTimeField()),
                ('duration', models.CharField(max_length=16)),
                ('due_at', models.DateTimeField()),
                ('calendar', models.CharField(max_length=64)),
                ('provisional', models.BooleanField(default=False)),
                ('pauses', models.JSONField(default=list)),
                ('done_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, default='', max_length=16)),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('stuck_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['next_try_at', 'id'], name='clocks_clock_due'), models.Index(condition=models.Q(('done_at__isnull', True), ('stuck_at__isnull', False)), fields=['stuck_at', 'id'], name='clocks_clock_stuck'), models.Index(fields=['about', 'id'], name='clocks_clock_history'), models.Index(condition=models.Q(('done_at__isnull', True), _negated=True), fields=['kind', 'done_at'], name='clocks_clock_past')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('about', 'kind', 'key'), name='clocks_clock_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('outcome', '')), models.Q(('done_at__isnull', False), ('outcome__in', ['rung', 'stopped'])), _connector='OR'), name='clocks_clock_done_has_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Sandbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('ahead', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ahead__gte', 0), ('pk', 1)), name='clocks_sandbox_one')],
            },
        ),
    ]
