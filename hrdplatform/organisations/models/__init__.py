"""The nouns of organisations."""

from hrdplatform.organisations.models.invitation import Invitation
from hrdplatform.organisations.models.membership import Membership
from hrdplatform.organisations.models.organisation import Organisation

__all__ = ["Invitation", "Membership", "Organisation"]
