"""The tables of ground/cases."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


TOKENS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE cases_tokens USING fts5"
        "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE cases_tokens (id bigint PRIMARY KEY REFERENCES cases_entry (id) ON DELETE CASCADE,"
        " tokens text[] NOT NULL)",
        "ALTER TABLE cases_tokens ALTER COLUMN tokens SET STATISTICS 1000",
        "CREATE INDEX cases_tokens_gin ON cases_tokens USING gin (tokens) WITH (fastupdate = off)",
    ),
}


def make(apps, schema_editor):
    """Make the table of tokens."""
    for statement in TOKENS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Take it away again."""
    schema_editor.execute("DROP TABLE cases_tokens")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=64)),
                ('about', models.CharField(max_length=128, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('buyer_ref', models.CharField(blank=True, default='', max_length=64)),
                ('seller_ref', models.CharField(blank=True, default='', max_length=64)),
                ('order_ref', models.CharField(blank=True, default='', max_length=64)),
                ('state', models.CharField(blank=True, default='', max_length=32)),
                ('attention', models.CharField(max_length=64, null=True)),
                ('assignee', models.CharField(blank=True, default='', max_length=128)),
                ('opened_at', models.DateTimeField()),
                ('next_due_at', models.DateTimeField(null=True)),
                ('due_kind', models.CharField(blank=True, default='', max_length=64)),
                ('urgent_since', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['next_due_at', 'id'], name='cases_open'), models.Index(condition=models.Q(('closed_at__isnull', True), ('urgent_since__isnull', False)), fields=['urgent_since', 'id'], name='cases_open_urgent'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['opened_at', 'id'], name='cases_open_oldest'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['seller_ref', 'next_due_at', 'id'], name='cases_open_of_seller'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['buyer_ref', 'next_due_at', 'id'], name='cases_open_of_buyer'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['order_ref', 'next_due_at', 'id'], name='cases_open_of_order'), models.Index(condition=models.Q(('closed_at__isnull', True), _negated=True), fields=['order_ref', 'closed_at'], name='cases_closed_of_order'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['kind', 'next_due_at', 'id'], name='cases_open_of_kind'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['title', 'next_due_at', 'id'], name='cases_open_of_topic'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['assignee', 'next_due_at', 'id'], name='cases_open_of_assignee'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['assignee', 'kind', 'next_due_at', 'id'], name='cases_open_of_assignee_kind'), models.Index(condition=models.Q(('closed_at__isnull', True), ('attention__isnull', False)), fields=['next_due_at', 'id'], name='cases_open_flagged'), models.Index(condition=models.Q(('closed_at__isnull', True), ('attention__isnull', False)), fields=['kind', 'next_due_at', 'id'], name='cases_open_flagged_kind'), models.Index(condition=models.Q(('closed_at__isnull', True), ('attention__isnull', False)), fields=['assignee', 'next_due_at', 'id'], name='cases_open_flagged_of')],
            },
        ),
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='cases.case')),
                ('what', models.CharField(max_length=64)),
                ('next_due_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['what', 'next_due_at', 'case'], name='cases_ask_queue')],
                'constraints': [models.UniqueConstraint(fields=('case', 'what'), name='cases_ask_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='cases.case')),
                ('key', models.CharField(max_length=128, unique=True)),
                ('subject', models.CharField(max_length=128)),
                ('sealed', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'id'], name='cases_entry_subject')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('act', models.BigIntegerField(unique=True)),
                ('by', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'at', 'act'], name='cases_note_of_case')],
            },
        ),
        migrations.RunPython(make, drop),
    ]
