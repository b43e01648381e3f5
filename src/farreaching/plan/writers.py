"""A plan as a Word document, a PDF, a calendar and a table."""

from __future__ import annotations

import csv
import io
import os
import shutil
import uuid
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from ..archives import zip_bytes
from ..build import slug
from ..findings import CourseError, Finding
from ..openings import in_minutes
from ..typst.literals import array, dictionary, string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..project import Project
    from .model import Plan, Session, Task

#: Heading → how it stands in a session's table.
COLUMNS = ("When", "What", "Minutes")
#: The date of documents outside git.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def rows(session: Session) -> Iterator[tuple[str, str, int]]:
    """Yield (when, what, minutes) for all that a session asks for, in the order of time."""
    for unit in session.units:
        if not unit.continued:
            yield "Before class", f"Read “{unit.load.title}”", unit.load.reading
            if unit.load.checking:
                yield "Before class", "Check yourself", unit.load.checking
    questions = " ".join(unit.load.question for unit in session.units)
    inside = sum(task.minutes for task in session.in_class)
    yield "In class", f"Opening, key question and close. {questions}", session.minutes - inside
    for task in session.in_class:
        yield "In class", _named(task), task.minutes
    for task in session.at_home:
        yield "At home", _named(task), task.minutes


def _named(task: Task) -> str:
    return f"{task.title} ({task.type.replace('-', ' ')})"


def heading(session: Session) -> str:
    """Return a session's name with its date and time."""
    when = [f"{session.day.day} {session.day:%B %Y}"] if session.day else []
    when += [session.starts] if session.starts else []
    return f"{session.name}: {', '.join(when)}" if when else session.name


def _stamp(project: Project) -> datetime:
    """Return the date that documents carry: SOURCE_DATE_EPOCH, else that of the last commit."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or project.source_date()
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else NO_DATE


def docx(project: Project, plan: Plan, paper: str) -> bytes:
    """Return the plan as a Word document with headings and tables that a screen reader can follow."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(210), Mm(297)) if paper == "a4" else (Mm(215.9), Mm(279.4))
    properties = document.core_properties
    properties.title = f"{plan.course}: {plan.title}"
    properties.author = str(project.settings.get("author", ""))
    properties.comments = ""
    properties.language = str(project.settings.get("language") or "en")
    properties.created = properties.modified = _stamp(project)
    document.add_heading(f"{plan.course}: {plan.title}", 0)
    for note in plan.notes:
        document.add_paragraph(note)
    for session in plan.sessions:
        document.add_heading(heading(session), 1)
        document.add_paragraph(f"{in_minutes(session.total)} in all").paragraph_format.keep_with_next = True
        table = document.add_table(1, len(COLUMNS), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, COLUMNS, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        mark = OxmlElement("w:tblHeader")  # the row is a header, and comes again on every page
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        for row in rows(session):
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = str(value)
        table.autofit = False
        for column, width in zip(table.columns, (Mm(28), Mm(92), Mm(26)), strict=True):
            column.width = width  # the cells' own widths are not enough for every word processor
            for cell in column.cells:
                cell.width = width
    if plan.left_out:
        document.add_heading("Left out", 1)
        for load in plan.left_out:
            document.add_paragraph(load.title, style="List Bullet")
    with io.BytesIO() as buffer:
        document.save(buffer)
        with zipfile.ZipFile(buffer) as archive:
            return zip_bytes([(name, archive.read(name)) for name in archive.namelist()])


def pdf(project: Project, plan: Plan, paper: str) -> bytes:
    """Return the plan as a tagged PDF in the form of the print edition; raise `CourseError` where it cannot be compiled."""
    from ..typst.builder import TEMPLATE
    from ..typst.compiler import compile_all

    stage = project.build / ".stage" / "plan-pdf"
    stage.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TEMPLATE, stage / TEMPLATE.name)
    source = stage / "plan.typ"
    source.write_text(_typst(project, plan), encoding="utf-8")
    (result,) = compile_all([source], paper, int(_stamp(project).timestamp()))
    if result.messages:
        raise CourseError(Finding(source, 0, "plan.pdf", message) for message in result.messages)
    return result.pdf


def _typst(project: Project, plan: Plan) -> str:
    settings = project.settings
    frame = {
        "title": string(plan.title),
        "course": string(plan.course),
        "author": string(str(settings.get("author", ""))),
        "copyright": string(str(settings.get("copyright", ""))),
        "imprint": array([string(str(line)) for line in settings.get("farreaching_imprint", [])]),
        "language": string(str(settings.get("language") or "en")),
    }
    title = f"{plan.course}: {plan.title}"
    parts = [f"chapter(1, text({string(title)}), plain: {string(plan.title)})"]
    parts += [f"par(text({string(note)}))" for note in plan.notes]
    for session in plan.sessions:
        parts.append(f"section(2, text({string(heading(session))}))")
        parts.append(f"par(text({string(f'{in_minutes(session.total)} in all')}))")
        head = [f"table.cell(text({string(name)}))" for name in COLUMNS]
        cells = [f"table.cell(text({string(str(value))}))" for row in rows(session) for value in row]
        parts.append(
            "data-table(columns: (20%, 1fr, 12%), alignments: (left, left, right), "
            f"head: {array(head)}, body: {array(cells)})"
        )  # fmt: skip
    if plan.left_out:
        parts.append(f"section(2, text({string('Left out')}))")
        parts.append(f"bullets({array([f'text({string(load.title)})' for load in plan.left_out])})")
    body = "\n".join(parts)
    return f'#import "template.typ": *\n#show: offprint.with(..{dictionary(frame)})\n#{{[]\n{body}\n}}\n'


def calendar(project: Project, plan: Plan, paper: str) -> bytes:
    """Return the plan as iCalendar (RFC 5545); empty where it has no start.

    A session keeps its UID, so that a changed plan moves the events of the old one. The days of weeks are whole days; the
    sessions of a workshop have times without a zone, which are the reader's own.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//farreaching//plan//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{plan.course}: {plan.title}")
    for session in plan.sessions:
        if not session.day:
            return b""
        event = Event()
        name = f"urn:farreaching:{plan.course}/{plan.title}/{session.name}"
        event.add("uid", f"{uuid.uuid5(uuid.NAMESPACE_URL, name)}@{slug(project)}")
        event.add("dtstamp", _stamp(project))
        begins, ends = _times(session)
        event.add("dtstart", begins)
        event.add("dtend", ends)
        event.add("summary", f"{plan.course}, {session.name}: {'; '.join(unit.load.title for unit in session.units)}")
        event.add("description", "\n".join(f"{when}: {what} ({minutes} minutes)" for when, what, minutes in rows(session)))
        made.add_component(event)
    return bytes(made.to_ical())


def _times(session: Session) -> tuple[Any, Any]:
    """Return the first moment of a session and the first after it."""
    assert session.day
    if not session.starts:
        return session.day, session.day + timedelta(days=1)
    begins = datetime.combine(session.day, time.fromisoformat(session.starts))
    return begins, begins + timedelta(minutes=session.minutes)


def table(project: Project, plan: Plan, paper: str) -> bytes:
    """Return the plan as comma-separated values (RFC 4180), a line for each thing to do."""
    with io.StringIO(newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["session", "date", "starts", "when", "what", "minutes"])
        for session in plan.sessions:
            day = session.day.isoformat() if isinstance(session.day, date) else ""
            for when, what, minutes in rows(session):
                writer.writerow([session.name, day, session.starts, when, what, minutes])
        return text.getvalue().encode()


WRITERS: dict[str, Callable[[Project, Plan, str], bytes]] = {"docx": docx, "pdf": pdf, "ics": calendar, "csv": table}
