"""The words that stand after an article: newsletters, accounts, comments, rights, pleas for support."""

from __future__ import annotations

import re

from revtrack.model import Block

__all__ = ["is_closing", "leads_to_terms"]

# Words about newsletters, the writer's accounts and the rights, at the end of an article: a word that
# must be there, and what must stand around it (the word alone is cheap to look for).
_CLOSING = tuple(
    (word, re.compile(pattern))
    for word, pattern in [
        ("©", r"^©"),
        ("copyright", r"^copyright\b"),
        ("all rights reserved", r"\ball rights reserved\b"),
        ("subscribe", r"\bsubscribe (?:to|for|now|today|here)\b"),
        (
            "subscribe",
            r"\bsubscribe\b.{0,80}\b(?:newsletters?|e-?mails?|channel|podcast|magazine|alerts?)\b",
        ),
        ("sign up", r"\bsign up\b.{0,80}\b(?:newsletters?|e-?mails?|podcast|magazine|alerts?)\b"),
        ("newsletter", r"\bour (?:free )?newsletters?\b"),
        ("your inbox", r"\byour inbox\b"),
        (
            "follow ",
            r"\bfollow [\w ’'.@-]{1,60} on (?:twitter|facebook|instagram|x|youtube|linkedin)\b",
        ),
        (" us on ", r"\b(?:like|join|find) us on (?:twitter|facebook|instagram|telegram|whatsapp)\b"),
        (" a tip", r"\b(?:have|got) a (?:news )?tip\b"),
        (" a story", r"\b(?:have|got) a story\b"),
        (" be reached at", r"\b(?:may|can) be reached at\b"),
        (" be contacted at", r"\b(?:may|can) be contacted at\b"),
        (" this ", r"\b(?:like|enjoy(?:ed)?) this (?:story|article|post)\b"),
        ("download", r"\bdownload (?:our|the) (?:free )?app\b"),
        ("click here", r"\bclick here (?:to|for)\b.{0,60}\b(?:subscribe|newsletter|sign|more)"),
        ("tell us", r"\btell us what you think\b"),
        ("let us know", r"\blet us know (?:what you think )?in the comments\b"),
    ]
)
_CLOSING_LONGEST = 320

# The same in other languages, in phrases that articles about the matter do not use.
_ELSEWHERE = tuple(
    phrase.strip()
    for line in """
    alle rechte vorbehalten | abonnieren sie unseren newsletter | unseren newsletter abonnieren
    für unseren newsletter an | zum newsletter anmelden | folgen sie uns auf | folge uns auf
    tous droits réservés | abonnez-vous à notre | abonnez-vous à la newsletter | suivez-nous sur
    inscrivez-vous à notre | inscrivez-vous à la newsletter | retrouvez-nous sur
    todos los derechos reservados | suscríbete a nuestr | suscríbase a nuestr | síguenos en | síganos en
    suscríbete al canal | prohibida su reproducción | únete a nuestro canal
    todos os direitos reservados | siga-nos n | siga a gente n | inscreva-se no nosso
    inscreva-se em nosso | inscreva-se na nossa | assine a nossa newsletter
    nosso canal do whatsapp | nosso canal no whatsapp
    tutti i diritti riservati | riproduzione riservata | iscriviti alla newsletter
    iscriviti alla nostra | seguici su | seguiteci su
    alle rechten voorbehouden | volg ons op | volg ons via | schrijf je in voor onze | onze nieuwsbrief
    wszelkie prawa zastrzeżone | zapisz się na newsletter | zapisz się do newslettera | obserwuj nas na
    все права защищены | подписывайтесь на наш | подпишитесь на наш | читайте нас в | подписаться на наш
    усі права захищен | всі права захищен | підписуйтесь на наш | підписуйтеся на наш
    följ oss på | følg oss på | følg os på | vårt nyhetsbrev | vores nyhedsbrev | tilaa uutiskirj
    minden jog fenntartva | iratkozz fel hírlevel | iratkozzon fel hírlevel | kövess minket
    kövessen minket | všechna práva vyhrazena | sledujte nás na | toate drepturile rezervate
    urmărește-ne pe
    tüm hakları saklıdır | bizi takip edin | haber bültenimize
    جميع الحقوق محفوظة | تابعونا على | تابعنا على | اشترك في نشرتنا | اشتركوا في قناتنا
    تمامی حقوق این | کلیه حقوق این | ما را دنبال کنید | כל הזכויות שמורות | עקבו אחרינו
    無断転載 | 無断複製 | 無断複写 | 公式アカウントをフォロー | メールマガジンに登録
    版权所有 | 版權所有 | 未经授权不得 | 未經授權不得 | 未经许可不得 | 请勿转载 | 不得转载
    扫码关注 | 关注我们的
    무단 전재 | 무단전재 | 재배포 금지 | 저작권자 ⓒ | 저작권자ⓒ | 저작권자(c)
    हमें फॉलो करें | सर्वाधिकार सुरक्षित | สงวนลิขสิทธิ์ | ติดตามเราได้ที่ | hak cipta dilindungi | ikuti kami di
    bản quyền thuộc về | theo dõi chúng tôi
    """.strip().splitlines()
    for phrase in line.split(" | ")
)

_WORDS = tuple(dict.fromkeys([word for word, _ in _CLOSING]))
_PLAIN = tuple([phrase for phrase in _ELSEWHERE if phrase.isascii()])

# A plea for support asks the reader for money, and says that it is for journalism; the longest one, in
# characters (range 400 to 2,000).
_PLEA = (
    "support us",
    "support our",
    "please support",
    "please donate",
    "please consider",
    "become a member",
    "become a supporter",
    "make a donation",
    "unterstützen sie",
    "jetzt unterstützen",
    "jetzt spenden",
    "spenden sie",
    "soutenez",
    "faites un don",
    "apóyanos",
    "apoya nuestro",
    "haz una donación",
    "hazte soci",
    "apoie",
    "sostieni",
    "abbonati",
    "steun ons",
    "støtt oss",
    "støt os",
    "stöd oss",
    "wesprzyj",
    "támogas",
    "поддержите",
)
_PRESS = (
    "journalis",
    "independent report",
    "our reporting",
    "newsroom",
    "periodismo",
    "jornalismo",
    "giornalismo",
    "dziennikarstw",
    "újságírás",
    "журналист",
    "редакци",
    "redaktion",
)
_PLEA_LONGEST = 1_000

_TERMS = (
    *("privacy", "terms", "guidelines", "cookie", "policy", "policies"),
    *("datenschutz", "nutzungsbedingungen", "conditions"),
)


def is_closing(text: str) -> bool:
    """Whether the block is about the newsletter, the writer's accounts, comments or rights."""
    if len(text) > _PLEA_LONGEST:
        return False
    folded = text.casefold()
    holds = folded.__contains__  # looked for with map: most texts hold none of all these
    if len(text) <= _CLOSING_LONGEST and (
        (
            any(map(holds, _WORDS))
            and any(word in folded and pattern.search(folded) for word, pattern in _CLOSING)
        )
        or any(map(holds, _PLAIN if folded.isascii() else _ELSEWHERE))
    ):
        return True
    return any(map(holds, _PRESS)) and any(map(holds, _PLEA))


def leads_to_terms(block: Block) -> bool:
    """Whether two or more links of the block lead to a site's terms."""
    leading = 0
    for link in block.links if len(block.links) > 1 else ():
        address = link.href.lower()
        leading += any(word in address for word in _TERMS)
    return leading > 1
