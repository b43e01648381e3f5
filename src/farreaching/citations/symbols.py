"""Identifiers that carry their own check: symbols of United Nations documents, DOI, ISBN."""

from __future__ import annotations

import re
from urllib.parse import unquote

# Families after the Dag Hammarskjöld Library's research guide "UN Document Symbols".
_FAMILIES = (
    r"S/RES/\d{1,4} \(\d{4}\)",
    r"S/PRST/(19|20)\d\d/\d{1,3}",
    r"S/PV\.\d{1,5}( \(Resumption \d{1,2}\))?",
    r"S/Agenda/\d{1,5}",
    r"S/AC\.\d{1,2}/(19|20)\d\d/\S+?",
    r"S/(19|20)\d\d/\d{1,4}",  # since 1994
    r"S/\d{1,5}",  # to 1993
    r"A/RES/\d{1,2}/\d{1,3}( ?[A-Z])?",  # since 1976
    r"A/RES/\d{1,4} ?[A-Z]? ?\((S-|ES-)?[IVXL]+\)",  # to 1975
    r"A/RES/E?S-\d{1,2}/\d{1,3}",
    r"A/(\d{1,2}|E?S-\d{1,2})/(PV\.)?\d{1,4}",
    r"A/PV\.\d{1,4}",
    r"A/HRC/(RES/)?\d{1,3}/\S+?",
    r"A/C\.\d/\d{1,2}/\S+?",
    r"A/\d{1,4}",  # to 1975
    r"SC/\d{1,5}",
    r"GA/([A-Z]{2,5}/)?\d{1,5}",
    r"(SG/SM|DSG/SM|SG/A)/\d{1,5}",
    r"(E|ST|HR/PUB|CCPR|CERD|DC|DP|TD)/\S+?",
)
_SUFFIX = r"(/(Add|Rev|Corr)\.\d{1,3}(\s?\((Vol\.\s?)?[IVX\d]+\))?)*"
_SYMBOL = re.compile(f"({'|'.join(_FAMILIES)}){_SUFFIX}")
_JOINT = re.compile(r"\s?[-–]\s?(?=(?:A|S|E)/)")
_UN_PREFIX = re.compile(r"(S|A|SC|GA)/")
_RESOLUTION = re.compile(r"(?:S|A)/RES/(.+)")
#: Addresses of the United Nations that name the document they lead to: press releases, the two resolvers, resolutions.
_PRESS = re.compile(r"//(?:www|press)\.un\.org/.*/(sc|cs|ga|ag)(\d{3,5})\.doc\.htm", re.IGNORECASE)
_RESOLVER = re.compile(r"//(?:www\.)?(?:undocs|docs\.un)\.org/(?:[a-z]{2}/)?((?:S|A|E)/[^?#]+)", re.IGNORECASE)
_ON_COUNCIL_SITE = re.compile(r"//(?:\w+\.)?un\.org/securitycouncil/.*\bs/res/(\d{1,4})-?\(?(\d{4})\)?", re.IGNORECASE)
_FRENCH = {"CS": "SC", "AG": "GA"}  # Conseil de sécurité, Assemblée générale
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def is_symbol(text: str) -> bool:
    """Tell whether a text is a symbol of a UN document, or the joint one of two bodies (``A/69/941-S/2015/432``)."""
    return all(_SYMBOL.fullmatch(part) for part in _JOINT.split(text))


def looks_like_symbol(text: str) -> bool:
    """Tell whether a text is meant as the symbol of a Council or Assembly document."""
    return _UN_PREFIX.match(text) is not None


def resolution_number(symbol: str) -> str:
    """Return how a resolution is called by its symbol: ``S/RES/2397 (2017)`` → ``2397 (2017)``."""
    found = _RESOLUTION.fullmatch(symbol)
    return found[1] if found else symbol


def resolution_year(symbol: str) -> int | None:
    """Return the year in a Council resolution's symbol; None for any other."""
    found = re.fullmatch(r"S/RES/\d+ \((\d{4})\)", symbol)
    return int(found[1]) if found else None


def symbol_in_address(address: str) -> str:
    """Return the symbol that an address of the United Nations carries, without spaces; empty for any other."""
    plain = unquote(address)
    if found := _PRESS.search(plain):
        series = found[1].upper()
        return f"{_FRENCH.get(series, series)}/{found[2]}"
    if found := _ON_COUNCIL_SITE.search(plain):
        return f"S/RES/{found[1]}({found[2]})"
    if found := _RESOLVER.search(plain):
        return found[1].upper().replace(" ", "").rstrip("/")
    return ""


def same_symbol(one: str, other: str) -> bool:
    """Tell whether two texts are one symbol, spaces and capitals apart."""
    return one.upper().replace(" ", "") == other.upper().replace(" ", "")


def is_doi(text: str) -> bool:
    """Tell whether a text is a bare DOI (DOI Handbook 2.2), without the resolver's address."""
    return _DOI.fullmatch(text) is not None


def is_isbn(text: str) -> bool:
    """Tell whether a text is an ISBN-10 or ISBN-13 whose check digit is right (ISO 2108)."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    return False
