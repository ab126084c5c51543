"""Proofs that the contacts which sellers show reach them, and when sellers were asked for a display."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('display', '0001_displays'),
    ]

    operations = [
        migrations.AddField(
            model_name='display',
            name='asked_at',
            field=models.DateTimeField(null=True),
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
    ]
