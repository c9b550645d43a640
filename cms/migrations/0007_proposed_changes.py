"""Changes of an initiative that wait for an editor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_block_words")]

    operations = [
        migrations.AddField(
            model_name="initiative", name="proposed", field=models.JSONField(editable=False, null=True)
        ),
    ]
