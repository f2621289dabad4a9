"""
Số, ký hiệu văn bản: the number and symbol of an official document.

Structure, by who numbers it:

* administrative, NĐ 30/2020/NĐ-CP Điều 15 and Phụ lục I.II.3: ``594/KH-UBND``, serial, type,
  organs; a công văn has no type: ``2917/SGDĐT-VP``;
* normative acts carry the year: ``98/2023/NĐ-CP``; of the National Assembly and its Standing
  Committee without a type: ``06/2022/QH15``, the 15th legislature;
* the Party, HD 36-HD/VPTW of 03/4/2018: hyphen first, slash second, ``34-CT/TW``. The swapped
  ``39/CT-TW`` is kept as printed.

What is printed differs: spaces about the hyphen (``98/2023/NĐ - CP``), a hyphen or slash lost
(``1961/QĐUBND``, ``39-CTTW``, ``298 KH/TWĐTN``), capitals (``19/CT-TTG``), no marks
(``QD-UBND``), a serial still blank (``/KH-UBND``). These are read as what they are. A number of
which part is wrong (``18/20202QĐ-UBND``) keeps what is certain and is ``damaged``.

Refused, because other things look alike: dates, standards (``QCVN 01:2021/BYT``), addresses
(``12/A Trần Phú``), classes (``10/A1``), fractions, paths and addresses on the web. Types and
well-known organs stand in ``data/document_types.csv`` and ``data/agencies.csv``; an organ that is
not there is accepted after a known type. A word is an abbreviation only if it bears no tone mark.
"""

from tdkt_parse.docnumber.letterhead import find_letterhead_number, parse_docnumber
from tdkt_parse.docnumber.number import NumberMatch, canonical
from tdkt_parse.docnumber.running import find_docnumbers

__all__ = [
    "NumberMatch",
    "canonical",
    "find_docnumbers",
    "find_letterhead_number",
    "parse_docnumber",
]
