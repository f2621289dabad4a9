"""
White space of a page, which is one space wherever it is no part of the text (CSS Text 3, 4.1).
"""


def fold(text: str) -> str:
    """
    Runs of white space as one space; a space that does not break is a letter here.

    >>> fold("a\\n  b\\u00a0 ")
    'a b\\xa0 '
    """
    for sign in "\t\n\r\f":
        if sign in text:
            text = text.replace(sign, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text
