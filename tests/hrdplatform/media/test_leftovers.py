from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from hrdplatform.media import leftovers
from hrdplatform.web import clock
from tests.factories.cms import document, image, planted
from tests.factories.videos import captioned, mp4

pytestmark = pytest.mark.django_db


def files(folder: str = "videos") -> set[str]:
    return {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}


def tomorrow():
    return clock.now() + timedelta(days=1)


def test_files_without_a_row_are_deleted_after_a_while_and_the_others_stay():
    planted()
    kept = captioned(described=ContentFile(mp4(), "described.mp4"))
    gone = captioned("Weg")
    orphans = {gone.file.name, gone.tracks.get().file.name}
    gone.delete()
    assert leftovers.sweep(at=clock.now(), limit=1000) == 0
    assert orphans <= files()
    while leftovers.sweep(at=tomorrow()):
        pass
    assert files() == {kept.file.name, kept.described.name, kept.tracks.get().file.name}


def test_pictures_and_documents_of_a_transaction_that_was_undone_go_too():
    planted()
    kept = {image().file.name, document().file.name}
    with pytest.raises(RuntimeError):
        undone()
    left = (files("original_images") | files("documents")) - kept
    assert len(left) >= 2
    while leftovers.sweep(at=tomorrow()):
        pass
    assert files("original_images") | files("documents") == kept


def undone() -> None:
    with transaction.atomic():
        image()
        document()
        raise RuntimeError
