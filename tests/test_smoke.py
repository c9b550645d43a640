import pytest


@pytest.mark.django_db
def test_a_user_is_found_by_address_in_any_case():
    from hrdplatform.accounts.models import User

    User.objects.create_user("Jeanne@Example.lu", "x")
    assert User.objects.get_by_natural_key("JEANNE@example.lu").email == "jeanne@example.lu"
