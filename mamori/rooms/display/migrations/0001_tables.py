"""The tables of rooms/display."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
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
            name='ContactProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('channel', models.CharField(max_length=16)),
                ('target', models.CharField(blank=True, default='', max_length=64)),
                ('turn', models.PositiveIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('offered_at', models.DateTimeField(null=True)),
                ('hours', models.CharField(blank=True, default='', max_length=16)),
                ('counted_since', models.DateTimeField(null=True)),
                ('sent', models.PositiveSmallIntegerField(default=0)),
                ('wrong', models.PositiveSmallIntegerField(default=0)),
                ('called_at', models.DateTimeField(null=True)),
                ('calls', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField(null=True)),
                ('questioned_at', models.DateTimeField(null=True)),
                ('proven_at', models.DateTimeField(null=True)),
                ('state', models.CharField(default='unasked', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True), ('offered_at__isnull', False)), fields=['offered_at', 'id'], name='display_proof_call')],
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'channel'), name='display_proof_once'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'closed', 'missed', 'proven', 'questioned', 'unasked'])), name='display_proof_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed'])), models.Q(models.Q(('state__in', ['closed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='display_proof_closed_at_ends')],
            },
        ),
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
                ('asked_at', models.DateTimeField(null=True)),
                ('state', models.CharField(default='unwritten', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True), ('look_since__isnull', False)), fields=['look_since', 'seller_ref'], name='display_display_look')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'complete', 'lacking', 'not_asked', 'overdue', 'unsure', 'unwritten'])), name='display_display_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed'])), models.Q(models.Q(('state__in', ['closed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='display_display_closed_at_ends')],
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
        migrations.CreateModel(
            name='DisplayVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='display.content')),
                ('by', models.CharField(max_length=16)),
                ('act', models.PositiveBigIntegerField()),
                ('told_at', models.DateTimeField()),
                ('as_private', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['seller_ref', 'told_at', 'number'], name='display_version_moment')],
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'number'), name='display_version_number')],
            },
        ),
    ]
