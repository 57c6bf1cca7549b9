"""The fonts of public pages: our own, whole, with their licences, and within what a page view may cost."""

import re
from pathlib import Path

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
BUDGET = 200_000  # bytes of fonts for one page that has letters of every kind


def test_a_page_with_letters_of_every_kind_fetches_fonts_within_the_budget():
    files = [STATIC / "css" / path for path in re.findall(r'url\("([^"]+)"\)', (STATIC / "css/fonts.css").read_text())]
    assert sorted(path.resolve() for path in files) == sorted((STATIC / "fonts").glob("*.woff2"))
    assert sum(path.stat().st_size for path in files) < BUDGET
    assert {path.read_bytes()[:4] for path in files} == {b"wOF2"}


def test_words_show_before_their_font_is_there_and_each_font_has_its_licence():
    sheet = (STATIC / "css/fonts.css").read_text()
    assert sheet.count("@font-face") == sheet.count("font-display: swap") == 6
    licences = sorted((STATIC / "fonts").glob("OFL-*.txt"))
    assert len(licences) == 2
    assert all("SIL OPEN FONT LICENSE Version 1.1" in path.read_text() for path in licences)
