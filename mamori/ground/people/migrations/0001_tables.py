"""The tables of ground/people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='HouseSecret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=32, unique=True)),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('role', models.CharField(max_length=16)),
                ('is_active', models.BooleanField(default=True)),
                ('added_at', models.DateTimeField()),
                ('epoch', models.PositiveIntegerField(default=0)),
                ('totp_allowed_at', models.DateTimeField(null=True)),
                ('places', models.JSONField(default=list)),
                ('company', models.CharField(max_length=64, null=True, unique=True)),
                ('vouched_until', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['agent', 'lead', 'counsel', 'reader', 'officer', 'holder'])), name='people_account_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('company__isnull', True), ('vouched_until__isnull', True)), models.Q(('company__isnull', False), ('vouched_until__isnull', False)), _connector='OR'), name='people_account_vouched_by_company')],
            },
        ),
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=32)),
                ('sealed', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seller_ref', 'name'), name='people_delegate_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('name', models.CharField(max_length=64)),
                ('generation', models.PositiveIntegerField(default=1)),
                ('prefix', models.CharField(max_length=16, unique=True)),
                ('scopes', models.JSONField(default=list)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('sealed', models.BinaryField(null=True)),
                ('added_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'generation'), name='people_key_generation'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'api'), ('sealed__isnull', True), models.Q(('digest', ''), _negated=True)), models.Q(('digest', ''), ('kind', 'link'), ('sealed__isnull', False)), _connector='OR'), name='people_key_kept_as_its_kind')],
            },
        ),
        migrations.CreateModel(
            name='Once',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('until', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='people_once_until')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matter', models.CharField(max_length=32)),
                ('about', models.CharField(max_length=128)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(blank=True, max_length=16)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('by', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('needs', models.PositiveSmallIntegerField()),
                ('due_at', models.DateTimeField(null=True)),
                ('state', models.CharField(default='proposed', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['id'], name='people_proposal_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['declined', 'effected', 'proposed', 'withdrawn'])), name='people_proposal_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['declined', 'effected', 'withdrawn'])), models.Q(models.Q(('state__in', ['declined', 'effected', 'withdrawn']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='people_proposal_closed_at_ends'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('about', 'matter'), name='people_proposal_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='people.proposal')),
                ('by', models.CharField(max_length=128)),
                ('proposer', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'by'), name='people_approval_once'), models.CheckConstraint(condition=models.Q(('by', models.F('proposer')), _negated=True), name='people_approval_not_own')],
            },
        ),
        migrations.CreateModel(
            name='SignInCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.CharField(max_length=64, unique=True)),
                ('role', models.CharField(max_length=16)),
                ('ref', models.CharField(max_length=64)),
                ('claim', models.BinaryField()),
                ('browser', models.CharField(blank=True, max_length=32)),
                ('who', models.CharField(blank=True, max_length=128)),
                ('mac', models.BinaryField(default=b'')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='people_code_expiry')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='people_code_five_tries')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=32)),
                ('key', models.CharField(max_length=32)),
                ('window', models.BigIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='people_tally_until')],
                'constraints': [models.UniqueConstraint(fields=('name', 'key', 'window'), name='people_tally_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='introductions', to=settings.AUTH_USER_MODEL)),
                ('by', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'by'), name='people_introduction_once')],
            },
        ),
    ]
