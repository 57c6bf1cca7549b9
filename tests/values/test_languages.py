import pytest

from profiles.values.languages import in_words, is_rtl


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", "English"),
        ("ar", "Arabic"),
        ("ar-Latn", "Arabic in Latin letters"),
        ("fa-Latn", "Persian in Latin letters"),
        ("ckb-Arab", "Central Kurdish in Arabic letters"),
        ("tlh", "tlh"),
        ("ar-IQ", "ar-IQ"),
        ("", ""),
    ],
)
def test_a_tag_is_told_in_words_or_stays_as_it_is(tag, told):
    assert in_words(tag) == told


def test_only_what_is_in_a_right_to_left_script_runs_so():
    assert [tag for tag in ("ar", "fa", "ar-Latn", "en", "") if is_rtl(tag)] == ["ar", "fa"]


def test_every_language_of_the_fixtures_has_words(settings):
    tags = set()
    for path in (settings.BASE_DIR / "fixtures").rglob("*.yaml"):
        lines = path.read_text().splitlines()
        tags.update(line.split(":", 1)[1].strip() for line in lines if line.strip().startswith("language:"))
    assert tags
    assert [tag for tag in sorted(tags) if in_words(tag) == tag] == []
