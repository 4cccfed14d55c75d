"""Which column names each row, so that a later export with a changed row replaces it: an order's number, say.

A header says it outright (`Order ID`, `Rechnungsnr.`), or names the thing alone (`Invoice`) or the number alone
(`Ref`). The less a header says, the more its cells must look like numbers that a program gave out. A wrong key would
let one row replace another, so everything doubtful is no key: the rows are then recognised by all they hold.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from kpi_core.ingest import words
from kpi_core.ingest.texts import changed
from kpi_core.source import ColumnType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kpi_core.ingest.looks import Seen

OWN: Final = words.lexicon(
    "transaction txn order invoice payment ticket receipt charge booking reservation bill sale deal record entry "
    "response voucher donation balance trans quote "
    "bestellung bestell angebot angebots auftrag auftrags rechnung rechnungs beleg vorgang vorgangs buchung buchungs "
    "transaktion transaktions zahlung reservierung quittung "
    "commande facture recu reservation paiement operation pedido factura recibo reserva transaccion pago operacion "
    "ordine fattura ricevuta scontrino transazione prenotazione pagamento encomenda fatura transacao pagamento "
    "bestelling factuur bon transactie boeking betaling kassabon "
    "ordre faktura bestilling kvittering transaksjon transaktion bokning kvitto betalning verifikat "
    "verifikations bilag "
    "tilaus tilauksen lasku laskun kuitti kuitin tapahtuma varaus "
    "zamowienie zamowienia faktury paragon paragonu transakcja transakcji rezerwacja objednavka objednavky faktury "
    "doklad dokladu uctenka uctenky transakce rezervace rendeles szamla nyugta tranzakcio foglalas siparis fatura fis "
    "comanda narudzba racun tellimus arve uzsakymas saskaita saskaitos pasutijums rekins"
)
"""What a row of an export may stand for, as whole words; plurals are counts and stay out."""

ALONE: Final = OWN - words.lexicon(
    "payment charge sale deal record entry response balance operation donation tapahtuma trans quote bestell angebot "
    "buchung paiement pago pagamento zahlung betaling betalning"
)
"""Those that name their number when they stand alone; the others are as often an amount or a text."""

ISSUED: Final = words.lexicon("id uid uuid guid token key identifier txn ident identifiant")
NUMBER: Final = words.lexicon(
    "number no nr num nummer numero numer numeris numurs cislo szam szama sorszam numara numarasi numer broj "
    "stevilka numri n"
)
REFERENCE: Final = words.lexicon("reference ref referenz referencia referens referanse referentie riferimento viite")
TYPED: Final = words.lexicon(
    "transaction transaktion transaksjon transactie transaccion transazione transacao payment paiement pago pagamento "
    "zahlung betaling betalning operation operacion buchung buchungs tapahtuma"
)
"""The reference of these is what the payer typed, the same every month; a number of theirs is the bank's own."""

ROW: Final = words.lexicon("transaction txn trans payment charge entry record balance")
"""Numbers of single movements; several movements share the number of one order or invoice."""

KIND: Final = words.lexicon("type typ art tipo kind event transaction activity operation vorgang soort slag")
TAKEN_BACK: Final = words.lexicon(
    "refund refunds chargeback reversal erstattung ruckerstattung gutschrift storno remboursement reembolso devolucion "
    "rimborso storno terugbetaling aterbetalning tilbakebetaling refusjon hyvitys zwrot vraceni reembolso estorno"
)

GLUED: Final = ("nummer", "nummern", "numero", "number", "numer", "szam", "nr", "no", "id")
"""How a glued word for a number ends: Bestellnummer, Ordernr, tilausnumero."""

OTHERS: Final = words.lexicon(
    "customer client product item related parent legacy project contact settlement payout original account user "
    "employee staff vendor supplier merchant terminal device campaign variant batch tax vat of anzahl count kunde "
    "kunden cliente klant kund artikel articulo produit produkt konto mandat mandate tracking line row index position "
    "zeile previous last first sequence sort priority rank quantity total amount"
)
"""Words that make it the number of another thing than the row, or a count."""

CODE: Final = r"^#?[^\s,]*[0-9][^\s,]*$"
WHOLE: Final = r"^#?[0-9]{1,18}$"
MONEY: Final = r"[\p{Sc}%]"
FRACTION: Final = r"^[0-9]+[.,][0-9]{1,2}$"
FEW_FORMS: Final = 4
"""Numbers that one program gave out look alike; typed texts do not."""
ROWS_A_FORM: Final = 5
ENOUGH: Final = 5
"""Rows from which numbers that only rise, or only fall, were surely given out in turn."""
LONG: Final = 4
"""Numbers of so many digits are no counts."""
SAMPLE: Final = 500
MOST_KINDS: Final = 50
_RUNS: Final = re.compile(r"([0-9]+)|([^\W\d_]+)")


class Says(IntEnum):
    """How plainly a header names the number of what a row stands for; the plainest wins."""

    NOTHING = 0
    NUMBER = 1
    THING = 2
    BOTH = 3


def says(name: str) -> Says:
    """Tell how plainly a header names a key.

    >>> [says(name).name for name in ("Order ID", "Rechnungsnr.", "Invoice", "Ref", "Customer no", "Orders")]
    ['BOTH', 'BOTH', 'THING', 'NUMBER', 'NOTHING', 'NOTHING']
    """
    found = words.words(name)
    if not found or found & OTHERS or (found & REFERENCE and found & ISSUED):
        return Says.NOTHING
    if found <= ISSUED or (found & (OWN | TAKEN_BACK) and found & (ISSUED | NUMBER)) or any(map(_is_glued, found)):
        return Says.BOTH
    if found & REFERENCE and found & OWN:
        return Says.NUMBER if found & TYPED else Says.BOTH
    if len(found) == 1 and found <= ALONE | TAKEN_BACK:
        return Says.THING
    return Says.NUMBER if found <= NUMBER | REFERENCE else Says.NOTHING


def names_an_order(name: str) -> bool:
    """Tell whether a header names an order, an invoice and the like, whose lines may be several rows."""
    found = words.words(name)
    return bool(found & OWN) and found <= OWN | NUMBER | ISSUED | REFERENCE


def names_somebody(name: str) -> bool:
    """Tell whether a header names somebody or the number of something: whole numbers below it are no amounts.

    >>> [names_somebody(name) for name in ("Customer id", "Kundnr", "Member", "Pieces", "Number of guests", "Qty no")]
    [True, True, True, False, False, False]
    """
    found = words.words(name)
    if found & words.QUANTITY or "of" in found:
        return False
    glued = any(each.endswith(end) and each.removesuffix(end) in words.PERSON_OWNERS for each in found for end in GLUED)
    return bool(found & (words.IDENTIFIER | words.PERSON_OWNERS)) or glued


def _is_glued(word: str) -> bool:
    """Tell a thing and its number in one word."""
    return any(word.endswith(end) and word.removesuffix(end) in OWN for end in GLUED)


def pick_key(columns: Sequence[Seen], types: Mapping[str, ColumnType]) -> str | None:
    """Choose the column that names each row: the plainest header, the first among equals; None where none is sure.

    Where rows are movements, such as refunds, the number of an order is none: it may have several of them.
    """
    best, chosen = Says.NOTHING, None
    movements = any(_tells_movements(seen) or _numbers_refunds(seen) for seen in columns)
    for seen in columns:
        plain = says(seen.name) if types[seen.name] in (ColumnType.TEXT, ColumnType.NUMBER) else Says.NOTHING
        if movements and not _names_a_movement(seen.name):
            continue
        if plain > best and _names_each_row(seen, plain):
            best, chosen = plain, seen.name
    return chosen


def _tells_movements(seen: Seen) -> bool:
    """Tell whether a column says of each row what happened, refunds among it: then an order may have several rows."""
    if seen.plain or not words.words(seen.name) & KIND or not 1 < len(seen.texts) <= MOST_KINDS:
        return False
    return any(words.words(text) & TAKEN_BACK for text in seen.texts.to_pylist())


def _numbers_refunds(seen: Seen) -> bool:
    """Tell whether a column gives each row the number of a refund: the orders that the file names are others' rows."""
    return bool(words.words(seen.name) & TAKEN_BACK) and _names_each_row(seen, says(seen.name))


def _names_a_movement(name: str) -> bool:
    found = words.words(name)
    return bool(found & (ROW | TAKEN_BACK)) or found <= ISSUED


def _names_each_row(seen: Seen, plain: Says) -> bool:
    """Tell whether cells can be keys: all filled, all different, no amounts, no numbers that only count the rows."""
    texts = _all_different(seen)
    if texts is None or len(texts) == 1 or pc.any(pc.match_substring_regex(texts, MONEY)).as_py():
        return False
    whole = whole_numbers(texts)
    if whole is not None and int(whole.max()) - int(whole.min()) + 1 == len(whole) and int(whole.min()) in (0, 1):
        return False
    match plain:
        case Says.NOTHING:
            return False
        case Says.BOTH:
            return True
        case Says.THING if words.words(seen.name) <= TAKEN_BACK:
            # As often an amount: only letters tell
            return _is_coded(texts) and _has_letters(texts)
        case Says.THING:
            return _is_coded(texts) and (_has_letters(texts) or _rises(whole) or _are_long(texts))
        case Says.NUMBER:
            return _is_coded(texts) and _rises(whole_numbers(_last_digits(texts)))


def _all_different(seen: Seen) -> pa.Array | None:
    """Give the texts of a column row by row; None where one is blank or stands twice."""
    if not seen.plain:
        return seen.texts if seen.unique else None
    if not seen.vector.all_differ():
        return None
    raw = seen.vector.distinct if seen.vector.flat is None else seen.vector.flat
    texts = changed(raw, pc.utf8_trim_whitespace)
    filled = int(pc.min(pc.binary_length(texts)).as_py()) > 0
    return texts if filled and (texts is raw or pc.count_distinct(texts).as_py() == len(texts)) else None


def whole_numbers(texts: pa.Array) -> npt.NDArray[np.int64] | None:
    """Read texts that are all whole numbers, a leading # aside; None where one is not."""
    if not all(pc.all(pc.match_substring_regex(some, WHOLE)).as_py() for some in (texts[:SAMPLE], texts)):
        return None
    found: npt.NDArray[np.int64] = pc.cast(pc.utf8_ltrim(texts, "#"), pa.int64()).to_numpy(zero_copy_only=False)
    return found


def is_text(seen: Seen) -> bool:
    """Tell whether a key is more than digits: `R1001` is no amount in rand."""
    return seen.plain or _has_letters(seen.texts)


def _has_letters(texts: pa.Array) -> bool:
    """Tell whether every text holds more than digits."""
    return bool(pc.all(pc.match_substring_regex(texts, "[^0-9]")).as_py())


def _last_digits(texts: pa.Array) -> pa.Array:
    return pc.struct_field(pc.extract_regex(texts, r"(?P<last>[0-9]{1,18})[^0-9]*$"), "last")


def _is_coded(texts: pa.Array) -> bool:
    """Tell whether texts are codes of one make: a digit in each, no blanks inside, few forms, no amounts."""
    if not pc.all(pc.match_substring_regex(texts, CODE)).as_py():
        return False
    if pc.any(pc.match_substring_regex(texts, FRACTION)).as_py():
        return False
    sample = texts[:SAMPLE].to_pylist()
    forms = {_RUNS.sub(lambda run: "9" if run[1] else "a", text) for text in sample}
    return len(forms) <= min(FEW_FORMS, max(1, len(sample) // ROWS_A_FORM))


def _rises(numbers: npt.NDArray[np.int64] | None) -> bool:
    """Tell whether enough numbers only rise or only fall down the file."""
    if numbers is None or len(numbers) < ENOUGH:
        return False
    steps = np.diff(numbers)
    return bool((steps > 0).all() or (steps < 0).all())


def _are_long(texts: pa.Array) -> bool:
    """Tell whether enough texts all have many digits, and nearly as many."""
    sizes = pc.binary_length(pc.utf8_ltrim(texts, "#"))
    least, most = pc.min(sizes).as_py(), pc.max(sizes).as_py()
    return len(texts) >= ENOUGH and least >= LONG and most - least <= 1
