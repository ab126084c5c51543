from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("market", "0001_tables")]

    operations = [
        migrations.AddIndex(
            "Order",
            models.Index(fields=["buyer", "ordered_at", "ref"], name="market_order_buyers_newest"),
        ),
    ]
