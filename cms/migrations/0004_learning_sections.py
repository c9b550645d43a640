"""Plants the learning section of each language; the way back takes it and all below it away."""

from django.db import migrations

from cms.domain import trees


def forwards(apps, schema_editor):
    trees.plant_learning(apps.get_model)


def backwards(apps, schema_editor):
    trees.clear_learning(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_learning")]

    operations = [migrations.RunPython(forwards, backwards)]
