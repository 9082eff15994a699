"""The words of pages that stand where an article should be, per language.

Each line is a language and its phrases, in lower case; a phrase is looked for as it stands. A language
is added by a line; what is missing costs a reason, never an article.
"""

from __future__ import annotations

import re
from functools import cache

from revtrack.model import ScreenReason
from revtrack.notices.phrases import alternation

__all__ = ["ARCHIVES", "HEADINGS", "LEGAL", "PHRASES", "phrases_of"]


def _phrases(lines: str) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines.strip().splitlines():
        found.extend(line.split(":", 1)[1].strip().split(" | "))
    return tuple(found)


# What the title or first heading of an error page says.
HEADINGS = _phrases(
    """
    any: 404 | 410 | 429 | 451 | 500 internal server error | 502 bad gateway | 503 service | 504 gateway
    en: not found | page cannot be found | page can't be found | page can’t be found
    en: no longer available
    en: page doesn't exist | page doesn’t exist | page does not exist | page unavailable | 403 forbidden
    en: access denied | internal server error | bad gateway | service unavailable | an error occurred
    en: something went wrong | page is missing | server error | too many requests | access to this page
    en: we'll be back soon | we’ll be back soon | be right back | scheduled maintenance
    en: under maintenance | site maintenance | unavailable due to legal reasons | domain is for sale
    en: domain for sale | page could not be found | story has been removed | page has been removed
    en: article has been removed | post has been removed
    de: nicht gefunden | existiert nicht | nicht verfügbar | ein fehler ist aufgetreten
    de: wartungsarbeiten
    fr: introuvable | page non trouvée | n'existe pas | n’existe pas | une erreur est survenue
    fr: en maintenance
    es: no encontrada | no encontrado | no se encuentra | no existe | no disponible | en mantenimiento
    pt: não encontrada | não encontrado | não existe | não está disponível
    it: non trovata | non trovato | non esiste | pagina inesistente
    nl: niet gevonden | bestaat niet
    sv: hittades inte | kunde inte hittas | finns inte
    no: ikke funnet | finnes ikke | fant ikke siden
    da: ikke fundet | findes ikke | blev ikke fundet
    fi: ei löytynyt | ei löydy
    pl: nie znaleziono | nie została znaleziona | nie istnieje
    hu: nem található | nem létezik
    cs: nenalezena | nebyla nalezena
    ru: не найдена | не найдено | не существует
    ja: 見つかりません | 存在しません
    zh: 找不到 | 不存在 | 未找到 | 無法找到
    ko: 찾을 수 없습니다 | 존재하지 않는
    ar: غير موجودة | غير موجود
    """
)

# What the text of such a page says.
PHRASES: dict[ScreenReason, tuple[str, ...]] = {
    ScreenReason.BOT_CHECK: _phrases(
        """
        en: checking your browser | checking if the site connection is secure | verify you are human
        en: verify that you are human | verifying you are human | verify you are not a robot
        en: confirm you are human | prove you are human | are you a robot | i'm not a robot
        en: i’m not a robot
        en: unusual traffic from your | enable javascript and cookies to continue | ddos protection by
        en: pardon our interruption | complete the captcha | solve the captcha
        en: complete the security check
        en: using automation tools | enable js and disable any ad blocker
        en: press & hold | needs to review the security of your connection | you have been blocked
        de: bestätigen sie, dass sie ein mensch sind | ihr browser wird überprüft | kein roboter
        fr: vérifiez que vous êtes humain | vérification de votre navigateur | pas un robot
        es: verifica que eres humano | no soy un robot | comprobando su navegador
        pt: verifique se você é humano | não sou um robô
        it: verifica di essere umano | non sono un robot
        nl: bevestig dat je een mens bent | geen robot
        ru: проверка браузера | вы не робот
        ja: ロボットではありません | 人間であることを確認
        zh: 验证您是真人 | 正在检查您的浏览器 | 驗證您是真人
        ko: 로봇이 아닙니다 | 사람인지 확인
        """
    ),
    ScreenReason.ERROR_PAGE: _phrases(
        """
        en: page you are looking for | page you're looking for | page you’re looking for
        en: page you were looking for | page you requested | page you have requested
        en: page you asked for
        en: the requested url | the requested page | was not found on this server | find that page
        en: find this page | find the page | page is not available | page has moved
        en: article is no longer available | story is no longer available | page is no longer available
        en: page may have been moved | page might have been removed | link may be broken
        en: down for maintenance | scheduled maintenance | undergoing maintenance | too many requests
        en: permission to access | access cannot be granted | not available in your country
        en: not available in your region | domain is for sale | domain may be for sale
        en: has not archived that url | response at crawl time
        de: gewünschte seite | gesuchte seite | angeforderte seite | diese seite gibt es
        de: seite existiert
        de: die seite gibt es | wurde nicht gefunden | nicht mehr verfügbar | wartungsarbeiten
        fr: page que vous | page demandée | plus disponible | en maintenance
        es: página que | página solicitada | ya no está disponible | en mantenimiento
        pt: página que | página solicitada | não está mais disponível | já não está disponível
        it: pagina che | pagina richiesta | non è più disponibile | in manutenzione
        nl: pagina die | opgevraagde pagina | niet meer beschikbaar
        sv: sidan du | sidan finns inte | inte längre tillgänglig
        no: siden du | siden finnes ikke | ikke lenger tilgjengelig
        da: siden du | siden findes ikke | ikke længere tilgængelig
        fi: etsimääsi sivua | sivua ei
        pl: strona, której | żądana strona | nie jest już dostępn
        hu: a keresett oldal | az oldal nem
        cs: požadovaná stránka | stránka, kterou | již není k dispozici
        ru: запрашиваемая страница | страница не | страницы не | больше не доступн
        ja: お探しのページ | ご指定のページ | このページは | ページは見つかり
        zh: 您访问的页面 | 您要访问的 | 页面不存在 | 您要找的 | 頁面不存在
        ko: 요청하신 페이지 | 찾으시는 페이지 | 페이지를 찾을
        ar: الصفحة التي | الصفحة المطلوبة
        tr: aradığınız sayfa
        """
    ),
    ScreenReason.CONSENT_WALL: _phrases(
        """
        en: we use cookies | uses cookies | accept all cookies | accept cookies | cookie consent
        en: we value your privacy | we care about your privacy | before you continue
        en: manage your consent
        de: verwenden cookies | verwendet cookies | cookies akzeptieren | mit werbung und cookies
        de: mit werbung und tracking | weiterlesen mit werbung
        de: einwilligung | mit tracking
        fr: utilisons des cookies | utilise des cookies | accepter les cookies
        fr: respectons votre vie privée
        es: utilizamos cookies | usamos cookies | aceptar cookies | aceptar las cookies
        pt: usamos cookies | utilizamos cookies | aceitar cookies
        it: utilizziamo i cookie | utilizza cookie | accetta i cookie
        nl: gebruiken cookies | gebruikt cookies | cookies accepteren
        sv: använder cookies | använder kakor | godkänn cookies
        no: bruker cookies | bruker informasjonskapsler
        da: bruger cookies | accepter cookies
        pl: używamy plików cookie | korzystamy z plików cookie
        hu: sütiket használ | cookie-kat használ
        ru: используем файлы cookie | использует файлы cookie
        ja: cookieを使用
        """
    ),
    ScreenReason.LOGIN_WALL: _phrases(
        """
        en: log in to continue | sign in to continue | log in to read | sign in to read | log in to view
        en: subscribe to continue | subscribe to read | subscribe to keep reading | to continue reading
        en: already a subscriber | already have an account | create a free account
        en: for subscribers only
        en: register to continue | you must be logged in | please log in | please sign in
        de: jetzt anmelden und weiterlesen | weiterlesen mit | bereits abonnent | melden sie sich an
        de: nur für abonnenten | sie haben bereits ein abo | bitte melden sie sich
        fr: réservé aux abonnés | déjà abonné | connectez-vous pour | abonnez-vous pour
        es: solo para suscriptores | ya eres suscriptor | inicia sesión para | suscríbete para
        pt: exclusivo para assinantes | já é assinante | faça login para
        it: riservato agli abbonati | sei già abbonato | accedi per continuare
        nl: alleen voor abonnees | al abonnee | log in om verder
        sv: endast för prenumeranter | logga in för att | redan prenumerant
        no: logg inn for å | allerede abonnent | kun for abonnenter
        da: log ind for at | allerede abonnent | kun for abonnenter
        pl: zaloguj się, aby | tylko dla prenumeratorów
        hu: jelentkezzen be | csak előfizetőknek
        ru: войдите, чтобы | только для подписчиков
        ja: ログインして | 会員限定 | 有料会員
        zh: 登录后 | 请登录 | 請登入
        ko: 로그인이 필요 | 로그인 후
        """
    ),
    ScreenReason.SHELL: _phrases(
        """
        en: need to enable javascript | please enable javascript | enable javascript to
        en: javascript is required | javascript is disabled | requires javascript | turn on javascript
        de: aktivieren sie javascript | javascript aktivieren | javascript ist deaktiviert
        fr: activer javascript | activez javascript
        es: habilite javascript | habilitar javascript | activar javascript | activa javascript
        pt: ative o javascript | habilite o javascript | ativar o javascript
        it: abilita javascript | attiva javascript | abilitare javascript
        nl: javascript inschakelen | schakel javascript in
        sv: aktivera javascript
        no: aktiver javascript | slå på javascript
        pl: włącz javascript | włączyć javascript
        ru: включите javascript | включить javascript
        ja: javascriptを有効
        zh: 启用javascript | 启用 javascript | 啟用 javascript
        """
    ),
}

ARCHIVES = _phrases(
    """
    any: wayback machine | internet archive wayback machine | internet archive's wayback machine
    any: internet archive’s wayback machine | internet archive | openwayback | pywb error | pywb
    any: archive.today | archive.ph | archive.is | archive.md | archive.li | archive.vn | archive.fo
    any: perma.cc | perma | arquivo.pt | ghostarchive | megalodon.jp | webrecorder | browsertrix
    any: conifer | webcite | memento | time travel | replayweb.page | archive-it
    en: uk web archive | web archive | web archives | archived page not found | webpage archive
    de: webarchiv | web-archiv | webarchiv österreich
    fr: archives de l'internet | archives du web | archives de l’internet
    es: archivo de la web | archivo web | archivo de la web española
    pt: arquivo da web | arquivo da web portuguesa
    it: archivio del web | archivio web
    nl: webarchief | web-archief
    da: netarkivet
    sv: kulturarw3 | webbarkiv
    no: nettarkivet
    fi: verkkoarkisto | suomalainen verkkoarkisto
    is: vefsafn.is | vefsafn
    pl: archiwum internetu
    cs: webarchiv | český webový archiv
    ja: ウェブ魚拓 | インターネット資料収集保存事業
    zh: 网页存档 | 網頁存檔
    """
)
"""What archives call themselves: a page with hardly any text that is titled so is the archive's own."""

LEGAL = _phrases(
    """
    en: store and access information | store and/or access information | process personal data
    en: your privacy choices | legitimate interest | our partners | cookies
    de: unsere partner | werbung und tracking | personenbezogene daten | datenschutzerklärung
    de: partner verarbeiten | zustimmung
    fr: nos partenaires | données personnelles
    es: nuestros socios | datos personales
    it: nostri partner | dati personali
    nl: onze partners | persoonsgegevens
    pt: nossos parceiros | dados pessoais
    pl: nasi partnerzy | dane osobowe
    """
)
"""What a page that asks for consent goes on to say; articles on privacy say it, too."""


@cache
def phrases_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds *phrases* in a folded text in one pass; made when first asked for."""
    return re.compile(alternation(phrases, (), ends=("", "")))
