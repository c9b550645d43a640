"""A film on its way: recorded in a browser, through the gate, onto a page; sent by an author in the office."""

import base64
import io

import pytest
from django.core.files.base import ContentFile

from hrdplatform.media import videos
from hrdplatform.media.models import PlatformVideo, Track
from hrdplatform.organisations.states import Role
from tests.factories.cms import planted, standard_page
from tests.factories.organisations import make_member, make_organisation
from tests.factories.videos import VTT, captioned, mp4
from tests.walks.office import settle, sign_in

pytestmark = pytest.mark.walk

RECORD = """async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const stroke = () => { pen.fillStyle = `hsl(${performance.now() % 360} 50% 50%)`; pen.fillRect(0, 0, 300, 150); };
  const paint = setInterval(stroke, 40);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const over = new Promise((done) => { recorder.onstop = done; });
  recorder.start(200);
  setTimeout(() => recorder.stop(), 1500);
  await over;
  clearInterval(paint);
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""

PLAY = """async (video) => {
  video.muted = true;
  video.textTracks[0].mode = "showing";
  await video.play();
  await new Promise((done) => { video.ontimeupdate = () => { if (video.currentTime > 0.3) done(); }; });
  video.pause();
  return { width: video.videoWidth, cues: video.textTracks[0].cues.length, error: video.error };
}"""

OPENED = """async (video) => {
  if (video.readyState < 1) await new Promise((done) => { video.onloadedmetadata = video.onerror = done; });
  return { width: video.videoWidth, error: video.error };
}"""


def test_it_plays_on_the_page_that_shows_it_chapter_by_chapter(visitors):
    planted()
    walker = visitors()
    recorded = base64.b64decode(walker.visit("/fr/").evaluate(RECORD))
    assert b"Chrome" in recorded
    stream = io.BytesIO(recorded)
    videos.clean(stream, "film.webm", len(recorded))
    assert b"Chrome" not in stream.getvalue()
    film = captioned(file=ContentFile(stream.getvalue(), "film.webm"))
    parts = ContentFile(b"WEBVTT\n\n00:01.000 --> 00:01.400\nLe bras\n", "parts.vtt")
    Track.objects.create(video=film, kind=Track.Kind.CHAPTERS, language="fr", file=parts)
    page = standard_page(body=[{"type": "video", "value": {"video": film.pk}}])
    shown = walker.visit(page.url_path)
    played = shown.locator("video").evaluate(PLAY)
    assert played == {"width": 300, "cues": 1, "error": None}
    address = shown.url
    chapter = shown.get_by_role("navigation", name="Verrouiller").get_by_role("link", name="Le bras")
    chapter.click()
    shown.wait_for_function("document.querySelector('video').currentTime >= 1")
    assert shown.url == address
    walker.witness.testify()
    plain = visitors(scripts=False)
    plain.visit(page.url_path).get_by_role("link", name="Le bras").click()
    assert plain.page.url.endswith(f"{film.url}#t=1")
    opened = plain.page.locator("video").evaluate(OPENED)
    assert opened == {"width": 300, "error": None}
    plain.witness.testify()


def test_an_author_sends_a_film_with_captions_from_the_office(visitors):
    planted()
    author = make_member(make_organisation("Passerelle"), Role.AUTHOR)
    walker = visitors(language="en")
    page = sign_in(walker, author, to="/office/videos/new/")
    page.locator("#id_title").fill("Verrouiller")
    page.locator("#id_language").select_option("fr")
    page.locator("#id_file").set_input_files({"name": "Maria.mp4", "mimeType": "video/mp4", "buffer": mp4()})
    page.locator("#id_transcript").fill("Écris le numéro sur ton bras.")
    page.locator("#id_tracks-ADD").click()
    page.locator("#id_tracks-0-language").select_option("fr")
    page.locator("#id_tracks-0-file").set_input_files({"name": "fr.vtt", "mimeType": "text/vtt", "buffer": VTT})
    page.locator("footer button[type=submit], main form button[type=submit]").last.click()
    page.locator(".messages .success").wait_for()
    settle(walker)
    film = PlatformVideo.objects.get()
    assert (film.uploaded_by, film.lacks, film.tracks.count()) == (author, "", 1)
    assert page.get_by_role("link", name="Verrouiller").first.is_visible()
