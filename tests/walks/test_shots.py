"""Every page can be drawn at each size and colour; the pictures are for people."""

import pytest

from tests.walks import shots
from tests.walks.browser import Walker
from tests.walks.every_stop import STOPS
from tests.walks.stops import Stop

pytestmark = pytest.mark.walk


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_the_page_is_drawn(visitor: Walker, stop: Stop, tmp_path):
    stop.prepare(visitor)
    for language in ("fr", "ar"):
        if language in stop.languages:
            stop.visit(visitor, language)
            name = f"{stop.name.replace(', ', '-').replace(' ', '_')}-{language}"
            for file in shots.take(visitor, name, shots.folder(tmp_path)):
                assert file.stat().st_size > 3_000
