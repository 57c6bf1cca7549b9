"""Bytes to letters: by what they carry, what their server says and what the page says, and never by a guess."""

import codecs
import re

from profiles.editorial.extraction.found import Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{1,40})""", re.IGNORECASE)
# Where a page must say it, says the HTML standard; twice that, since many do not.
_META_WITHIN = 2048
# As the web means these names (WHATWG, Encoding), not as they read.
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "tis-620": "cp874",
    "windows-874": "cp874", "utf8": "utf-8", "unicode": "utf-16-le", "utf-16": "utf-16-le",
}  # fmt: skip
# Python knows others that unpack or run something; none of them is an encoding of pages.
_ENCODINGS = {
    "utf-8", "utf-16-le", "utf-16-be", "cp866", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030",
    "big5", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949",
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in (*range(2, 12), *range(13, 17))),
}  # fmt: skip
# Of a page with more broken letters than one in a thousand nothing is exact.
_MOST_BROKEN = 0.001


def letters_of_page(data: bytes, told: str = "") -> tuple[str, list[str]]:
    """A page's characters, and what the editor should know of them. `told`: what its server calls its encoding.

    A byte order mark goes before the server's word, that before the page's own; without any of them it is UTF-8. But
    many servers say Latin of every page: one that says UTF-8 itself, and is, is taken at its own word.
    """
    meta = _META.search(data, 0, _META_WITHIN)
    in_page = meta[1].decode() if meta else ""
    marked = [encoding for bom, encoding in _BOMS if data.startswith(bom)]
    named = encoding_named(in_page)
    # A page cannot say in one-byte letters that it has two-byte ones.
    named = "utf-8" if named.startswith("utf-16") else named
    encodings = list(dict.fromkeys(one for one in (*marked, encoding_named(told), named, "utf-8") if one))
    said = encodings[0]
    if said == "cp1252" and named == "utf-8" and not data.isascii():
        encodings.insert(0, "utf-8")
    unknown = [name for name in (told, in_page) if name and not encoding_named(name)]
    warnings = [f"The encoding {name!r} that it names is not known." for name in unknown]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != said:
            warnings.append(f"It says that its letters are {said}, but they are {encoding}.")
        return text.removeprefix("\ufeff"), warnings
    text = data.decode(said, errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if broken > max(3, len(text) * _MOST_BROKEN):
        raise Unreadable(
            f"Its letters are in none of the encodings that it may have: {', '.join(dict.fromkeys(encodings))}."
        )
    warnings.append(f"{broken} of its letters are broken, and stand as \N{REPLACEMENT CHARACTER}.")
    return text, warnings


def letters_of_text(data: bytes, told: str = "") -> str:
    """The characters of a plain text: by its byte order mark, else as told, else UTF-8."""
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "")
    encoding = encoding or (encoding_named(told) if told else "utf-8")
    if not encoding:
        raise Unreadable(f"The encoding {told} is not known.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = told or encoding.upper()
        raise Unreadable(
            f"Line {line}: byte 0x{data[error.start]:02X} is not {name}: save the text as UTF-8."
        ) from None


def encoding_named(name: str) -> str:
    """Python's name of an encoding that pages may have; empty for any other."""
    if not name:
        return ""
    meant = _MEANT.get(name.strip().lower(), name)
    try:
        found = codecs.lookup(meant).name
    except (LookupError, UnicodeError, ValueError):
        return ""
    return found if found in _ENCODINGS else ""
