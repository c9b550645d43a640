"""Folders that people send in, read by the worker."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.models.sent


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0010_notes_where_readers_see_them"),
        ("organisations", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SentFolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("place", models.CharField(default=cms.models.sent.place, editable=False, max_length=32, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wanted", "Waiting to be read"),
                            ("looked", "Nothing is wrong, nothing is changed yet"),
                            ("taken", "Taken in"),
                            ("broken", "Something has to be put right"),
                            ("stopped", "Stopped, nothing was changed"),
                        ],
                        default="wanted",
                        max_length=8,
                    ),
                ),
                ("dry", models.BooleanField()),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("pictures", models.JSONField(default=dict)),
                ("findings", models.JSONField(default=list)),
                ("report", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("turn_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "folder that was sent in",
                "verbose_name_plural": "folders that were sent in",
                "indexes": [models.Index(fields=["state", "turn_at"], name="sent_by_state")],
            },
        ),
    ]
