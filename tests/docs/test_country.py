"""The page about the country multiplies rightly."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs/country.md").read_text("utf-8")
COMMUNES, PROVINCES, A_YEAR, YEARS = 3_321, 34, 5_000, 10
OF_PROVINCE = 98
CATCHING_UP, VERIFYING = 7_400, 6_000
KB_TOGETHER, KB_ALONE = 1.0, 1.7


def row(beginning: str) -> str:
    """Return the line of a table that begins so."""
    [found] = [line for line in PAGE.splitlines() if line.startswith(f"| {beginning}")]
    return found


def test_the_sums_are_those_of_the_figures_above_them() -> None:
    assert round(COMMUNES / PROVINCES) == OF_PROVINCE
    assert f"{OF_PROVINCE * A_YEAR:,} | {COMMUNES * A_YEAR / 1e6:.1f} million" in row("events in a year")
    ten = OF_PROVINCE * A_YEAR * YEARS, COMMUNES * A_YEAR * YEARS
    assert f"{ten[0] / 1e6:.1f} million | {ten[1] / 1e6:.0f} million" in row("events in ten years")
    seconds = 250 * 8 * 3600
    assert f"{OF_PROVINCE * A_YEAR / seconds:.2f} | {COMMUNES * A_YEAR / seconds:.1f}" in row(
        "events a second"
    )
    assert f"{20 * COMMUNES * A_YEAR / seconds:.0f} |" in row("… at twenty times")
    assert f"{ten[0] / CATCHING_UP / 60:.0f} minutes" in row("all read models built anew")
    assert f"{ten[0] / VERIFYING / 60:.0f} minutes" in row("all logs verified")
    assert f"{PROVINCES * ten[0] / VERIFYING / 3600:.0f} hours" in row("all logs verified")


def test_the_size_of_the_log_is_that_of_its_events() -> None:
    line = row("the log after ten years")
    for communes, words in ((OF_PROVINCE, "5 to 8 GB"), (COMMUNES, "170 to 280 GB")):
        sizes = [communes * A_YEAR * YEARS * size / 1e6 for size in (KB_TOGETHER, KB_ALONE)]
        assert words in line
        for size, word in zip(sizes, re.findall(r"[0-9]+", words), strict=True):
            assert abs(size - int(word)) <= 0.05 * size


def test_the_figures_that_are_multiplied_stand_in_the_table_of_what_was_measured() -> None:
    assert f"{CATCHING_UP:,} events/s" in row("catching up")
    assert f"{VERIFYING:,} events/s" in row("`verify`")
    assert "about 5,000 events" in row("a commune's year")
