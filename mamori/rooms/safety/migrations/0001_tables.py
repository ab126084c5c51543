"""The tables of rooms/safety."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('office', models.CharField(blank=True, default='', max_length=200)),
                ('phone', models.CharField(max_length=32)),
                ('mail', models.CharField(blank=True, default='', max_length=254)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('page', models.CharField(max_length=500)),
                ('entered_by', models.CharField(max_length=80)),
                ('entered_at', models.DateTimeField()),
                ('confirmed_by', models.CharField(blank=True, default='', max_length=80)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Accident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing_ref', models.CharField(max_length=64)),
                ('seller_ref', models.CharField(max_length=64)),
                ('former', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.accident')),
                ('hurt', models.CharField(max_length=8)),
                ('fire', models.BooleanField()),
                ('happened_on', models.DateField(null=True)),
                ('said', models.BinaryField(null=True)),
                ('entered_by', models.CharField(max_length=80)),
                ('known_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(null=True)),
                ('maker_asked_at', models.DateTimeField(null=True)),
                ('maker_told_at', models.DateTimeField(null=True)),
                ('nite_at', models.DateTimeField(null=True)),
                ('caa_at', models.DateTimeField(null=True)),
                ('kept_at', models.DateTimeField(null=True)),
                ('alert', models.PositiveBigIntegerField(null=True)),
                ('buyers_told_at', models.DateTimeField(null=True)),
                ('left_out', models.JSONField(default=list)),
                ('unread_at', models.DateTimeField(null=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='open', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'dismissed', 'open'])), name='safety_accident_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'dismissed'])), models.Q(models.Q(('state__in', ['closed', 'dismissed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='safety_accident_closed_at_ends'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('listing_ref',), name='safety_accident_one_open')],
            },
        ),
        migrations.CreateModel(
            name='AccidentListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goods', to='safety.accident')),
                ('listing_ref', models.CharField(max_length=64)),
                ('seller_ref', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField()),
                ('finding', models.PositiveBigIntegerField(null=True)),
                ('hidden_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['listing_ref'], name='safety_accident_goods')],
                'constraints': [models.UniqueConstraint(fields=('accident', 'listing_ref'), name='safety_accident_goods_once')],
            },
        ),
        migrations.CreateModel(
            name='AccidentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='safety.accident')),
                ('source', models.CharField(max_length=16)),
                ('about', models.CharField(max_length=80)),
                ('case', models.CharField(blank=True, default='', max_length=32)),
                ('joined_at', models.DateTimeField()),
                ('kept_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('accident', 'about'), name='safety_accident_report_once')],
            },
        ),
        migrations.CreateModel(
            name='AuthorityRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(max_length=24)),
                ('channel', models.CharField(max_length=16)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.agency')),
                ('joined', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safety.authorityrequest')),
                ('said', models.BinaryField(null=True)),
                ('rows', models.BinaryField(null=True)),
                ('mark', models.BinaryField(max_length=32)),
                ('received_at', models.DateTimeField()),
                ('own_day', models.DateField(null=True)),
                ('entered_by', models.CharField(max_length=80)),
                ('entered_at', models.DateTimeField()),
                ('verified_by', models.CharField(blank=True, default='', max_length=80)),
                ('verified_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('acted_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='received', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['mark'], name='safety_request_mark'), models.Index(fields=['received_at', 'id'], name='safety_request_received')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['acted', 'answered', 'closed', 'confirmed', 'forged', 'received', 'verified'])), name='safety_request_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'forged'])), models.Q(models.Q(('state__in', ['closed', 'forged']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='safety_request_closed_at_ends'), models.CheckConstraint(condition=models.Q(('basis__in', ['commerce', 'dpf-act', 'electrical-safety', 'gas', 'health', 'information', 'liquefied-gas', 'medicines', 'misleading', 'other', 'pledge', 'police', 'product-accident', 'product-safety', 'used-goods'])), name='safety_request_basis')],
            },
        ),
        migrations.CreateModel(
            name='RequestLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='safety.authorityrequest')),
                ('number', models.PositiveIntegerField()),
                ('missing', models.CharField(blank=True, default='', max_length=16)),
                ('more', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('request', 'number'), name='safety_line_once')],
            },
        ),
        migrations.CreateModel(
            name='RequestHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hits', to='safety.authorityrequest')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hits', to='safety.requestline')),
                ('listing_ref', models.CharField(max_length=64)),
                ('seller_ref', models.CharField(max_length=64)),
                ('category', models.CharField(blank=True, default='', max_length=500)),
                ('why', models.CharField(max_length=16)),
                ('judged_by', models.CharField(blank=True, default='', max_length=80)),
                ('meant_at', models.DateTimeField(null=True)),
                ('not_meant_at', models.DateTimeField(null=True)),
                ('way', models.CharField(blank=True, default='', max_length=8)),
                ('outcome', models.CharField(blank=True, default='', max_length=16)),
                ('clause', models.CharField(blank=True, default='', max_length=64)),
                ('finding', models.PositiveBigIntegerField(null=True)),
                ('acted_by', models.CharField(blank=True, default='', max_length=80)),
                ('acted_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_read_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['listing_ref'], name='safety_hit_listing'), models.Index(condition=models.Q(('finding__isnull', False)), fields=['finding'], name='safety_hit_finding')],
                'constraints': [models.UniqueConstraint(fields=('line', 'listing_ref'), name='safety_hit_once'), models.CheckConstraint(condition=models.Q(('meant_at__isnull', True), ('not_meant_at__isnull', True), _connector='OR'), name='safety_hit_judged_once')],
            },
        ),
    ]
