"""A film that a browser has recorded passes the gate and plays on a page, with its captions."""

import base64
import io

import pytest
from django.core.files.base import ContentFile

from hrdplatform.media import videos
from tests.factories.cms import planted, standard_page
from tests.factories.videos import captioned

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


def test_it_plays_on_the_page_that_shows_it(visitors):
    planted()
    walker = visitors()
    recorded = base64.b64decode(walker.visit("/fr/").evaluate(RECORD))
    assert b"Chrome" in recorded
    stream = io.BytesIO(recorded)
    videos.clean(stream, "film.webm", len(recorded))
    assert b"Chrome" not in stream.getvalue()
    film = captioned(file=ContentFile(stream.getvalue(), "film.webm"))
    page = standard_page(body=[{"type": "video", "value": {"video": film.pk}}])
    shown = walker.visit(page.url_path)
    played = shown.locator("video").evaluate(PLAY)
    assert played == {"width": 300, "cues": 1, "error": None}
    walker.witness.testify()
