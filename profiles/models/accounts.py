"""Who may sign in to the desk."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of the desk. Names and times of work stay in the house: no page or export carries them."""
