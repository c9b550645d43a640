"""The nouns of the front hall."""

from cms.models.base import BasePage
from cms.models.home import FooterLink, HomePage
from cms.models.standard import StandardPage

__all__ = ["BasePage", "FooterLink", "HomePage", "StandardPage"]
