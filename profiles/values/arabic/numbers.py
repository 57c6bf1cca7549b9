"""Numbers in Arabic: Western digits, and the form of the noun that each number asks for."""

# What is counted -> its forms (see `plural_form`), and its heading where the source's own words tell the number.
THINGS = {
    "fighters": ("مقاتل واحد", "مقاتلان", "مقاتلين", "مقاتلًا", "مقاتل", "المقاتلون"),
    "groups": ("جماعة واحدة", "جماعتان", "جماعات", "جماعة", "جماعة", "الجماعات"),
    "attacks": ("هجوم واحد", "هجومان", "هجمات", "هجومًا", "هجوم", "الهجمات"),
    "people": ("شخص واحد", "شخصان", "أشخاص", "شخصًا", "شخص", "الأشخاص"),
    "soldiers": ("جندي واحد", "جنديان", "جنود", "جنديًا", "جندي", "الجنود"),
    "seats": ("مقعد واحد", "مقعدان", "مقاعد", "مقعدًا", "مقعد", "المقاعد"),
}
BEFORE = {
    "about": "نحو ",
    "at_least": "ما لا يقل عن ",
    "at_most": "ما لا يزيد على ",
    "estimate": "تقديرًا ",
    "exact": "",
}


def plural_form(count: int) -> int:
    """One, two, a few (3 to 10), 11 to 99, else (none, a hundred): 0 to 4; larger ones by their last two digits."""
    if count in (1, 2):
        return count - 1
    last = count % 100
    if 3 <= last <= 10:
        return 2
    return 3 if last >= 11 else 4


def number_in_words(precision: str, low: int | None, high: int | None, number_words: str, counted: str) -> str:
    """As `values.numbers` tells it in English; the source's own words stay in its language, between quotation marks."""
    forms = THINGS.get(counted)
    if number_words:
        return f"{forms[-1]}: «{number_words}»" if forms else f"«{number_words}»"
    figures = [number for number in (low, high) if number is not None]
    last = figures[-1]
    thing = f" {forms[plural_form(last)]}" if forms else ""
    if precision == "between":
        return f"من {figures[0]:,} إلى {last:,}{thing}"
    if precision == "exact" and forms and last in (1, 2):
        return forms[last - 1]
    return f"{BEFORE.get(precision, '')}{last:,}{thing if last not in (1, 2) or not forms else ' ' + forms[4]}"
