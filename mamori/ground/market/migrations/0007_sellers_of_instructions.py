"""Say of the instructions there are which seller and which order they concern: the order's."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    """Fill in what follows from the order."""
    del schema_editor
    seller = apps.get_model("market", "Order").objects.filter(pk=OuterRef("order_id")).values("seller_id")
    apps.get_model("market", "Instruction").objects.update(
        seller_id=Subquery(seller[:1]), target_ref=F("order_id")
    )


class Migration(migrations.Migration):

    dependencies = [("market", "0006_measures")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
