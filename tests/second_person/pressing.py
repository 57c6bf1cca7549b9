"""What the attacks share: one who presses the button, and how nothing public looks."""

from profiles.models import Edition, Publication
from profiles.models.editions import published_digests
from tests.admin.conftest import signed_in


def nothing_is_public():
    return not Publication.objects.exists() and not Edition.objects.exists() and not published_digests()


def press(user, review, typed=None):
    return signed_in(user).post(f"/admin/profiles/review/{review.pk}/approve/", typed or {}).status_code
