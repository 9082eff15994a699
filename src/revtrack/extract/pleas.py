"""Pleas: what a site says to its reader about itself, and never about the story.

To subscribe, to log in, to consent, to give, to load a film, to follow. They are known by how many words
of a site's machinery a short text holds, beside one that speaks to the reader, and not by their wording:
a line of words per language, beginnings of words in lower case. A language that is missing here loses
precision and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from revtrack.model import Block
from revtrack.notices.phrases import alternation

__all__ = ["PLEA_LONGEST", "is_closing", "is_gate", "is_plea", "leads_to_terms"]

PLEA_LONGEST = 320
"""The longest plea, in characters (range 200 to 600)."""

# How many words of the machinery a plea holds at least, and how many characters there may be for each
# (range 2 to 4 and 50 to 150): articles that speak of these matters say other things as well.
_FEWEST = 3
_FOR_EACH = 70
# Words on accounts that are about letters and gifts, which close no text.
_LETTERS = frozenset(
    [
        *("newsletter", "inbox", "postfach", "boîte mail", "boletín", "bandeja", "nieuwsbrief", "nyhetsbrev"),
        *("inkorg", "innboks", "indbakke", "nyhedsbrev", "hírlevél", "hírlevel", "рассылк", "النشرة"),
        *("メールマガジン", "ニュースレター", "뉴스레터", "donat", "journalis", "support us", "support our"),
    ]
)
# What every language has, and from which letter on scripts set no spaces between words.
_ANY, _ANY_OF = "follow any", "follow"
_DENSE = "\u2e80"
# The longest line of rights, in characters (range 100 to 400).
_RIGHTS_LONGEST = 320

_MACHINERY = """
account en: newsletter | inbox | sign up | subscri | log in | login | sign in | account | register | unlimited
account en: free article | more article | all article | continue reading | to continue | keep reading | cancel any
account en: per month | donat | journalis | support us | support our | member | enjoyed this | have a tip | a story
account de: newsletter | postfach | anmeld | abonn | abo | konto | registrier | einlogg | eingeloggt | mitglied
account de: weiterlesen | kostenlos | pro monat | im monat | kündbar | spende | unterstütz | journalis | jederzeit
account fr: newsletter | boîte mail | abonn | inscri | compte | connectez | identifi | illimité | lire la suite
account fr: par mois | sans engagement | soutenez | soutien | faites un don | journalis | membre | gratuit
account es: newsletter | boletín | suscri | suscrí | regístr | cuenta | inicia sesión | iniciar sesión | ilimitad
account es: gratis | seguir leyendo | al mes | apoya | apóya | periodismo | dona | socio | bandeja
account pt: newsletter | assin | inscreva | cadastr | conta | faça login | ilimitad | grátis | continuar lendo
account pt: continuar a ler | por mês | apoie | jornalismo | doe | doação | sócio
account it: newsletter | abbona | iscriv | registra | account | accedi | illimitat | gratis | gratuit | al mese
account it: continua a leggere | sostien | giornalis | dona | soci
account nl: nieuwsbrief | abonn | inschrijv | schrijf je in | aanmeld | account | inlogg | log in | onbeperkt
account nl: gratis | verder lezen | per maand | steun | doneer | journalis | lid
account sv: prenumer | nyhetsbrev | registrera | konto | logga in | medlem | obegränsa | gratis | läsa vidare
account sv: i månaden | per månad | stöd | journalist | inkorg
account no: abonn | nyhetsbrev | registrer | konto | logg inn | medlem | ubegrenset | gratis | lese videre
account no: i måneden | per måned | støtt | journalist | innboks
account da: abonn | nyhedsbrev | tilmeld | konto | log ind | medlem | ubegrænset | gratis | læse videre
account da: om måneden | pr. måned | støt | journalist | indbakke
account pl: newsletter | subskr | prenumer | zapisz się | zarejestr | konto | konta | zaloguj | nieograniczon
account pl: bezpłatn | czytaj dalej | czytać dalej | miesięcznie | wesprzyj | darowizn | dziennikarstw
account hu: hírlevél | hírlevel | előfizet | iratkoz | feliratk | regisztr | fiók | jelentkez | korlátlan | ingyen
account hu: havonta | támoga | adomány | újságírás | tovább olvas
account ru: рассылк | подпи | зарегистрир | регистрац | аккаунт | войдите | войти | безлимит | бесплатн
account ru: в месяц | поддерж | пожертв | журналист | читать дальше
account ja: メールマガジン | ニュースレター | 登録 | ログイン | 会員 | 購読 | 有料 | 無料 | 続きを | 月額 | 支援 | 寄付
account ko: 뉴스레터 | 구독 | 가입 | 로그인 | 회원 | 계정 | 무료 | 후원 | 기부
account zh: 订阅 | 訂閱 | 注册 | 註冊 | 登录 | 登入 | 会员 | 會員 | 账号 | 帳號 | 免费 | 免費 | 付费 | 付費 | 捐款
account zh: 阅读全文 | 閱讀全文 | 继续阅读 | 繼續閱讀
account ar: النشرة | اشترك | اشتراك | سجل | تسجيل | حساب | عضو | مجان | ادعم | تبرع | شهري
consent en: cookie | consent | personal data | third part | third-part | external content | privacy | agree | load
consent en: accept | your device | provided by | click | show content | block
consent de: cookie | einverstanden | einwillig | zustimm | stimmen sie | akzeptier | personenbezogen | drittplattform
consent de: drittanbieter | externe inhalte | externer inhalt | externen inhalt | externe medien | datenschutz
consent de: angezeigt | anzeigen | geladen | laden | klick | aktivier
consent fr: cookie | consent | accept | données personnelles | données à caractère | tiers | contenu externe
consent fr: confidentialité | bloqué | charg | cliqu | affich | partenaires
consent es: cookie | consent | acept | datos personales | terceros | contenido externo | privacidad | cargar | clic
consent es: mostrar | bloque
consent pt: cookie | consent | aceit | dados pessoais | terceiros | conteúdo externo | privacidade | carregar | cliq
consent pt: clic | bloque | exibir
consent it: cookie | consens | accett | dati personali | terze parti | contenuto esterno | contenuti esterni
consent it: privacy | caric | clicc | visualizza | blocc
consent nl: cookie | toestemming | accepte | persoonsgegevens | derde | externe inhoud | privacy | laden | geladen
consent nl: klik | akkoord | geblokkeerd
consent sv: cookie | kakor | samtyck | godkänn | personuppgift | tredje part | externt innehåll | integritet | ladda
consent sv: klick | blocker
consent no: cookie | informasjonskaps | samtykk | godta | personopplysning | tredjepart | eksternt innhold
consent no: personvern | last | klikk | blokker
consent da: cookie | samtyk | accepter | personoplysning | tredjepart | eksternt indhold | privatliv | indlæs | klik
consent da: bloker
consent pl: cookie | zgod | akcept | dane osobowe | danych osobowych | zewnętrzn | prywatności | załadow | klik
consent pl: zablok
consent hu: cookie | süti | hozzájárul | elfogad | személyes adat | harmadik fél | külső tartalom | adatvédel | betölt
consent hu: kattint
consent ru: cookie | куки | согла | принима | персональн | третьих лиц | внешн | конфиденциальн | загруз | нажм
consent ja: クッキー | cookie | 同意 | 個人情報 | 個人データ | 第三者 | 外部 | プライバシー | 読み込 | クリック | 表示
consent ko: 쿠키 | 동의 | 개인정보 | 제3자 | 외부 | 클릭 | 표시
consent zh: cookie | 同意 | 个人信息 | 個人資料 | 第三方 | 隐私 | 隱私 | 加载 | 載入 | 点击 | 點擊 | 外部
consent ar: ملفات تعريف | موافق | بيانات شخصية | البيانات الشخصية | خارجي | الخصوصية | تحميل | انقر
film en: video | load | refresh | browser | javascript | play | tap here
film de: video | geladen | laden | neu laden | browser | javascript | abspiel
film fr: vidéo | charg | actualis | rafraîch | navigateur | javascript | lecture
film es: vídeo | video | cargar | actualiz | recarg | navegador | javascript | reproduc
film pt: vídeo | carregar | atualiz | recarreg | navegador | javascript | reproduz
film it: video | caric | aggiorna | ricaric | browser | javascript | riproduc
film nl: video | geladen | laden | vernieuw | browser | javascript | afspe
film sv: video | ladda | uppdatera | webbläsare | javascript | spela
film no: video | laste | oppdater | nettleser | javascript | spill
film da: video | indlæs | opdater | browser | javascript | afspil
film pl: film | wideo | załadow | odśwież | przeglądark | javascript | odtwar
film hu: videó | betölt | frissít | böngésző | javascript | lejátsz
film ru: видео | загруз | обнов | браузер | javascript | воспроизв
film ja: 動画 | 読み込 | ブラウザ | javascript | 再生 | 更新
film ko: 동영상 | 영상 | 브라우저 | javascript | 재생 | 새로고침
film zh: 视频 | 影片 | 加载 | 載入 | 浏览器 | 瀏覽器 | javascript | 播放 | 刷新
film ar: فيديو | تحميل | المتصفح | تحديث | تشغيل
follow any: facebook | twitter | instagram | telegram | whatsapp | youtube | tiktok | linkedin | google news
follow en: follow us | follow | like us | join us | find us | our channel | our app | download | the app
follow de: folgen sie | folge uns | folgt uns | unsere app | kanal | herunterladen | unserer app
follow fr: suivez | retrouvez | rejoignez | notre appli | chaîne | télécharge
follow es: síguenos | síganos | únete | nuestro canal | nuestra app | descarga
follow pt: siga | nosso canal | nosso app | baixe | acompanhe
follow it: seguici | seguiteci | nostro canale | nostra app | scarica
follow nl: volg ons | onze app | download | kanaal
follow sv: följ oss | vår app | ladda ner
follow no: følg oss | vår app | last ned
follow da: følg os | vores app | hent
follow pl: obserwuj | śledź nas | nasz kanał | aplikacj | pobierz
follow hu: kövess | letölt | alkalmazás
follow ru: читайте нас | наш канал | наш телеграм | скача | приложени | подписывайтесь
follow ja: フォロー | アプリ | ダウンロード | 公式
follow ko: 팔로우 | 채널 | 앱 | 다운로드
follow zh: 关注 | 關注 | 追蹤 | 公众号 | 扫码 | 客户端 | 下载 | 下載
follow ar: تابعونا | تابعنا | قناتنا | تطبيق
"""
"""Beginnings of the words in which sites speak of one matter of theirs, by matter and language."""

_ADDRESS = """
en: you | your | we | us | our | i
de: sie | ihr | ihnen | ihre | du | dir | dein | wir | uns | unser | unsere | unseren | ich | mir
fr: vous | votre | vos | nous | notre | nos | j'accepte
es: usted | tu | te | su | nos | nuestro | nuestra | nuestros
pt: você | seu | sua | nos | nosso | nossa
it: tuo | tua | ti | noi | nostro | nostra | nostri
nl: je | jouw | u | uw | wij | we | ons | onze
sv: du | din | ditt | vi | oss | vår | vårt
no: du | din | ditt | vi | oss | vår | vårt
da: du | din | dit | vi | os | vores
pl: cię | ci | twój | twoje | nas | nasz | nasze | naszej
hu: ön | te | minket | mi
ru: вы | вас | вам | ваш | мы | нас | наш | наши
ar: لك | نا
"""
"""The words by which a text speaks to its reader, or for the site; whole words."""

_RIGHTS = """
any: © | ⓒ
en: all rights reserved | copyright
de: alle rechte vorbehalten
fr: tous droits réservés
es: todos los derechos reservados | prohibida su reproducción
pt: todos os direitos reservados
it: tutti i diritti riservati | riproduzione riservata
nl: alle rechten voorbehouden
sv: alla rättigheter
no: alle rettigheter
da: alle rettigheder
pl: wszelkie prawa zastrzeżone
hu: minden jog fenntartva
ru: все права защищены
ja: 無断転載 | 無断複製 | 無断複写
ko: 무단 전재 | 무단전재 | 재배포 금지 | 저작권자
zh: 版权所有 | 版權所有 | 请勿转载 | 不得转载
ar: جميع الحقوق محفوظة
"""
_TERMS = (
    *("privacy", "terms", "guidelines", "cookie", "policy", "policies"),
    *("datenschutz", "nutzungsbedingungen", "conditions"),
)


def _words(lines: str) -> dict[str, frozenset[str]]:
    """The words, each with what stands before the colon of its lines: a language, or a matter and one."""
    found: dict[str, set[str]] = {}
    for line in lines.strip().splitlines():
        of, _, words = line.partition(": ")
        for word in words.split(" | "):
            found.setdefault(word, set()).add(of)
    return {word: frozenset(of) for word, of in found.items()}


_STEMS, _TO_READERS = _words(_MACHINERY), _words(_ADDRESS)


@cache
def _machinery() -> re.Pattern[str]:
    spaced = [word for word in _STEMS if word[0] < _DENSE]
    dense = [word for word in _STEMS if word[0] >= _DENSE]
    return re.compile(
        rf"\b{alternation((), spaced, ends=('', ''))}|{alternation((), dense, ends=('', ''))}"
    )


@cache
def _address() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(_TO_READERS, (), ends=('', ''))}\b")


@cache
def _rights() -> re.Pattern[str]:
    return re.compile(alternation(_words(_RIGHTS), (), ends=("", "")))


def is_plea(text: str, *, least: int = _FEWEST) -> bool:
    """Whether a short text asks its reader for something that is the site's affair, not the story's.

    *least* is how many words must show it.
    """
    if len(text) > PLEA_LONGEST:
        return False
    folded = text.casefold()
    words = set(_machinery().findall(folded))
    if len(words) < _FEWEST - 1:
        return False
    held = Counter([of for word in words for of in _STEMS[word]])
    everywhere = held.pop(_ANY, 0)
    spoken = {language for word in _address().findall(folded) for language in _TO_READERS[word]}
    most = max(
        [
            count + (everywhere if of.startswith(_ANY_OF) else 0) + (of[-2:] in spoken)
            for of, count in held.items()
        ],
        default=0,
    )
    return most >= least and most * _FOR_EACH >= len(text)


def is_gate(text: str) -> bool:
    """Whether a short text speaks of the account or subscription that shows the rest of a story."""
    if len(text) > PLEA_LONGEST:
        return False
    words = set(_machinery().findall(text.casefold()))
    return _LETTERS.isdisjoint(words) and any(
        of.startswith("account") for word in words for of in _STEMS[word]
    )


def is_closing(text: str) -> bool:
    """Whether the text is about the rights, or a plea."""
    if len(text) <= _RIGHTS_LONGEST and _rights().search(text.casefold()) is not None:
        return True
    return is_plea(text)


def leads_to_terms(block: Block) -> bool:
    """Whether two or more links of the block lead to a site's terms."""
    leading = 0
    for link in block.links if len(block.links) > 1 else ():
        address = link.href.lower()
        leading += any(word in address for word in _TERMS)
    return leading > 1
