"""Dates as precise as they are known."""

from datetime import date

import pytest

from farreaching.dates import DateRange, PartialDate


@pytest.mark.parametrize(
    ("text", "prose", "first", "last"),
    [
        ("2024-03-28", "28 March 2024", date(2024, 3, 28), date(2024, 3, 28)),
        ("2024-02", "February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", "December 2024", date(2024, 12, 1), date(2024, 12, 31)),
        ("1973", "1973", date(1973, 1, 1), date(1973, 12, 31)),
    ],
)
def test_partial_date(text: str, prose: str, first: date, last: date) -> None:
    parsed = PartialDate.parse(text)
    assert str(parsed) == prose
    assert parsed.iso == text
    assert (parsed.first_day, parsed.last_day) == (first, last)


@pytest.mark.parametrize("text", ["", "28 March 2024", "2024-13", "2023-02-29", "24-03-28", "2024-3-28", "2024-03-28T00"])
def test_not_a_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        PartialDate.parse(text)


def test_range() -> None:
    assert str(DateRange.parse("1973/1974-06")) == "1973 – June 1974"
    assert DateRange.parse("2024-03-28").iso == "2024-03-28"
    assert DateRange.parse("1973/1974").iso == "1973/1974"


def test_range_that_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        DateRange.parse("2024/2023")
