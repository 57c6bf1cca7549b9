"""Who may sign in to the desk."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of the desk. Names and times of work stay in the house: no page or export carries them."""

    demonstration = models.BooleanField(
        default=False, editable=False, help_text="What this account opens or approves is marked: nobody checked it."
    )
