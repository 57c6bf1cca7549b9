"""Where the write side and the read side meet: a review is published with its pages rendered."""

from collections.abc import Iterator

from profiles.editorial.publish import publish_review
from profiles.editorial.schedule import publish_due
from profiles.models import Publication, Review, User
from profiles.reading.pages import project


def release(review: Review, *, by: User) -> Publication:
    """Approve a review and make it public, pages and all. Refuses as `publish_review` does."""
    return publish_review(review, by=by, project=project)


def release_due() -> Iterator[tuple[Review, Publication | None]]:
    """Publish what was approved for a time that has come, pages and all, as `publish_due` does."""
    return publish_due(project)
