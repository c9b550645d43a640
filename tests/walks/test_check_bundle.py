"""An outsider compares a live site with the release, and notices each change that a hostile server would make."""

import json

import pytest

from hrdplatform.operations.comparing import Page, SilentSiteError, differences
from tests.factories import legal_aid

pytestmark = pytest.mark.walk


@pytest.fixture
def manifest(tmp_path, bundled):
    return bundled.parent / "bundle-manifest.json"


def test_the_site_is_the_release(site, manifest):
    legal_aid.team()
    assert list(differences(site.url, manifest)) == []


def test_other_bytes_and_unknown_scripts_are_named(site, manifest, tmp_path):
    legal_aid.team()
    released = json.loads(manifest.read_text())
    released["sealing/worker.js"]["sha256"] = "0" * 64
    del released["legal_aid/return.js"]
    changed = tmp_path / "manifest.json"
    changed.write_text(json.dumps(released))
    assert sorted(differences(site.url, changed)) == [
        "legal_aid/return.js: no script of this release",
        "sealing/worker.js: other bytes than the release's",
    ]


def test_inline_scripts_handlers_and_posting_forms_are_seen():
    page = Page('<script>1</script><p onclick="x">a</p><form method="POST" action="/take"></form>')
    assert (page.inline, page.handlers, page.posts) == (1, ["onclick"], ["/take"])


def test_a_site_that_is_not_there_is_said(manifest):
    with pytest.raises(SilentSiteError, match="does not answer"):
        list(differences("http://127.0.0.1:9", manifest))
