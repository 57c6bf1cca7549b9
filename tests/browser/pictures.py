"""Pictures of pages, to look at."""

import os
from pathlib import Path


def screenshot(page, name: str) -> str:
    """With PICTURES=folder, keep a picture of the whole page there as <name>.png; its path. Else nothing."""
    folder = os.environ.get("PICTURES", "")
    if not folder:
        return ""
    path = Path(folder) / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True, animations="disabled")
    return str(path)
