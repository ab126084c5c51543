"""The tables of ground/seal."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KeyMark',
            fields=[
                ('key', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=16)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=128)),
                ('ground', models.CharField(max_length=64)),
                ('ground_ja', models.CharField(max_length=200)),
                ('ground_en', models.CharField(max_length=200)),
                ('sealed', models.BinaryField()),
                ('by', models.CharField(max_length=200)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('lifted_by', models.CharField(blank=True, default='', max_length=200)),
                ('lifted_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['id'], name='seal_hold_in_force')],
            },
        ),
        migrations.CreateModel(
            name='SubjectKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=128)),
                ('wrapped', models.BinaryField(null=True)),
                ('kek', models.CharField(max_length=16)),
                ('shredded_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('shredded_at__isnull', True)), fields=['kek', 'id'], name='seal_subjectkey_kek'), models.Index(condition=models.Q(('shredded_at__isnull', False)), fields=['subject'], name='seal_subjectkey_erased')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('shredded_at__isnull', True)), fields=('subject',), name='seal_subjectkey_one_living'), models.CheckConstraint(condition=models.Q(models.Q(('shredded_at__isnull', True), ('wrapped__isnull', False)), models.Q(('shredded_at__isnull', False), ('wrapped__isnull', True)), _connector='OR'), name='seal_subjectkey_shredded_is_gone')],
            },
        ),
        migrations.CreateModel(
            name='HeldName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='seal.hold')),
                ('name', models.CharField(max_length=128)),
            ],
            options={
                'indexes': [models.Index(fields=['name', 'hold'], name='seal_heldname_name')],
                'constraints': [models.UniqueConstraint(fields=('hold', 'name'), name='seal_heldname_once')],
            },
        ),
    ]
