"""Finding what Markdown uses, without a build."""

from pathlib import Path

from farreaching.checks.uses import uses_in

TEXT = """\
# A

Words {claim}`over two
lines <a-claim>` and {cite:p}`{see}one{p. 3},two`.

```{exercise} part/slug
```

:::{self-check} part/slug-check
:::

Literal ``{claim}`not this <x>` `` and {cite:t}`three`.
"""


def test_uses(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    assert [(use.line, use.kind, use.name) for use in uses_in(path)] == [
        (3, "claim", "a-claim"),
        (4, "cite", "one"),
        (4, "cite", "two"),
        (6, "exercise", "part/slug"),
        (9, "self-check", "part/slug-check"),
        (12, "cite", "three"),
    ]
