"""What tests of faults share: an installation that is served, on SQLite."""

import pytest

from tests.legal_aid.installation import Installation


@pytest.fixture
def site(tmp_path, valkey_server):
    site = Installation(tmp_path, valkey_server.url)
    site.start()
    yield site
    site.kill()
