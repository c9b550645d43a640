"""Plants the page trees of the complete languages; the way back leaves Wagtail's welcome page."""

from django.db import migrations

from cms.domain import trees


def forwards(apps, schema_editor):
    trees.plant(apps.get_model)


def backwards(apps, schema_editor):
    trees.uproot(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
