"""Ce qui arrive à un nom, une date, un téléphone entre deux guichets ; tiré des tables publiques."""

from __future__ import annotations

import random
import re
import unicodedata
from contextlib import suppress
from datetime import date
from functools import cache

from retrouver_tables import Tirage, alterations, arabe, familles, lettres, mesuree, telephones, tirage

_ALPHABETS = ("russe", "ukrainien", "georgien", "armenien", "grec")
_ESPACES = re.compile(r"\s+")


def faute(mot: str, hasard: random.Random) -> str:
    """Une faute de frappe, deux parfois (Damerau) ; la première lettre rarement (Pollock et Zamora)."""
    fois = 2 if len(mot) > 6 and hasard.random() < mesuree("deux_fautes") else 1
    for _ in range(fois):
        mot = _une_faute(mot, hasard)
    return mot


def faute_dans(texte: str, hasard: random.Random) -> str:
    """Une faute dans le plus long mot d'un nom ; dans un mot de trois lettres ou moins, aucune."""
    long = max(texte.split(), key=len, default="")
    return texte.replace(long, faute(long, hasard), 1) if len(long) > 3 else texte


def _une_faute(mot: str, hasard: random.Random) -> str:
    premiere = hasard.random() < mesuree("premiere_lettre")
    rang = 0 if premiere else hasard.randrange(1, len(mot))
    quoi = _frappe().tirer(hasard)
    if quoi == "oubli":
        return mot[:rang] + mot[rang + 1 :]
    if quoi == "ajout":
        return mot[: rang + 1] + hasard.choice((mot[rang], _voisine(mot[rang], hasard))) + mot[rang + 1 :]
    if quoi == "autre_lettre":
        return mot[:rang] + _voisine(mot[rang], hasard) + mot[rang + 1 :]
    rang = max(1, rang)
    return mot[: rang - 1] + mot[rang] + mot[rang - 1] + mot[rang + 1 :]


def _voisine(lettre: str, hasard: random.Random) -> str:
    voisines = _clavier().get(sans_accent(lettre).lower(), "e")
    choisie = hasard.choice(voisines)
    return choisie.upper() if lettre.isupper() else choisie


def phonetique(texte: str, hasard: random.Random) -> str | None:
    """Le nom comme on l'entend : deux des règles publiques qui s'y appliquent ; rien si aucune."""
    bas = sans_accent(texte).lower()
    regles = [(de, vers) for de, vers, _ in alterations("phonetique") if _porte(bas, de)]
    for de, vers in hasard.sample(regles, min(2, len(regles))):
        bas = bas.replace(de, vers, 1) if len(bas.replace(de, vers, 1)) > 2 else bas
    return bas if bas != sans_accent(texte).lower() else None


def _porte(mot: str, de: str) -> bool:
    # Une lettre muette ou une finale ne change pas la première lettre : on ne l'entend pas autrement.
    return de in mot[1:] if len(de) == 1 else de in mot


def autre_famille(texte: str, hasard: random.Random) -> str | None:
    """Le même nom, dans une autre écriture attestée ; rien si aucun de ses mots n'en a."""
    mots = texte.split()
    for rang, mot in enumerate(mots):
        autres = [forme for forme in familles().get(mot.lower(), ()) if nu(forme) != nu(mot)]
        if autres:
            mots[rang] = hasard.choice(autres)
            return " ".join(mots)
    return None


def translitterer(texte: str, alphabet: str, hasard: random.Random) -> str:
    """Un nom d'une autre écriture en lettres latines, par l'une de ses tables publiques."""
    table = lettres(alphabet)[hasard.choice(sorted(lettres(alphabet)))]
    return par_table(texte, table).title()


def par_table(texte: str, table: dict[str, str]) -> str:
    """Chaque lettre, ou suite de deux lettres, remplacée par ce que dit la table ; les autres restent."""
    rendu, rang, bas = [], 0, texte.lower()
    while rang < len(bas):
        pas = 2 if bas[rang : rang + 2] in table else 1
        suite = bas[rang : rang + pas]
        rendu.append(table.get(suite, table.get(sans_accent(suite), sans_accent(suite))))
        rang += pas
    return "".join(rendu)


def lettres_de_base(texte: str, hasard: random.Random) -> str:
    """Les lettres sans décomposition comme un passeport ou un clavier français les rend."""
    tables = lettres("latin")
    table = tables[hasard.choice(sorted(tables))]
    rendu = "".join(table.get(lettre, lettre) for lettre in unicodedata.normalize("NFC", texte))
    # Une lettre que l'OACI ne dit pas garde sa base d'usage.
    rendu = "".join(tables["usage"].get(lettre, lettre) for lettre in rendu)
    return sans_accent(rendu)


def arabe_en_latin(hasard: random.Random) -> tuple[str, str, str]:
    """Un nom en lettres arabes, et deux de ses écritures latines attestées."""
    ecrit, formes = hasard.choice(arabe())
    une, autre = hasard.sample(formes, 2)
    return ecrit, une, autre


def particules(nom: str) -> tuple[str, ...]:
    """Les autres écritures d'un nom à particule, de la table ; aucune s'il n'en est pas."""
    for de, vers, _ in alterations("particule"):
        if de == nom:
            return tuple(forme for forme in vers.split("|") if forme != nom)
    return ()


def faute_de_date(iso: str, hasard: random.Random) -> str:
    """Une naissance fausse d'un chiffre du jour, du mois ou de l'année ; toujours une vraie date."""
    while True:
        parties = [int(partie) for partie in iso.split("-")]
        laquelle = hasard.randrange(3)
        parties[laquelle] += hasard.choice((-1, 1) if laquelle == 1 else (-1, 1, 10, -10))
        with suppress(ValueError):
            return date(*parties).isoformat()


def ecrire_telephone(e164: str, hasard: random.Random, *, nationale: bool | None = None) -> str:
    """Une écriture d'un numéro international : nationale ou non, groupée, pointée, entre parenthèses…"""
    plan, court = _plan(e164)
    francais = plan["indicatif"] in ("33", "590", "594", "596", "262")
    groupes = _groupes(court, 9 if plan["longueur"] == "9" else 0)
    if francais if nationale is None else nationale and francais:
        return hasard.choice(_nationales(court, groupes)) if hasard.random() < 0.6 else _dehors(plan, groupes, hasard)
    return _dehors(plan, groupes, hasard)


def _nationales(court: str, groupes: list[str]) -> list[str]:
    tete, reste = f"0{court[0]}", [court[debut : debut + 2] for debut in range(1, len(court), 2)]
    separes = [separateur.join([tete, *reste]) for separateur in (" ", ".", "-", "/", "")]
    return [
        *separes,
        f"({tete}) {' '.join(reste)}",
        f"0{court[:3]} {' '.join(_groupes(court[3:], 0))}",
        " ".join(groupes),
    ]


def _dehors(plan: dict[str, str], groupes: list[str], hasard: random.Random) -> str:
    nu_, indicatif = "".join(groupes), plan["indicatif"]
    ecrits = [f"+{indicatif} {' '.join(groupes)}", f"00{indicatif}{nu_}", f"+{indicatif}{nu_}", f"00 {indicatif} {nu_}"]
    if plan["prefixe"]:
        ecrits.append(f"+{indicatif} ({plan['prefixe']}){' '.join(groupes)}")
    return hasard.choice(ecrits)


def _groupes(chiffres: str, _longueur: int) -> list[str]:
    tete = len(chiffres) % 2
    suite = [chiffres[:tete]] if tete else []
    return suite + [chiffres[debut : debut + 2] for debut in range(tete, len(chiffres), 2)]


def _plan(e164: str) -> tuple[dict[str, str], str]:
    chiffres = e164.lstrip("+")
    plan = max((un for un in telephones() if chiffres.startswith(un["indicatif"])), key=lambda un: len(un["indicatif"]))
    return plan, chiffres[len(plan["indicatif"]) :]


def alphabet(texte: str) -> str:
    """L'alphabet d'un nom : ``latin``, ``arabe``, ``russe``… ; le russe et l'ukrainien se disent ``russe``."""
    for nom, debut, fin in (
        ("russe", 0x400, 0x52F),
        ("grec", 0x370, 0x3FF),
        ("armenien", 0x530, 0x58F),
        ("arabe", 0x600, 0x6FF),
        ("georgien", 0x10A0, 0x10FF),
    ):
        if any(debut <= ord(lettre) <= fin for lettre in texte):
            return nom
    return "latin"


def sans_accent(texte: str) -> str:
    """Le texte sans ses signes combinants."""
    return "".join(un for un in unicodedata.normalize("NFKD", texte) if not unicodedata.combining(un))


def nu(texte: str) -> str:
    """Le texte sans accent ni casse, un seul espace entre les mots."""
    return _ESPACES.sub(" ", re.sub(r"[^\w]+", " ", sans_accent(texte).lower())).strip()


@cache
def _frappe() -> Tirage:
    return tirage([(quoi, part) for quoi, _, part in alterations("frappe")])


@cache
def _clavier() -> dict[str, str]:
    return {touche: voisines for touche, voisines, _ in alterations("clavier")}
