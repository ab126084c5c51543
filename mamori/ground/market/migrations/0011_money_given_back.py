"""Let money that was deducted be given back to a seller."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0010_refunds_apart'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='instruction',
            name='market_instruction_target_fits',
        ),
        migrations.RemoveConstraint(
            model_name='instruction',
            name='market_instruction_amount_fits',
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target', 'order'), ('kind__in', ['deduct', 'give_back', 'label', 'refund'])), models.Q(('target', 'listing'), ('kind__in', ['demote_listing', 'hide_listing', 'promote_listing', 'remove_listing', 'restore_listing', 'show_listing'])), models.Q(('target', 'review'), ('kind__in', ['remove_review', 'restore_review'])), models.Q(('target', 'seller'), ('kind__in', ['allow_listings', 'close_category', 'close_seller', 'hold_payouts', 'open_category', 'release_payouts', 'reopen_seller', 'resume_seller', 'stop_listings', 'suspend_seller'])), _connector='OR'), name='market_instruction_target_fits'),
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['deduct', 'give_back', 'refund']), ('amount__gt', 0)), ('kind__in', ['hold_payouts']), models.Q(models.Q(('kind__in', ['deduct', 'give_back', 'refund']), ('kind__in', ['hold_payouts']), _connector='OR', _negated=True), ('amount', 0)), _connector='OR'), name='market_instruction_amount_fits'),
        ),
    ]
