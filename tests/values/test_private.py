"""What is never public is found however it is spelt, and an honest sentence is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.private import PRIVATE, private

HIDDEN = {
    "email": [
        "Write to salim@guards.example.", "salim (at) guards (dot) org", "salim [at] guards [dot] org",
        "salim at guards dot org", "ＳＡＬＩＭ＠guards.org", "sa\u200blim@\u200bguards.org", "سالم@guards.org",
    ],
    "phone": [
        "+964 770 123 4567", "00964-770-1234567", "0770 123 4567", "07701234567", "٠٧٧٠ ١٢٣ ٤٥٦٧", "(202) 555-0143",
        "202-555-0143", "Phone: 770 1234567", "WhatsApp no. 770 12 34 567", "هاتف: ٧٧٠١٢٣٤٥٦٧", "＋964 7701234567",
        "+964–770–123–4567", "0 7 7 0 1 2 3 4 5 6 7", "zero seven seven zero one two three four",
    ],
    "papers": [
        "passport no. A1234567", "Passport A15547 (Riverland)", "identity card number 12345678",
        "جواز سفر رقم A1234567",
        "National ID No. 00123-456", "IBAN GB29 NWBK 6016 1331 9268 19", "account number 00123456",
        "0x52908400098527886E0F7030069857D2E4169EE7", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    ],
    "birth": [
        "Salim Nasser was born on 5 May 1974.", "born in Marwa in May 1974", "born 1974-05-05", "(born 05/05/1974)",
        "DOB: 5 May 1974", "d.o.b. 5.5.1974", "his birthday is 5 May",
        "On May 5th, 1974, Salim Nasser was born in Marwa.",
        "ولد في 5 أيار 1974", "من مواليد ٥ مايو ١٩٧٤", "BORN ON 5 MAY 1974",
        "born in 1974 on 5 May", "born 5/1974", "He turned fifty on 5 May 2024.", "born on the fifth of May 1974",
    ],
    "coordinates": [
        "33.31524, 44.36612", "at 33.31524 44.36612.", "33°18'46\"N 44°21′57″E", "38S MB 41234 12345", "8J36+QP Marwa",
        "https://maps.example/@33.3152,44.3661,15z", "latitude 33.31", "33.31524° N",
        "33.31524 and 44.36612", "33 degrees 18 minutes 46 seconds",
    ],
    "home": [
        "He lives at 12 Palm Street.", "Mahalla 605, Zuqaq 12", "محلة ٦٠٥ زقاق ١٢", "12 Palm Tree Street",
        "His home address is known.", "whose house stands in Palm Street", "يسكن في شارع النخيل",
    ],
    "channel": [
        "t.me/guards", "https://t.me/s/guards", "T.ME/guards", "t . me / guards", "t[.]me/guards", "t(dot)me/guards",
        "t\u200b.me/guards", "t.mе/guards", "Join @river_guards.", "telegram.me/guards", "wa.me/9647701234567",
        "https://chat.whatsapp.com/AbC", "https://web.archive.example/web/2024/https://t.me/guards", "paypal.me/guards",
    ],
}  # fmt: skip
HONEST = [
    "An article of 7 April 2025 says that Salim Nasser was born in 1974.",
    "According to a news article of 7 April 2025, Salim Nasser was born in Marwa.",
    "Salim Nasser, born in 1974 and killed on 3 January 2020, led it.",
    "Salim Nasser was born in Marwa, and was detained on 3 January 2020.",
    "They had 7,000-10,000 fighters in 2005-2006, about 50,000 in 2010.",
    "Seen from 2007-01-01 to 2010-12-31.",
    "A bomb exploded in 14 July Street, near 17 Tammuz Street.",
    "Listed as SDGT 12345 under E.O. 13224; resolution 2170 (2014).",
    "It rose from 12.5 to 13.5 per cent, at 2.25, 3.75 and 4.5.",
    "The group published the home addresses of officials.",
    "It is about me. Members left; he told me / us.",
    "Q1234567",
    "https://example.org/2024/05/03/1234567890/article-07701234567",
    "https://video.example/@channel/12",
    "His house was shelled, and a passport was found there in 2005.",
    "They fought in Haifa Street and live in the port.",
    "The identity of five men is not known in 2014-2015.",
    "They took 1 000 000 dinars at 10:00.",
    "تأسست الجماعة عام 2013 في محافظة بغداد، وعدد مقاتليها 50000.",
    "The national ideology of 10,000 members.",
    "They were paid 500.000, 600.000 dinars, about 3.1415 and 2.7182 per cent.",
    "The passport office in Marwa was hit in 2006-2007.",
    "They call 2005-2006 the years of sorrow.",
    "Salim Nasser, born in 1974, left on 3 January 2020.",
    "Salim Nasser was born in 1974, and on 3 January left Marwa.",
    "It rose from 12.255 and 13.255; one, two, three men left; the boat turned over on 3 May 2020.",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in HIDDEN.items() for text in texts])
def test_what_is_hidden_is_found(kind, text):
    assert kind in {found.kind for found in private(text, of_person=True)}


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_is_left_alone(text):
    assert list(private(text, of_person=True)) == []


def test_each_kind_has_its_mend():
    assert list(HIDDEN) == list(PRIVATE)


def test_a_group_is_born_too_and_people_live_in_its_streets():
    assert list(private("Residents living on Haifa Street fled.")) == []
    assert [found.kind for found in private("He was living on Palm Street.", of_person=True)] == ["home"]
    assert list(private("The River Guards were born on 5 May 2013.")) == []
    assert [found.kind for found in private("Their leader (born 5 May 1974) left.")] == ["birth"]


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text):
    assert {found.kind for found in private(text, of_person=True)} <= set(PRIVATE)


@given(st.integers(0, 10**6), st.sampled_from(["fighters", "people", "in Marwa", "of them"]))
def test_a_number_of_people_is_no_telephone(number, things):
    assert list(private(f"They had {number} {things}, or {number:,}.", of_person=True)) == []
