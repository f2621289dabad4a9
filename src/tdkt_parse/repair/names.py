"""
Names of signers whose first letter a seal covers: ``rần Duy Đông``.

Only on a line of a name alone, and where one of the usual family names alone ends so.
"""

from collections.abc import Iterator, Sequence

from tdkt_parse.layout import Repair
from tdkt_parse.repair.tokens import Token
from tdkt_parse.syllables import is_syllable

RULE = "ocr_name"
FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Đinh", "Đào", "Trịnh", "Trương", "Mai", "Cao", "Lương", "Lưu", "Tạ",
)  # fmt: skip
"""The family names of nine in ten (Lê Trung Hoa, Họ và tên người Việt Nam, 2005), and some more."""


def find_names(tokens: Sequence[Token]) -> Iterator[Repair]:
    """The repair of a line that is such a name."""
    if not 3 <= len(tokens) <= 5:
        return
    first, *rest = tokens
    if not first.text.islower() or len(first.text) < 2:
        return
    if not all(one.near and one.text.istitle() and is_syllable(one.text) for one in rest):
        return
    whole = [name for name in FAMILY if name[1:] == first.text]
    if len(whole) == 1:
        yield Repair(first.start, first.end, whole[0], RULE)
