"""The cast: who acts in the tests."""

from profiles.editorial.accounts import ensure_roles
from profiles.models import User
from tests.again import again


def make_user(name: str, *roles: str, **values) -> User:
    return again(("user", name, roles, sorted(values.items())), lambda: _make_user(name, roles, values))


def _make_user(name, roles, values):
    user = User.objects.create_user(username=name, password="correct horse", is_staff=True, **values)
    made = ensure_roles()
    user.groups.add(*(made[role] for role in roles))
    return user


def editor(name: str = "edith") -> User:
    """Edith writes."""
    return User.objects.filter(username=name).first() or make_user(name, "editor")


def reviewer(name: str = "rashid") -> User:
    """Rashid reviews."""
    return User.objects.filter(username=name).first() or make_user(name, "reviewer")


def superuser(name: str = "sue") -> User:
    """Sue may do everything but approve her own work."""
    return User.objects.filter(username=name).first() or make_user(name, is_superuser=True)
