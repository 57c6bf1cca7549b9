"""Words by which a sentence accuses, wherever it is filed. A reviewer is warned of them; they stop nothing."""

import re

_WORDS = re.compile(
    r"\b(?:accus\w+|alleg(?:e[ds]?|edly|ations?|ing)|blam\w+|murder\w*|massacr\w+|tortur\w+|kidnap\w*|abduct\w+"
    r"|rap(?:e[ds]?|ists?)|assassinat\w+|executed|terroris\w+|war crimes?|crimes?|criminals?|corrupt\w*|brib\w+"
    r"|launder\w+|smuggl\w+|traffick\w+|extort\w+|embezzl\w+|loot(?:ed|ing)|complicit\w*|perpetrat\w+|ordered"
    r"|masterminded|shelled|bombed|ambushed|responsib(?:le|ility) for|involve(?:d|ment) in"
    r"|behind the (?:attack|killing|bombing|shelling)\w*)\b"
    r"|اتهم|متهم|قتل|خطف|تعذيب|إرهاب|فساد|تهريب",
    re.IGNORECASE,
)


def accusing_words(statement: str) -> list[str]:
    """The accusing words of a sentence, each once, as they stand there."""
    return list(dict.fromkeys(found[0] for found in _WORDS.finditer(statement)))
