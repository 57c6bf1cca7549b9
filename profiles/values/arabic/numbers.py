"""Which form of a word a number asks for in Arabic."""


def plural_form(count: int) -> int:
    """One, two, a few (3 to 10), 11 to 99, else (none, a hundred): 0 to 4; larger ones by their last two digits."""
    if count in (1, 2):
        return count - 1
    last = count % 100
    if 3 <= last <= 10:
        return 2
    return 3 if last >= 11 else 4
