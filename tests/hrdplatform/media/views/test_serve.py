import pytest
from django.test import Client

from cms.domain.rights import let_editors_write
from cms.domain.sections import collection_of
from hrdplatform.media.queries import is_public
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.cms import document, image, planted, standard_page, stored
from tests.factories.organisations import make_member, make_organisation, make_platform

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def shows(picture, paper):
    return [
        {"type": "image", "value": {"image": picture.pk, "decorative": True, "alt_text": ""}},
        {"type": "download", "value": {"document": paper.pk, "label": ""}},
    ]


@pytest.fixture
def files():
    planted()
    picture, paper = image(), document()
    return picture, paper, [picture.get_rendition("width-40").url, paper.url]


@pytest.fixture
def house():
    return make_platform()


@pytest.fixture
def editor(house):
    let_editors_write()
    return signed_in(make_member(house, Role.EDITOR))


def fetch(client, address, **headers):
    answer = client.get(address, headers=headers)
    answer.close()
    return answer


def statuses(client, addresses):
    return [fetch(client, address).status_code for address in addresses]


def test_files_that_nothing_shows_are_not_there(files):
    assert statuses(Client(), files[2]) == [404, 404]


def test_files_of_a_draft_are_not_there_but_for_those_who_look_after_them(files, editor):
    standard_page(live=False, body=shows(*files[:2]))
    assert statuses(Client(), files[2]) == [404, 404]
    assert statuses(editor, files[2]) == [200, 200]
    foreign = signed_in(make_member(make_organisation(), Role.EDITOR))
    assert statuses(foreign, files[2]) == [404, 404]


def test_files_of_an_organisations_draft_are_there_for_its_own_people_and_the_house_alone(files, editor):
    owner = make_organisation()
    for item in files[:2]:
        item.collection = collection_of(owner)
        item.save()
    assert statuses(signed_in(make_member(owner, Role.AUTHOR)), files[2]) == [200, 200]
    assert statuses(editor, files[2]) == [200, 200]
    assert statuses(signed_in(make_member(owner, Role.OFFICIAL)), files[2]) == [404, 404]
    assert statuses(signed_in(make_member(make_organisation(), Role.AUTHOR)), files[2]) == [404, 404]


def test_files_of_a_draft_beside_a_live_page_are_not_there(files):
    page = standard_page()
    page.body = stored(shows(*files[:2]))
    page.save_revision()
    assert statuses(Client(), files[2]) == [404, 404]


def test_files_of_a_live_page_are_there_without_a_cookie_until_it_is_taken_off(files):
    page = standard_page(body=shows(*files[:2]))
    for address in files[2]:
        answer = fetch(Client(), address)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
    page.unpublish()
    assert statuses(Client(), files[2]) == [404, 404]


def test_knowing_the_etag_of_a_private_file_tells_nothing(files):
    page = standard_page(body=shows(*files[:2]))
    tags = {address: fetch(Client(), address)["ETag"] for address in files[2]}
    for address, tag in tags.items():
        assert fetch(Client(), address, **{"If-None-Match": tag}).status_code == 304
    page.unpublish()
    for address, tag in tags.items():
        assert fetch(Client(), address, **{"If-None-Match": tag}).status_code == 404
        assert fetch(Client(), address, **{"If-None-Match": "*"}).status_code == 404


def test_without_the_second_factor_drafts_stay_hidden(files, house, editor):
    member = make_member(house, Role.EDITOR)
    assert statuses(signed_in(member, verified=False), files[2]) == [404, 404]


def test_the_original_of_an_image_has_no_address(files, editor):
    picture = files[0]
    stored_as = picture.file.name
    for address in (f"/media/{stored_as}", f"/media/images/../{stored_as}", "/media/images/nothing.png"):
        assert editor.get(address).status_code == 404


def test_documents_are_saved_not_opened(files):
    standard_page(body=shows(*files[:2]))
    answer = fetch(Client(), files[2][1])
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_a_page_in_the_bin_shows_nothing(files):
    page = standard_page(body=shows(*files[:2]))
    page.delete()
    assert not is_public(files[0])
