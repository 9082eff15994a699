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
    "MONTHS",
    "NEGATIONS",
    "NUMBER_WORDS",
    "TENSES",
    "UNITS",
    "YEAR_LEADS",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS = {
    "en": _set(
        "no not never none nobody nothing nowhere neither nor without cannot can't won't don't "
        "doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't shouldn't wouldn't "
        "couldn't mustn't"
    ),
    "de": _set("nicht kein keine keinen keiner keinem nie niemals ohne weder nichts niemand"),
    "fr": _set("ne pas jamais aucun aucune sans ni rien personne"),
    "es": _set("no nunca jamás ningún ninguna sin nada nadie tampoco"),
    "pt": _set("não nunca nenhum nenhuma sem nada ninguém"),
    "it": _set("non mai nessun nessuna senza niente nulla né"),
    "nl": _set("niet geen nooit zonder niets niemand"),
    "no": _set("ikke ikkje aldri ingen uten utan"),
    "da": _set("ikke aldrig ingen uden"),
    "sv": _set("inte aldrig ingen utan"),
    "pl": _set("nie nigdy bez żaden"),
    "hu": _set("nem soha nincs sem nélkül"),
    "ru": _set("не нет никогда без ни"),
    "ar": _set("لا لم لن ليس"),
}
"""The words that deny, by language."""

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

UNITS = {
    **dict.fromkeys(["%", "percent", "percentage", "pct", "prozent"], "%"),
    **dict.fromkeys(["$", "dollar", "dollars"], "$"),
    **dict.fromkeys(["€", "euro", "euros"], "€"),
    **{sign: sign for sign in "£¥₹½¼¾"},
    **{
        word: word.rstrip("s")
        for word in _set(
            "points km kilometres kilometers miles metres meters feet kg kilograms tons tonnes litres "
            "gallons acres hectares hours minutes days weeks months years hour minute day week month "
            "year mile m bn"
        )
    },
}
"""Words and signs that say what a number counts, and what each stands for."""

YEAR_LEADS = _set(
    "in since of by from until till during for before after around early late and to between"
)
"""Words before a number that can make it a year."""

MONTHS = _set(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober "
    "dezember janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)

DATE_WORDS = (
    MONTHS
    | _set(
        "monday tuesday wednesday thursday friday saturday sunday tue tues wed thu thur thurs fri "
        "today yesterday tomorrow tonight noon midnight morning afternoon evening montag dienstag "
        "mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi "
        "dimanche lunes martes miércoles jueves viernes sábado domingo"
    )
) - _set("may march mars mai jun mar dec")
"""Words of date and time, without those that are other words as well."""

CONNECTIVES = _set(
    "however therefore thus hence moreover furthermore indeed namely instead meanwhile "
    "additionally finally respectively example eg ie etc similarly likewise consequently "
    "accordingly nevertheless nonetheless although though while whereas since because due first "
    "second secondly firstly lastly well like such particular general generally specifically "
    "simply actually really basically currently recently"
)

FUNCTION_WORDS = (
    NEGATIONS["en"]
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
