"""A live course with every block, bound into a book, for the tests of the offline packages."""

from __future__ import annotations

import io
import zipfile

from cms.models import CoursePage
from cms.packages.binding import bind
from cms.packages.book import Book
from hrdplatform.media.models import PlatformVideo
from tests.factories import cms, learning
from tests.factories.folders import folder, taken, writer
from tests.factories.videos import complete


def live_course(slug: str = "passerelle") -> CoursePage:
    """The canonical course, published, all of it."""
    course = taken(folder(), writer(slug)).page
    for page in [course, *course.get_descendants()]:
        page.specific.get_latest_revision().publish()
    return CoursePage.objects.get(pk=course.pk)


def difficult_course() -> CoursePage:
    """An Arabic course with what makes writers stumble: letters of XML, a video, odd links, a control character."""
    cms.planted("ar")
    video = PlatformVideo.objects.create(
        title="فيديو <1>", address="https://video.example.org/1", language="ar", transcript="نص\n\nآخر & <ذلك>"
    )
    ours = complete("فيلم & <نا>", language="ar", transcript="نص <2>")
    body = [
        {"type": "video", "value": {"video": video.pk}},
        {"type": "video", "value": {"video": ours.pk}},
        {"type": "quote", "value": {"text": "سطر\nسطر\x0b & <b>", "source": "«»"}},
        {
            "type": "text",
            "value": '<h2>عنوان</h2><p><a href="https://example.org/a b?x=<1>&amp;y=é">x</a> <a href="#nowhere">y</a>'
            '<a href="javascript:alert(1)">z</a> <a linktype="page" id="999999">w</a></p>',
        },
    ]
    course = learning.course(
        "الأمن & <الرقمي>", slug="amn", parent=learning.section(language="ar"), lead="مقدمة", lessons=0
    )
    module = course.get_children().get()
    fields = {"facilitator_notes": "<p>للمدرّبين</p>", "body": cms.stored(body)}
    learning.lesson("درس <١>", parent=module.specific, **fields)
    return CoursePage.objects.get(pk=course.pk)


def book(course: CoursePage) -> Book:
    return bind(course)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
