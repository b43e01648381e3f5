"""What python-docx has no function for: numbered lists that begin anew, styles, page numbers (ECMA-376 part 1, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor, Twips

if TYPE_CHECKING:
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

INDENT = 360  # of a list's level, in twentieths of a point
LEVELS = 9
ACCENT = RGBColor(0x1B, 0x49, 0x65)
FORMATS = {
    "bullet": "bullet", "arabic": "decimal", "upperalpha": "upperLetter", "loweralpha": "lowerLetter",
    "upperroman": "upperRoman", "lowerroman": "lowerRoman",
}  # fmt: skip
SIZES = {"a4": (Mm(210), Mm(297)), "us-letter": (Mm(215.9), Mm(279.4))}


class Lists:
    """The lists of a document: each begins anew, and each kind has its own definition (17.9)."""

    def __init__(self, document: Any) -> None:
        self.root = document.part.numbering_part.element
        self.kinds: dict[str, int] = {}

    def new(self, kind: str, start: int, level: int) -> int:
        """Return the number of a new list that counts from `start` at a level."""
        number = self.root.add_num(self._kind(kind))
        number.add_lvlOverride(level).add_startOverride(start)
        return int(number.numId)

    def _kind(self, kind: str) -> int:
        if kind in self.kinds:
            return self.kinds[kind]
        taken = [int(old.get(qn("w:abstractNumId"))) for old in self.root.findall(qn("w:abstractNum"))]
        number = self.kinds[kind] = max(taken, default=0) + 1
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{FORMATS[kind]}"/>'
            f'<w:lvlText w:val="{"•" if kind == "bullet" else f"%{level + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
            for level in range(LEVELS)
        )
        new = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        )
        # definitions stand before the lists that use them (17.9.17)
        first = self.root.find(qn("w:num"))
        self.root.insert(len(self.root) if first is None else self.root.index(first), new)
        return number

    @staticmethod
    def number(paragraph: Paragraph, number: int, level: int) -> None:
        """Make a paragraph an item of a list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = min(level, LEVELS - 1)
        properties.get_or_add_numId().val = number
        Lists.indent(paragraph, level)
        paragraph.paragraph_format.first_line_indent = Twips(-INDENT)

    @staticmethod
    def indent(paragraph: Paragraph, level: int) -> None:
        """Set a paragraph under the words of a list's item."""
        paragraph.paragraph_format.left_indent = Twips(INDENT * (level + 1))

    @staticmethod
    def repeat_as_header(row: _Row) -> None:
        """Have a row stand at the head of its table on every page, and be told as its heading (17.4.78)."""
        mark = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(mark)


def set_page(document: Any, paper: str) -> None:
    """Set the paper and its margins."""
    section = document.sections[0]
    section.page_width, section.page_height = SIZES[paper]
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)


def new_styles(document: Any, language: str) -> None:
    """Set the language of the document, and add the styles that Word's template lacks."""
    styles = document.styles
    for mark in styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name in ("Title", *(f"Heading {level}" for level in range(1, 10))):
        styles[name].font.color.rgb = ACCENT  # the template's own blue is too pale to read

    def paragraph(name: str, **form: Any) -> Any:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        for field, value in form.items():
            setattr(style.paragraph_format, field, value)
        return style

    paragraph("Box Title", keep_with_next=True, space_before=Pt(8)).font.bold = True
    paragraph("Box", left_indent=Mm(6))
    paragraph("Source", left_indent=Mm(8), first_line_indent=Mm(-8), space_after=Pt(4))
    paragraph("Table Text", space_after=Pt(2)).font.size = Pt(9.5)
    head = paragraph("Table Head", space_after=Pt(2), keep_with_next=True)
    head.font.bold, head.font.size = True, Pt(9.5)
    code = paragraph("Code Block", left_indent=Mm(6))
    code.font.name, code.font.size = "Courier New", Pt(9.5)
    origin = paragraph("Origin", space_before=Pt(24))
    origin.font.size = Pt(8.5)
    line = paragraph("Writing Line", space_after=Pt(0), line_spacing=Pt(26))
    # `between` is drawn between two paragraphs of the same border, `bottom` below the last (17.3.1.5, 17.3.1.7)
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="1" w:color="808080"/>' for side in ("bottom", "between"))
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")
    line.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, ACCENT
    styles.add_style("Code", WD_STYLE_TYPE.CHARACTER).font.name = "Courier New"


def page_number(paragraph: Paragraph, title: str) -> None:
    """Write the title and the page's number (17.16.5.44) into the foot of the pages."""
    paragraph.add_run(f"{title} · ")
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
