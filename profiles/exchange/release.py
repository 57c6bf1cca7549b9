"""Where the write side and the read side meet: a review is published with its pages rendered."""

from profiles.editorial.publish import publish_review
from profiles.models import Publication, Review, User
from profiles.reading.pages import project


def release(review: Review, *, by: User) -> Publication:
    """Approve a review and make it public, pages and all. Refuses as `publish_review` does."""
    return publish_review(review, by=by, project=project)
