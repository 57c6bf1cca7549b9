"""Whether anything public was approved without a person: a page that shows such rows says so."""

from profiles.models.editions import Publication


def any_automatic() -> bool:
    """Whether a publication was approved automatically for demonstration: one query."""
    return Publication.objects.filter(reviewed="demonstration").exists()
