"""The pages of accounts and organisations in their states: what prepares each, and what it says in English."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from hrdplatform.accounts.domain import backup, passwords, totp
from hrdplatform.accounts.models import Passkey, TotpDevice, User
from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.factories.accounts import make_app, make_user, signed_in
from tests.factories.organisations import make_member, make_organisation, make_platform, membership_of
from tests.walks.browser import Walker

EVERYBODY = ("fr", "en", "ar")


@dataclass(frozen=True)
class AccountPage:
    """`prepare` fills the database, signs the walker in where needed, and answers the address."""

    name: str
    says: str
    prepare: Callable[[Walker], str]
    languages: tuple[str, ...] = EVERYBODY
    status: int = 200
    press: str = ""
    """A button to press first, by its words in the page: the page after it is the one that is meant."""

    def __str__(self) -> str:
        return self.name


def carry(walker: Walker, name: str, value: str) -> None:
    """Puts a cookie into the walker's browser. Playwright's own way names a domain, which `__Host-` forbids."""
    cookie = {"name": name, "value": value, "url": walker.site.url, "path": "/", "secure": True, "httpOnly": True}
    answer = walker.context.new_cdp_session(walker.page).send("Network.setCookie", cookie)
    assert answer["success"]


def speak(walker: Walker, language: str) -> None:
    """Chooses a language for pages whose address carries none."""
    carry(walker, settings.LANGUAGE_COOKIE_NAME, language)


def enter(walker: Walker, user: User, **how: bool) -> User:
    """Gives the walker a session of `user`."""
    client = signed_in(user, **how)
    carry(walker, settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
    return user


def person(walker: Walker, **how: bool) -> User:
    return enter(walker, make_user(name="Ana Weber"), **how)


def at(address: str, **how: bool) -> Callable[[Walker], str]:
    """A page for somebody who is signed in."""

    def prepare(walker: Walker) -> str:
        person(walker, **how)
        return address

    return prepare


def first_app(walker: Walker) -> str:
    user = person(walker, verified=False)
    return f"/account/app/{totp.begin_app(user, name='My phone', at=clock.now()).pk}/"


def both_ways(walker: Walker) -> str:
    user = person(walker, fresh=False)
    Passkey.objects.create(user=user, name="Key", credential_id=b"1", public_key=b"2", relying_party="localhost")
    return "/account/second-factor/?next=/account/codes/"


def furnished_home(walker: Walker) -> str:
    user = person(walker)
    make_app(user, name="Old phone")
    make_member(make_organisation("Sea Watch"), Role.AUTHOR, user)
    backup.make_sheet(user, at=clock.now())
    Passkey.objects.create(user=user, name="Key", credential_id=b"1", public_key=b"2", relying_party="localhost")
    enter(walker, user)
    return "/account/"


def removal(walker: Walker) -> str:
    person(walker)
    return f"/account/device/app/{TotpDevice.objects.get().pk}/remove/"


def reset_link(walker: Walker) -> str:
    user = make_user()
    person_code = passwords.urlsafe_base64_encode(str(user.pk).encode())
    return f"/account/password/reset/{person_code}/{passwords.tokens.make_token(user)}/"


def invitation(walker: Walker, email: str = "ana@example.org") -> str:
    link = invite(
        email=email,
        organisation=make_organisation("Sea Watch"),
        role=Role.AUTHOR,
        language="en",
        door="office",
        by=None,
        at=clock.now(),
    )
    return "/" + link.split("/", 3)[3]


def administration(tail: str = "") -> Callable[[Walker], str]:
    """A page of an organisation with members and an open invitation; `{member}` is one of them."""

    def prepare(walker: Walker) -> str:
        invitation(walker)
        here = Organisation.objects.get()
        boss, member = make_member(here, Role.ADMINISTRATOR), make_member(here, Role.EDITOR)
        enter(walker, boss)
        return f"/account/organisation/{here.slug}/" + tail.format(member=membership_of(member, here).pk)

    return prepare


def last_administrator(walker: Walker) -> str:
    platform = make_platform()
    chief = enter(walker, make_member(platform, Role.ADMINISTRATOR))
    return f"/account/organisation/platform/member/{membership_of(chief, platform).pk}/remove/"


def switching(walker: Walker) -> str:
    here = make_organisation("Sea Watch")
    member = make_member(here, Role.EDITOR)
    enter(walker, make_member(make_platform(), Role.ADMINISTRATOR))
    return f"/account/organisation/{here.slug}/member/{membership_of(member, here).pk}/account/"


def elsewhere(walker: Walker) -> str:
    user = enter(walker, make_user(), verified=False)
    fields = {"credential_id": b"1", "public_key": b"2", "relying_party": "office.example"}
    Passkey.objects.create(user=user, name="Key", **fields)
    return "/account/second-factor/"


PAGES = [
    AccountPage("sign in", "If you want to ask for help, you need no account", lambda _: "/account/login/"),
    AccountPage("sign in, empty", "Type your password", lambda _: "/account/login/", EVERYBODY, 422, "main .btn"),
    AccountPage("reset", "A link comes by mail", lambda _: "/account/password/reset/"),
    AccountPage("reset asked", "Look into your mail", lambda _: "/account/password/reset/sent/"),
    AccountPage("reset link", "Choose a new password", reset_link),
    AccountPage("reset refused", "does not work any more", lambda _: "/account/password/reset/MQ/x-y/", EVERYBODY, 410),
    AccountPage("invitation", "Sea Watch invites you", invitation),
    AccountPage("invitation, known", "This address has an account", lambda w: invitation(w, make_user().email)),
    AccountPage("invitation refused", "does not work any more", lambda _: "/account/invitation/x/", EVERYBODY, 410),
    AccountPage("second step", "The six digits", both_ways),
    AccountPage("second step, elsewhere", "works only at office.example", elsewhere),
    AccountPage("enrol", "A password can be stolen", at("/account/enrol/", verified=False)),
    AccountPage("app", "Type this key into the app", first_app),
    AccountPage("passkey", "It works only at this address", at("/account/passkey/")),
    AccountPage("codes", "Ten codes, each good once", at("/account/codes/")),
    AccountPage("codes, shown", "They are not shown again", at("/account/codes/"), press="main .btn"),
    AccountPage("home", "Devices for the second step", furnished_home),
    AccountPage("profile", "Colleagues see it", at("/account/profile/")),
    AccountPage("password", "you are signed out", at("/account/password/")),
    AccountPage("remove", "It confirms no sign-in any more", removal),
    AccountPage("remove, refused", "This is your only device", removal, EVERYBODY, 409, "main .btn.danger"),
    AccountPage("sign out", "Sign out?", at("/account/logout/")),
    AccountPage("members", "Open invitations", administration()),
    AccountPage("invite", "It works once, for seven days", administration("invite/")),
    AccountPage(
        "invite, empty", "Type the address of the person", administration("invite/"), EVERYBODY, 422, "main .btn"
    ),
    AccountPage("role", "hears of it by mail", administration("member/{member}/role/")),
    AccountPage("take role", "What they wrote stays", administration("member/{member}/remove/")),
    AccountPage("switch off", "cannot sign in until", switching),
    AccountPage(
        "take role, refused", "look after the platform", last_administrator, EVERYBODY, 409, "main .btn.danger"
    ),
]
