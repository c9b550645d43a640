"""Ends what the workflow that 0008 took away had sent back: its pages waited for changes that nobody can hand in again.

Taking the step back leaves them free: they may be submitted to whatever workflow then stands over them.
"""

from django.db import migrations

NAME = "Moderators approval"


def forwards(apps, schema_editor):
    waiting = apps.get_model("wagtailcore", "WorkflowState").objects.filter(
        workflow__name=NAME, workflow__active=False, status="needs_changes"
    )
    waiting.update(status="cancelled")


class Migration(migrations.Migration):
    dependencies = [("cms", "0008_one_workflow")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
