"""Numbers of spent forms, until now in clear, are named by their digest; each is half of what draws a receipt."""

import hashlib

from django.db import migrations

IN_CLEAR = 32
"""Hex digits of a number as forms carry it; a digest has 64."""


def forwards(apps, _editor):
    numbers = apps.get_model("legal_aid", "FormNumber").objects
    for number in list(numbers.values_list("pk", flat=True)):
        if len(number) == IN_CLEAR:
            numbers.filter(pk=number).update(number=hashlib.sha256(number.encode()).hexdigest())


def backwards(_apps, _editor):
    """Nothing leads from a digest to its number. The rows stay: they are counted, and go with their case."""


class Migration(migrations.Migration):
    dependencies = [("legal_aid", "0002_a_second_confirms_a_removal")]

    operations = [migrations.RunPython(forwards, backwards)]
