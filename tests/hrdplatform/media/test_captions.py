import io

import pytest

from hrdplatform.media import captions

GOOD = [
    "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n",
    "\ufeffWEBVTT - French\r\n\r\nNOTE by us\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000 line:80%\r\nHello\r\n",
    "WEBVTT\nKind: captions\n\n01:00:01.000 --> 01:00:02.500\n<v Maria>Come <b>here</b>,</v> <i>now</i>\n<c.loud>yes",
    "WEBVTT\n\n\n\n00:01.000 --> 00:02.000\n3 < 4 is written 3 &lt; 4\n".replace("3 < 4 is", "It is"),
]


def check(text: str | bytes, name: str = "a.vtt", **options) -> int:
    content = text.encode() if isinstance(text, str) else text
    return captions.check(io.BytesIO(content), name, len(content), **options)


def refusal(text: str | bytes, name: str = "a.vtt", **options) -> captions.CaptionsRefusedError:
    with pytest.raises(captions.CaptionsRefusedError) as refused:
        check(text, name, **options)
    return refused.value


@pytest.mark.parametrize("text", GOOD)
def test_captions_that_a_browser_reads_are_taken(text):
    assert check(text) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\na", 1),
        ("1\n00:00:01,000 --> 00:00:02,000\nSubRip", 1),
        ("WEBVTT\n00:01.000 --> 00:02.000\na", 2),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\na", 3),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\na", 3),
        ("WEBVTT\n\nname\n00:02.000 --> 00:01.000\na", 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 colour:red\na", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:02.000 --> 00:03.000\nb", 5),
        ("WEBVTT\n\nonly words", 3),
        ("WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\na", 3),
        ("WEBVTT\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000\na", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n<img src=x onerror=alert(1)>", 5),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>", 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<b", 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<00:01.500>karaoke", 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\x00b", 1),
    ],
)
def test_a_fault_is_named_with_its_line(text, line):
    refused = refusal(text)
    assert refused.code == "line"
    assert refused.params["line"] == line


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("WEBVTT\n\nNOTE nothing", "a.vtt", "empty"),
        ("WEBVTT é".encode("latin-1"), "a.vtt", "encoding"),
        (GOOD[0], "a.srt", "kind"),
        (GOOD[0] + "\n" * captions.MOST_BYTES, "a.vtt", "too_large"),
    ],
)
def test_other_files_are_refused(text, name, code):
    assert refusal(text, name).code == code


def test_chapters_hold_plain_words_only():
    assert check(GOOD[0], markup=False) == 1
    assert refusal(GOOD[2], markup=False).params["line"] == 5
