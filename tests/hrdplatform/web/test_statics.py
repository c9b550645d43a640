import pytest
from django.core.management import call_command
from django.templatetags.static import static

from hrdplatform.web.statics import HashedStorage


def test_a_file_that_was_not_collected_keeps_its_name_outside_production():
    assert static("web/platform.css") == "/static/web/platform.css"


def test_in_production_a_missing_file_is_an_error(tmp_path):
    storage = HashedStorage(location=tmp_path)
    storage.manifest_strict = True
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        storage.stored_name("web/platform.css")


def test_collected_files_carry_their_hash(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = []
    settings.STATICFILES_FINDERS = ["tests.hrdplatform.web.finders.WebFinder"]
    call_command("collectstatic", interactive=False, verbosity=0)
    storage = HashedStorage(location=tmp_path)
    assert storage.stored_name("web/icons.svg") != "web/icons.svg"
