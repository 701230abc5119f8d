"""How like each other two words are. What counts it is imported with the first word that is not written as expected,
for most answers are numbers and taps."""


def ratio(one: str, other: str) -> float:
    """How much of both is the same, 0 to 100 (`rapidfuzz.fuzz.ratio`)."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def partial_ratio(one: str, other: str) -> float:
    """The same of the shorter and the part of the longer that is most like it (`rapidfuzz.fuzz.partial_ratio`)."""
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(one, other)


def slips(one: str, other: str) -> int:
    """How many letters are too many, missing, wrong or changed places (`rapidfuzz.distance.OSA`)."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)
