"""The words that the rules of `nature` look for, as plain sets in lower case.

English first; negations and a few reporting words of other languages are there because they are
short closed classes. A word that is missing here only makes a verdict less specific.
"""

from __future__ import annotations

__all__ = [
    "ATTRIBUTIONS",
    "CONNECTIVES",
    "DATE_WORDS",
    "FUNCTION_WORDS",
    "HEDGES",
    "NEGATIONS",
    "NUMBER_WORDS",
    "TENSES",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS = _set(
    "no not never none nobody nothing nowhere neither nor without cannot can't won't don't "
    "doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't shouldn't wouldn't couldn't "
    "mustn't nicht kein keine keinen keiner keinem nie niemals ohne weder pas jamais aucun aucune "
    "sans ni nunca jamás ningún ninguna sin não nenhum nenhuma sem non mai nessun nessuna senza "
    "niet geen nooit zonder ikke aldri ingen uten inte aldrig utan nie bez nigdy nem soha nincs "
    "не нет никогда без ни لا لم لن ليس"
)

HEDGES = _set(
    "may might could would should possibly perhaps maybe probably likely unlikely apparently "
    "seemingly reportedly allegedly alleged purportedly supposedly potentially potential "
    "suspected presumably appears appear appeared seems seem seemed suggests suggest suggested "
    "about roughly approximately nearly almost around some estimated expected"
)

ATTRIBUTIONS = _set(
    "said says say told tells claimed claims claim stated states alleged alleges insisted insists "
    "argued argues admitted admits conceded concedes acknowledged acknowledges denied denies "
    "confirmed confirms announced announces reported reports suggested suggests warned warns "
    "asserted asserts according wrote writes added adds explained explains testified disputed "
    "disputes rejected rejects vowed promised"
)

TENSES = _set(
    "is was are were be been being has had have having will would do does did shall can could "
    "is's it's he's she's they're we're i'm"
)

NUMBER_WORDS = {
    **dict(
        zip(
            [
                "zero",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
                "twenty",
            ],
            ["0", *[str(n) for n in range(2, 21)]],
            strict=True,
        )
    ),
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "dozen": "dozen",
    "dozens": "dozens",
    "hundred": "hundred",
    "hundreds": "hundreds",
    "thousand": "thousand",
    "thousands": "thousands",
    "million": "million",
    "millions": "millions",
    "billion": "billion",
    "billions": "billions",
    "trillion": "trillion",
    "half": "half",
    "twice": "twice",
    "double": "double",
    "triple": "triple",
}

DATE_WORDS = _set(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday "
    "saturday sunday mon tue tues wed thu thur thurs fri sat sun today yesterday tomorrow tonight "
    "noon midnight morning afternoon evening am pm a.m. p.m. januar februar märz mai juni juli "
    "oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag janvier février "
    "mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril "
    "mayo junio julio agosto septiembre octubre noviembre diciembre"
)

CONNECTIVES = _set(
    "however therefore thus hence moreover furthermore indeed namely instead meanwhile "
    "additionally finally respectively example eg ie etc similarly likewise consequently "
    "accordingly nevertheless nonetheless although though while whereas since because due first "
    "second secondly firstly lastly well like such particular general generally specifically "
    "simply actually really basically currently recently"
)

FUNCTION_WORDS = (
    NEGATIONS
    | TENSES
    | CONNECTIVES
    | _set(
        "a an the this that these those and or but if then than so as at by for from in into of off "
        "on onto out over to under up with within about after again against all also am among any "
        "because before between both down during each few further he her here hers him his how i it "
        "its itself just me more most my now only other our ours own same she some such their theirs "
        "them there they through too until very we what when where which while who whom whose why you "
        "your yours s t re ve ll d m one upon via per yet still"
    )
)
