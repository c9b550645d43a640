"""What an editor is told when she saves, and what is refused."""

import pytest
from django.urls import reverse

from cms.domain.findings import findings
from cms.models import GuidePage
from cms.rules import SilentVideoError
from hrdplatform.media.models import PlatformVideo
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.cms import image, planted, stored
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def text(source: str) -> dict:
    return {"type": "text", "value": source}


def page(*blocks) -> GuidePage:
    return GuidePage(title="Votre téléphone", body=stored(list(blocks)))


def video(**fields) -> PlatformVideo:
    return PlatformVideo.objects.create(title="La rivière", address="https://video.example.org/1", **fields)


def told(*blocks) -> str:
    return " ".join(findings(page(*blocks)))


def test_a_page_in_order_is_told_nothing():
    picture = {"image": image().pk, "decorative": False, "alt_text": "Un viaduc"}
    blocks = [
        text('<h2>Avant</h2><h3>Le code</h3><p><a href="https://cnpd.public.lu">La CNPD</a></p><h2>Après</h2>'),
        {"type": "image", "value": picture},
        {"type": "image", "value": {**picture, "decorative": True, "alt_text": ""}},
        {"type": "video", "value": {"video": video(transcript="Une rivière.").pk}},
    ]
    assert findings(page(*blocks)) == []


def test_a_heading_below_nothing_is_told_across_blocks():
    assert "“Le code” is a heading below a heading that is not there" in told(text("<h3>Le code</h3>"))
    assert told(text("<h2>Avant</h2>"), text("<h3>Le code</h3>")) == ""
    assert "heading without words" in told(text("<h2> </h2>"))


@pytest.mark.parametrize("words", ["ici", "Cliquez ici !", "hier", "HEI", "read more", "هنا"])
def test_a_link_that_does_not_say_where_it_leads_is_told(words):
    assert "does not say where it leads" in told(text(f'<p><a href="https://cnpd.public.lu">{words}</a></p>'))


def test_a_bare_address_is_told_also_deep_inside_a_block():
    steps = {"steps": [{"title": "Un", "text": '<p><a href="https://cnpd.public.lu">https://cnpd.public.lu</a></p>'}]}
    assert "is a bare address" in told({"type": "steps", "value": steps})


def test_a_picture_without_words_or_with_the_name_of_its_file_is_told():
    picture = {"image": image().pk, "decorative": False, "alt_text": "IMG_2041.jpg"}
    assert told({"type": "image", "value": picture}).count("A picture has no description") == 1
    assert "A picture has no description" in told({"type": "image", "value": {**picture, "alt_text": ""}})


def test_what_was_found_is_said_after_saving():
    planted()
    own = make_organisation()
    draft = guide(
        parent=section(own), live=False, body=stored([text('<p><a href="https://cnpd.public.lu">ici</a></p>')])
    )
    client = signed_in(make_member(own, Role.AUTHOR))
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    form = {"title": "Neu", "slug": draft.slug, "lead": "", "audience": "everybody", "licence": "CC-BY-SA-4.0"}
    form |= {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text", "body-0-id": ""}
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://cnpd.public.lu"}}
    import json

    ranges = [{"offset": 0, "length": 3, "key": 0}]
    block = {"text": "ici", "type": "unstyled", "depth": 0, "key": "a", "inlineStyleRanges": [], "entityRanges": ranges}
    form["body-0-value"] = json.dumps({"blocks": [block], "entityMap": {"0": link}})
    form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    answer = client.post(address, form, follow=True)
    assert "The link “ici” does not say where it leads" in answer.content.decode()


def test_a_video_without_captions_and_transcript_is_neither_published_nor_submitted():
    planted()
    own = make_organisation()
    author = make_member(own, Role.AUTHOR)
    silent = video()
    draft = guide(parent=section(own), live=False)
    draft.body = stored([{"type": "video", "value": {"video": silent.pk}}])
    revision = draft.save_revision(user=author)
    with pytest.raises(SilentVideoError):
        revision.publish()
    with pytest.raises(SilentVideoError):
        draft.get_workflow().start(draft, author)
    assert "needs a transcript" in " ".join(findings(draft))
    silent.transcript = "Une rivière, sans paroles."
    silent.save()
    revision.publish()
    assert GuidePage.objects.get(pk=draft.pk).live
