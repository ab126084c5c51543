"""What everybody is told of measures: counted months, editions, days of beginning, the operator's own measures."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_inquiries'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_ja', models.CharField(max_length=100)),
                ('title_en', models.CharField(max_length=100)),
                ('text_ja', models.TextField()),
                ('text_en', models.TextField()),
                ('since_on', models.DateField()),
                ('written_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PutIntoUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.CharField(max_length=8)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='sellerrequest',
            name='refused_on',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('half', models.CharField(max_length=6)),
                ('number', models.PositiveSmallIntegerField()),
                ('body', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('moved', models.JSONField(default=list)),
                ('recount', models.JSONField(default=dict)),
                ('drafted_at', models.DateTimeField()),
                ('drafted_by', models.CharField(max_length=80)),
                ('released_at', models.DateTimeField(null=True)),
                ('act', models.PositiveBigIntegerField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='drafted', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['half', 'number', 'id'], name='disclosure_edition_half')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'dropped', 'released', 'replaced'])), name='disclosure_edition_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['dropped', 'replaced'])), models.Q(models.Q(('state__in', ['dropped', 'replaced']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='disclosure_edition_closed_at_ends'), models.UniqueConstraint(condition=models.Q(('state', 'drafted')), fields=('half',), name='disclosure_edition_one_draft')],
            },
        ),
        migrations.CreateModel(
            name='MonthFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('code', models.CharField(max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('took', models.DecimalField(decimal_places=1, max_digits=9, null=True)),
                ('counted_at', models.DateTimeField()),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosure.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'version', 'code'), name='disclosure_monthfigure_once')],
            },
        ),
    ]
