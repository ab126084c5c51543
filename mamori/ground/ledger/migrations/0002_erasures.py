"""Erasures that are under way, and how far each is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=128)),
                ('key', models.BigIntegerField(unique=True)),
                ('act', models.BigIntegerField()),
                ('after', models.BigIntegerField()),
                ('begun_at', models.DateTimeField()),
            ],
        ),
    ]
