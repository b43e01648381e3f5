"""A chart program and its rows as SVG: for the page with tokens for colours, for paper with colours."""

from __future__ import annotations

import hashlib
import html
import os
import re
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..findings import CourseError, Finding
from ..sourcefiles import read_text
from . import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .data import DataSet

CODE = "charts.program"
FONTS = Path(__file__).parent.parent / "fonts"
#: Smaller text cannot be read on paper, nor on a phone.
SMALLEST_TEXT = 11
#: The widest the page's column holds, in CSS pixels.
WIDEST = 740
_COLOUR = re.compile(r'(?:fill|stroke|stop-color)="(#[0-9a-fA-F]{3,8}|rgb[^"]*|[a-z]+)"')
_NOT_COLOURS = {"none", "transparent", "currentColor"}


@dataclass(frozen=True)
class Drawing:
    """A drawn chart in the cache."""

    name: str  #: file name without its ending: the chart's name and a hash of all it is made from
    tokens: Path  #: the SVG as drawn, colours as tokens
    paper: Path  #: the SVG with the colours of paper

    @property
    def title(self) -> str:
        """What stands above the drawing, in one line; empty where nothing does."""
        found = re.search(r'<svg[^>]* data-title="([^"]*)"', self.tokens.read_text(encoding="utf-8"))
        return html.unescape(found[1]) if found else ""


def draw(program: Path, dataset: DataSet, cache: Path, files: Sequence[Path] = ()) -> Drawing:
    """Return a chart's drawing, from the cache where neither its program, data, fonts nor tools have changed.

    The texts of `files` go to the program's ``chart`` after the rows.

    Raises `CourseError` where the program cannot be run or the chart breaks a rule.
    """
    source = read_text(program, CODE)
    texts = [read_text(path, CODE) for path in files]
    name = f"{program.stem}-{_digest(source, dataset, texts)}"
    drawing = Drawing(name, cache / f"{name}.tokens.svg", cache / f"{name}.svg")
    if not (drawing.tokens.is_file() and drawing.paper.is_file()):
        specification, svg = _svg(program, source, dataset, texts)
        svg = _bare(svg, _title(specification))
        _check(program, svg)
        cache.mkdir(parents=True, exist_ok=True)
        _write(drawing.tokens, svg)
        _write(drawing.paper, _coloured(svg, tokens.PAPER))
    return drawing


def screen_svg(drawing: Path, label: str, prefix: str) -> str:
    """Return a drawing as markup for a page: colours as variables, `label` for those who cannot see it.

    The ids in it start with `prefix`, so that two charts can share a page.
    """
    svg = _coloured(drawing.read_text(encoding="utf-8"), tokens.SCREEN)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', svg)
    escaped = label.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escaped}" ', 1)


def _digest(source: str, dataset: DataSet, texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for part in (source.encode(), dataset.path.read_bytes(), _own_code(), *(text.encode() for text in texts)):
        digest.update(hashlib.sha256(part).digest())
    digest.update(f"{version('altair')} {version('vl-convert-python')}".encode())
    for font in sorted(FONTS.glob("SourceSans3*.ttf")):
        digest.update(font.name.encode())
        digest.update(hashlib.sha256(font.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _own_code() -> bytes:
    """Return what else decides how a chart looks: the modules of this package."""
    return b"".join(module.read_bytes() for module in sorted(Path(__file__).parent.glob("*.py")))


def _svg(program: Path, source: str, dataset: DataSet, texts: Sequence[str]) -> tuple[dict[str, Any], str]:
    with _universal_time():
        try:
            import altair
            import vl_convert
        except ImportError as error:
            mend = "Install the requirements of the course."
            raise CourseError([Finding(program, 0, CODE, f"charts cannot be drawn: {error}.", mend)]) from None
        altair.data_transformers.disable_max_rows()
        chart = _run(program, source, [dict(row.cells) for row in dataset.rows], texts)
        vl_convert.register_font_directory(str(FONTS))
        try:
            return chart, str(vl_convert.vegalite_to_svg(chart, config=tokens.CONFIG))
        except ValueError as error:
            raise CourseError([Finding(program, 0, CODE, f"Vega-Lite cannot draw this: {_first_line(error)}.")]) from None


def _run(program: Path, source: str, rows: list[dict[str, str]], texts: Sequence[str]) -> dict[str, Any]:
    """Return the Vega-Lite specification that the program's ``chart`` makes of the rows and of the texts of its files."""
    module = ModuleType(program.stem)
    module.__file__ = str(program)
    try:
        # compiled here, not imported: an import would write __pycache__ beside the author's files
        exec(compile(source, str(program), "exec"), module.__dict__)
        function = getattr(module, "chart", None)
        if not callable(function):
            mend = "Define 'def chart(rows):' that returns an Altair chart."
            raise CourseError([Finding(program, 0, CODE, "this program has no function 'chart'.", mend)])
        chart = function(rows, *texts)
        if not hasattr(chart, "to_dict"):
            line = function.__code__.co_firstlineno
            message = f"'chart' returned {type(chart).__name__}, not an Altair chart."
            raise CourseError([Finding(program, line, CODE, message, "Return the finished chart.")])
        return dict(chart.to_dict())
    except CourseError:
        raise
    except SyntaxError as error:
        raise CourseError([Finding(program, error.lineno or 0, CODE, f"this is not valid Python: {error.msg}.")]) from None
    except (Exception, SystemExit) as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(program)]
        message = f"the program failed: {type(error).__name__}: {_first_line(error)}."
        raise CourseError([Finding(program, (lines[-1] or 0) if lines else 0, CODE, message)]) from None


def _first_line(error: BaseException) -> str:
    return next((line.strip().rstrip(".") for line in str(error).splitlines() if line.strip()), "no message")


@contextmanager
def _universal_time() -> Iterator[None]:
    """Draw dates alike on every machine: Vega formats them in the local time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def _title(specification: dict[str, Any]) -> str:
    """Return the title above a whole chart in one line; empty where it has none."""
    title = specification.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return " ".join(text) if isinstance(text, list) else str(text)


def _bare(svg: str, title: str) -> str:
    """Return the drawing without what a figure with a text alternative does not need; its title stays as ``data-title``."""
    svg = re.sub(r' (?:aria-[a-z]+|role|pointer-events|class|version|xmlns:xlink)="[^"]*"', "", svg)
    svg = re.sub(r'<path d="" display="none"/>|<path d="M0,0h0v0h0Z"/>', "", svg)
    svg = svg.replace('font-family="Source Sans 3"', "font-family=\"'Source Sans 3', sans-serif\"")
    return svg.replace("<svg ", f'<svg data-title="{html.escape(title)}" ', 1) if title else svg


def _coloured(svg: str, colours: dict[str, str]) -> str:
    for token, colour in colours.items():
        svg = svg.replace(f'"{token}"', f'"{colour}"')
    return svg


def _check(program: Path, svg: str) -> None:
    findings = []
    strange = sorted(set(_COLOUR.findall(svg)) - set(tokens.SCREEN) - _NOT_COLOURS)
    if strange:
        message = f"the chart uses colours that are not tokens: {', '.join(strange)}."
        mend = "Use INK, MUTED, GRID and SERIES from farreaching.charts, so that it can be read in light and dark."
        findings.append(Finding(program, 0, CODE, message, mend))
    small = sorted({size for size in re.findall(r'font-size="([\d.]+)px"', svg) if float(size) < SMALLEST_TEXT})
    if small:
        message = f"the chart has text of {', '.join(small)} px."
        findings.append(Finding(program, 0, CODE, message, f"Use at least {SMALLEST_TEXT} px."))
    if cut := re.search(r">([^<>]*…)</", svg):
        findings.append(Finding(program, 0, CODE, f"a label is cut: '{cut[1]}'.", "Leave 'labelLimit' away, or write less."))
    width = re.search(r'<svg[^>]* width="([\d.]+)"', svg)
    if width and float(width[1]) > WIDEST:
        message = f"the chart is {width[1]} px wide with its labels."
        findings.append(Finding(program, 0, CODE, message, f"Keep it within {WIDEST} px."))
    if findings:
        raise CourseError(findings)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: several processes may draw the same chart."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
