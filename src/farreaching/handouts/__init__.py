"""Handouts: chosen exercises with their sources as PDF, DOCX, HTML and Markdown, and their keys in files of their own.

`order` says what is wanted and knows nothing of Sphinx; `assign` makes it. One reading by Sphinx serves every format:
`pages` are the directives and transforms that make a document of exercises, `builder` resolves it once and hands it to
a writer for each format, `docx`, `html` and `markdown`; the PDF is set as all others of the course.
"""

from .order import HANDOUT_FORMATS, HandoutOrder, load_list

__all__ = ["HANDOUT_FORMATS", "HandoutOrder", "load_list"]
