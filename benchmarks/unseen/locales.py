"""Where an export comes from: how numbers and days are written there, in which bytes, in which words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
WORDS = Path(__file__).with_name("words.tsv")


@dataclass(frozen=True)
class Locale:
    """A place. `groups`: marks between thousands there; `days`: patterns as in CLDR; `suffix`: the sign follows."""

    code: str
    delimiter: str
    decimal: str
    groups: str
    days: tuple[str, ...]
    encodings: tuple[str, ...]
    currency: str
    sign: str
    suffix: bool = False
    lakh: bool = False

    @property
    def language(self) -> str:
        """Give the language of its words."""
        return self.code[:2]

    @property
    def babel(self) -> str:
        """Name it as Babel does."""
        return self.code.replace("-", "_")


WEST, EAST = ("utf-8", "utf-8", "cp1252"), ("utf-8", "utf-8", "cp1250")
DOTS = ("dd.MM.yyyy", "dd.MM.yyyy", "dd.MM.yy")
US_DAYS = (
    "MM/dd/yyyy",
    "M/d/yyyy",
    "MM/dd/yy",
    "M/d/yy",
    "yyyy-MM-dd",
    "MMM d, y",
    "MMMM d, y",
    "dd-MMM-yyyy",
    "MMM dd y",
)
UK_DAYS = ("dd/MM/yyyy", "dd/MM/yyyy", "d/M/yyyy", "dd MMM yyyy", "dd-MMM-yy", "d MMMM yyyy", "dd/MM/yy", "yyyy-MM-dd")
SLASHES = ("dd/MM/yyyy", "dd/MM/yyyy", "dd/MM/yy", "d/M/yyyy")

LOCALES = {
    each.code: each
    for each in (
        Locale("en-US", ",", ".", ",", US_DAYS, WEST, "USD", "$"),
        Locale("en-GB", ",", ".", ",", UK_DAYS, WEST, "GBP", "£"),
        Locale("en-AU", ",", ".", ",", ("dd/MM/yyyy", "d/MM/yyyy", "dd MMM y"), WEST, "AUD", "$"),
        Locale("en-CA", ",", ".", ",", ("yyyy-MM-dd", "MM/dd/yyyy", "dd/MM/yyyy", "MMM d, y"), WEST, "CAD", "$"),
        Locale("en-ZA", ",", ".", " ,", ("yyyy/MM/dd", "dd/MM/yyyy"), WEST, "ZAR", "R"),
        Locale("en-IN", ",", ".", ",", ("dd-MM-yyyy", "dd/MM/yyyy", "dd-MMM-yyyy"), WEST, "INR", "₹", lakh=True),
        Locale("de-DE", ";", ",", ".", DOTS, WEST, "EUR", "€", suffix=True),
        Locale("de-CH", ";", ".", f"'{APOSTROPHE}", ("dd.MM.yyyy", "dd.MM.yyyy", "d.M.yyyy"), WEST, "CHF", "CHF"),
        Locale("fr-FR", ";", ",", f" {NBSP}{NARROW}", SLASHES, WEST, "EUR", "€", suffix=True),
        Locale("sv-SE", ";", ",", f" {NBSP}", ("yyyy-MM-dd", "yyyy-MM-dd", "yyyyMMdd"), WEST, "SEK", "kr", suffix=True),
        Locale("nl-NL", ";", ",", ".", ("dd-MM-yyyy", "dd-MM-yyyy", "yyyyMMdd", "d-M-yyyy"), WEST, "EUR", "€"),
        Locale("es-ES", ";", ",", ".", SLASHES, WEST, "EUR", "€", suffix=True),
        Locale("it-IT", ";", ",", ".", (*SLASHES, "dd MMM yyyy"), WEST, "EUR", "€"),
        Locale(
            "pl-PL", ";", ",", f" {NBSP}", ("dd.MM.yyyy", "yyyy-MM-dd", "dd-MM-yyyy"), EAST, "PLN", "zł", suffix=True
        ),
        Locale("cs-CZ", ";", ",", f" {NBSP}", ("dd.MM.yyyy", "d.M.yyyy", "d. M. yyyy"), EAST, "CZK", "Kč", suffix=True),
        Locale(
            "hu-HU",
            ";",
            ",",
            f" {NBSP}",
            ("yyyy.MM.dd.", "yyyy.MM.dd", "yyyy. MM. dd."),
            EAST,
            "HUF",
            "Ft",
            suffix=True,
        ),
        Locale("pt-BR", ";", ",", ".", SLASHES, WEST, "BRL", "R$"),
        Locale("da-DK", ";", ",", ".", ("dd-MM-yyyy", "dd.MM.yyyy"), WEST, "DKK", "kr.", suffix=True),
        Locale("nb-NO", ";", ",", f" {NBSP}", ("dd.MM.yyyy", "dd.MM.yy"), WEST, "NOK", "kr"),
        Locale("fi-FI", ";", ",", f" {NBSP}", ("d.M.yyyy", "dd.MM.yyyy"), WEST, "EUR", "€", suffix=True),
    )
}


@cache
def words() -> dict[str, dict[str, str]]:
    """Give the words of every language, by language and English key."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {language: {row["term"]: row[language] for row in rows} for language in rows[0] if language != "term"}
