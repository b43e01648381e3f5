"""The frame of the web pages: defaults, security policy, no inline style, offline copy."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from farreaching.archives import zip_folder
from farreaching.pages import with_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

CHAPTER = "hazards/the-1985-warning.html"


@pytest.fixture
def build(rootdir: Path, tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Callable[..., SphinxTestApp]:
    """Return a function that builds the course with other settings."""

    def run(**settings: Any) -> SphinxTestApp:
        course = shutil.copytree(rootdir / "test-pages", tmp_path / "course")
        app = make_app("html", srcdir=course, confoverrides=settings)
        app.build()
        return app

    return run


def test_policy_names_the_inline_code_of_the_page_and_no_more() -> None:
    page = with_policy(
        '<head><meta charset="utf-8"></head><script>one()</script><script src="x.js"></script>'
        '<script type="application/ld+json">{}</script><style>p {}</style>'
    )
    digest = base64.b64encode(hashlib.sha256(b"one()").digest()).decode()
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[0]
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert policy.count("sha256-") == 2
    assert "unsafe" not in policy


def test_every_page_has_its_policy_and_nothing_that_it_blocks(build: Any) -> None:
    app = build()
    assert app.warning.getvalue() == ""
    pages = sorted(app.outdir.rglob("*.html"))
    assert len(pages) > 5
    for path in pages:
        page = path.read_text(encoding="utf-8")
        assert page.count("Content-Security-Policy") == 1, path
        assert not re.search(r"<[a-z][^<>]*\s(style|onclick|onload)=", page), path
        assert not re.search(r'<(?:script|link|img)[^>]*(?:src|href)="https?:', page), path


def test_ids_are_unique_on_a_page(build: Any) -> None:
    page = (build().outdir / CHAPTER).read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert "tab-bodies" in ids
    assert sorted(ids) == sorted(set(ids))


def test_column_widths_are_classes(build: Any) -> None:
    page = (build().outdir / CHAPTER).read_text(encoding="utf-8")
    assert re.findall(r'<th class="head (width-\d+)">', page) == ["width-25", "width-40", "width-35"]
    assert "<col" not in page


def test_sources_are_not_published_and_the_favicon_is(build: Any) -> None:
    app = build()
    assert not list(app.outdir.rglob("*.md*"))
    assert (app.outdir / "_static" / "favicon.svg").is_file()


def test_conf_py_is_stronger_than_the_defaults(build: Any) -> None:
    app = build(html_copy_source=True)
    assert (app.outdir / "_sources" / "index.md.txt").is_file()


def test_inline_style_is_warned_of(build: Any, rootdir: Path) -> None:
    app = build(copyright='2026, <span style="color: red">A</span>')
    assert "the attribute 'style' is blocked by the page's security policy" in app.warning.getvalue()


def test_404_page_works_at_any_address_when_the_base_is_known(build: Any) -> None:
    page = (build(html_baseurl="https://example.org/course/").outdir / "404.html").read_text(encoding="utf-8")
    assert 'href="/course/index.html"' in page
    assert 'src="/course/_static/' in page
    assert not re.search(r'\s(?:href|src)="(?!/|#|https:|data:)', page)


def test_offline_zip_is_the_same_for_the_same_site(tmp_path: Path) -> None:
    site = tmp_path / "html"
    (site / "sub").mkdir(parents=True)
    (site / "index.html").write_text("home")
    (site / "sub" / "a.html").write_text("a")
    (site / ".buildinfo").write_text("hidden")
    first, second = tmp_path / "one" / "course.zip", tmp_path / "two" / "course.zip"
    zip_folder(site, first)
    (site / "index.html").touch()
    zip_folder(site, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == ["course/index.html", "course/sub/a.html"]
        assert archive.read("course/sub/a.html") == b"a"
