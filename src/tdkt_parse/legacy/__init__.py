"""
Old encodings of Vietnamese (TCVN3, VNI, VISCII, VPS, VIQR, Windows-1258), and the way to Unicode.

Before Unicode the letters of Vietnamese were put where a font had room for them, and each maker of
fonts had a table of his own. Such a text reaches us as Western letters (``C¨n cø LuËt``); only the
name of its font, or what words the letters make, tells which table it is.

``tables`` has the letters, ``one_byte`` reads the tables of a byte a letter, ``capitals`` finds
those that TCVN3 has not, ``vni`` and ``viqr`` put letters and marks together, and ``decoding``
turns a text from any table into Unicode and back;
``fonts`` knows a table by the name of a font, ``words`` says by which tables a word is Vietnamese
(``typed`` of VIQR), ``signs`` looks the words of a text up together, by which ``whole`` knows the
lines that are old from end to end, and ``detection`` finds all parts of a text that are in an old
encoding: where a ``first_look`` says that there may be some, by the ``counts`` of a line's words.
"""

from tdkt_parse.legacy.decoding import (
    ENCODINGS,
    Decoded,
    decode,
    decode_aligned,
    encode,
    in_place,
    join_marks,
)
from tdkt_parse.legacy.detection import (
    Part,
    Prior,
    find_legacy,
    find_lines,
    in_order,
    is_of,
)
from tdkt_parse.legacy.first_look import has_old_signs, may_be_legacy
from tdkt_parse.legacy.fonts import FontTable, font_table
from tdkt_parse.legacy.whole import Lines, begins

__all__ = [
    "ENCODINGS",
    "Decoded",
    "FontTable",
    "Lines",
    "Part",
    "Prior",
    "begins",
    "decode",
    "decode_aligned",
    "encode",
    "find_legacy",
    "find_lines",
    "font_table",
    "has_old_signs",
    "in_order",
    "in_place",
    "is_of",
    "join_marks",
    "may_be_legacy",
]
