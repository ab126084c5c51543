"""The tables of ground/market."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Buyer',
            fields=[
                ('ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('has_contact', models.BooleanField()),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Seller',
            fields=[
                ('ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('has_contact', models.BooleanField()),
                ('sealed', models.BinaryField()),
                ('state', models.CharField(db_default='active', default='active', max_length=16)),
                ('unpaid', models.PositiveBigIntegerField(null=True)),
                ('country', models.CharField(blank=True, db_default='', default='', max_length=2)),
                ('undated_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['active', 'closed', 'suspended'])), name='market_seller_state')],
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='market.seller')),
                ('name', models.CharField(max_length=500)),
                ('price', models.PositiveBigIntegerField()),
                ('code', models.CharField(blank=True, max_length=500)),
                ('category', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('url', models.CharField(blank=True, db_default='', default='', max_length=2000)),
                ('brand', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('model', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('gtin', models.CharField(blank=True, db_default='', default='', max_length=14)),
                ('nature', models.CharField(blank=True, db_default='', default='', max_length=16)),
                ('condition', models.CharField(blank=True, db_default='', default='', max_length=8)),
                ('listed_at', models.DateTimeField(null=True)),
                ('pictures', models.JSONField(db_default=models.Value([], models.JSONField()), default=list)),
                ('state', models.CharField(db_default='on_offer', default='on_offer', max_length=16)),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'state'], name='market_listing_sellers'), models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['seller', 'listed_at'], name='market_listing_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['gone', 'hidden', 'on_offer'])), name='market_listing_state'), models.CheckConstraint(condition=models.Q(('nature__in', ['', 'goods', 'right', 'service'])), name='market_listing_nature'), models.CheckConstraint(condition=models.Q(('condition__in', ['', 'new', 'used'])), name='market_listing_condition')],
            },
        ),
        migrations.CreateModel(
            name='ListingContent',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('told', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='market.buyer')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='market.seller')),
                ('items', models.JSONField(default=list)),
                ('amount', models.PositiveBigIntegerField()),
                ('refunded_elsewhere', models.PositiveBigIntegerField(default=0)),
                ('refunded_instructed', models.PositiveBigIntegerField(default=0)),
                ('refunded_unclear', models.PositiveBigIntegerField(default=0)),
                ('charged_back', models.BooleanField(default=False)),
                ('ordered_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('unsent', models.BooleanField(default=False)),
                ('completed_at', models.DateTimeField(null=True)),
                ('received_on', models.DateField(null=True)),
                ('as_business', models.BooleanField(null=True)),
                ('sold_as', models.CharField(blank=True, db_default='', default='', max_length=16)),
                ('age', models.CharField(blank=True, db_default='', default='', max_length=16)),
            ],
            options={
                'indexes': [models.Index(fields=['buyer', 'ordered_at', 'ref'], name='market_order_buyers_newest'), models.Index(fields=['seller', 'ordered_at'], name='market_order_sellers_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('age__in', ['', 'from_20', 'under_18', 'under_20']), ('sold_as__in', ['', 'corporation', 'individual', 'sole_trader'])), name='market_order_words'), models.CheckConstraint(condition=models.Q(('refunded_elsewhere__lte', models.F('amount')), ('refunded_instructed__lte', models.F('amount')), ('refunded_unclear__lte', models.F('refunded_elsewhere'))), name='market_order_refunded_within_amount'), models.CheckConstraint(condition=models.Q(('unsent', False), ('cancelled_at__isnull', False), _connector='OR'), name='market_order_unsent_is_cancelled')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('encoding', models.CharField(max_length=16)),
                ('name', models.CharField(max_length=500)),
                ('size', models.PositiveBigIntegerField()),
                ('offset', models.PositiveBigIntegerField(default=0)),
                ('line', models.PositiveBigIntegerField(default=0)),
                ('added', models.PositiveBigIntegerField(default=0)),
                ('changed', models.PositiveBigIntegerField(default=0)),
                ('unchanged', models.PositiveBigIntegerField(default=0)),
                ('refused', models.PositiveBigIntegerField(default=0)),
                ('ignored_fields', models.PositiveBigIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('sha256', 'encoding'), name='market_importrun_one_unfinished')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='market.listing')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='market.seller')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='market.order')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='market.buyer')),
                ('stars', models.PositiveSmallIntegerField()),
                ('posted_at', models.DateTimeField()),
                ('state', models.CharField(default='shown', max_length=16)),
                ('sealed', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'posted_at'], name='market_review_sellers_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['gone', 'hidden', 'shown'])), name='market_review_state'), models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='market_review_stars'), models.CheckConstraint(condition=models.Q(('sealed__isnull', True), ('author__isnull', False), _connector='OR'), name='market_review_words_have_author')],
            },
        ),
        migrations.CreateModel(
            name='Instruction',
            fields=[
                ('ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('target', models.CharField(max_length=16)),
                ('target_ref', models.CharField(max_length=64)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='market.seller')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='market.order')),
                ('number', models.PositiveIntegerField(null=True)),
                ('answered', models.PositiveIntegerField(null=True)),
                ('amount', models.PositiveBigIntegerField(default=0)),
                ('detail', models.CharField(blank=True, max_length=500)),
                ('until', models.DateTimeField(null=True)),
                ('about', models.CharField(max_length=128)),
                ('state', models.CharField(default='issued', max_length=32)),
                ('times', models.PositiveIntegerField(default=1)),
                ('tracking', models.CharField(blank=True, max_length=64)),
                ('note', models.BinaryField(null=True)),
                ('counted', models.BooleanField(default=False)),
                ('undoes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undoings', to='market.instruction')),
                ('issued_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('recalled_at', models.DateTimeField(null=True)),
                ('told_late_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['closed_at', 'ref'], name='market_instruction_closed'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['issued_at', 'ref'], name='market_instruction_out'), models.Index(fields=['target_ref', 'kind', 'number'], name='market_instruction_switch')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'issued', 'recalled', 'refused'])), name='market_instruction_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['confirmed', 'refused'])), models.Q(models.Q(('state__in', ['confirmed', 'refused']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='market_instruction_closed_at_ends'), models.CheckConstraint(condition=models.Q(models.Q(('target', 'order'), ('kind__in', ['deduct', 'give_back', 'label', 'refund'])), models.Q(('target', 'listing'), ('kind__in', ['demote_listing', 'hide_listing', 'promote_listing', 'remove_listing', 'restore_listing', 'show_listing'])), models.Q(('target', 'review'), ('kind__in', ['remove_review', 'restore_review'])), models.Q(('target', 'seller'), ('kind__in', ['allow_listings', 'close_category', 'close_seller', 'hold_payouts', 'open_category', 'release_payouts', 'reopen_seller', 'resume_seller', 'stop_listings', 'suspend_seller'])), _connector='OR'), name='market_instruction_target_fits'), models.CheckConstraint(condition=models.Q(models.Q(('order__isnull', False), ('target', 'order'), ('target_ref', models.F('order'))), models.Q(models.Q(('target', 'order'), _negated=True), ('order__isnull', True)), _connector='OR'), name='market_instruction_order_fits'), models.CheckConstraint(condition=models.Q(models.Q(('target', 'seller'), _negated=True), ('target_ref', models.F('seller')), _connector='OR'), name='market_instruction_seller_fits'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('target', 'order')), models.Q(models.Q(('target', 'order'), _negated=True), ('number__isnull', False)), _connector='OR'), name='market_instruction_number_fits'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['deduct', 'give_back', 'refund']), ('amount__gt', 0)), ('kind__in', ['hold_payouts']), models.Q(models.Q(('kind__in', ['deduct', 'give_back', 'refund']), ('kind__in', ['hold_payouts']), _connector='OR', _negated=True), ('amount', 0)), _connector='OR'), name='market_instruction_amount_fits'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['close_category', 'open_category']), models.Q(('detail', ''), _negated=True)), models.Q(models.Q(('kind__in', ['close_category', 'open_category']), _negated=True), ('detail', '')), _connector='OR'), name='market_instruction_detail_fits'), models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('kind__in', ['close_category', 'close_seller', 'demote_listing', 'hide_listing', 'hold_payouts', 'remove_listing', 'remove_review', 'stop_listings', 'suspend_seller']), ('until__gt', models.F('issued_at'))), _connector='OR'), name='market_instruction_until_fits'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['allow_listings', 'open_category', 'promote_listing', 'release_payouts', 'reopen_seller', 'restore_listing', 'restore_review', 'resume_seller', 'show_listing']), ('undoes__isnull', False)), models.Q(models.Q(('kind__in', ['allow_listings', 'open_category', 'promote_listing', 'release_payouts', 'reopen_seller', 'restore_listing', 'restore_review', 'resume_seller', 'show_listing']), _negated=True), ('undoes__isnull', True)), _connector='OR'), name='market_instruction_undoes_fits'), models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('kind__in', ['close_category', 'close_seller', 'demote_listing', 'hide_listing', 'hold_payouts', 'remove_listing', 'remove_review', 'stop_listings', 'suspend_seller']), _connector='OR'), name='market_instruction_undone_fits'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), ('target', 'order')), fields=('about', 'kind'), name='market_instruction_one_open'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), ('recalled_at__isnull', True)), fields=('about', 'kind', 'target_ref', 'detail'), name='market_instruction_one_measure_open'), models.UniqueConstraint(fields=('seller', 'number'), name='market_instruction_number')],
            },
        ),
        migrations.CreateModel(
            name='Impediment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='hindrances', to='market.seller')),
                ('about', models.CharField(max_length=128)),
                ('what', models.CharField(max_length=16)),
                ('code', models.CharField(blank=True, max_length=32)),
                ('category', models.CharField(blank=True, max_length=500)),
                ('listing', models.CharField(blank=True, max_length=64)),
                ('in_part', models.BooleanField(default=False)),
                ('vouches', models.BooleanField(default=False)),
                ('ja', models.CharField(blank=True, max_length=500)),
                ('en', models.CharField(blank=True, max_length=500)),
                ('todo_ja', models.CharField(blank=True, max_length=500)),
                ('todo_en', models.CharField(blank=True, max_length=500)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'listing'], name='market_impediment_sellers')],
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', ['category', 'listing', 'offer', 'payout', 'selling'])), name='market_impediment_what'), models.UniqueConstraint(fields=('about', 'what', 'code', 'category', 'listing'), name='market_impediment_once')],
            },
        ),
        migrations.CreateModel(
            name='TableMatching',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=16)),
                ('shape', models.CharField(max_length=64)),
                ('columns', models.JSONField()),
                ('by', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'shape'), name='market_tablematching_shape')],
            },
        ),
        migrations.CreateModel(
            name='ImportRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='market.importrun')),
                ('line', models.PositiveBigIntegerField()),
                ('kind', models.CharField(blank=True, db_default='', default='', max_length=32)),
                ('ref', models.CharField(blank=True, db_default='', default='', max_length=64)),
                ('code', models.CharField(max_length=64)),
                ('ja', models.TextField()),
                ('en', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'line'), name='market_importrefusal_line')],
            },
        ),
        migrations.CreateModel(
            name='ImportWaiting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='market.importrun')),
                ('line', models.PositiveBigIntegerField()),
                ('offset', models.PositiveBigIntegerField()),
                ('length', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=32)),
                ('ref', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'ref'], name='market_importwaiting_ref')],
                'constraints': [models.UniqueConstraint(fields=('run', 'line'), name='market_importwaiting_line')],
            },
        ),
        migrations.CreateModel(
            name='ListingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='market.listing')),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.listingcontent')),
                ('told_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['listing', 'told_at', 'id'], name='market_listing_moment')],
            },
        ),
        migrations.CreateModel(
            name='Screen',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='screen', serialize=False, to='market.order')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.buyer')),
                ('sha256', models.CharField(max_length=64)),
                ('sealed', models.BinaryField()),
                ('told_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ReviewEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edits', to='market.review')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.buyer')),
                ('stars', models.PositiveSmallIntegerField()),
                ('sealed', models.BinaryField(null=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['review', 'id'], name='market_reviewedit_review')],
            },
        ),
    ]
