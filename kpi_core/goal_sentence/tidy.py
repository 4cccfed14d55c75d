"""A hurried sentence made regular: short forms written out, marks of one kind, fillers gone."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = {
    **dict.fromkeys("\u2013\u2014\u2012\u2010\u2011\u2212", "-"),
    **dict.fromkeys("\u2019\u2018\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\n\r", " "),
    **dict.fromkeys("\u2192\u21d2\u279c\u2794\u27a1", "\u2192"),
    "\ufe0f": "",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u00d7": "x",
    "\u00bd": "1/2",
}
SHORT: Final = {
    "b4": "before", "nxt": "next", "yr": "year", "yrs": "years", "qtr": "quarter", "qtrs": "quarters", "wk": "week",
    "wks": "weeks", "mth": "month", "mths": "months", "mo": "month", "mos": "months", "eoy": "end of year",
    "eom": "end of month", "eoq": "end of quarter", "wanna": "want to", "gotta": "have to", "gonna": "going to",
    "pct": "%", "percent": "%", "per cent": "%", "shld": "should", "cld": "could", "atm": "currently",
    "rn": "currently", "approx": "about", "w/": "with", "w/o": "without", "hrs": "hours", "hr": "hour",
    "mins": "minutes", "secs": "seconds", "thru": "through", "xmas": "christmas", "tmrw": "tomorrow",
    "incr": "increase", "decr": "decrease", "recieve": "receive", "acheive": "achieve", "achive": "achieve",
    "increse": "increase", "incease": "increase", "icrease": "increase", "redcue": "reduce", "reducd": "reduce",
    "reduse": "reduce", "custmer": "customer", "custmers": "customers", "costumers": "customers",
    "revnue": "revenue", "revenu": "revenue", "montly": "monthly", "monthy": "monthly", "weekley": "weekly",
    "quaterly": "quarterly", "quater": "quarter", "avrage": "average", "averge": "average", "febuary": "february",
    "feburary": "february", "janurary": "january", "septembre": "september", "decemeber": "december",
    "novemeber": "november", "untill": "until", "bewteen": "between", "betwen": "between", "grwo": "grow",
    "raize": "raise", "convertion": "conversion", "orderes": "orders", "slaes": "sales", "profitt": "profit",
    "leats": "least", "atleast": "at least", "min.": "min", "max.": "max", "mio.": "mio", "mill.": "mio",
    "cust": "customer", "custs": "customers", "resp": "response", "conv": "conversion",
}  # fmt: skip
"""Short forms and common slips, written out."""
FILLERS: Final = re.compile(
    r"\b(?:please|pls|plz|ideally|hopefully|basically|just|really|actually|somehow|fyi|asap|around about|lol|tbh|"
    r"about|around|approximately|roughly|circa|ca\.|some|nearly|almost)\b(?=[\s,.!]|$)|[!]+",
    re.IGNORECASE,
)
OPENERS: Final = re.compile(
    r"^\s*(?:(?:our|my|the|one|key|main|new|this year's|company|team|business|personal|q[1-4])\s+)*"
    r"(?:goals?|targets?|aims?|objectives?|kpis?|ambition|plan|priority|mission|key results?|kr|okr|todo|to do|intention|"
    r"challenge|north star)"
    r"(?:\s+(?:for|in)\s+(?:the\s+)?(?:year|quarter|q[1-4]|20\d\d))?\s*"
    r"(?:(?:#?\d{1,2}\s*)?[:=]|\s-\s|\bis\b|\bare\b)\s*(?:to\s+|that\s+)?(?=\S)",
    re.IGNORECASE,
)
WISHES: Final = re.compile(
    r"^\s*(?:(?:by\s+the\s+way|ok|so|and|then|also|this year|next year)[, ]+)?"
    r"(?:(?:i|we|they|us|you|(?:the|our|my)\s+(?:[\w-]+\s+){0,3}?(?:team|shop|company|business|staff|department|crew|office|"
    r"manager|agency|practice|clinic|kitchen|salon|charity|garage|store|firm|owner|management|sales|people|board))\s+)"
    r"(?:(?:all|both|should|shall|would|will|must|can|could|'ll|'d|really|also|now|need|needs|want|wants|have|has|had|hope|"
    r"hopes|aim|aims|intend|intends|plan|plans|wish|wishes|like|love|try|trying|to|got|are|is|am|going|aiming|"
    r"planning|looking|committed|expected|expects|expect|commit|commits)\s+)+"
    r"(?:(?:us|our team|everyone|each shop)\s+to\s+)?",
    re.IGNORECASE,
)
TO_DO: Final = re.compile(
    r"^\s*(?:(?:want|need|have|trying|try|going|aim|aiming|hoping|hope|plan|planning|intend|like|looking|got|would like|"
    r"let's|lets|let us|time|must|should|gotta|do|working|strive|seek|commit)\s+(?:to\s+)?)+(?=[a-z]+\b)",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Make a sentence regular: one kind of dash, arrow and quote, short forms and slips written out, no fillers.

    >>> tidy("We wanna grow newsletter subs 2k\u21925k b4 xmas pls!")
    'grow newsletter subs 2k \u2192 5k before christmas'
    """
    for mark, plain in MARKS.items():
        text = text.replace(mark, plain)
    text = re.sub(r"-{1,2}>|={1,2}>|\.{2,}>", "\u2192", text)
    text = re.sub(r"\s*\u2192\s*", " \u2192 ", text)
    text = re.sub(r"(?<=\d)\s*(?:per\s?cent|percent|pct)\b", "%", text, flags=re.IGNORECASE)
    text = re.sub(r"\bw/o?(?=\s)|\w+\.?", _written_out, text)
    text = FILLERS.sub(" ", text)
    text = re.sub(r"^\s*(?:[-*\u2022#]+|\(?\d{1,2}[.)])\s+(?=[A-Za-z])", "", text)
    for opener in (OPENERS, WISHES, TO_DO, WISHES):
        shorter = opener.sub("", text, count=1)
        text = shorter if re.search(r"\w", shorter) else text
    return re.sub(r"\s+", " ", text).strip(" .;!?")


def _written_out(match: re.Match[str]) -> str:
    word = match.group()
    found = SHORT.get(word.lower())
    if found is None and word.endswith("."):
        inner = SHORT.get(word[:-1].lower())
        return word if inner is None else inner + "."
    return word if found is None else found
