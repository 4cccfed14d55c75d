"""Rows of typed values for a layout: what happened in a made business, before anybody writes it down."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.unseen.locales import Locale, words

CENT = Decimal("0.01")
Cell = date | datetime | timedelta | Decimal | int | str | None
LAYOUTS = Path(__file__).with_name("layouts.toml")
PEOPLE = {
    "": (
        "Kim Sample",
        "North & Sons Ltd",
        "Able, Baker & Co",
        "O'Malley Print",
        "Café Zoé",
        '"The Crown" Inn',
        "Total Tools Ltd",
    ),
    "de": (
        "Müller GmbH & Co. KG",
        "Bäckerei Groß; Inh. Ö. Weiß",
        "Stadtwerke Süd",
        "Summa Beratung",
        "Jürgen Beispiel",
    ),
    "fr": ("Société Générale de l'Eau", "Café de la Gare", "Hélène Exemple", "TotalEnergies Relais"),
    "sv": ("Åkeri Öst AB", "Änglamat, Malmö", "Kaffe & Bröd HB", "Örjan Exempel"),
    "cs": ("Řeznictví Dvořák", "Účetní kancelář s.r.o.", "Žluťoučký kůň, a.s."),
    "pl": ("Piekarnia Łąka", "Żabia Górka Sp. z o.o.", "Świat Książek"),
    "hu": ("Kőműves Kft.", "Élelmiszer Bt.; Győr", "Fűszerüzlet"),
    "es": ("Muñoz e Hijos, S.L.", "Panadería El Niño", "Transportes Peña"),
    "it": ("Caffè Perù", "Officina Però S.r.l.", "Libreria L'Età"),
    "pt": ("Padaria São João", "Açougue União Ltda", "Comércio & Irmãos"),
    "da": ("Rødgrød ApS", "Bager Sørensen", "Ærø Færge"),
    "nb": ("Bjørns Rør AS", "Fjærland Båt", "Ås Regnskap"),
    "fi": ("Pöytä & Tuoli Oy", "Äiti ja Tytär Ky", "Hämeen Leipä"),
    "nl": ("Fietsen, fietsen! B.V.", "De Één & Zn.", "'t Hoekje"),
}
POOLS = {
    "memo": (
        "Card 4411 thanks",
        "Ref 00123/24",
        "=sum of parts",
        "+46 70 000 00 00",
        "-10% agreed",
        "@home delivery",
        "Order 12; second try",
        'Said "later", paid now',
        "2 x 3,5 m",
        "see note",
        "1/2 share",
        "",
        "",
        "Rechnung Nr. 20-117",
        "Total wash, 3 cars",
        "50% down",
    ),
    "city": ("Leeds", "Malmö", "Zürich", "Brno", "Łódź", "Porto", "Győr", "St. Ives, East", "Tromsø"),
    "product": (
        "Oat mug, blue",
        'Bike 28" black',
        "Gift card",
        "Chair 'Ola'",
        "Poster A2",
        "Soup; large",
        "Mix & match",
        "Lamp No. 5",
    ),
    "country": ("SE", "DE", "US", "GB"),
}


def happens(rng: Random, share: float) -> bool:
    """Draw whether something happens that does so this often."""
    return rng.random() < share


@dataclass(frozen=True)
class Column:
    """A column: its key, its heading in the file's language, whether it is written, what is drawn for it."""

    key: str
    heading: str
    kind: str
    arguments: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        """Tell whether it only serves other columns."""
        return self.key.startswith("~")


@dataclass(frozen=True)
class Layout:
    """What one tool exports, as `layouts.toml` says it."""

    name: str
    kind: str
    locales: tuple[str, ...] | str
    columns: tuple[str, ...]
    date: str
    value: tuple[str, ...]
    where: tuple[str, ...] = ()
    average: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    too: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("locale",)
    stamps: tuple[str, ...] = ("yyyy-MM-dd HH:mm:ss",)
    comma: bool = False
    point: bool = False
    lines: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    groups: bool = False
    one_a_day: bool = False
    mixed: bool = False

    def kinds(self) -> set[str]:
        """Name the kinds of its columns."""
        return {each.partition(" | ")[2].split(" ")[0] for each in self.columns}


@cache
def layouts() -> dict[str, Layout]:
    """Read all layouts."""
    found = tomllib.loads(LAYOUTS.read_text("utf-8"))
    return {name: _layout(name, given) for name, given in found.items()}


def _layout(name: str, given: dict[str, Any]) -> Layout:
    fields: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in given.items()}
    return Layout(name, **fields)


def said(text: str, locale: Locale) -> str:
    """Say a text in a language where it begins with @, else as it stands."""
    bare = text.lstrip("~=")
    return words()[locale.language][bare[1:]] if bare.startswith("@") else bare


def columns(layout: Layout, locale: Locale) -> list[Column]:
    """Name a layout's columns for a place."""
    made: list[Column] = []
    for each in layout.columns:
        key, _, kind = each.partition(" | ")
        first, *rest = kind.split(" ")
        made.append(Column(key, said(key, locale), first, tuple(rest)))
    return made


@dataclass
class Days:
    """When things happen: from the first to the last day, days up to `most` only where no day shall decide."""

    first: date
    last: date
    most: int = 31

    def all(self) -> list[date]:
        """List the days."""
        count = (self.last - self.first).days + 1
        days = [self.first + timedelta(days=number) for number in range(count)]
        return [day for day in days if day.day <= self.most]


@dataclass
class Drawn:
    """One row being drawn: the values so far, by key."""

    rng: Random
    locale: Locale
    number: int
    day: date
    cells: dict[str, Cell] = field(default_factory=dict)

    def of(self, key: str) -> Decimal:
        """Give an amount drawn before."""
        found = self.cells[key if key in self.cells else key.replace("_", " ")]
        assert isinstance(found, Decimal | int)
        return Decimal(found)

    def money(self, low: str, high: str) -> Decimal:
        """Draw an amount, small ones more often than large ones."""
        span = float(high) - float(low)
        drawn = float(low) + span * self.rng.random() ** 2
        return Decimal(str(round(drawn, 2))).quantize(CENT)


def cents(value: Decimal) -> Decimal:
    """Round to the cent."""
    return value.quantize(CENT, ROUND_HALF_UP)


def drawn_cell(column: Column, row: Drawn) -> Cell:
    """Draw the value of one column."""
    for family in (_amount, _derived, _moment, _name):
        found = family(column.kind, column.arguments, row)
        if found is not NotImplemented:
            return found  # type: ignore[return-value]  # NotImplemented is sorted out above
    message = f"no such kind of column: {column.kind}"
    raise ValueError(message)


def _amount(kind: str, given: tuple[str, ...], row: Drawn) -> object:
    rng = row.rng
    match kind:
        case "money":
            return row.money(*given)
        case "signed":
            return row.money(*given) * (-1 if happens(rng, 0.45) else 1)
        case "whole":
            return rng.randint(int(given[0]), int(given[1]))
        case "whole_signed":
            return rng.choice((-1, 1, 1)) * rng.randint(1, int(given[0]))
        case "small":
            return rng.randrange(int(given[0]))
        case "minor":
            return rng.randint(int(given[0]), int(given[1]))
        case "precise":
            return Decimal(rng.randint(int(given[0]) * 1000, int(given[1]) * 1000)).scaleb(-3)
        case "fine":
            return Decimal(rng.randint(1, 10**8)).scaleb(-8)
        case "hours":
            return Decimal(rng.randint(1, int(given[0]) * 4)) / 4
        case "percent":
            return row.money(*given)
        case "clock":
            return timedelta(seconds=rng.randint(20, int(given[0]) * 3600))
        case _:
            return NotImplemented


def _derived(kind: str, given: tuple[str, ...], row: Drawn) -> object:
    match kind:
        case "share":
            return cents(row.of(given[0]) * Decimal(given[1]))
        case "plus":
            return row.of(given[0]) + row.of(given[1])
        case "minus":
            return row.of(given[0]) - row.of(given[1])
        case "times":
            return cents(row.of(given[0]) * row.of(given[1]))
        case "in":
            return row.of(given[0]) if row.of(given[0]) > 0 else None
        case "out":
            return -row.of(given[0]) if row.of(given[0]) < 0 else None
        case "size":
            return abs(row.of(given[0]))
        case "letter":
            return words()[row.locale.language]["letter in" if row.of(given[0]) > 0 else "letter out"]
        case "balance" | "blank":
            return None
        case _:
            return NotImplemented


def _moment(kind: str, given: tuple[str, ...], row: Drawn) -> object:
    rng = row.rng
    moment = datetime.combine(row.day, datetime.min.time()) + timedelta(seconds=rng.randint(6 * 3600, 23 * 3600))
    match kind:
        case "day":
            return row.day
        case "month":
            return row.day.replace(day=1)
        case "later":
            return row.day + timedelta(days=rng.randint(0, int(given[0])))
        case "earlier":
            return row.day - timedelta(days=rng.randint(0, int(given[0])))
        case "stamp":
            return moment
        case "stamp_later":
            return moment + timedelta(minutes=rng.randint(5, int(given[0]) * 1440)) if happens(rng, 0.8) else None
        case "time":
            return moment.strftime("%H:%M:%S")
        case "hourkey":
            return moment.strftime("%Y%m%d%H")
        case "weekday":
            return row.day.strftime("%A")
        case _:
            return NotImplemented


def _name(kind: str, given: tuple[str, ...], row: Drawn) -> object:
    rng, locale = row.rng, row.locale
    match kind:
        case "pick" | "words":
            choices = [each.partition("*") for each in given]
            picked = rng.choices([each[0] for each in choices], [int(each[2] or 1) for each in choices])[0]
            return words()[locale.language][picked] if kind == "words" else picked.replace("_", " ")
        case "who":
            near = PEOPLE[""][:4] + PEOPLE.get(locale.language, ())
            return rng.choice(near if happens(rng, 0.8) else PEOPLE[""])
        case "flag":
            return rng.choice(("Yes", "Yes", "No"))
        case "email":
            return f"buyer{row.number}@example.com"
        case "serial":
            return str(1000 + row.number)
        case "prefix":
            return f"{given[0]}{1000 + row.number}"
        case _:
            return rng.choice(POOLS[kind]) if kind in POOLS else _digits(kind, given, row)


def _digits(kind: str, given: tuple[str, ...], row: Drawn) -> object:
    rng = row.rng
    digits = "".join(rng.choice("0123456789") for _ in range(int(given[0]) if given else 18))
    match kind:
        case "phone":
            return f"+4670{rng.randint(1000000, 9999999)}"
        case "rare":
            return digits if happens(rng, 0.2) else ""
        case "number" | "zeros":
            return ("0" if kind == "zeros" else "7") + digits[1:]
        case "long":
            return "4" + digits
        case "iban":
            return f"{'DE' if row.locale.language == 'de' else 'SE'}775000000000{digits[:8]}"
        case "currency":
            return row.locale.currency
        case _:
            return NotImplemented


def draw(layout: Layout, locale: Locale, days: Days, count: int, rng: Random) -> list[dict[str, Cell]]:
    """Draw rows in order of time."""
    every = days.all()
    chosen = sorted(rng.sample(every, min(count, len(every))) if layout.one_a_day else rng.choices(every, k=count))
    named = columns(layout, locale)
    rows: list[dict[str, Cell]] = []
    for number, day in enumerate(chosen):
        row = Drawn(rng, locale, number, day)
        for column in named:
            row.cells[column.key] = drawn_cell(column, row)
        rows.append(row.cells)
    return rows


def balanced(layout: Layout, locale: Locale, rows: list[dict[str, Cell]], start: Decimal) -> Decimal:
    """Fill in the running balances of rows in order of time; give the last one."""
    running = start
    for column in (each for each in columns(layout, locale) if each.kind == "balance"):
        for row in rows:
            amount = row[column.arguments[0]]
            assert isinstance(amount, Decimal)
            running += amount
            row[column.key] = running
    return running
