"""Hedges to be marked: English, Arabic and Persian words, at their very places; each with words that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.hedge_marks import hedge_marks


def marked(text):
    return [text[start:end] for start, end in hedge_marks(text)]


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("Officials said that it is reportedly armed.", ["said", "reportedly"]),
        ("وقال مسؤولان إن الحراس قتلوا نحو 2000 مدني.", ["وقال", "نحو"]),
        ("اتّهمت البلدة الجماعة بحسب شهود، وزُعِمَ ذلك.", ["اتّهمت", "بحسب", "وزُعِمَ"]),
        ("يُعتقد أن القائد قُتل، وربما أُصيب.", ["يُعتقد", "وربما"]),
        ("وقد يكون القائد المزعوم بينهم.", ["وقد يكون", "المزعوم"]),
        ("وفقًا لتقارير لم يتسنَّ التحقق منها", ["وفقًا", "لتقارير", "لم يتسنَّ التحقق"]),
        ("ذكرت الصحيفة ما أفادت به الوكالة", ["ذكرت", "أفادت"]),
        ("قـــال الحرّاس", ["قـــال"]),
        ("ظاهراً این گروه در سال ۱۳۹۲ تشکیل شد", ["ظاهراً"]),
        ("گفته می‌شود حدود ۲۰۰۰ نفر دارد", ["گفته می‌شود", "حدود"]),
        ("گفته ميشود", ["گفته ميشود"]),
        ("به گفتهٔ دو مقام، احتمالاً گزارش‌هایی هست", ["به گفتهٔ", "احتمالاً", "گزارش‌هایی"]),
        ("ادعای آنها تأیید نشده است", ["ادعای", "تأیید نشده"]),
        ("قال (said) گفت", ["قال", "said", "گفت"]),
    ],
)
def test_hedges_are_marked_whole_with_what_is_written_onto_them(text, hedges):
    assert marked(text) == hedges


@pytest.mark.parametrize(
    "text",
    [
        "",
        "وقد قتل ثلاثة، لقد رحل القائد",  # it did happen
        "سار نحو المدينة على حدود الوادي",  # towards, the borders
        "المدعي العام والادعاء العام",  # the prosecution
        "در حدود دهکده گفت‌وگو کردند",  # the village's edge, a talk
        "مقال واستقالة ومحسوب",  # hedges within other words
        "تأسست الجماعة عام 2013.",
    ],
)
def test_what_keeps_no_distance_is_not_marked(text):
    assert marked(text) == []


@given(st.text(alphabet="قال گفته می‌شودوُـّ\u200f said ", max_size=60))
def test_marks_stand_in_order_apart_and_within(text):
    found = hedge_marks(text)
    ends = [place for one in found for place in one]
    assert ends == sorted(ends) and all(start < end <= len(text) for start, end in found)
