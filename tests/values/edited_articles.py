"""Articles made by chance, edited by chance, where it is known what became of every word."""

import random
from dataclasses import dataclass, field

from profiles.values.anchors import Passage, normalise, pin, sentences

NAMES = {
    "en": "Salim Nasser Marwa Harbour Karim Delta Lamp Orchard Basin Tarfa Idris Munir Kasra Weir",
    "ar": "سليم ناصر مروة كريم الدلتا المصباح البستان طرفة إدريس منير الميناء الحوض",
    "fa": "سلیم ناصر مروه کریم دلتا چراغ باغستان گلستان ادریس منیر بندر حوضه",
}
COMMON = {
    "en": (
        "the a of in on after before said officials guards river town fighters group leader founded led about two "
        "three hundred men weapons attack claimed denied reported local council market bridge road north south year "
        "month early late council's well-known that which was were had has been not never under over with from by"
    ),
    "ar": (
        "قال مسؤولون إن الجماعة في من على بعد قبل نحو رجل مقاتل بلدة نهر حراس قائد أسسها هجوم أعلنت نفت جسر طريق شمال "
        "جنوب عام شهر كان كانت لم لا مع تحت فوق سلاح مجلس محلي سوق ٢٠١٣ ٧٠٠"
    ),
    "fa": (
        "گفت مقام‌ها که گروه در از بر پس پیش حدود مرد جنگجو شهر رود نگهبانان فرمانده بنیان حمله پذیرفت رد پل راه شمال "
        "جنوب سال ماه بود بودند نه هرگز با زیر بالا سلاح شورا محلی بازار می‌شود ۱۳۹۲ ۷۰۰"
    ),
}
CAPTIONS = {"en": "Photo: the bridge at Marwa.", "ar": "صورة: جسر مروة.", "fa": "عکس: پل مروه."}
LETTERS = {"en": "aeiourst", "ar": "اوينملر", "fa": "اوینملرگ"}


@dataclass(eq=False)
class Word:
    """A word that keeps its identity through every edit; a mended one has other letters."""

    text: str


@dataclass(eq=False)
class Sentence:
    words: list[Word] = field(default_factory=list)


Article = list[list[Sentence]]


def make_article(chance: random.Random, language: str) -> Article:
    """Paragraphs of sentences; now and then a caption that stands several times."""
    article = [[make_sentence(chance, language) for _ in range(chance.randint(1, 5))] for _ in range(8)]
    for _ in range(chance.choice((0, 0, 2, 3))):
        article.insert(chance.randrange(len(article)), [caption(language)])
    return article


def make_sentence(chance: random.Random, language: str) -> Sentence:
    pick = [chance.choice((COMMON if chance.random() < 0.75 else NAMES)[language].split()) for _ in range(14)]
    said = pick[: chance.randint(4, 14)]
    first = chance.choice(NAMES[language].split())
    return Sentence([Word(first), *map(Word, said[:-1]), Word(f"{said[-1]}{chance.randint(1, 999)}.")])


def caption(language: str) -> Sentence:
    return Sentence([Word(word) for word in CAPTIONS[language].split()])


def written(article: Article) -> tuple[str, dict[Word, int]]:
    """The text, and where each word begins in it."""
    places, text = {}, ""
    for number, paragraph in enumerate(article):
        text += "\n" if number else ""
        for place, sentence in enumerate(paragraph):
            text += " " if place else ""
            for at, word in enumerate(sentence.words):
                text += " " if at else ""
                places[word] = len(text)
                text += word.text
    assert normalise(text) == text
    return text, places


def copied(article: Article) -> Article:
    """The same words in lists of their own, so that an edit leaves the original as it was."""
    return [[Sentence(list(sentence.words)) for sentence in paragraph] for paragraph in article]


def edit(article: Article, chance: random.Random, language: str) -> Article:
    """One to five edits: paragraphs moved, put in, cut; typos mended; words of a sentence changed, put in, cut."""
    made = copied(article)
    for _ in range(chance.randint(1, 5)):
        paragraph = chance.choice(made)
        sentence = chance.choice(paragraph)
        at = chance.randrange(len(sentence.words))
        match chance.randrange(10):
            case 0:
                made.remove(paragraph)
                made.insert(chance.randint(0, len(made)), paragraph)
            case 1:
                new = caption(language) if chance.random() < 0.4 else make_sentence(chance, language)
                made.insert(chance.randint(0, len(made)), [new])
            case 2 if len(made) > 3:
                made.remove(paragraph)
            case 3 | 4:
                sentence.words[at] = typo(sentence.words[at], chance, language)
            case 5:
                until = min(len(sentence.words), at + chance.randint(1, 4))
                sentence.words[at:until] = [other(word, chance, language) for word in sentence.words[at:until]]
            case 6:
                sentence.words.insert(at, other(None, chance, language))
            case 7 if len(sentence.words) > 3:
                del sentence.words[at : min(len(sentence.words) - 1, at + chance.randint(1, 3))]
            case 8 if len(paragraph) > 1:
                paragraph.remove(sentence)
            case 9 if len(paragraph) > 1:
                cut = chance.randrange(1, len(paragraph))
                made.insert(made.index(paragraph) + 1, paragraph[cut:])
                del paragraph[cut:]
    return made


def other(word: Word | None, chance: random.Random, language: str) -> Word:
    """Another word than this."""
    return Word(chance.choice([one for one in COMMON[language].split() if word is None or one != word.text]))


def typo(word: Word, chance: random.Random, language: str) -> Word:
    at = chance.randrange(len(word.text))
    return Word(word.text[:at] + chance.choice(LETTERS[language]) + word.text[at:])


@dataclass(frozen=True)
class Pinned:
    """A passage of the old text and its words; where these stand in the new one, or None where they no longer do."""

    passage: Passage
    now: tuple[int, int] | None


def pinned_in(article: Article, edited: Article, chance: random.Random, number: int) -> tuple[str, str, list[Pinned]]:
    """The two texts, and passages by chance: whole sentences, and parts of them of three words at least."""
    old, places = written(article)
    new, places_now = written(edited)
    ends = set(sentences(old))
    after = [word for paragraph in edited for sentence in paragraph for word in sentence.words]
    number_now = {word: n for n, word in enumerate(after)}
    found = []
    for _ in range(number):
        words = chance.choice(chance.choice(article)).words
        if chance.random() < 0.5:
            first = chance.randrange(max(1, len(words) - 2))
            words = words[first : first + chance.randint(3, 8)]
        start, end = places[words[0]], places[words[-1]] + len(words[-1].text)
        if not any(a <= start and end <= b for a, b in ends):
            continue
        numbers = [number_now.get(word, -1) for word in words]
        stays = numbers[0] >= 0 and numbers == list(range(numbers[0], numbers[0] + len(words)))
        one_paragraph = stays and "\n" not in new[places_now[words[0]] : places_now[words[-1]]]
        now = (places_now[words[0]], places_now[words[-1]] + len(words[-1].text)) if one_paragraph else None
        found.append(Pinned(pin(old, start, end), now))
    return old, new, found
