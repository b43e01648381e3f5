"""An exercise that uses everything an exercise can hold, for the tests of handouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = "rivers/everything"

_TEXT = r"""---
title: "Marks * such_as_these <of> 50 & more"
type: debate
level: advanced
outcomes: [doubt, measure]
minutes: 45
grouping: two teams
chapter: rivers/length
cites: [survey-2007, atlas-2007]
claims: [amazon-longer, nile-length]
materials: a `map`, *large*
bloom: create
---

## Prompt

Read {doc}`/rivers/flow`, {doc}`the other one </rivers/flow>`, {exercise-ref}`rivers/where-it-begins` and
{exercise-ref}`rivers/length-check`. The {claim}`Amazon is longer <amazon-longer>`, says {cite:t}`survey-2007{p. 3}`.[^one]
A [link](https://example.org/a_(b)), <https://example.org/x_y>, H{sub}`2`O, m{sup}`2`, `a|b`, {term}`delta` and 나일강.

[^one]: A note with **force** {cite:p}`atlas-2007`.

1. First
   - inner *one*
   - inner two

     1. deep

2. Second

   with a paragraph

:::{note}
Mind the gap.
:::

:::{container} screen-only
Only a screen shows this.
:::

> Rivers are long.

### A heading below

| Left | Right |
| :--- | ---: |
| a \| b | **bold** |
| x | - |

```python
if x < 3: print("|")
```

Term
: Its definition.

```{image} /images/none.png
:alt: A cone of ash
```

3. A list from three
4. four

## Before you start

\# not a heading

1\. not a list

## Roles

- **A.** One.

## Procedure

1. Go.

## A good answer

- is *good*.
"""


def add_everything(course: Path) -> None:
    """Add the exercise, with a key, to a copy of the tiny course."""
    (course / f"exercises/{EVERYTHING}.md").write_text(_TEXT, encoding="utf-8")
    key = course / "exercises/rivers/where-it-begins.key.md"
    (course / f"exercises/{EVERYTHING}.key.md").write_text(key.read_text(encoding="utf-8"), encoding="utf-8")
