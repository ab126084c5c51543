"""Keep what more is told of listings, orders and reviews, what reviews said before, and what refused lines are about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("market", "0013_notes_of_answers"),
    ]

    operations = [
        migrations.AddField("importrefusal", "kind", models.CharField(blank=True, db_default="", default="", max_length=32)),
        migrations.AddField("importrefusal", "ref", models.CharField(blank=True, db_default="", default="", max_length=64)),
        migrations.AddField("listing", "url", models.CharField(blank=True, db_default="", default="", max_length=2000)),
        migrations.AddField("listing", "brand", models.CharField(blank=True, db_default="", default="", max_length=500)),
        migrations.AddField("listing", "model", models.CharField(blank=True, db_default="", default="", max_length=500)),
        migrations.AddField("listing", "gtin", models.CharField(blank=True, db_default="", default="", max_length=14)),
        migrations.AddField("listing", "nature", models.CharField(blank=True, db_default="", default="", max_length=16)),
        migrations.AddField(
            "listing", "pictures", models.JSONField(db_default=models.Value([], models.JSONField()), default=list)
        ),
        migrations.AddField("order", "received_on", models.DateField(null=True)),
        migrations.AddField("order", "as_business", models.BooleanField(null=True)),
        migrations.AddField(
            "review",
            "author",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="market.buyer"
            ),
        ),
        migrations.AddField("review", "sealed", models.BinaryField(null=True)),
        migrations.AddField("seller", "undated_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            "ReviewEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="edits", to="market.review"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="market.buyer"
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField(null=True)),
                ("changed_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["review", "id"], name="market_reviewedit_review")]},
        ),
        migrations.AddConstraint(
            "listing",
            models.CheckConstraint(
                condition=models.Q(nature__in=["", "goods", "right", "service"]), name="market_listing_nature"
            ),
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=True) | models.Q(author__isnull=False),
                name="market_review_words_have_author",
            ),
        ),
    ]
