"""Keep who decided on a deduction and until when it can be appealed against, and what of it goes back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0034_told_replies'),
    ]

    operations = [
        migrations.AddField(
            model_name='recovery',
            name='appeal_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='recovery',
            name='decided_by',
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.CreateModel(
            name='GiveBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveIntegerField()),
                ('instruction', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(default='awaited', max_length=32)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('recovery', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='giveback', to='contact.recovery')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['id'], name='contact_giveback_open'), models.Index(fields=['closed_at', 'id'], name='contact_giveback_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['awaited', 'done', 'instructed', 'needless', 'stalled'])), name='contact_giveback_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['done', 'needless'])), models.Q(models.Q(('state__in', ['done', 'needless']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='contact_giveback_closed_at_ends'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='contact_giveback_some'), models.UniqueConstraint(condition=models.Q(('instruction', ''), _negated=True), fields=('instruction',), name='contact_giveback_instruction')],
            },
        ),
    ]
