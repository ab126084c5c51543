"""Which of what staff did about a campaign a form has seen."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0003_announcements'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='version',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
