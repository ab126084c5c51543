"""The tables of rooms/identity."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('method', models.CharField(blank=True, max_length=32)),
                ('verified_at', models.DateTimeField(null=True)),
                ('until', models.DateField(null=True)),
                ('covered', models.BooleanField()),
                ('told_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('until__isnull', False)), fields=['until', 'id'], name='identity_version_until')],
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'number'), name='identity_version_number'), models.CheckConstraint(condition=models.Q(models.Q(('method', ''), ('covered', False), ('until__isnull', True), ('verified_at__isnull', True)), models.Q(models.Q(('method', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='identity_version_whole')],
            },
        ),
    ]
