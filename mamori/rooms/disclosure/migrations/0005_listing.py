"""What goes to the page of JOMC: the texts that were sent, and where one stands."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0004_handbook'),
    ]

    operations = [
        migrations.CreateModel(
            name='JomcEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body_ja', models.TextField()),
                ('body_en', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('sent_by', models.CharField(max_length=80)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('changed_on', models.DateField(null=True)),
                ('listed_at', models.DateTimeField(null=True)),
                ('look_at', models.DateTimeField(null=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('failing_since', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=200)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='sent', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['dropped', 'ended', 'listed', 'replaced', 'sent'])), name='disclosure_jomcentry_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['dropped', 'ended', 'replaced'])), models.Q(models.Q(('state__in', ['dropped', 'ended', 'replaced']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='disclosure_jomcentry_closed_at_ends'), models.UniqueConstraint(condition=models.Q(('state__in', ('sent', 'listed'))), fields=('state',), name='disclosure_jomcentry_one')],
            },
        ),
    ]
