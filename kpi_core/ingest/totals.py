"""The words by which a record says that it is a total or a balance, in the languages exports come in.

Phrases stand here folded (`words.fold`): lower case, no accents, words parted by one space.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kpi_core.ingest.words import fold


class Claim(StrEnum):
    """What a cell claims its record to be, and how strongly."""

    NONE = "none"
    TOTAL = "total"
    """The cell is a word for total and nothing else, or `Total:` before something."""
    TOTAL_OF = "total of something"
    """A longer text that begins or ends with a word for total: a product or a shop may be called so."""
    BALANCE = "balance"
    """The cell is a phrase for an opening or closing balance."""
    BALANCE_OF = "balance of something"
    """A longer text that begins with one, or a bare word for balance."""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(","))


TOTALS: Final = _phrases(
    "total, totals, grand total, grand totals, sub total, subtotal, sum, overall, overall total, net total, "
    "running total, "
    "gesamt, gesamtsumme, summe, zwischensumme, endsumme, insgesamt, gesamtergebnis, gesamtbetrag, "
    "totaux, total general, sous total, somme, total ht, total ttc, "
    "summa, totalt, delsumma, totalsumma, slutsumma, "
    "totaal, subtotaal, eindtotaal, "
    "suma, suma total, totales, "
    "totale, totali, subtotale, somma, totale generale, "
    "i alt, ialt, total i alt, subtotal i alt, delsum, "
    "yhteensa, kaikki yhteensa, valisumma, "
    "razem, lacznie, ogolem, suma koncowa, "
    "celkem, soucet, mezisoucet, "
    "osszesen, mindosszesen, reszosszesen, vegosszeg, osszesites, "
    "soma, totais"
)
BALANCES: Final = _phrases(
    "opening balance, closing balance, starting balance, ending balance, beginning balance, start balance, "
    "end balance, initial balance, final balance, balance brought forward, balance carried forward, "
    "brought forward, carried forward, "
    "balance b f, balance c f, balance forward, previous balance, new balance, balance at start, balance at end, "
    "balance at start of period, balance at end of period, available balance, ledger balance, current balance, "
    "anfangssaldo, endsaldo, saldovortrag, anfangsbestand, endbestand, alter saldo, neuer saldo, alter kontostand, "
    "neuer kontostand, kontostand, kontostand am, "
    "solde, solde initial, solde final, solde precedent, solde debut, solde fin, solde en debut de periode, "
    "solde en fin de periode, ancien solde, nouveau solde, solde au, report a nouveau, "
    "ingaende saldo, utgaende saldo, ingaende balans, utgaende balans, inngaende saldo, utgaaende saldo, "
    "beginsaldo, eindsaldo, openingssaldo, slotsaldo, "
    "saldo inicial, saldo final, saldo anterior, saldo iniziale, saldo finale, "
    "primosaldo, ultimosaldo, startsaldo, slutsaldo, "
    "alkusaldo, loppusaldo, "
    "saldo poczatkowe, saldo koncowe, "
    "pocatecni zustatek, konecny zustatek, "
    "nyito egyenleg, zaro egyenleg, "
    "turnover, turnovers, total turnover, account turnover"
)
WEAK_BALANCES: Final = _phrases("balance, saldo, balans, egyenleg, zustatek, stan, saldi, kontosaldo")
"""These are also texts of ordinary records; alone they say little."""
LONGEST_LABEL: Final = 80
TOTAL_MARK: Final = re.compile(r"^([^:]{2,30}):")
"""`Total: Account`: the word before the colon is the claim."""


SPELLED: Final = tuple(
    sorted({spell(word) for word in TOTALS for spell in (str, str.upper, str.title, str.capitalize)})
)
"""The words for total as they stand in a cell of nothing else, those without accents."""


def is_word(cell: str) -> bool:
    """Tell a cell that is a word for total and nothing else.

    >>> is_word("TOTAL"), is_word("Yhteensä"), is_word("Total Tools Ltd")
    (True, True, False)
    """
    return len(cell) <= LONGEST_LABEL and fold(cell) in TOTALS


@lru_cache(maxsize=16384)
def claim(cell: str) -> Claim:
    """Tell what a cell claims about its record.

    >>> [claim(cell).value for cell in ("Grand Total", "Total: Account", "Total Gym Ltd", "Transactions Total")]
    ['total', 'total', 'total of something', 'total of something']
    >>> [claim(cell).value for cell in ("Solde en début de période", "Closing balance", "Balance Bikes Ltd", "Mug")]
    ['balance', 'balance', 'none', 'none']
    """
    if len(cell) > LONGEST_LABEL or not any(char.isalpha() for char in cell):
        return Claim.NONE
    text = fold(cell)
    mark = TOTAL_MARK.match(cell)
    if text in TOTALS or (mark and fold(mark[1]) in TOTALS):
        return Claim.TOTAL
    if text in BALANCES or (mark and fold(mark[1]) in BALANCES):
        return Claim.BALANCE
    if text in WEAK_BALANCES or any(text.startswith(f"{phrase} ") for phrase in BALANCES):
        return Claim.BALANCE_OF
    if any(text.startswith(f"{phrase} ") or text.endswith(f" {phrase}") for phrase in TOTALS):
        return Claim.TOTAL_OF
    return Claim.NONE


@lru_cache(maxsize=1)
def quick_pattern() -> str:
    """Build a pattern for a first sieve over many cells: it lets through every cell that `claim` could name."""
    starts = {phrase.split()[0] for phrase in TOTALS | BALANCES | WEAK_BALANCES}
    words = sorted(starts | {phrase.split()[-1] for phrase in TOTALS})
    accents = {"a": "[aáàäåâą]", "e": "[eéèêëěę]", "i": "[iíìî]", "o": "[oóòöôő]", "u": "[uúùüûů]", "c": "[cčćç]"}
    loose = ("".join(accents.get(char, char) for char in word) for word in words)
    both = "|".join(loose)
    return rf"(?i)^\W*(?:{both})(?:\W|$)|\W(?:{both})\W*$|^(?:{both})$"
