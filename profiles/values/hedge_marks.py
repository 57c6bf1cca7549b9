"""Where a text keeps a distance, in English, Arabic or Persian: to be marked for whoever reads it, and for no rule.

The English words are the closed list that statements are held to. The others are closed too, and marked, and propose a
voice: the desk writes English. A word of two meanings is listed with what must follow for the one that is meant.
"""

import re

from .date_lexicon import DIGITS, LETTERS
from .hedges import hedges

# With one kind of alef, ya, kaf and ha, and no vowel signs. A noun may have an article before it.
_ARABIC_NOUNS = r"""
    مزعوم(?:ة|ين|ون|ات)? | مزاعم | زعم(?:ها?|هم)? | ادعاء(?:ات)?(?:ها?|هم)?(?! العام) | اتهام(?:ات)?(?:ها?|هم)?
    | متهم(?:ة|ين|ون|ات)? | مشتبه(?:ة|ين|ون)? | محتمل(?:ة|ين|ون)? | احتمال(?:ات)? | مرجحة? | أرجح | مفترض(?:ة|ين)?
    | منسوبة? | تقارير | أنباء | شائعات | تقديرات
"""
_ARABIC = r"""
    قال(?:ت|وا|ا)? | [يت]قول(?:ون|ان)? | [يت]قال | قيل | ذكر(?:ت|وا|ا)? | [يت]ذكر(?! (?:أن|أنه|أنها)\b)
    | أفاد(?:ت|وا|ا)? | [يت]فيد | صرح(?:ت|وا|ا)? | أخبر(?:ت|وا|ا)? | أشار(?:ت|وا|ا)? إلى | [يت]شير(?:ون)? إلى
    | زعمت | زعموا | [يت]زعم(?:ون)? | ادع(?:ى|ت|وا) | [يت]دعي | [يت]دعون
    | اتهم(?:ت|وا|ته|تها|تهم)? | [يت]تهم(?:ون|ه|ها)? | متهما | اشتبه | [يت]شتبه
    | [يت]عتقد(?:ون)? | [يت]رجح(?:ون)? | رجح(?:ت|وا)? | [يت]حتمل | [يت]فترض | على ما يبدو | [يت]بدو | ظاهرا
    | ربما | لعل(?:ه|ها|هم)?
    | قد (?:لا )?(?:ي\w+|ت(?:كون|ؤدي|شمل|صل|ستخدم|متلك|ملك|لجأ|تحول|عود|ضم|سعى))
    | بحسب | حسب | وفق | وفقا | طبقا ل\w+ | نقلا عن | على حد (?:قول|زعم|تعبير)\w* | على ذمة
    | غير (?:ال)?مؤكد(?:ة|ين)? | لم [يت](?:تأكد|ؤكد) | (?:لم يتم|لم يتسن|تعذر|لا يمكن) (?:ال)?(?:تحقق|تأكد)
    | [يت]وصف(?:ون)? | وصف(?:ت|ه|ها|هم)? ب\w+ | [يت]قدر (?:عدد\w*|ب\w+)
    | (?:نحو|حوالي|زهاء|قرابة|ما يقارب|ما يقرب من|في حدود)(?= (?:\d|عشر|مئ|مائ|ثلاث|أربع|خمس|سبع|ثمان|تسع))
    | (?:نحو|حوالي|زهاء|قرابة|ما يقارب|ما يقرب من|في حدود)(?= (?:ألف|ألفي|آلاف|مليون|ستة|ستين)\b)
    | تقريبا
"""
# The half-space of Persian is read as a space, and may be left out.
_PERSIAN = r"""
    گفت(?:ه|ند|م)?(?! ?(?:و ?)?گو)(?: (?:اند|است))?(?: (?:می ?شود|شده))? | می ?گوی(?:د|ند) | به گفته
    | به نقل از | به ادعای | ادعا(?: ?(?:ی|ها|های))?(?: (?:کرد|کرده|می ?کند|می ?کنند|شده))? | مدعی(?:ان)?(?! (?:ال)?عام)
    | گزارش(?: ?ها)?(?: ?(?:ی|یی))?(?: (?:شده|داد|دادند|می ?دهد|می ?دهند))? | بنا (?:بر|به)
    | طبق(?= (?:گفت|گزارش|اعلام|ادعا)) | احتمالا | شاید | ممکن است | گویا | به نظر می ?رسد | تصور می ?شود
    | مظنون(?: ?ان)? | منتسب | متهم(?: ?ان)? | اتهام(?: ?(?:ها|های))? | تخمین | برآورد
    | (?:تایید|تأیید|تائید) ن(?:شده|شد|کرد\w*) | تقریبا
    | (?:حدود|نزدیک به|قریب)(?= (?:\d|(?:ده|صد|هزار|چند|بیست|سی|دو|سه)\b))
"""
# A first look, so that nothing is done for a text without them.
_ITS_LETTERS = re.compile("[\u0621-\u06d3]")
# Vowel signs, the stretching of a line, and signs of direction: between any two letters, and read past.
_READ_PAST = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200d-\u200f\u202a-\u202e\u2066-\u2069]+")
_ONE_FOR_ONE = {**DIGITS, **{sign: to for sign, to in LETTERS.items() if to}, 0x06C0: "ه", 0x200C: " "}


def _any_of(words: str) -> str:
    """A list as one pattern, its letters as a text is read."""
    return "|".join(re.split(r"\s+\|\s+", words.strip())).translate(_ONE_FOR_ONE)


# Before a noun an article may be written, before any word "and", "so".
_RIGHT_TO_LEFT = re.compile(
    rf"(?<!\w)(?:[وف]?(?:لل|[بلك]?ال|[بل])?(?:{_any_of(_ARABIC_NOUNS)})|[وف]?(?:{_any_of(_ARABIC)})|{_any_of(_PERSIAN)})(?!\w)"
)


def hedge_marks(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of code points, in order and apart: each hedge whole, with what is written onto it."""
    found = [(start, end) for start, end, _ in hedges(text)]
    return sorted([*found, *((start, end) for start, end, _ in _right_to_left(text))])


def voices_of_marks(text: str) -> set[str]:
    """The voices that the Arabic and Persian hedges of a text propose: alleged, reported, attributed."""
    voices = set()
    for _, _, word in _right_to_left(text):
        if _ACCUSES.match(word):
            voices.add("alleged")
        elif _TELLS.match(word):
            voices.add("attributed")
        elif not _OF_A_FIGURE.match(word):
            voices.add("reported")
    return voices


# Each from the beginning of a hedge that was found. Whatever else keeps a distance names nobody.
_ACCUSES = re.compile(r"[وف]?(?:لل|[بلك]?ال|[بل])?(?:اتهام|متهم|[ايت]تهم|مشتبه|[ايت]شتبه|مظنون)")
_TELLS = re.compile(
    r"[وف]?(?:[بل]?زعم|[يت]زعم|ادع|[بل]?ادعاء|[يت]دع|قال|[يت]قول|ذكر|[يت]ذكر|افاد|[يت]فيد|صرح|اخبر|اشار|[يت]شير|بحسب"
    r"|حسب|وفق|طبقا|نقلا|علي (?:حد|ذمه)|گفت(?!ه (?:مي ?شود|شده))|مي ?گوي|به گفته|به نقل|به ادعاي|مدعي|بنا|طبق"
    r"|گزارش(?! شده))".translate(_ONE_FOR_ONE)
)
_OF_A_FIGURE = re.compile(
    r"[وف]?(?:نحو|حوالي|زهاء|قرابه|ما يق|في حدود|تقريبا|حدود|نزديك به|قريب)$".translate(_ONE_FOR_ONE)
)


def _right_to_left(text: str) -> list[tuple[int, int, str]]:
    if not _ITS_LETTERS.search(text):
        return []
    plain, places = _folded(text)
    found = []
    for match in _RIGHT_TO_LEFT.finditer(plain):
        # Up to the next letter that is read: the vowel signs of the last one are within.
        last = places[match.end() - 1] + 1
        past = _READ_PAST.match(text, last)
        found.append((places[match.start()], past.end() if past else last, match[0]))
    return found


def _folded(text: str) -> tuple[str, range | list[int]]:
    """The text as the lists are written, and for each of its signs the place where it stands."""
    plain = text.translate(_ONE_FOR_ONE)
    if not _READ_PAST.search(plain):
        return plain, range(len(plain))
    places: list[int] = []
    start = 0
    for match in _READ_PAST.finditer(plain):
        places += range(start, match.start())
        start = match.end()
    places += range(start, len(plain))
    return _READ_PAST.sub("", plain), places
