"""Addresses of legal aid. `spoken` stands below the language's prefix (defenders), `desk` at `/desk/` (teams)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from legal_aid.views import desk as desk_page
from legal_aid.views import plain_request, plain_return, sealed_defender, sealed_desk, sealed_shared, team, welcome

HEX16 = "[0-9a-f]{32}"
HASH = "[0-9a-f]{64}"

sealed_aid: list[URLPattern | URLResolver] = [
    re_path(rf"^team/(?P<team>{HEX16})/$", sealed_shared.team, name="sealed_team"),
    re_path(rf"^list/(?P<list_hash>{HASH})/$", sealed_shared.list_text, name="sealed_list"),
    path("uploads/", sealed_defender.uploads, name="sealed_uploads"),
    re_path(rf"^uploads/(?P<upload>{HEX16})/$", sealed_defender.upload, name="sealed_upload"),
    path("uploads/<slug:upload>/<int:number>/", sealed_defender.part, name="sealed_part"),
    path("files/<slug:digest>/<int:number>/", sealed_defender.file_part, name="sealed_file"),
    path("cases/", sealed_defender.cases, name="sealed_cases"),
    path("case/", sealed_defender.case, name="sealed_case"),
    path("records/", sealed_defender.records, name="sealed_records"),
    path("cards/", sealed_defender.cards, name="sealed_cards"),
    path("erase/", sealed_defender.erase, name="sealed_erase"),
]
sealed_for_members: list[URLPattern | URLResolver] = [
    path("me/", sealed_desk.me, name="sealed_me"),
    path("keys/", team.propose_keys, name="sealed_keys"),
    path("identities/", team.add_identity, name="sealed_identities"),
    path("queue/", sealed_desk.queue, name="sealed_queue"),
    re_path(rf"^case/(?P<case>{HEX16})/$", sealed_desk.case, name="sealed_case"),
    re_path(rf"^case/(?P<case>{HEX16})/acknowledge/$", sealed_desk.acknowledge, name="sealed_acknowledge"),
    path("own/<slug:name>/", sealed_desk.own, name="sealed_own"),
    re_path(rf"^team/(?P<team>{HEX16})/$", sealed_shared.team, name="sealed_team"),
    re_path(rf"^list/(?P<list_hash>{HASH})/$", sealed_shared.list_text, name="sealed_list"),
    path("uploads/", sealed_desk.uploads, name="sealed_uploads"),
    re_path(rf"^uploads/(?P<upload>{HEX16})/$", sealed_desk.upload, name="sealed_upload"),
    path("uploads/<slug:upload>/<int:number>/", sealed_desk.part, name="sealed_part"),
    path("files/<slug:digest>/<int:number>/", sealed_desk.file_part, name="sealed_file"),
    path("records/", sealed_desk.records, name="sealed_records"),
    path("cards/", sealed_desk.cards, name="sealed_cards"),
]
aid: list[URLPattern | URLResolver] = [
    path("", welcome.home, name="home"),
    path("request/", welcome.request, name="request"),
    path("request/plain/", plain_request.write, name="plain"),
    path("request/plain/receipt/", plain_request.confirm, name="plain_confirm"),
    path("urgent/", welcome.urgent, name="urgent"),
    path("urgent/plain/", plain_request.alert, name="plain_urgent"),
    path("return/", welcome.come_back, name="return"),
    path("return/plain/", plain_return.enter, name="plain_return"),
    path("return/plain/messages/", plain_return.thread, name="plain_thread"),
    re_path(rf"^return/plain/file/(?P<row>{HEX16})/(?P<number>[0-9]{{1,2}})/$", plain_return.file, name="plain_file"),
    path("return/plain/receipt/", plain_return.replace, name="plain_replace"),
    path("return/plain/erase/", plain_return.erase, name="plain_erase"),
    path("return/plain/erased/", plain_return.erased, name="plain_erased"),
    path("sealed/", include(sealed_aid)),
]
desk: list[URLPattern | URLResolver] = [
    path("", desk_page.home, name="home"),
    path("team/", team.team, name="team"),
    path("team/found/", team.found, name="found"),
    path("team/invite/", team.invite, name="invite"),
    path("team/named/", team.named, name="named"),
    path("team/keys/", team.keys, name="keys"),
    path("team/request.json", team.request_file, name="request_file"),
    path("team/list/", team.bring_list, name="bring_list"),
    path("team/member/<slug:member>/change/", team.change, name="change"),
    path("team/member/<slug:member>/remove/", team.remove, name="remove"),
    path("team/member/<slug:member>/keep/", team.keep, name="keep"),
    path("team/member/<slug:member>/confirm/", team.confirm, name="confirm"),
    path("sealed/", include(sealed_for_members)),
]

spoken: list[URLPattern | URLResolver] = [path("aid/", include((aid, "legal_aid")))]
rooms: list[URLPattern | URLResolver] = [path("desk/", include((desk, "desk")))]
