"""Say of the measures of before that stand what they keep their sellers from."""

from django.db import migrations

SELLING = (
    'selling',
    '「{ja}」の措置により、出品も販売もできません。',
    'A measure is in force (“{en}”): nothing may be listed or sold.',
)
OFFER = (
    'offer',
    '「{ja}」の措置により、この商品を掲載できません。',
    'A measure is in force (“{en}”): this listing may not be on offer.',
)
LISTING = (
    'listing',
    '「{ja}」の措置により、新しい商品を出品できません。',
    'A measure is in force (“{en}”): nothing new may be listed.',
)
CATEGORY = (
    'category',
    '「{ja}」の措置により、この分野の商品を出品できません。',
    'A measure is in force (“{en}”): nothing may be listed in this category.',
)
PAYOUT = (
    'payout',
    '「{ja}」の措置により、売上金の支払いが止まっています。',
    'A measure is in force (“{en}”): proceeds are not paid out.',
)
PAYOUT_IN_PART = (
    'payout',
    '「{ja}」の措置により、売上金の一部の支払いが止まっています。',
    'A measure is in force (“{en}”): a part of the proceeds is not paid out.',
)
APPEAL = (
    '理由と異議の申出については、「措置」のページをご覧ください。',
    'Please see the page “Measures” for why, and for how to appeal.',
)
CURE = (
    '「措置」のページで理由をご覧になり、直したら、そこで知らせてください。異議もそこから申し出られます。',
    'Please see the page “Measures” for why, and say there once it is put right. You can appeal there, too.',
)
KINDS = {
    'listing-hidden': (OFFER, '商品の一時非表示', 'listing hidden', CURE),
    'listing-removed': (OFFER, '商品の削除', 'listing removed', APPEAL),
    'category-closed': (CATEGORY, '分野の出品停止', 'category closed', CURE),
    'new-listings-stopped': (LISTING, '新規出品の停止', 'new listings stopped', APPEAL),
    'payout-held': (PAYOUT, '売上金の支払いの保留', 'payout held', CURE),
    'suspended': (SELLING, '利用の一時停止', 'account suspended', APPEAL),
    'closed': (SELLING, '利用契約の終了', 'account closed', APPEAL),
}
BATCH = 1000


def say(apps, schema_editor):
    """Read the measures that took effect and are not taken back."""
    measures = apps.get_model('enforcement', 'Measure').objects
    hindrance = apps.get_model('market', 'Impediment')
    known = set(apps.get_model('market', 'Seller').objects.values_list('pk', flat=True))
    rows = []
    for one in measures.filter(state__in=('ordered', 'in_force'), kind__in=KINDS, starts_at__isnull=False).iterator():
        if one.seller_ref not in known:
            continue
        said, title_ja, title_en, (todo_ja, todo_en) = KINDS[one.kind]
        if one.kind == 'payout-held' and one.amount:
            said = PAYOUT_IN_PART
        what, ja, en = said
        rows.append(hindrance(
            seller_id=one.seller_ref, about=f'enforcement.measure:{one.pk}', what=what, code=one.kind,
            category=one.target_ref if what == 'category' else '', listing=one.target_ref if what == 'offer' else '',
            in_part=said is PAYOUT_IN_PART, ja=ja.format(ja=title_ja), en=en.format(en=title_en),
            todo_ja=todo_ja, todo_en=todo_en, since=one.starts_at, until=one.ends_at if one.days else None,
            told_at=one.starts_at,
        ))
    hindrance.objects.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0014_asked_for_a_photograph'),
        ('market', '0017_clearance'),
    ]

    operations = [
        migrations.RunPython(say, migrations.RunPython.noop),
    ]
