"""Who plays in the demo: organisations, people and their roles. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hrdplatform.organisations.states import Kind, Role
from legal_aid.states import Scope, TeamRole

PASSERELLE: Final = "passerelle"
OBSERVATOIRE: Final = "observatoire-des-libertes"
RIVIERE: Final = "riviere-vive"
MINISTRY: Final = "ministere-participation"
PLATFORM: Final = "platform"


@dataclass(frozen=True)
class House:
    """An organisation with its public description in French, German, Luxembourgish and English."""

    slug: str
    name: str
    kind: Kind
    about: tuple[str, str, str, str] = ("", "", "", "")


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `published` is a key of `hrdplatform.sealing.demo` for members of a legal-aid team."""

    email: str
    name: str
    language: str
    house: str
    role: Role = Role.MEMBER
    published: str = ""
    member: str = ""
    team_role: TeamRole | None = None
    scope: Scope = Scope.INTAKE
    named: bool = False

    @property
    def word(self) -> str:
        """The role in one word, for the record."""
        if self.team_role is None:
            return self.role.value
        return "team_lead" if self.team_role == TeamRole.LEAD else self.team_role.value


@dataclass(frozen=True)
class Troupe:
    """A legal-aid team: its house, the published keys of its root and of its recovery member."""

    house: str
    name: str
    languages: tuple[str, ...]
    mandate: str
    root: str
    recovery: str


HOUSES: Final = (
    House(
        PASSERELLE,
        "Passerelle asbl",
        Kind.NGO,
        (
            "Passerelle conseille et accompagne celles et ceux qui défendent les droits humains au Luxembourg.",
            "Passerelle berät und begleitet Menschen, die in Luxemburg für Menschenrechte eintreten.",
            "Passerelle beréit a begleet Leit, déi sech zu Lëtzebuerg fir d’Mënscherechter asetzen.",
            "Passerelle advises and stands by people who defend human rights in Luxembourg.",
        ),
    ),
    House(
        OBSERVATOIRE,
        "Observatoire des libertés asbl",
        Kind.NGO,
        (
            "L’Observatoire suit les libertés de réunion, d’expression et d’information.",
            "Das Observatoire beobachtet Versammlungs-, Meinungs- und Informationsfreiheit.",
            "Den Observatoire passt op d’Fräiheet op, sech ze versammelen, ze schwätzen an ze wëssen.",
            "The Observatoire watches over the freedoms of assembly, expression and information.",
        ),
    ),
    House(
        RIVIERE,
        "Rivière Vive asbl",
        Kind.NGO,
        (
            "Rivière Vive défend l’eau, les rives et celles et ceux qui en parlent.",
            "Rivière Vive schützt das Wasser, die Ufer und alle, die davon sprechen.",
            "Rivière Vive schützt d’Waasser, d’Uferen an all déi, déi dovu schwätzen.",
            "Rivière Vive defends the water, its banks and those who speak of them.",
        ),
    ),
    House(MINISTRY, "Ministère de la Participation", Kind.MINISTRY),
)

PEOPLE: Final = (
    Person("administrator@demo.example", "Martine Klein", "fr", PLATFORM, Role.ADMINISTRATOR),
    Person("editor@demo.example", "Tom Reding", "lb", PLATFORM, Role.EDITOR),
    Person("author@riviere-vive.example", "Nora Baumann", "fr", RIVIERE, Role.AUTHOR),
    Person("editor@riviere-vive.example", "Marc Federspiel", "lb", RIVIERE, Role.EDITOR),
    Person("author@passerelle.example", "Sofia Lopes", "fr", PASSERELLE, Role.AUTHOR),
    Person("editor@passerelle.example", "Anne Kayser", "de", PASSERELLE, Role.EDITOR),
    Person("author@observatoire.example", "Luc Steffen", "lb", OBSERVATOIRE, Role.AUTHOR),
    Person("editor@observatoire.example", "Hannah Reuter", "en", OBSERVATOIRE, Role.EDITOR),
    Person("official@ministere.example", "Jean Schiltz", "fr", MINISTRY, Role.OFFICIAL),
    Person("strategy@ministere.example", "Claire Wagener", "de", MINISTRY, Role.STRATEGY_OFFICER),
    Person("assessor@observatoire.example", "Ines Carvalho", "en", OBSERVATOIRE, Role.ASSESSOR),
    Person(
        "lead@passerelle.example",
        "Léa Marchetti",
        "fr",
        PASSERELLE,
        published="lead",
        member="m01",
        team_role=TeamRole.LEAD,
        named=True,
    ),
    Person(
        "caseworker@passerelle.example",
        "Samir Haddad",
        "fr",
        PASSERELLE,
        published="caseworker",
        member="m02",
        team_role=TeamRole.CASE_WORKER,
    ),
    Person(
        "lawyer@passerelle.example",
        "Eva Thill",
        "de",
        PASSERELLE,
        published="lawyer",
        member="m03",
        team_role=TeamRole.LAWYER,
        named=True,
    ),
    Person(
        "lead@observatoire.example",
        "Paul Weis",
        "lb",
        OBSERVATOIRE,
        published="other lead",
        member="m01",
        team_role=TeamRole.LEAD,
        named=True,
    ),
    Person(
        "caseworker@observatoire.example",
        "Aïcha Diallo",
        "fr",
        OBSERVATOIRE,
        published="other caseworker",
        member="m02",
        team_role=TeamRole.CASE_WORKER,
    ),
)

TROUPES: Final = (
    Troupe(
        PASSERELLE,
        "Passerelle",
        ("fr", "de", "lb", "en", "pt", "ar"),
        "Menaces, arrestation, procès pour faire taire, séjour et asile des défenseurs. "
        "Bedrohung, Festnahme, Klagen zur Einschüchterung. Threats, arrest, lawsuits meant to silence.",
        "root",
        "recovery",
    ),
    Troupe(
        OBSERVATOIRE,
        "Observatoire",
        ("fr", "lb", "en"),
        "Manifestations, presse, accès aux documents. Demonstratiounen, Press, Zougang zu Dokumenter. "
        "Demonstrations, press, access to documents.",
        "other root",
        "other recovery",
    ),
)

OWNERS: Final = {
    "digital-security": PASSERELLE,
    "phone-seized": PASSERELLE,
    "phone-evening": PASSERELLE,
    "your-rights": OBSERVATOIRE,
    "access-to-documents": OBSERVATOIRE,
    "rights-on-the-street": OBSERVATOIRE,
    "new-course-rights": OBSERVATOIRE,
    "staying-well": RIVIERE,
    "consultation-contribution": RIVIERE,
    "contribution-day": RIVIERE,
    "six-associations-one-text": RIVIERE,
}
"""Piece of the library -> whose section it stands in."""


def members_of(troupe: Troupe) -> list[Person]:
    """The people of a team, the lead first."""
    return [person for person in PEOPLE if person.house == troupe.house and person.member]
