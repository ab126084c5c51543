"""Private accounts that may be businesses: how each doubt stands, what was said and decided; and displays kept back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('display', '0003_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='displayversion',
            name='as_private',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='BusinessDoubt',
            fields=[
                ('seller_ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('signs', models.JSONField(default=list)),
                ('score', models.PositiveIntegerField(default=0)),
                ('entries', models.PositiveIntegerField(default=0)),
                ('flagged_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('concluded_at', models.DateTimeField(null=True)),
                ('state', models.CharField(default='flagged', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True), ('state__in', ['answered', 'flagged', 'unanswered'])), fields=['score', 'seller_ref'], name='display_doubt_look')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['answered', 'asked', 'business', 'closed', 'flagged', 'let_be', 'moot', 'private', 'unanswered', 'unclear'])), name='display_doubt_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed'])), models.Q(models.Q(('state__in', ['closed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='display_doubt_closed_at_ends')],
            },
        ),
        migrations.CreateModel(
            name='DoubtEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('what', models.CharField(max_length=16)),
                ('choice', models.CharField(blank=True, max_length=16)),
                ('since', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField()),
                ('by', models.CharField(max_length=16)),
                ('act', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['seller_ref', 'id'], name='display_doubtentry_seller')],
            },
        ),
    ]
