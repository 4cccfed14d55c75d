"""The words of headers: folding them for comparison, and what they say, in the languages exports come in.

Words stand here folded: lower case, without accents. A header is matched by whole words, except that the
languages which glue words together (German, Dutch, Swedish ...) are matched by a word's beginning or end.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-zà-þ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS = {"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "\u0131": "i", "œ": "oe"}


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    r"""Bring a header to the form in which it is compared: words of lower-case letters and digits, no accents.

    >>> fold("\ufeffTransNo "), fold("Bokföringsdag"), fold("Amount (€)"), fold("Created_at")
    ('trans no', 'bokforingsdag', 'amount', 'created at')
    """
    parted = _CAMEL.sub(" ", text.replace("\ufeff", ""))
    plain = unicodedata.normalize("NFKD", parted.casefold())
    plain = "".join(_LETTERS.get(char, char) for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def lexicon(listed: str) -> frozenset[str]:
    """Make a set of folded words."""
    return frozenset(listed.split())


DATE = lexicon(
    "date dates datum datetime day dato fecha data dia jour tag tarih datums kuupaev pvm paivamaara datas "
    "datumi paid issued created timestamp time when month week buchung valuta wertstellung bokford"
)
DATE_STEMS = ("datum", "dag", "tag", "dato", "date", "paiva", "nap", "datu")
"""Endings and beginnings of glued or inflected words for a day: Buchungstag, Bokforingsdag, datuma ..."""

MAIN_DATE = lexicon(
    "transaction order sale sold submit submitted send sent created close won issued journal run invoice"
)
"""The business event itself happened on that day."""

SIDE_DATE = lexicon(
    "due expected shipped ship payout available effective value valuta valutadag valutadatum wertstellung updated "
    "modified last added birth birthday expiry expires expiration cancelled canceled fulfilled resolved solved "
    "closed end ended until settlement posted delivery delivered valeur ertek erteknap settled paid processed "
    "processing completion period faellig faelligkeit forfallodag vervaldatum vencimiento echeance sprint geburtstag"
)
"""Days beside the event: when it was due, paid out, changed, or what it was valued by."""

AMOUNT = lexicon(
    "amount amounts total totals value sum revenue sales turnover net gross price subtotal cost costs spend spent paid "
    "income expense expenses earnings proceeds betrag umsatz summe gesamt gesamtbetrag brutto netto montant somme prix "
    "importe monto bruto neto cantidad importo totale bedrag totaal belopp summa belob belop kwota suma castka osszeg "
    "osszege valor quantia maara wert preis omzet ingresos ventas ca erlos debit credit debet haben soll withdrawal "
    "withdrawals deposit deposits inflow outflow montante"
)
MONEY = AMOUNT - lexicon("value sum total totals totale totaal summa suma cantidad wert somme summe maara")
"""Headers that promise money, which is never written with three decimals (dinars apart)."""

BALANCE = lexicon(
    "balance saldo kontostand solde egyenleg zustatek stan behallning likutis running stand opening closing bilanz"
)
PRICE_OR_RATE = lexicon(
    "rate kurs koers taux tasa tipo exchange kurz arfolyam percent percentage pct prozent ratio avg average mean "
    "durchschnitt moyenne share score ctr cpc cpm cpv per price preis prix precio pris prijs cena unit"
)
FEE_OR_TAX = lexicon(
    "fee fees tax taxes vat gst hst pst mwst ust tva iva moms btw dph afa commission comision gebuhr gebuehr gebuhren "
    "kosten frais avgift discount discounts rabatt remise descuento korting shipping versand tip tips trinkgeld "
    "surcharge markup interest refund refunded refunds withheld duty shipment envio spese poplatek koltseg coupon"
)
COUNT_OF = lexicon(
    "quantity qty count number no nr num anzahl menge quantite nombre cantidad aantal antal ilosc units pieces"
)
QUANTITY = lexicon(
    "quantity qty menge quantite cantidad aantal antal antall ilosc units pieces mnozstvi mennyiseg kolicina quantita "
    "quantidade stuck stueck stk kpl szt kogus kiekis daudzums cantitate"
)
"""How many of a thing: they add up over rows, as prices of one of them do not."""
PRICE_ENDS = ("preis", "pris", "prijs", "hinta", "egysegar")
"""Endings of glued words for the price of one: Einzelpreis, styckpris, yksikkohinta."""
A_KIND = lexicon("type typ art tipo kind soort slag tyyppi typu druh rodzaj vrsta tip")
"""What kind of movement a row is, often as a number."""

IDENTIFIER = lexicon(
    "id ids uid uuid guid ref reference referenz referencia kundenreferenz mandatsreferenz code codes key nummer "
    "numero "
    "numer cislo szam no nr number invoice token sku gtin ean barcode isbn pan suffix iban bic blz konto kontonummer "
    "account zip postal postcode plz year month day hour week index row radnummer line seq"
)
ADDS_UP = lexicon("sessions clicks orders visits conversions impressions events views leads signups tickets bookings")
"""Counts that may be added over days; users and visitors may not."""

BESIDE = lexicon("before original converted foreign local subtotal users visitors max min budget adjusted")
"""Amounts beside the one that matters."""

PERSONAL = lexicon(
    "email mail emails phone mobile telephone telefon telefono telephon tel fax handy address street city zip "
    "postal postcode plz adresse direccion indirizzo adres adress adresa strasse iban pan birthday birth ssn "
    "ip firstname lastname surname vorname nachname prenom apellido apellidos nachnaam efternamn fornamn "
    "beneficiary payee payer correo courriel card karte kartennummer kreditkarte kreditkaart kaarthouder "
    "cardholder zahlungspflichtige zahlungsempfanger beguenstigter auftraggeber empfanger recipient buyer "
    "username kortnummer kartyaszam szamlaszam szamlaszama kontonummer auftraggeberkonto auftragskonto "
    "kundenkonto accountno gegenkonto tegenrekening hometown kontoinhaber titulaire "
    "kredietkaart kreditkort creditcard protiuctu protiucet protistrany protiucastnik kontrahent kontrahenta nadawca "
    "odbiorca prijemce beneficiario beneficiaire ordenante ordinante begunstigde mottagare avsandare mottaker "
    "avsender modtager afsender saaja maksaja"
)
PERSON_OWNERS = lexicon(
    "customer client buyer billing shipping contact card first last full user employee staff member owner "
    "sender recipient patient guest donor cardholder kunde kunden kund klant klient klientka asiakas cliente "
    "nombre nom naam namn navn beneficiary holder partner receiver ultimate payer payee ship bank"
)
COMPANY = lexicon(
    "ltd limited inc llc llp plc gmbh ag kg ohg ug ab as asa oy oyj aps bv nv sa sas sarl srl spa sl kft zrt"
)
"""Words that tell a company's name from a person's."""
NAME = lexicon("name names nombre nom naam namn navn nev neve nazwa nazev jmeno nome")
NOT_PERSON = lexicon(
    "product item company project campaign event file file shop store device account deal status type country state "
    "region currency method province brand category funding list page zone sales tax total amount value"
)

LASTING = lexicon(
    "duration dauer duree duracion durata duur varaktighet elapsed length hours handle session reply response "
    "resolution"
)
DURATION = lexicon(
    "duration dauer duree duracion durata duur varaktighet hours hour time elapsed length handle reply session"
)
HOURS = lexicon("h hh hhmm hrs hours hour stunden std heures horas ore uren timer timmar tunnit hodin godzin")
"""Headers that say that a clock of two parts begins with hours."""

TIME_OF_DAY = lexicon("time hora heure uhrzeit zeit tid tijd godzina cas ora start end clock stunde")

LOCAL = lexicon(
    "datum betrag buchung buchungstag valuta valutadatum wertstellung verwendungszweck wahrung umsatz kontostand "
    "kontonummer auftraggeber empfanger empfaenger buchungstext umsatzart kunde menge preis rechnung fecha importe "
    "descripcion saldo divisa concepto hora bruto neto comision cantidad cliente libelle montant devise compte solde "
    "reference operation comptable debit credit valeur detail facture bedrag omschrijving rekening naam munt koers "
    "verrichting mededelingen tegenrekening belopp beskrivning saldo bokforingsdag transaktionsdag bokfort kund "
    "ordernummer antal konto tekst belob importo descrizione causale valore castka mena zprava poznamka typ ucet "
    "osszege egyenleg kozlemeny kwota opis tytul waluta operacji data valor descricao quantidade historico pvm maara "
    "saaja selite summa kuupaev selgitus datums suma data mokejimo tva ttc iva mwst ust moms btw alv pvn kdv especes "
    "carte bancaire efectivo tarjeta contanti contant kontant bargeld kasse kassa gotowka hotovost tilaus maksu"
)
"""Words of headers that are not English; some are English too, so two others must stand beside one of them."""

_ALSO_ENGLISH = lexicon("debit credit reference operation detail data valuta")


def words(name: str) -> frozenset[str]:
    """Tell the folded words of a header, without the numbers that count them (`Address2`)."""
    return frozenset(word.rstrip("0123456789") or word for word in fold(name).split())


_FORMAT = re.compile(r"(?:y{2}|y{4}|j{4}|a{4})(?:m{1,2})(?:d{1,2}|t{1,2}|j{1,2})h{0,2}")
"""A date's format spelt out, as in `Hour (YYYYMMDDHH)`."""


def names_a_day(name: str) -> bool:
    """Tell whether a header promises a date."""
    found = words(name)
    return bool(found & DATE) or any(
        word.endswith(DATE_STEMS) or word.startswith("datum") or _FORMAT.fullmatch(word) for word in found
    )


MONTH = lexicon(
    "period periods zeitraum ajanjakso tidsperiod tidsperiode tijdvak obdobie razdoblje "
    "month months monat periode mois mes meses mese mesi maand maanden manad maned kuukausi kausi "
    "miesiac "
    "okres mesic obdobi honap idoszak periodo periodos ay donem luna perioada menesis laikotarpis kuu"
)


def names_a_month(name: str) -> bool:
    """Tell whether a header promises a month or a period."""
    return bool(words(name) & MONTH)


def says(name: str, listed: frozenset[str]) -> bool:
    """Tell whether a header holds a word of a lexicon, or a long word of it inside a glued one."""
    found = words(name)
    if found & listed:
        return True
    return any(len(part) > 5 and part in word for word in found if len(word) > 8 for part in listed)  # noqa: PLR2004


def not_english(names: list[str]) -> bool:
    """Tell whether the headers of a file are plainly in a language that writes the day first."""
    found = frozenset().union(*(words(name) for name in names)) & LOCAL
    return len(found - _ALSO_ENGLISH) >= 2  # noqa: PLR2004
