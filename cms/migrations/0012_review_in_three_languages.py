"""The name of the second pair of eyes, which Wagtail stores once for everybody, in each of the office's languages."""

from django.db import migrations

OLD = "Four eyes"
NEW = "Relecture · Gegenlesen · Review"


def rename(apps, before, after):
    apps.get_model("cms", "FourEyesTask").objects.filter(name=before).update(name=after)
    ours = apps.get_model("wagtailcore", "Workflow").objects.filter(
        name=before, workflow_tasks__task__foureyestask__isnull=False
    )
    apps.get_model("wagtailcore", "Workflow").objects.filter(pk__in=list(ours.values_list("pk", flat=True))).update(
        name=after
    )


def forwards(apps, schema_editor):
    rename(apps, OLD, NEW)


def backwards(apps, schema_editor):
    rename(apps, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [("cms", "0011_sent_folders")]

    operations = [migrations.RunPython(forwards, backwards)]
