"""Which contents of the vault the bodies of events refer to."""

from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.eventlog.contents import referenced_digests, references

NOTE = '{{"digest":"{}","media_type":"{}","size":{}}}'
WORDS = st.text('ab\\"{}:,\n', max_size=6).map(lambda text: text.replace("\\", "").replace('"', ""))
NOTES = st.builds(NOTE.format, st.sampled_from(["ab" * 32, "cd" * 32, "ab"]), WORDS, st.integers(0, 9))
BODIES = st.lists(st.one_of(NOTES, WORDS), max_size=5).map(lambda parts: "".join(parts).encode())


@given(st.lists(BODIES, max_size=6))
def test_many_bodies_refer_to_what_each_of_them_refers_to(bodies: list[bytes]) -> None:
    each = [(n, digest) for n, body in enumerate(bodies) for digest in sorted(set(referenced_digests(body)))]
    assert list(references(bodies)) == each


def test_a_content_that_a_body_names_twice_is_one_reference() -> None:
    note = NOTE.format("ab" * 32, "text/plain", 3)
    assert list(references([b"{}", f'{{"a":{note},"b":{note}}}'.encode()])) == [(1, "ab" * 32)]
