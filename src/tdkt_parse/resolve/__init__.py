"""
Which instrument of the register a citation means.

A citation says little or much of a document: its number, its day, its title, its issuer. It is
resolved where what it says fits one instrument and no other; otherwise the candidates are listed,
with the reason. What an official wrote wrongly in a detail (a day of a law, say) is still resolved
when the rest leaves one: the audit then tells the two apart. Ways, in order:

* by number: one of a national organ with the year in it is its own proof (``98/2023/NĐ-CP``);
  any other runs by year, by province or by the Party's term, so that day, issuer or title must
  agree;
* by title with its day or year: laws are cited so (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6);
* by the law it amends and its year: ``Luật sửa đổi, bổ sung năm 2013`` behind another law;
* by the others of a list of laws of one title, of which it is none: ``Luật sửa đổi … năm 2005;
  Luật sửa đổi …``;
* by an antecedent: a law cited in full earlier in the same document, a declared short name;
* in the title of an instrument that is resolved: the law in force when that took effect;
* by title alone: the one law of that title in force on all days the document may be of.
"""

from tdkt_parse.resolve.plan import resolve_citations, resolve_plan

__all__ = ["resolve_citations", "resolve_plan"]
