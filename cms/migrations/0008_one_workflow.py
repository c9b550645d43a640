"""Takes away the workflow that Wagtail lays over every page, whose approvers are a group that nobody belongs to: what
was submitted to it never came back. Pages of organisations have the four eyes, the house's editors publish plain pages.
"""

from django.db import migrations

NAME = "Moderators approval"


def forwards(apps, schema_editor):
    get = apps.get_model
    stock = get("wagtailcore", "WorkflowPage").objects.filter(workflow__name=NAME, page__depth=1)
    workflows = list(stock.values_list("workflow", flat=True))
    stock.delete()
    left = get("wagtailcore", "WorkflowPage").objects.values("workflow")
    unused = get("wagtailcore", "Workflow").objects.filter(pk__in=workflows).exclude(pk__in=left)
    running = get("wagtailcore", "WorkflowState").objects.filter(workflow__in=unused, status="in_progress")
    tasks = get("wagtailcore", "TaskState").objects.filter(workflow_state__in=running, status="in_progress")
    tasks.update(status="cancelled")
    running.update(status="cancelled")
    unused.update(active=False)


def backwards(apps, schema_editor):
    get = apps.get_model
    root = get("wagtailcore", "Page").objects.filter(depth=1).first()
    stock = get("wagtailcore", "Workflow").objects.filter(name=NAME, active=False).first()
    if root is not None and stock is not None:
        get("wagtailcore", "WorkflowPage").objects.get_or_create(page_id=root.pk, defaults={"workflow_id": stock.pk})
        get("wagtailcore", "Workflow").objects.filter(pk=stock.pk).update(active=True)


class Migration(migrations.Migration):
    dependencies = [("cms", "0007_proposed_changes")]

    operations = [migrations.RunPython(forwards, backwards)]
