"""Words of the code that makes public pages."""

TEXTS: dict[str, str] = {}
PLURALS: dict[str, tuple[str, str, str, str, str]] = {}
