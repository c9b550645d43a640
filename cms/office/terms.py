"""The glossary in the office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.models import Term
from hrdplatform.office.viewsets import OwnedChooserViewSet


class TermChooserViewSet(OwnedChooserViewSet):
    """Choosing a term: everybody who writes may."""

    model = Term
    icon = "bold"
    choose_one_text = _("Choose a term")
    choose_another_text = _("Choose another term")


term_chooser = TermChooserViewSet("office_term_chooser")
