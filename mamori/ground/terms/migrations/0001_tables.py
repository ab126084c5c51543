"""The tables of ground/terms."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TermsChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('binds_on', models.DateField(null=True)),
                ('ground', models.CharField(blank=True, max_length=64)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('by', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ClauseAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('clause', models.CharField(max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('accepted_at', models.DateTimeField()),
                ('source', models.CharField(max_length=200)),
                ('act', models.PositiveBigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['clause', 'version', 'seller_ref'], name='terms_acceptance_of')],
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'clause', 'version', 'accepted_at'), name='terms_acceptance_once')],
            },
        ),
        migrations.CreateModel(
            name='SettingValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=64)),
                ('value', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=200)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'at', 'id'], name='terms_setting_latest')],
            },
        ),
        migrations.CreateModel(
            name='ClauseWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='terms.termschange')),
                ('clause', models.CharField(max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('title_ja', models.CharField(max_length=100)),
                ('title_en', models.CharField(max_length=100)),
                ('text_ja', models.TextField()),
                ('text_en', models.TextField()),
                ('is_own', models.BooleanField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'clause'), name='terms_wording_once_in_change')],
            },
        ),
        migrations.CreateModel(
            name='TermsTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='terms.termschange')),
                ('seller_ref', models.CharField(max_length=64)),
                ('told_at', models.DateTimeField()),
                ('notice', models.PositiveBigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'change'), name='terms_told_once')],
            },
        ),
        migrations.CreateModel(
            name='ClausePublished',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='terms.clausewording')),
                ('clause', models.CharField(max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('announced_at', models.DateTimeField()),
                ('binds_on', models.DateField()),
                ('act', models.PositiveBigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clause', 'version'), name='terms_version_published_once')],
            },
        ),
    ]
