"""Words of the templates of public pages."""

TEXTS: dict[str, str] = {}
PLURALS: dict[str, tuple[str, str, str, str, str]] = {}
