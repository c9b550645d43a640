"""Takes "what changed" from the pages that never showed it, with the notes that were kept for nobody and the pieces that
a translation would put into the field that is gone.
"""

from django.db import migrations

KINDS = ("homepage", "learnpage", "sectionpage", "modulepage")


def forwards(apps, schema_editor):
    get = apps.get_model
    kinds = get("contenttypes", "ContentType").objects.filter(app_label="cms", model__in=KINDS)
    get("cms", "Change").objects.filter(page__content_type__in=kinds).delete()
    pieces = get("wagtail_localize", "StringSegment").objects.filter(context__path="change_note")
    pieces.filter(source__specific_content_type__in=kinds).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0009_sent_back_by_nobody"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
        *(migrations.RemoveField(model_name=kind, name="change_note") for kind in KINDS),
    ]
