"""
English and German texts that cite, of so many bytes and with so many citations as plans have.

They are put together from sentences written here, with parties and numbers that are made up.
"""

import random
from collections.abc import Callable, Sequence

DOCUMENT = 8_000
"""Bytes of one English or German document: as long as a plan."""

_PARTIES = ("Harlow", "Brightwater Mills", "Ostrander", "Kettle Valley", "Quimby", "Lindgren")
_SAID_EN = (
    "The committee shall publish the list before the end of the quarter",
    "No award may be made to a unit that has not filed its report",
    "Each office keeps a record of the proposals it has received",
    "The chair opened the meeting and read the agenda aloud",
    "A notice has to reach the person for whom it is meant",
    "The parties agreed that the plan would be reviewed every spring",
    "Costs are borne by the department that called the meeting",
    "The record does not show who signed the letter or when it was sent",
)
_SAID_DE = (
    "Der Ausschuss gibt die Liste vor dem Ende des Quartals bekannt",
    "Eine Auszeichnung setzt voraus, dass der Bericht rechtzeitig vorliegt",
    "Jede Stelle führt ein Verzeichnis der eingegangenen Vorschläge",
    "Die Vorsitzende eröffnete die Sitzung und verlas die Tagesordnung",
    "Eine Mitteilung muss den erreichen, für den sie bestimmt ist",
    "Die Beteiligten kamen überein, den Plan in jedem Frühjahr zu prüfen",
    "Die Kosten trägt die Abteilung, die zu der Sitzung eingeladen hat",
    "Aus den Akten ergibt sich nicht, wer das Schreiben unterzeichnet hat",
)


def _english(dice: random.Random) -> str:
    one, other = dice.sample(_PARTIES, 2)
    circuit = f"{dice.randint(4, 9)}th"
    volume, page, pin = dice.randint(100, 590), dice.randint(1, 900), dice.randint(1, 30)
    year = dice.randint(1950, 2019)
    return dice.choice(
        (
            f"See {one} v. {other}, {volume} U.S. {page}, {page + pin} ({year}).",
            f"That was so in {one} v. {other}, {volume} F.3d {page} ({circuit} Cir. {year}).",
            f"The rule of {one} v. {other}, {volume} F. Supp. 2d {page} (D. Mass. {year}).",
            f"The claim rests on {dice.randint(5, 42)} U.S.C. § {page}.",
            f"The same is said in {volume} U.S. at {page + pin}.",
            f"Id. at {page + pin}.",
        )
    )


def _german(dice: random.Random) -> str:
    section, paragraph, number = dice.randint(1, 900), dice.randint(1, 4), dice.randint(1, 400)
    year = dice.randint(2001, 2022)
    code = dice.choice(("BGB", "ZPO", "StGB", "HGB"))
    court, senate = dice.choice((("BGH", "VI ZR"), ("BGH", "IX ZR"), ("BVerwG", "6 C")))
    day, file = f"{dice.randint(1, 28)}. März {year}", f"{number}/{year % 100:02}"
    return dice.choice(
        (
            f"Der Anspruch folgt aus § {section} Abs. {paragraph} Satz 1 {code}.",
            f"Anders {court}, Urteil vom {day} - {senate} {file}.",
            f"Das ergibt sich aus § {section} {code}, der auch hier gilt.",
            f"Maßgeblich ist § {section} Absatz {paragraph} {code}.",
            f"Nach Art. {dice.randint(1, 120)} Abs. {paragraph} GG gilt nichts anderes.",
        )
    )


LANGUAGES: dict[str, tuple[Sequence[str], Callable[[random.Random], str]]] = {
    "English": (_SAID_EN, _english),
    "German": (_SAID_DE, _german),
}


def written(language: str, size: int, every: float, seed: int = 1) -> list[str]:
    """
    Documents of a language, of so many bytes together, citing once in so many bytes.

    >>> documents = written("English", 40_000, every=500)
    >>> len(documents), sum(len(one.encode()) for one in documents) // 1000
    (5, 40)
    """
    dice = random.Random(f"{language} {seed}")  # noqa: S311 - texts that can be had again
    sentences, cite = LANGUAGES[language]
    documents: list[str] = []
    while (left := size - sum(len(one.encode()) for one in documents)) > 0:
        documents.append(_document(dice, sentences, cite, min(DOCUMENT, left), every))
    return documents


def _document(
    dice: random.Random,
    sentences: Sequence[str],
    cite: Callable[[random.Random], str],
    size: int,
    every: float,
) -> str:
    paragraphs: list[str] = []
    length, due = 0, every / 2
    while length < size:
        said = []
        for _ in range(dice.randint(2, 4)):
            said.append(f"{dice.choice(sentences)}.")
            if length + sum(len(one.encode()) for one in said) >= due:
                said.append(cite(dice))
                due += every
        paragraphs.append(" ".join(said))
        length += len(paragraphs[-1].encode()) + 1
    cut = "\n".join(paragraphs).encode()[:size]
    return cut.decode(errors="ignore")
