"""The reference style, without Sphinx. ``UPDATE_GOLDEN=1 pytest`` writes the expected file anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pybtex.database import Entry, Person
from pybtex.plugin import find_plugin

from farreaching.citations.bibfile import load_sources
from farreaching.citations.style import NAME, ChicagoAuthorDate, register, year_labels

FOLDER = Path(__file__).parent / "citations"


def bib(tmp_path: Path, *entries: str) -> Path:
    """Write a file of books ``key | author | date | title``."""
    path = tmp_path / "a.bib"
    texts = []
    for entry in entries:
        key, author, date, title = (part.strip() for part in entry.split("|"))
        dated = f"date={{{date}}}, " if date else ""
        texts.append(
            f"@book{{{key}, author={{{author}}}, {dated}title={{{title}}}, publisher={{P}}, "
            "party={other}, consulted={full}\n}\n"
        )
    path.write_text("".join(texts), encoding="utf-8")
    return path


def test_every_form() -> None:
    """Each form of reference, in the order of the list, with its citation in the text."""
    sources = load_sources([FOLDER / "forms.bib"])
    lines = []
    for entry in ChicagoAuthorDate().format_entries(sources.values()):
        lines.append(f"{entry.key}\n  ({sources[entry.key].label} {entry.label})\n  {entry.text.render_as('html')}\n")
    golden = FOLDER / "forms.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text("\n".join(lines), encoding="utf-8")
    assert "\n".join(lines) == golden.read_text(encoding="utf-8")


def test_letters_go_by_date_then_title_over_the_label(tmp_path: Path) -> None:
    path = bib(
        tmp_path,
        "late | Kim, A. | 2017-05-02 | Apple",
        "zeal | Kim, A. | 2017-05-01 | Zeal",
        "apple | Kim, A. | 2017-05-01 | The Bee",
        "year | Kim, A. | 2017 | Whole year",
        "other | Kim, B. | 2017-01-01 | Another Kim",
        "alone | Kim, A. | 2018 | Alone",
        "undated | Lee, A. | | One",
        "undated-2 | Lee, A. | | Two",
    )
    years = year_labels(load_sources([path]).values())
    assert years == {
        "year": "2017a", "other": "2017b", "apple": "2017c", "zeal": "2017d", "late": "2017e",
        "alone": "2018", "undated": "n.d.-a", "undated-2": "n.d.-b",
    }  # fmt: skip


def test_letters_do_not_depend_on_the_order_of_the_file(tmp_path: Path) -> None:
    sources = list(load_sources([FOLDER / "forms.bib"]).values())
    assert year_labels(sources) == year_labels(reversed(sources))


def test_labels_count_authors(tmp_path: Path) -> None:
    path = bib(
        tmp_path,
        "one | Kim, A. | 2001 | T",
        "two | Kim, A. and Lee, B. | 2002 | T",
        "three | Kim, A. and Lee, B. and Poe, C. | 2003 | T",
        "four | Kim, A. and Lee, B. and Poe, C. and Roe, D. | 2004 | T",
        "eleven | " + " and ".join(f"N{letter}, X." for letter in "abcdefghijk") + " | 2005 | T",
    )
    sources = load_sources([path])
    assert {key: source.label for key, source in sources.items()} == {
        "one": "Kim", "two": "Kim and Lee", "three": "Kim, Lee, and Poe", "four": "Kim et al.", "eleven": "Na et al.",
    }  # fmt: skip
    texts = {entry.key: str(entry.text) for entry in ChicagoAuthorDate().format_entries(sources.values())}
    assert texts["four"].startswith("Kim, A., B. Lee, C. Poe, and D. Roe. 2004. ")
    assert texts["eleven"].startswith("Na, X., X. Nb, X. Nc, X. Nd, X. Ne, X. Nf, X. Ng, et al. 2005. ")


def test_list_order(tmp_path: Path) -> None:
    path = bib(
        tmp_path,
        "undated | Ångström, Z. | | T",
        "later | Ångström, Z. | 2020 | T",
        "sooner | Ångström, Z. | 2019 | T",
        "pair | Ångström, Z. and Bohr, N. | 2001 | T",
        "anders | anders, Q. | 2022 | T",
        "korean | 김, 철수 | 1990 | T",
        "bohr | Bohr, N. | 2000 | T",
    )
    keys = [entry.key for entry in ChicagoAuthorDate().format_entries(load_sources([path]).values())]
    assert keys == ["anders", "sooner", "later", "undated", "pair", "bohr", "korean"]


def test_pybtex_finds_the_style_and_gives_it_its_own_entries() -> None:
    register()
    fields = {"title": "T", "publisher": "P", "date": "1999"}
    entry = Entry("book", fields=fields, persons={"author": [Person("Poe, Mary")]})
    entry.key = "k"
    style = find_plugin("pybtex.style.formatting", NAME)()
    assert [str(one.text) for one in style.format_entries([entry])] == ["Poe, Mary. 1999. T. P."]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Who?", "“Who?” "),
        ("[A page]", "[A page]. "),
        ('The "end"', "“The ‘end.’” "),
        ("Ties are 'their own'", "“Ties are ‘their own.’” "),
        ("The workers'", "“The workers’.” "),
    ],
)
def test_full_stop_after_a_title(title: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(
        f"@legislation{{a, author={{Poe, M}}, title={{{title}}}, number={{1}}, party={{other}}, consulted={{full}}\n}}\n",
        encoding="utf-8",
    )
    (entry,) = ChicagoAuthorDate().format_entries(load_sources([path]).values())
    assert str(entry.text) == f"Poe, M. n.d. {expected}1."
