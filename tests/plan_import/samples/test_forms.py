"""The same plan as text in any spelling and width, as Word, OpenDocument or PDF: the same proposal."""

import os
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.plan_samples.forms import BINARY_FORMS, FORMS, TEXT_FORMS, render_as, with_settings
from support.plan_samples.random_plans import plans
from support.plan_samples.reading import read_document
from support.plan_samples.rendering import render_text
from support.plan_samples.scoring import Score, share_of
from support.plan_samples.source import Source, load_sources

SAME = 0.99
FIRST = "one line a paragraph"
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
DRAW = {"derandomize": not IS_LONG}
"""Reading is a judgement, right in nearly all plans and not in each: the same ones are drawn each time.

The long setting draws new ones.
"""
SLOW = {"PDF": ("03-", "11-", "16-")}
"""Forms that take half a second a plan, and the plans that are enough each time."""


def sources(form: str) -> list[Source]:
    chosen = SLOW.get(form, ("",)) if not IS_LONG else ("",)
    return [source for source in load_sources("own") if source.name.startswith(chosen)]


@cache
def reading(name: str) -> dict[str, Any]:
    source = next(source for source in load_sources("own") if source.name == name)
    return read_document(*render_as(source, FIRST))


@pytest.mark.parametrize("form", [form for form in FORMS if form != FIRST])
def test_a_plan_in_another_form_gives_the_same_proposal(form: str) -> None:
    shares = {
        source.name: share_of(reading(source.name), read_document(*render_as(source, form)))
        for source in sources(form)
    }
    total = sum(shares.values(), Score())
    assert total.f1 >= SAME, {name: round(share.f1, 3) for name, share in shares.items() if share.f1 < 1}


@pytest.mark.parametrize("form", [form for form in (*TEXT_FORMS, *BINARY_FORMS) if form not in SLOW])
def test_a_random_plan_in_another_form_gives_the_same_proposal(form: str) -> None:
    @settings(max_examples=100 if IS_LONG else 4, **DRAW)
    @given(plans())
    def compare(source: Source) -> None:
        first = read_document(*render_as(source, FIRST))
        share = share_of(first, read_document(*render_as(source, form)))
        assert share.f1 >= SAME, source.lines

    compare()


@settings(max_examples=200 if IS_LONG else 8, **DRAW)
@given(plans(), st.integers(45, 130), st.sampled_from(("yes", "no")))
def test_a_random_plan_wrapped_at_any_width_gives_the_same_proposal(
    source: Source, width: int, blank: str
) -> None:
    wrapped = render_text(with_settings(source, wrap=str(width), blank=blank))
    first = read_document(*render_as(source, FIRST))
    assert share_of(first, read_document("ke-hoach.txt", wrapped.encode())).f1 >= SAME


@settings(max_examples=60 if IS_LONG else 1, **DRAW)
@given(plans())
def test_a_random_plan_as_a_pdf_gives_the_same_proposal(source: Source) -> None:
    first = read_document(*render_as(source, FIRST))
    assert share_of(first, read_document(*render_as(source, "PDF"))).f1 >= SAME
