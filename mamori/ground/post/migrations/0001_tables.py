"""The tables of ground/post."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('outbox', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Relay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('failures', models.PositiveIntegerField(default=0)),
                ('since', models.DateTimeField(null=True)),
                ('resting_until', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbox.notice')),
                ('to', models.CharField(max_length=128)),
                ('message_id', models.CharField(max_length=320, unique=True)),
                ('urgent', models.BooleanField(default=False)),
                ('state', models.CharField(default='waiting', max_length=32)),
                ('next_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('tries_left', models.PositiveIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['urgent', 'next_at', 'id'], name='post_mail_due'), models.Index(condition=models.Q(('closed_at__isnull', True), ('next_at__isnull', True)), fields=['id'], name='post_mail_given_up')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'to'), name='post_mail_once'), models.CheckConstraint(condition=models.Q(('state__in', ['expired', 'given_up', 'leased', 'left_out', 'sent', 'unaddressed', 'waiting'])), name='post_mail_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['expired', 'left_out', 'sent', 'unaddressed'])), models.Q(models.Q(('state__in', ['expired', 'left_out', 'sent', 'unaddressed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='post_mail_closed_at_ends')],
            },
        ),
        migrations.CreateModel(
            name='MailAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='post.mail')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('code', models.PositiveIntegerField(null=True)),
                ('milliseconds', models.PositiveIntegerField(default=0)),
                ('answer', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='OptIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=128)),
                ('how', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('who',), name='post_optin_one_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('who', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=2)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['ja', 'en'])), name='post_reader_language_known')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbox.notice')),
                ('to', models.CharField(max_length=128)),
                ('state', models.CharField(default='waiting', max_length=32)),
                ('at', models.DateTimeField()),
                ('printed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['id'], name='post_letter_open')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'to'), name='post_letter_once'), models.CheckConstraint(condition=models.Q(('state__in', ['left_out', 'posted', 'printed', 'waiting'])), name='post_letter_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['left_out', 'posted'])), models.Q(models.Q(('state__in', ['left_out', 'posted']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='post_letter_closed_at_ends')],
            },
        ),
    ]
