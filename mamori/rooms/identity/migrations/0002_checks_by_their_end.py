from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0001_versions'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('until__isnull', False)), fields=['until', 'id'], name='identity_version_until'),
        ),
    ]
