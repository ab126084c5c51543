"""Whom the company signs in: who that is there, and until when its word holds; and the role of who only reads."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_visits_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='company',
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='account',
            name='vouched_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(model_name='account', name='people_account_role_known'),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(
                condition=Q(role__in=['agent', 'lead', 'counsel', 'reader', 'officer', 'holder']),
                name='people_account_role_known',
            ),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(
                condition=Q(company__isnull=True, vouched_until__isnull=True)
                | Q(company__isnull=False, vouched_until__isnull=False),
                name='people_account_vouched_by_company',
            ),
        ),
    ]
