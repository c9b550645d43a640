"""The course as SCORM 1.2: the rules of ADL's schema and content packaging, and what the script tells."""

import io
import re
import threading
import xml.etree.ElementTree as ET
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cms.packages.scorm import scorm
from tests.factories.books import book, difficult_course, live_course, members

pytestmark = pytest.mark.django_db

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
NCNAME = re.compile(r"[A-Za-z_][\w.-]*")


def faults(files: dict[str, bytes]) -> list[str]:
    """What the content aggregation model (SCORM 1.2, chapter 2) does not allow in a package."""
    root = ET.fromstring(files["imsmanifest.xml"])
    return [*order(root), *identifiers(root), *organizations(root), *resources(root, files)]


def order(root: ET.Element) -> list[str]:
    """Elements come in the sequence of the schema, and the root says which standard it follows."""
    found = []
    if [child.tag for child in root] != [f"{CP}metadata", f"{CP}organizations", f"{CP}resources"]:
        found.append("order of the manifest")
    if [(child.tag, child.text) for child in root[0]] != [(f"{CP}schema", "ADL SCORM"), (f"{CP}schemaversion", "1.2")]:
        found.append("metadata")
    for item in root.iter(f"{CP}item"):
        tags = [child.tag for child in item]
        if not tags or tags[0] != f"{CP}title" or set(tags[1:]) - {f"{CP}item"} or not item[0].text.strip():
            found.append(f"item {item.get('identifier')}")
    return found


def identifiers(root: ET.Element) -> list[str]:
    """`xsd:ID`: there, of the right letters, once."""
    wanted = [f"{CP}{name}" for name in ("manifest", "organization", "item", "resource")]
    names = [element.get("identifier") or "" for element in root.iter() if element.tag in wanted]
    return [name for name in names if not NCNAME.fullmatch(name) or names.count(name) > 1]


def organizations(root: ET.Element) -> list[str]:
    """The default one is there; each item leads to a resource or holds items."""
    above = root.find(f"{CP}organizations")
    inside = {one.get("identifier") for one in above}
    found = [] if above.get("default") in inside else ["default organization"]
    known = {resource.get("identifier") for resource in root.iter(f"{CP}resource")}
    for item in root.iter(f"{CP}item"):
        reference, below = item.get("identifierref"), item.findall(f"{CP}item")
        if (reference is None) == (not below) or (reference and reference not in known):
            found.append(f"reference of {item.get('identifier')}")
    return found


def resources(root: ET.Element, files: dict[str, bytes]) -> list[str]:
    """Each is web content and either an object or an asset; what begins it is among its files; all files are named."""
    found = []
    known = {resource.get("identifier") for resource in root.iter(f"{CP}resource")}
    for resource in root.iter(f"{CP}resource"):
        name, inside = resource.get("identifier"), [file.get("href") for file in resource.findall(f"{CP}file")]
        kind = resource.get(f"{ADL}scormtype")
        if resource.get("type") != "webcontent" or kind not in {"sco", "asset"}:
            found.append(f"kind of {name}")
        if kind == "sco" and resource.get("href") not in inside:
            found.append(f"beginning of {name}")
        found += [f"{name}: {file}" for file in inside if file not in files]
        found += [name for one in resource.findall(f"{CP}dependency") if one.get("identifierref") not in known]
    named = {file.get("href") for file in root.iter(f"{CP}file")}
    return found + sorted(set(files) - named - {"imsmanifest.xml"})


@pytest.mark.parametrize("make", [live_course, difficult_course])
def test_the_manifest_follows_every_rule(make):
    assert faults(members(scorm(book(make())))) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<schemaversion>1.2<", b"<schemaversion>2004<"),
        (b'default="course"', b'default="other"'),
        (b'identifier="item-start"', b'identifier="1item"'),
        (b'identifierref="lesson-1-1"', b'identifierref="lesson-9"'),
        (b'scormtype="asset"', b'scormtype="thing"'),
        (b'<file href="offline.css"/>', b'<file href="nothing.css"/>'),
        (b'<file href="lesson-1-1.html"/>', b""),
    ],
)
def test_a_planted_fault_is_found(before, after):
    files = members(scorm(book(live_course())))
    assert before in files["imsmanifest.xml"]
    files["imsmanifest.xml"] = files["imsmanifest.xml"].replace(before, after)
    assert faults(files)


def test_modules_hold_their_lessons_and_each_lesson_is_an_object_of_its_own():
    root = ET.fromstring(members(scorm(book(live_course())))["imsmanifest.xml"])
    top = root.findall(f"{CP}organizations/{CP}organization/{CP}item")
    assert [item.findtext(f"{CP}title") for item in top] == [
        *("Your phone at a demonstration", "Before you go", "On the street"),
    ]
    lessons = [item.findtext(f"{CP}title") for item in top[1].findall(f"{CP}item")]
    assert lessons == ["Before you go", "What is at stake", "Your phone"]


def test_what_is_for_facilitators_is_not_in_it():
    files = members(scorm(book(live_course())))
    assert "facilitators.html" not in files
    assert not any(b"Bring" in content for content in files.values())


def test_the_same_course_gives_the_same_bytes():
    course = live_course()
    assert scorm(book(course)) == scorm(book(course))


LMS = """<!DOCTYPE html><title>LMS</title><script>
var told = [], known = {};
var API = {
  LMSInitialize: function () { told.push("begin"); return "true"; },
  LMSGetValue: function (name) { return known[name] || "not attempted"; },
  LMSSetValue: function (name, value) { known[name] = value; told.push(name + "=" + value); return "true"; },
  LMSCommit: function () { return "true"; },
  LMSFinish: function () { told.push("end"); return "true"; }
};
</script><iframe name="sco" width="600" height="300"></iframe>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Nothing is said."""


@pytest.fixture
def address(tmp_path):
    with zipfile.ZipFile(io.BytesIO(scorm(book(live_course())))) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "lms.html").write_text(LMS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_lesson_tells_a_learning_platform_that_it_was_opened_and_read_to_its_end(address, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/lms.html")
    frame = page.frame("sco")
    frame.goto(f"{address}/lesson-1-2.html")
    page.wait_for_function("told.length >= 2")
    assert page.evaluate("told") == ["begin", "cmi.core.lesson_status=incomplete"]
    frame.locator("#end").scroll_into_view_if_needed()
    page.wait_for_function("known['cmi.core.lesson_status'] === 'completed'")
    frame.goto(f"{address}/lesson-1-1.html")
    page.wait_for_function("told.indexOf('end') > 0")
    assert page.evaluate("told").count("end") == 1
    context.close()


def test_without_a_learning_platform_a_lesson_is_a_page_like_any_other(address, chromium):
    context = chromium.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/lesson-1-2.html")
    assert page.get_by_role("heading", level=1).inner_text() == "Your phone"
    assert errors == []
    context.close()
