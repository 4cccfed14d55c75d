"""Which code page old bytes are in, judged by the letters that would come out and where they stand.

Used only for bytes that are neither UTF-8 nor UTF-16. A wrong code page yields letters of no single
language ("Zaúètovaná"), capitals inside words ("cafŽ") or signs between letters ("fa‡ade"); the right one
yields none of these.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

CODE_PAGES: Final = ("cp1252", "mac_roman", "cp1250", "cp1251", "cp1257", "cp1254", "cp1253", "cp850", "mac_latin2")
"""Code pages an export can be in, the likelier ones first: the order decides between equals."""

ALPHABETS: Final = {
    "german": "äöüß",
    "french": "àâæçéèêëîïôœùûüÿ",
    "swedish, finnish": "åäöé",
    "danish, norwegian": "æøåéò",
    "spanish": "áéíñóúü",
    "catalan": "àçèéíïòóúü",
    "italian": "àéèìíòóùú",
    "portuguese": "áâãàçéêíóôõúü",
    "dutch": "áéëïèöüó",
    "english": "éèêïñçöü",
    "icelandic": "áðéíóúýþæö",
    "polish": "ąćęłńóśźż",
    "czech, slovak": "áčďéěíňóřšťúůýžľĺŕäô",
    "hungarian": "áéíóöőúüű",
    "romanian": "ăâîșțşţ",
    "croatian, slovenian": "čćđšž",
    "lithuanian": "ąčęėįšųūž",
    "latvian": "āčēģīķļņšūž",
    "estonian": "äõöüšž",
    "turkish": "ğıöşüçâ",
    "greek": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ",
    "russian, bulgarian": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "ukrainian, serbian": "абвгґдежзийклмнопрстуфхцчшщьюяєіїђјљњћџ",
}
QUIET_SIGNS: Final = frozenset("€£¥§°“”„—…•·«»™®©½¼¾²³±µ¿¡ºª№\u00b4\u00d7\u2013\u2018\u2019\xa0\xad")
"""Signs that stand in ordinary text and prove nothing against a code page."""

JOINING: Final = "·…\u00b4\u2013\u2019\xa0\xad"
"""Signs that may stand between two letters."""
HIGH: Final = re.compile(rb"[\x80-\xff]")
HIGHS: Final = re.compile(rb"[\x80-\xff]+")
LINE_END: Final = re.compile(rb"[\r\n]")
SIGN_WEIGHT: Final = 0.5
"""A fitting sign says less than a fitting letter."""
SAMPLE_LINES: Final = 3000


def likely_code_page(data: bytes) -> str:
    """Name the code page whose letters make the most sense; cp1252 where nothing speaks for another.

    Args:
        data: bytes that are not UTF-8.
    """
    places = _places(b"\n".join((b"", *_lines_with_high_bytes(data), b"")))
    scores = {page: _score(places, page) for page in CODE_PAGES}
    return max(CODE_PAGES, key=lambda page: scores[page])


def _lines_with_high_bytes(data: bytes) -> list[bytes]:
    """Pick the lines that can tell: those with a byte above 127, the first few thousand of them."""
    found: list[bytes] = []
    end = 0
    while len(found) < SAMPLE_LINES and (high := HIGH.search(data, end)):
        start = max(data.rfind(b"\n", end, high.start()), data.rfind(b"\r", end, high.start()), end - 1) + 1
        ended = LINE_END.search(data, high.end())
        end = ended.start() if ended else len(data)
        found.append(data[start : min(end, start + 2000)])
    return found


def _places(sample: bytes) -> Counter[bytes]:
    r"""Count each high byte with the byte before it and the one after; those in a row at a digit stay together.

    >>> sorted(_places("\nçà £5 é\n".encode("cp1252")).items())
    [(b'\n\xe7\xe0', 1), (b' \xa35', 1), (b' \xe9\n', 1), (b'\xe7\xe0 ', 1)]
    """
    found: Counter[bytes] = Counter()
    for run in HIGHS.finditer(sample):
        place = sample[run.start() - 1 : run.end() + 1]
        if place[:1].isdigit() or place[-1:].isdigit():
            found[place] += 1
        else:
            found.update(place[at : at + 3] for at in range(len(place) - 2))
    return found


def _score(places: Counter[bytes], page: str) -> float:
    """Weigh a reading from minus one (nonsense) to one (every special letter of one language and in its place).

    `places` are those of `_places`: each case is weighed once.
    """
    letters: Counter[str] = Counter()
    weight = 0.0
    for place, count in places.items():
        try:
            text = place.decode(page)
        except UnicodeDecodeError:
            return -2.0
        for at in range(1, len(text) - 1):
            char = text[at]
            if _is_out_of_place(char, text[at - 1], text[at + 1]) or _hangs_on_a_number(text, at):
                weight -= count
            elif char.isalpha() and text[at - 1].isdigit():
                # 1ere with its accent, or a hard blank before kr in another code page: no sign for either.
                continue
            elif char.isalpha():
                letters[char.lower()] += count
            else:
                weight += count * SIGN_WEIGHT if char in QUIET_SIGNS else 0
    total = sum(count * (len(place) - 2) for place, count in places.items())
    return (weight + _of_one_language(letters)) / total if total else 0.0


def _of_one_language(letters: Counter[str]) -> int:
    """Count the special letters that the best fitting language knows."""
    return max(sum(letters[letter] for letter in set(known)) for known in ALPHABETS.values())


def _is_out_of_place(char: str, before: str, after: str) -> bool:
    """Tell a character that cannot stand where it stands: a capital or a sign inside a word, two scripts in one."""
    if not char.isalpha():
        joins = char in JOINING
        return not (char.isprintable() or joins) or (before.isalpha() and after.isalpha() and not joins)
    if not unicodedata.name(char, "").startswith("LATIN") and (_is_latin(before) or _is_latin(after)):
        return True
    if before.isdigit() and after.isdigit():
        return True
    capital_inside = char.isupper() and before.islower()
    capital_alone = char.isupper() and not before.isalpha() and not after.isalpha()
    small_inside_capitals = char.islower() and before.isupper() and after.isupper()
    return capital_inside or capital_alone or small_inside_capitals


def _hangs_on_a_number(text: str, at: int) -> bool:
    """Tell a letter of a word without plain letters right at a number: a sign of money in another code page.

    >>> [_hangs_on_a_number(text, text.index(letter)) for text, letter in (("úa", "ú"), ("ú894", "ú"), ("62ÊÛ;", "Ê"))]
    [False, True, True]
    """
    if not text[at].isalpha() or text[at] in QUIET_SIGNS:
        return False
    start, end = at, at + 1
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    touches = text[start - 1 : start].isdigit() or text[end : end + 1].isdigit()
    return touches and not any(char.isascii() for char in text[start:end])


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
