from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("seal", "0004_key_marks")]

    operations = [migrations.AddField("hold", "until", models.DateTimeField(null=True))]
