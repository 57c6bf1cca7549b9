"""Pictures of pages, to look at."""

from django.conf import settings


def screenshot(page, name: str) -> str:
    """Keep a picture of the whole page as var/screenshots/<name>.png; its path."""
    path = settings.BASE_DIR / "var" / "screenshots" / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True, animations="disabled")
    return str(path)
