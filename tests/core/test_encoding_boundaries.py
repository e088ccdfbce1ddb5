"""What a reader one step too lax, or a message one byte beside, would do (format v1, section 1)."""

from __future__ import annotations

import pytest

from trustledger.errors import FormatError
from trustledger.msgpack_strict import decode_strictly


@pytest.mark.parametrize(
    ("raw", "offset"),
    [("c1", 0), ("92 00 c1", 2), ("81 a1 61 ca 00 00 00 00", 3), ("93 00 01 d4 05 00", 3)],
    ids=["alone", "second item", "value of a key", "third item"],
)
def test_a_forbidden_byte_is_pointed_at(raw: str, offset: int) -> None:
    data = bytes.fromhex(raw)
    with pytest.raises(FormatError) as caught:
        decode_strictly(data)
    assert caught.value.code == "encoding.forbidden"
    assert caught.value.facts["offset"] == offset
    assert caught.value.facts["seen"] == f"0x{data[offset]:02x}"
