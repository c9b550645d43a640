"""The first words of each home page, until an editor writes better ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Seed:
    """Title (in lists and the browser's tab), headline and lead of a home page."""

    title: str
    hero: str
    lead: str


SEEDS: Final[dict[str, Seed]] = {
    "fr": Seed(
        title="Accueil",
        hero="Défendre les droits des autres ne devrait mettre personne en danger.",
        lead=(
            "Ici, vous trouvez un avocat en toute confidentialité, vous apprenez à vous protéger, "
            "et vous pesez sur les décisions du pays."
        ),
    ),
    "de": Seed(
        title="Startseite",
        hero="Wer die Rechte anderer verteidigt, darf nicht in Gefahr geraten.",
        lead=(
            "Hier finden Sie vertraulich eine Anwältin oder einen Anwalt, lernen, sich zu schützen, "
            "und wirken an den Entscheidungen des Landes mit."
        ),
    ),
    "lb": Seed(
        title="Startsäit",
        hero="D’Rechter vun aneren ze verdeedegen dierf kee a Gefor bréngen.",
        lead=(
            "Hei fannt Dir vertraulech eng Affekotin oder en Affekot, Dir léiert Iech ze schützen, "
            "an Dir schwätzt mat bei den Decisioune vum Land."
        ),
    ),
    "en": Seed(
        title="Home",
        hero="Defending other people’s rights should put nobody in danger.",
        lead=(
            "Here you find a lawyer in full confidence, you learn to protect yourself, "
            "and you have a say in the country’s decisions."
        ),
    ),
    "ar": Seed(
        title="الصفحة الرئيسية",
        hero="لا ينبغي أن يعرّض الدفاع عن حقوق الآخرين أحدًا للخطر.",
        lead="هنا تجد محاميًا بسرّية تامة، وتتعلّم كيف تحمي نفسك، وتشارك في قرارات البلاد.",
    ),
}

LEARNING: Final[dict[str, tuple[str, str]]] = {
    "fr": (
        "Se former",
        "Guides, cours et formations écrits par les associations. À lire en ligne, sur papier ou hors ligne.",
    ),
    "de": ("Lernen", "Anleitungen, Kurse und Schulungen der Vereine. Zum Lesen im Netz, auf Papier oder offline."),
    "lb": ("Léieren", "Guiden, Couren a Formatioune vun de Veräiner. Fir online, op Pabeier oder offline ze liesen."),
    "en": ("Learn", "Guides, courses and trainings written by associations. To read online, on paper or offline."),
    "ar": ("تعلّم", "أدلّة ودورات وتدريبات تكتبها الجمعيات، للقراءة على الشبكة أو على الورق أو من دون اتصال."),
}
"""Title and lead of the learning section of each language."""
