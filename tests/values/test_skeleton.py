"""Skeletons: spellings of one name by any scheme have the same; other names have others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.likeness import SAME, SCRIPT, SPELLING, Form, likeness
from profiles.values.skeleton import skeleton

# The same name in its own script, ALA-LC, BGN/PCGN or IJMES, DIN 31635, French and English press.
SAME_NAME = [
    ("كتائب حزب الله", "Katāʾib Ḥizb Allāh", "Kata'ib Hizballah", "Kataeb Hezbollah", "Ketaib Hizb Allah"),
    ("قيس الخزعلي", "Qays al-Khazʿalī", "Qays al-Ḫazʿalī", "Qais Al Khazali", "Kais Alkhazaali"),
    ("صلاح الدين", "Ṣalāḥ al-Dīn", "Ṣalāḥ ad-Dīn", "Salahuddin", "Salaheddine"),
    ("عبد الرحمن", "ʿAbd al-Raḥmān", "Abd ar-Rahman", "Abdulrahman", "Abdel Rahman", "Abderrahmane", "Abdul Rahman"),
    ("عبد الله", "عبدالله", "ʿAbd Allāh", "Abdullah", "Abdallah", "Abdollah"),
    ("عصائب أهل الحق", "ʿAṣāʾib Ahl al-Ḥaqq", "Asaib Ahl Alhaqq", "Asa'eb Ahl el-Hak"),
    ("كتائب سيد الشهداء", "Katāʾib Sayyid aš-Šuhadāʾ", "Kataib Sayyed ash-Shuhada", "Kataeb Saïd al-Chouhada"),
    ("جند الإمام", "Ǧund al-Imām", "Jund al-Imam", "Gund el Imam"),
    ("كيان الصدق والعطاء", "Kayān al-Ṣidq wa-al-ʿAṭāʾ", "Kayan Al Sidq Wal Ataa"),
    ("حركة النجباء", "Ḥarakat al-Nujabāʾ", "Haraka an-Nuǧabāʾ", "Harakat Al-Noujaba"),
    ("قاسم سلیمانی", "قاسم سليماني", "Qāsim Sulaymānī", "Qassem Soleimani", "Kassem Souleimani"),
    ("كاظم", "Kāẓim", "Kadhim", "Kazem"),
    ("سپاه پاسداران انقلاب اسلامی", "Sepāh-e Pāsdārān-e Enqelāb-e Eslāmi"),
    ("Катаиб Хезболла", "Kataib Hezbollah"),
]
OTHERS = [("Qais", "Laith"), ("Kataib", "Saraya"), ("Badr", "Sadr"), ("حزب", "حركة"), ("Unit 5", "Unit 6")]


@pytest.mark.parametrize("spellings", SAME_NAME)
def test_spellings_of_one_name_have_one_skeleton(spellings):
    assert {skeleton(name) for name in spellings} == {skeleton(spellings[0])}


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_names_have_others(one, other):
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=60))
def test_a_skeleton_is_of_letters_and_single_spaces(name):
    found = skeleton(name)
    assert found == " ".join(found.split())
    assert all(sign.isalnum() or sign == " " for sign in found)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_likeness_is_from_0_to_1_and_a_name_is_most_like_itself(one, other):
    assert 0 <= likeness(Form.of(one), Form.of(other)).score <= 1
    assert likeness(Form.of(one), Form.of(one)).why == SAME


@pytest.mark.parametrize(
    ("asked", "name", "why"),
    [
        ("Kataib", "Kata'ib", SAME),
        ("Kataeb", "Kata'ib", SPELLING),
        ("كتائب", "Kata'ib", SCRIPT),
        ("Kata'ib", "کتائب", SCRIPT),
    ],
)
def test_it_says_why_a_name_is_like(asked, name, why):
    assert likeness(Form.of(asked), Form.of(name)).why == why
