import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.canonical import Json, canonical_json, digest, digest_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=30,
)


@given(VALUES)
def test_what_is_written_is_read_back_and_written_the_same(value: Json) -> None:
    written = canonical_json(value)
    assert json.loads(written) == value
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(TEXT, VALUES, max_size=8), st.randoms())
def test_the_order_of_keys_does_not_matter(value: dict[str, Json], shuffler: random.Random) -> None:
    keys = list(value)
    shuffler.shuffle(keys)
    assert canonical_json({key: value[key] for key in keys}) == canonical_json(value)


def test_form() -> None:
    assert (
        canonical_json({"é": [1, 1.5, None, True], "a": "à côté\n"})
        == '{"a":"à côté\\n","é":[1,1.5,null,true]}'.encode()
    )
    assert canonical_json(("a", "b")) == canonical_json(["a", "b"]) == b'["a","b"]'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {"\udfff": 1}])
def test_what_has_no_bytes_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_json(value)


def test_digests() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_of({}) == digest(b"{}")
