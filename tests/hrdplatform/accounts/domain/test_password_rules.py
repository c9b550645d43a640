"""Short, common, own, repeated and counted passwords are refused; plain sentences are welcome."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hrdplatform.accounts.models import User

ANA = User(email="anamaria@example.org", name="Ana Maria Fernandes")


@pytest.mark.parametrize(
    "bad",
    [
        "fourteen chars",
        "passwordpassword",
        "password-1234567",
        "1234567890123456",
        "qwertzuiopasdfghjkl",
        "abcdefghijklmnopq",
        "aaaaaaaaaaaaaaaaaaa",
        "haus-haus-haus-haus",
        "Sunshine!!!!!!!!2026",
        "anamaria@example.org",
        "Ana Maria Fernandes",
    ],
)
def test_what_a_guesser_tries_first_is_refused(bad):
    with pytest.raises(ValidationError):
        validate_password(bad, ANA)


@pytest.mark.parametrize(
    "good",
    [
        "drei leise Boote im Hafen",
        "monkey ocean silver dragon",
        "الشمس تشرق كل صباح",
        "kQz8vW2mXr5tLp9bN",
        "🐟 und 🐦 und Regen",
    ],
)
def test_words_without_special_signs_are_welcome(good):
    validate_password(good, ANA)
