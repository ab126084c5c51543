"""The tables of rooms/payouts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Payee',
            fields=[
                ('seller_ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('unsaid', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('unsaid', True)), fields=['seller_ref'], name='payouts_payee_unsaid')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='payouts.payee')),
                ('number', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('asked_by', models.CharField(max_length=128)),
                ('asked_at', models.DateTimeField()),
                ('cools_at', models.DateTimeField(null=True)),
                ('adopted_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(blank=True, max_length=16)),
                ('why', models.CharField(blank=True, max_length=32)),
                ('identity_version', models.PositiveIntegerField(default=0)),
                ('looked_by', models.CharField(blank=True, max_length=128)),
                ('looked_at', models.DateTimeField(null=True)),
                ('look_since', models.DateTimeField(null=True)),
                ('proved_by', models.CharField(blank=True, max_length=16)),
                ('proved_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('bounced_at', models.DateTimeField(null=True)),
                ('place', models.BinaryField(null=True)),
                ('state', models.CharField(default='cooling', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('look_since__isnull', False)), fields=['look_since', 'id'], name='payouts_account_look'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['place'], name='payouts_account_place'), models.Index(condition=models.Q(('closed_at__isnull', True), ('place__isnull', True)), fields=['id'], name='payouts_account_unplaced')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['cooling', 'in_use', 'replaced', 'stopped'])), name='payouts_account_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['replaced', 'stopped'])), models.Q(models.Q(('state__in', ['replaced', 'stopped']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='payouts_account_closed_at_ends'), models.UniqueConstraint(fields=('payee', 'number'), name='payouts_account_number'), models.UniqueConstraint(condition=models.Q(('state', 'in_use')), fields=('payee',), name='payouts_account_one_in_use'), models.UniqueConstraint(condition=models.Q(('state', 'cooling')), fields=('payee',), name='payouts_account_one_cooling'), models.CheckConstraint(condition=models.Q(('looked_by', ''), ('looked_at__isnull', False), _connector='OR'), name='payouts_account_look_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=64, unique=True)),
                ('payee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='payouts.payee')),
                ('amount', models.PositiveBigIntegerField()),
                ('waits', models.PositiveBigIntegerField()),
                ('by_run', models.BooleanField()),
                ('abroad', models.BooleanField(default=False)),
                ('reasons', models.JSONField(default=list)),
                ('clause', models.CharField(blank=True, max_length=64)),
                ('clause_version', models.PositiveIntegerField(default=0)),
                ('act', models.PositiveBigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField()),
                ('waiting_since', models.DateTimeField(null=True)),
                ('look_since', models.DateTimeField(null=True)),
                ('review_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('put_off_at', models.DateTimeField(null=True)),
                ('settled', models.CharField(blank=True, max_length=32)),
                ('settled_amount', models.PositiveBigIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='asked', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('waiting_since__isnull', False)), fields=['waiting_since', 'id'], name='payouts_payout_waiting'), models.Index(condition=models.Q(('waiting_since__isnull', False)), fields=['payee', 'id'], name='payouts_payout_payee_waits'), models.Index(fields=['payee', '-id'], name='payouts_payout_payee')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'counsel', 'held', 'paid', 'released', 'review', 'settled'])), name='payouts_payout_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['settled'])), models.Q(models.Q(('state__in', ['settled']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='payouts_payout_closed_at_ends'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payouts_payout_amount'), models.CheckConstraint(condition=models.Q(('waits__lte', models.F('amount'))), name='payouts_payout_waits_within'), models.CheckConstraint(condition=models.Q(models.Q(('waiting_since__isnull', True), ('waits', 0)), models.Q(('state__in', ['counsel', 'held', 'review']), ('waiting_since__isnull', False), ('waits__gt', 0)), _connector='OR'), name='payouts_payout_waiting_says_so'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), models.Q(models.Q(('clause', ''), _negated=True), ('clause_version__gt', 0), ('ends_at__isnull', False), ('review_at__isnull', False)), _connector='OR'), name='payouts_payout_hold_needs_clause')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='payouts.payout')),
                ('said', models.BinaryField()),
                ('by', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('answer', models.BinaryField(null=True)),
                ('answered_by', models.CharField(blank=True, max_length=128)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('payout',), name='payouts_objection_one_open'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('answer__isnull', False), _connector='OR'), name='payouts_objection_answered_whole')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='payouts.payout')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payouts.account')),
                ('amount', models.PositiveBigIntegerField()),
                ('by', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=64, unique=True)),
                ('pays_on', models.DateField()),
                ('payer', models.JSONField(default=dict)),
                ('count', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(default='taking', max_length=32)),
                ('begun_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['called_off', 'ordered', 'taking', 'written'])), name='payouts_run_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['called_off', 'written'])), models.Q(models.Q(('state__in', ['called_off', 'written']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='payouts_run_closed_at_ends'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'written'), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='payouts_run_written_has_digest')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payouts.run')),
                ('number', models.PositiveIntegerField()),
                ('payout_ref', models.CharField(blank=True, max_length=64)),
                ('seller_ref', models.CharField(blank=True, max_length=64)),
                ('amount', models.BigIntegerField(default=0)),
                ('refused', models.CharField(blank=True, max_length=64)),
                ('values', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='payouts_line_number')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payout', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='payouts.payout')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='payouts.account')),
                ('amount', models.PositiveBigIntegerField()),
                ('agreed', models.BooleanField(default=False)),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='payouts.run')),
                ('because', models.CharField(blank=True, max_length=32)),
                ('state', models.CharField(default='ready', max_length=32)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'ready')), fields=['id'], name='payouts_transfer_ready'), models.Index(fields=['run', 'id'], name='payouts_transfer_run')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['ordered', 'paid', 'ready', 'returned', 'taken_back', 'told'])), name='payouts_transfer_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['paid', 'returned', 'taken_back'])), models.Q(models.Q(('state__in', ['paid', 'returned', 'taken_back']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='payouts_transfer_closed_at_ends'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payouts_transfer_amount'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ordered'), _negated=True), ('run__isnull', False), _connector='OR'), name='payouts_transfer_ordered_in_run'), models.UniqueConstraint(condition=models.Q(('state', 'ready'), ('agreed', False), ('payout__isnull', False)), fields=('payout',), name='payouts_transfer_one_ready')],
            },
        ),
    ]
