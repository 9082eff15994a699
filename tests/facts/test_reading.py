"""A text is read into values that do not depend on how they are written."""

from __future__ import annotations

import pytest

from revtrack import facts
from revtrack.facts import FactKind, Named, Quantity

SAME = [
    ("en", "It cost $2.5m.", "It cost 2.5 million dollars."),
    ("en", "It cost $2,500,000.", "It cost $2.5 million."),
    ("en", "Some 12 per cent left.", "Some 12% left."),
    ("en", "It holds 12,000 books.", "It holds 12 000 books."),
    ("en", "It holds 12 thousand books.", "It holds 12,000 books."),
    ("en", "Doors open at 4 p.m. sharp.", "Doors open at 16:00 sharp."),
    ("en", "It is the 3rd try.", "It is the third try."),
    ("en", "Half of the seats are new.", "50% of the seats are new."),
    ("en", "They saved a dozen chairs.", "They saved twelve chairs."),
    ("en", "Add ½ litre of oil.", "Add 0.5 litre of oil."),
    ("en", "The vote is on 2025-05-06.", "The vote is on May 6, 2025."),
    ("en", "It took 2 hours.", "It took 120 minutes."),
    ("en", "He is thirty-one boats ahead.", "He is 31 boats ahead."),
    ("de", "Das kostet 2,5 Millionen Euro.", "Das kostet 2.500.000 Euro."),
    ("de", "Es sind fünfundzwanzig Boote.", "Es sind 25 Boote."),
    ("de", "Die Sitzung ist am 6. Mai 2025.", "Die Sitzung ist am 06.05.2025."),
    ("de", "Die 3. Fähre kam um 16 Uhr.", "Die dritte Fähre kam um 16:00 Uhr."),
    ("fr", "Le pont coûte 2,5 millions d'euros.", "Le pont coûte 2 500 000 euros."),
    ("fr", "Le port ouvre à 16 heures.", "Le port ouvre à 16h00."),
    ("es", "La cita es el 6 de mayo de 2025.", "La cita es el 06/05/2025."),
    ("pl", "To 12 000 osób.", "To 12.000 osób."),
    ("ja", "費用は2億5000万円。", "費用は250,000,000円。"),
    ("ja", "開会は午後4時。", "開会は16時。"),
    ("en", "It was the twenty-first try.", "It was the 21st try."),
    ("en", "It is one and a half miles.", "It is 1.5 miles."),
    ("en", "It sold two hundred and five boats.", "It sold 205 boats."),
    ("en", "It ends at half past nine in the evening.", "It ends at 21:30."),
    ("en", "It left at 12 noon.", "It left at 12:00."),
    ("en", "A dose is 5 µg.", "A dose is 0.005 mg."),
    ("en", "Nine in ten gates are shut.", "90% of gates are shut."),
    ("de", "Neun von zehn Toren sind zu.", "90 Prozent der Tore sind zu."),
    ("fr", "Neuf sur dix sont fermées.", "90 % sont fermées."),
    ("es", "Tres de cada cuatro están cerradas.", "El 75 % están cerradas."),
    ("fr", "Le permis coûte 12 euros 50.", "Le permis coûte 12,50 €."),
    ("ar", "جاء 12 ألفا.", "جاء 12000."),
    ("de", "Es sind zweihundertfünfzig Boote.", "Es sind 250 Boote."),
    ("de", "Es kostet 3,2 Mrd. Euro.", "Es kostet 3,2 Milliarden Euro."),
    ("de", "Es sind anderthalb Kilometer.", "Es sind 1,5 km."),
    ("de", "Es beginnt um halb zehn abends.", "Es beginnt um 21.30 Uhr."),
    ("fr", "Elle a quatre-vingt-dix-sept bateaux.", "Elle a 97 bateaux."),
    ("fr", "Il y a soixante et onze barques.", "Il y a 71 barques."),
    ("es", "Hay treinta y dos barcas.", "Hay 32 barcas."),
    ("es", "Hay quinientas barcas.", "Hay 500 barcas."),
    ("es", "Abre a las 4 de la tarde.", "Abre a las 16:00."),
    ("it", "Sono quattordici barche.", "Sono 14 barche."),
    ("it", "Costa 2,5 mln di euro.", "Costa 2.500.000 euro."),
    ("pt", "São dezesseis barcos.", "São 16 barcos."),
    ("nl", "Het zijn zeventien boten.", "Het zijn 17 boten."),
    ("sv", "Det är trettiosju båtar.", "Det är 37 båtar."),
    ("da", "Det er seksogtredive både.", "Det er 36 både."),
    ("no", "Det er sekstisju båter.", "Det er 67 båter."),
    ("pl", "To trzynaście łodzi.", "To 13 łodzi."),
    ("pl", "Brakuje siedemnastu łodzi.", "Brakuje 17 łodzi."),
    ("hu", "Huszonkét csónak van.", "22 csónak van."),
    ("ru", "Там восемьдесят две лодки.", "Там 82 лодки."),
    ("ru", "Нет двадцати двух лодок.", "Нет 22 лодок."),
    ("ru", "Это стоит 2,5 млн рублей.", "Это стоит 2 500 000 рублей."),
    ("es", "Cuesta 4,5 M€.", "Cuesta 4,5 millones de euros."),
    ("sv", "Det kostar 5 tkr.", "Det kostar 5 000 kronor."),
    ("de", "Es kostet 3 Mio. EUR.", "Es kostet 3 Millionen Euro."),
    ("ko", "배의 3할이 새 것이다.", "배의 30%가 새 것이다."),
    ("zh", "百分之三十的船是新的。", "30%的船是新的。"),
    ("en", "A wall of 3 ft.", "A wall of 36 in."),
    ("en", "It is half a mile.", "It is 0.5 miles."),
    ("en", "It gives 5 MW.", "It gives 5,000 kW."),
    ("ko", "1만 2000원이 들었다.", "12,000원이 들었다."),
    ("en", "It took 2 days.", "It took 48 hours."),
    ("de", "Es ist vom 3.4.69.", "Es ist vom 3. April 2069."),
    ("de", "Es ist vom 3.4.70.", "Es ist vom 3. April 1970."),
    ("de", "Frist ist der 31.05.2020.", "Frist ist der 31. Mai 2020."),
    ("en", "It is from the 90s.", "It is from the nineties."),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME)
def test_the_notation_of_a_value_does_not_matter(language: str, one: str, other: str) -> None:
    """Both texts hold the same values."""
    values = [
        [fact.value for fact in facts.read(text, language=language) if fact.kind in COUNTED]
        for text in (one, other)
    ]
    assert values[0] == values[1] != []


COUNTED = {FactKind.QUANTITY, FactKind.ORDINAL, FactKind.DATE, FactKind.TIME, FactKind.DURATION}

OTHER = [
    ("It sank 3 in 10 days.", "It sank 30%."),
    ("Nine in ten gates are shut.", "Eight in ten gates are shut."),
    ("Add 2 tsp salt.", "Add 2 tbsp salt."),
    ("It is 400 m2 large.", "It is 400 m3 large."),
    ("It was under Harald II.", "It was under Harald III."),
    ("The oil was 12 C.", "The oil was 12 F."),
    ("It fell by 5%.", "It fell by 5 percentage points."),
    ("It fell by 5.", "It fell by 5%."),
    ("It cost $5.", "It cost €5."),
    ("It gives 5 MW.", "It gives 5 mW."),
    ("A wall of 3 ft.", "A wall of 3 in."),
    ("It is 3 in ten.", "It is 3 inches, ten."),
    ("The talks began at 4 a.m. today.", "The talks began at 4 p.m. today."),
    ("A dose is 5 mg.", "A dose is 5 µg."),
    ("It ends at half past nine.", "It ends at half past ten."),
    ("It is one and a half miles.", "It is one mile and a half hour."),
    ("It sold twenty boats, five of them red.", "It sold twenty-five boats, all of them red."),
]


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_a_small_difference_can_make_another_value(one: str, other: str) -> None:
    """A unit, a sign or a numeral of one letter makes another value."""
    first, second = ({fact.value for fact in facts.read(text)} for text in (one, other))
    assert first != second


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 31 May it opens.", FactKind.DATE),
        ("Some 32 May flowers grow.", FactKind.QUANTITY),
        ("In the 90s it grew.", FactKind.DATE),
        ("In the 100s it grew.", FactKind.QUANTITY),
        ("In the 21st century it grew.", FactKind.DATE),
        ("In the 31st century it grew.", FactKind.ORDINAL),
    ],
)
def test_a_day_a_decade_and_a_century_have_their_bounds(text: str, expected: FactKind) -> None:
    """A number beyond the calendar is a number."""
    assert [fact.kind for fact in facts.read(text, language="en") if fact.kind in COUNTED][:1] == [
        expected
    ]


def test_a_name_is_found_by_its_surname_and_agrees_with_its_parts() -> None:
    """*Mr. Reed* agrees with *Tomas Reed*, which does not agree with *Anna Reed*."""
    tomas, title, anna = (facts.read(text)[0] for text in ("Tomas Reed", "Mr. Reed", "Anna Reed"))
    assert tomas.value == Named("reed", ("tomas",))
    assert facts.same(tomas, title)
    assert not facts.same(tomas, anna)


def test_what_a_notice_names_is_found_in_any_notation() -> None:
    """Keys that two texts share name one thing."""
    assert facts.values("It should be 9.") & facts.values("There were nine boats.")
    assert facts.values("It cost $2.5m.") & facts.values("It cost 2.5 million.")
    assert facts.values("The mayor is Mr. Reed.") & facts.values("Tomas Reed is the mayor.")
    assert not facts.values("It should be 9.") & facts.values("There were ninety boats.")


def test_every_fact_says_where_it_stands() -> None:
    """The span of a fact holds its words."""
    text = "In May, Anna Holm paid 2.5 million euros."
    found = {fact.kind: fact.span.of(text) for fact in facts.read(text)}
    assert found[FactKind.QUANTITY] == "2.5 million euros"
    assert found[FactKind.NAME] == "Anna Holm"


def test_a_number_without_a_unit_agrees_with_one_of_any_unit() -> None:
    """A notice may leave the currency out."""
    bare, money = facts.read("2.5 million")[0], facts.read("$2.5 million")[0]
    assert isinstance(bare.value, Quantity)
    assert facts.same(bare, money)
    assert bare.value != money.value


def test_a_korean_text_may_end_with_a_number() -> None:
    """A number that counts nothing is none, and the sign of a currency is no end of a text."""
    assert facts.counted("사과 두", language="ko") == ()
    (dollars,) = facts.counted("사과 두$", language="ko")
    assert isinstance(dollars.value, Quantity)
    assert dollars.value.sign == "$"
