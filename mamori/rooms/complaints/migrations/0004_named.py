from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0003_asked'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='named_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
    ]
