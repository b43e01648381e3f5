"""String literals, runs of languages, and the coverage of the fonts."""

from __future__ import annotations

import pytest
from docutils import nodes

import typst
from farreaching.nodes import page_reference
from farreaching.typst.fonts import FOLDER, coverage, missing
from farreaching.typst.literals import array, language_runs, string
from farreaching.typst.tables import LINE, NARROW, WHOLE_ROW, WHOLE_TABLE, fits_together, shape


def test_only_two_characters_are_syntax_in_a_string():
    assert string('a "b" \\c #[$*_@<>//') == '"a \\"b\\" \\\\c #[$*_@<>//"'
    assert string("a\nb\tc") == '"a\\nb\\tc"'


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [("plain", "")]),
        ("", [("", "")]),
        ("a 백두산 b", [("a ", ""), ("백두산", "ko"), (" b", "")]),
        ("富士山のふもと", [("富士山のふもと", "ja")]),
        ("长白山.", [("长白山", "zh"), (".", "")]),
        ("白頭山 천지", [("白頭山 천지", "ko")]),
    ],
)
def test_language_runs(text, runs):
    assert language_runs(text) == runs


@pytest.mark.parametrize(
    "text", ["Đồng Đăng", "힣 ㄱ 勞動新聞", "Ключевская Ґґ Её", "长白山。", "かな漢字、", "◆●▲■✓○→½€₽₩ – “”"]
)
def test_the_fonts_have(text):
    assert missing(text) == []


def test_a_missing_character_is_named_once():
    assert missing("a😀b😀") == ["😀"]


def test_coverage_is_what_the_fonts_have():
    """PDF/UA-1 refuses a character without a glyph, so a sample of all of them must compile."""
    points = [point for point in sorted(coverage()) if point > 0x20 and not 0x7F <= point < 0xA0][::7]
    words = " ".join(chr(point) for point in points if chr(point).isprintable())
    families = ["Source Serif 4", "Source Sans 3", "Source Code Pro"]
    families += [f"Noto Serif CJK {region}" for region in ("KR", "SC", "JP")]
    fonts = array([string(family) for family in families])
    source = f'#set document(title: "t")\n#set text(font: {fonts})\n#text({string(words)})\n'
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True, font_paths=[str(FOLDER)])
    pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards="ua-1", timestamp=0)
    assert pdf
    assert not warnings


def row(*cells):
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))


def table(head, *rows):
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in head), cols=len(head))
    group += [nodes.thead("", row(*head)), nodes.tbody("", *(row(*cells) for cells in rows))]
    return nodes.table("", group)


def test_a_table_gives_narrow_columns_their_own_width():
    form = shape(table(("River", "km"), ("a" * (NARROW + 1), "1,094"), ("b", "–")))
    assert form.widths[0].endswith("fr")
    assert form.widths[1] == "auto"
    assert form.alignments == ["start", "end"]


def test_short_rows_and_tables_stay_on_one_page():
    assert shape(table(("River",), ("Elbe",))).whole
    assert not shape(table(("River",), *[("Elbe",)] * WHOLE_TABLE)).whole
    words = "water " * (LINE * WHOLE_ROW // 12)  # about half the lines that a row may have, in a column of the whole width
    wide = table(("River",), (words,))
    narrow = table(("River", "Other"), (words, words))
    long = table(("River",), (words * 3,))
    for case, expected in ((wide, True), (narrow, True), (long, False)):
        assert fits_together(list(case.findall(nodes.row))[1], shape(case)) is expected


def test_a_column_of_page_numbers_does_not_take_the_room_of_the_others():
    claims = table(("Status", "Claim"), ("contested", "a" * 99))
    status = list(claims.findall(nodes.entry))[2]
    status += nodes.paragraph("", "", *(page_reference(refid="x", refdocname="y") for _ in range(30)))
    first, second = shape(claims).widths
    assert first.endswith("em")
    assert second.endswith("fr")
