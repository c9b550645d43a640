"""The nouns of the front hall."""

from cms.models.base import BasePage
from cms.models.channels import ChannelsPage
from cms.models.contact import EmergencyContact
from cms.models.course import CoursePage, LessonPage, ModulePage
from cms.models.entry import Change, Entry
from cms.models.guide import GuidePage
from cms.models.home import FooterLink, HomePage
from cms.models.initiative import Initiative
from cms.models.learning import LearningPage
from cms.models.news import NewsPage
from cms.models.opinion import Opinion
from cms.models.parcel import CourseParcel
from cms.models.review import FourEyesTask, Shelf
from cms.models.section import LearnPage, SectionPage
from cms.models.sent import SentFolder
from cms.models.standard import StandardPage
from cms.models.term import Term
from cms.models.topic import Topic
from cms.models.training import TrainingPage

__all__ = [
    "BasePage",
    "Change",
    "ChannelsPage",
    "CoursePage",
    "CourseParcel",
    "EmergencyContact",
    "Entry",
    "FooterLink",
    "FourEyesTask",
    "GuidePage",
    "HomePage",
    "Initiative",
    "LearnPage",
    "LearningPage",
    "LessonPage",
    "ModulePage",
    "NewsPage",
    "Opinion",
    "SectionPage",
    "SentFolder",
    "Shelf",
    "StandardPage",
    "Term",
    "Topic",
    "TrainingPage",
]
