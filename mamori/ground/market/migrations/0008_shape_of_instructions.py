"""Hold in the database what follows from the kind of an instruction."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0007_sellers_of_instructions'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='instruction',
            name='market_instruction_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='instruction',
            name='market_instruction_amount_positive',
        ),
        migrations.AlterField(
            model_name='instruction',
            name='amount',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='instruction',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='market.order'),
        ),
        migrations.AlterField(
            model_name='instruction',
            name='seller',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='market.seller'),
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['issued_at', 'ref'], name='market_instruction_out'),
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=models.Index(fields=['target_ref', 'kind', 'number'], name='market_instruction_switch'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target', 'order'), ('kind__in', ['deduct', 'label', 'refund'])), models.Q(('target', 'listing'), ('kind__in', ['demote_listing', 'hide_listing', 'promote_listing', 'remove_listing', 'restore_listing', 'show_listing'])), models.Q(('target', 'review'), ('kind__in', ['remove_review', 'restore_review'])), models.Q(('target', 'seller'), ('kind__in', ['allow_listings', 'close_category', 'close_seller', 'hold_payouts', 'open_category', 'release_payouts', 'reopen_seller', 'resume_seller', 'stop_listings', 'suspend_seller'])), _connector='OR'), name='market_instruction_target_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('order__isnull', False), ('target', 'order'), ('target_ref', models.F('order'))), models.Q(models.Q(('target', 'order'), _negated=True), ('order__isnull', True)), _connector='OR'), name='market_instruction_order_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target', 'seller'), _negated=True), ('target_ref', models.F('seller')), _connector='OR'), name='market_instruction_seller_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('target', 'order')), models.Q(models.Q(('target', 'order'), _negated=True), ('number__isnull', False)), _connector='OR'), name='market_instruction_number_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['deduct', 'refund']), ('amount__gt', 0)), ('kind__in', ['hold_payouts']), models.Q(models.Q(('kind__in', ['deduct', 'refund']), ('kind__in', ['hold_payouts']), _connector='OR', _negated=True), ('amount', 0)), _connector='OR'), name='market_instruction_amount_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['close_category', 'open_category']), models.Q(('detail', ''), _negated=True)), models.Q(models.Q(('kind__in', ['close_category', 'open_category']), _negated=True), ('detail', '')), _connector='OR'), name='market_instruction_detail_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('kind__in', ['close_category', 'close_seller', 'demote_listing', 'hide_listing', 'hold_payouts', 'remove_listing', 'remove_review', 'stop_listings', 'suspend_seller']), ('until__gt', models.F('issued_at'))), _connector='OR'), name='market_instruction_until_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['allow_listings', 'open_category', 'promote_listing', 'release_payouts', 'reopen_seller', 'restore_listing', 'restore_review', 'resume_seller', 'show_listing']), ('undoes__isnull', False)), models.Q(models.Q(('kind__in', ['allow_listings', 'open_category', 'promote_listing', 'release_payouts', 'reopen_seller', 'restore_listing', 'restore_review', 'resume_seller', 'show_listing']), _negated=True), ('undoes__isnull', True)), _connector='OR'), name='market_instruction_undoes_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('kind__in', ['close_category', 'close_seller', 'demote_listing', 'hide_listing', 'hold_payouts', 'remove_listing', 'remove_review', 'stop_listings', 'suspend_seller']), _connector='OR'), name='market_instruction_undone_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), ('target', 'order')), fields=('about', 'kind'), name='market_instruction_one_open'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), ('recalled_at__isnull', True)), fields=('about', 'kind', 'target_ref', 'detail'), name='market_instruction_one_measure_open'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.UniqueConstraint(fields=('seller', 'number'), name='market_instruction_number'),
        ),
    ]
