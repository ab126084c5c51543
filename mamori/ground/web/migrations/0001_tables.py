"""The tables of ground/web."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('picture', models.TextField()),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.CharField(db_column='machine', max_length=200)),
                ('key', models.CharField(max_length=255)),
                ('fingerprint', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('sealed', models.BinaryField(default=b'')),
                ('led_to', models.CharField(db_default='', default='', max_length=200)),
            ],
            options={
                'db_table': 'gateway_reply',
                'indexes': [models.Index(fields=['at'], name='gateway_reply_age'), models.Index(fields=['owner', 'led_to'], name='gateway_reply_led')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'key'), name='gateway_reply_once')],
            },
        ),
    ]
