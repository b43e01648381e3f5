"""Style sheets of others lose the rules that no page can use, and no rule that one can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from farreaching.stylesheets import purge, purge_folder, used_classes

if TYPE_CHECKING:
    from pathlib import Path

USED = {"card", "card-body"}


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".card{color:red}", ".card{color:red}\n"),
        (".badge{color:red}", ""),
        (".card,.badge,p{color:red}", ".card,p{color:red}\n"),
        (".card .badge{color:red}.card>.card-body{margin:0}", ".card>.card-body{margin:0}\n"),
        (".card:not(.badge){color:red}", ".card:not(.badge){color:red}\n"),
        ("a:is(.badge,.card):hover{color:red}", "a:is(.badge,.card):hover{color:red}\n"),
        ('a[href$=".pdf"]{color:red}', 'a[href$=".pdf"]{color:red}\n'),
        (".card{width:.5em}", ".card{width:.5em}\n"),
        ("@media (min-width: 3em){.badge{color:red}}", ""),
        ("@media (min-width: 3em){.badge{color:red}.card{margin:0}}", "@media (min-width: 3em){.card{margin:0}\n}\n"),
        ('@charset "utf-8";@font-face{font-family:X}', '@charset "utf-8";\n@font-face{font-family:X}\n'),
        ("@keyframes spin{0%{opacity:0}to{opacity:1}}", "@keyframes spin{0%{opacity:0}to{opacity:1}}\n"),
        ("/* .card{} */body{margin:0}", "body{margin:0}\n"),
        (".card{color:red;/* } */margin:0}", ".card{color:red;margin:0}\n"),
    ],
)
def test_purge(sheet: str, kept: str) -> None:
    assert purge(sheet, USED) == kept


def test_classes_come_from_pages_and_scripts_and_the_engines_own_sheets_are_kept(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "page.html").write_text('<p class="card  lead">class="inside-text"</p>', encoding="utf-8")
    static = tmp_path / "_static"
    (static / "farreaching").mkdir(parents=True)
    (static / "menu.js").write_text("node.classList.add('scrolled')", encoding="utf-8")
    rules = ".card{color:red}.scrolled{margin:0}.badge{margin:0}"
    for path in (static / "theme.css", static / "farreaching" / "own.css"):
        path.write_text(rules, encoding="utf-8")
    assert {"card", "lead", "scrolled"} <= used_classes(tmp_path)
    purge_folder(tmp_path)
    assert (static / "theme.css").read_text("utf-8") == ".card{color:red}\n.scrolled{margin:0}\n"
    assert (static / "farreaching" / "own.css").read_text("utf-8") == rules
    assert sorted(path.name for path in static.iterdir()) == ["farreaching", "menu.js", "theme.css"]
