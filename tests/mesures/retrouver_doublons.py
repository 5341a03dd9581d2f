"""Une personne, deux guichets, un genre d'écart entre eux ; et des gens différents qui se ressemblent."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from retrouver_alterations import (
    arabe_en_latin,
    autre_famille,
    faute,
    faute_dans,
    faute_de_date,
    lettres_de_base,
    nu,
    particules,
    phonetique,
    translitterer,
)
from retrouver_gens import (
    ANNEE,
    AUTRES_ECRITURES,
    INCONNUE,
    JOUR,
    MOIS,
    Personne,
    personne,
    telephone,
)
from retrouver_tables import noms

Paire = tuple[Personne, Personne]
Altere = Callable[[Personne, random.Random], Paire | None]
_ESSAIS: Final = 400


@dataclass(frozen=True, slots=True)
class Genre:
    """Un genre d'écart entre deux guichets : ``altere`` rend la personne d'ici et de là, ou rien si cela ne va pas.

    ``origines`` : les seules où il se rencontre ; vide, toutes. ``sans_naissance`` : elle n'y départage pas.
    """

    altere: Altere
    origines: tuple[str, ...] = ()


def doublons(par_genre: int, graine: int) -> Iterator[tuple[str, Personne, Personne]]:
    """Pour chaque genre, ``par_genre`` personnes telles que là-bas les a, et telles qu'elles reviennent ici."""
    hasard = random.Random(graine)
    for genre, regle in GENRES.items():
        for _ in range(par_genre):
            la, ici = _une(regle, hasard)
            yield genre, *_bruit(la, ici, hasard)


def _une(regle: Genre, hasard: random.Random) -> Paire:
    for _ in range(_ESSAIS):
        origine = hasard.choice(regle.origines) if regle.origines else ""
        paire = regle.altere(personne(hasard, origine), hasard)
        if paire:
            return paire
    raise ValueError("aucune personne de ce genre : la table est vide ?")


def _bruit(la: Personne, ici: Personne, hasard: random.Random) -> Paire:
    """Téléphone changé, absent d'un côté ; numéro connu d'un côté : un dossier revient rarement tel quel."""
    tirage = hasard.random()
    if tirage < 0.30:
        ici = replace(ici, telephone=telephone(hasard))
    elif tirage < 0.42:
        la = replace(la, telephone="")
    elif tirage < 0.55:
        ici = replace(ici, telephone="")
    # Le même numéro des deux côtés désignerait à lui seul : une fois sur dix.
    tirage = hasard.random()
    if tirage < 0.45:
        la = replace(la, numero="")
    elif tirage < 0.90:
        ici = replace(ici, numero="")
    return la, ici


def _pareil(qui: Personne, _: random.Random) -> Paire | None:
    return (qui, qui) if qui.connue == JOUR else None


def _sans_naissance(*, la: bool) -> Altere:
    def altere(qui: Personne, _: random.Random) -> Paire | None:
        sans = replace(qui, connue=INCONNUE)
        return (sans, replace(qui, connue=JOUR)) if la else (replace(qui, connue=JOUR), sans)

    return altere


def _naissance_large(connue: str) -> Altere:
    def altere(qui: Personne, hasard: random.Random) -> Paire | None:
        large, juste = replace(qui, connue=connue), replace(qui, connue=JOUR)
        return (large, juste) if hasard.random() < 0.5 else (juste, large)

    return altere


def _premier_janvier(qui: Personne, hasard: random.Random) -> Paire | None:
    large = replace(qui, connue=ANNEE)
    ecrite = replace(qui, naissance=f"{qui.naissance[:4]}-01-01", connue=JOUR)
    return (large, ecrite) if hasard.random() < 0.5 else (ecrite, large)


def _jour_et_mois(qui: Personne, _: random.Random) -> Paire | None:
    annee, mois, jour = qui.naissance.split("-")
    if qui.connue != JOUR or int(jour) > 12 or jour == mois:
        return None
    return qui, replace(qui, naissance=f"{annee}-{jour}-{mois}")


def _date_fausse(qui: Personne, hasard: random.Random) -> Paire | None:
    return (qui, replace(qui, naissance=faute_de_date(qui.naissance, hasard))) if qui.connue == JOUR else None


def _seul(qui: Personne, hasard: random.Random) -> Paire | None:
    ici = replace(qui, nom="", prenoms=qui.nom) if hasard.random() < 0.5 else qui
    return replace(qui, connue=JOUR), replace(ici, connue=hasard.choice((JOUR, INCONNUE)))


def _de_particule(qui: Personne, hasard: random.Random) -> Paire | None:
    formes = particules(qui.nom)
    return (qui, replace(qui, nom=hasard.choice(formes))) if formes and qui.connue == JOUR else None


def _trait_d_union(qui: Personne, hasard: random.Random) -> Paire | None:
    if "-" not in qui.nom + qui.prenoms or qui.connue != JOUR:
        return None
    separateur = hasard.choice((" ", ""))
    ici = replace(qui, nom=qui.nom.replace("-", separateur), prenoms=qui.prenoms.replace("-", separateur))
    if "-" in qui.nom and hasard.random() < 0.4:
        ici = replace(ici, nom=hasard.choice(qui.nom.split("-")))
    return qui, ici


def _usage(qui: Personne, hasard: random.Random) -> Paire | None:
    """Son nom de naissance là, son seul nom d'usage ici, ou l'inverse."""
    if not qui.usage or qui.connue != JOUR or nu(qui.usage) == nu(qui.nom):
        return None
    seul = replace(qui, nom=qui.usage, usage="")
    return (qui, seul) if hasard.random() < 0.5 else (seul, qui)


def _lettres(qui: Personne, hasard: random.Random) -> Paire | None:
    ici = replace(qui, nom=lettres_de_base(qui.nom, hasard), prenoms=lettres_de_base(qui.prenoms, hasard))
    change = any(lettre.isalpha() and ord(lettre) > 0x100 for lettre in qui.nom + qui.prenoms)
    if not change or qui.connue != JOUR:
        return None
    return (qui, ici) if hasard.random() < 0.5 else (ici, qui)


def _autre_ecriture(*, traduite: bool) -> Altere:
    def altere(qui: Personne, hasard: random.Random) -> Paire | None:
        if not qui.latin[0] or qui.connue != JOUR:
            return None
        if not traduite:
            return qui, qui
        latin = replace(qui, nom=qui.latin[0], prenoms=qui.latin[1])
        return (qui, latin) if hasard.random() < 0.5 else (latin, qui)

    return altere


def _deux_tables(qui: Personne, hasard: random.Random) -> Paire | None:
    """Le même nom cyrillique, géorgien… rendu en lettres latines par deux tables : ICAO ici, française là."""
    if not qui.latin[0] or qui.connue != JOUR:
        return None
    if qui.origine == "arabe":
        (_, une, autre), (_, un_prenom, autre_prenom) = arabe_en_latin(hasard), arabe_en_latin(hasard)
        return replace(qui, nom=une, prenoms=un_prenom), replace(qui, nom=autre, prenoms=autre_prenom)
    une, autre = (
        replace(
            qui,
            nom=translitterer(qui.nom, qui.origine, hasard),
            prenoms=translitterer(qui.prenoms, qui.origine, hasard),
        )
        for _ in range(2)
    )
    return (une, autre) if (une.nom, une.prenoms) != (autre.nom, autre.prenoms) else None


def _famille(qui: Personne, hasard: random.Random) -> Paire | None:
    prenoms, nom = autre_famille(qui.prenoms, hasard), autre_famille(qui.nom, hasard)
    if qui.connue != JOUR or not (prenoms or nom):
        return None
    return qui, replace(qui, nom=nom or qui.nom, prenoms=prenoms or qui.prenoms)


def _frappe(*champs: str) -> Altere:
    def altere(qui: Personne, hasard: random.Random) -> Paire | None:
        textes = {champ: getattr(qui, champ) for champ in champs}
        fautifs = {champ: faute_dans(texte, hasard) for champ, texte in textes.items()}
        if qui.connue != JOUR or any(fautifs[champ] == textes[champ] for champ in champs):
            return None
        return qui, replace(qui, **fautifs)

    return altere


def _entendu(qui: Personne, hasard: random.Random) -> Paire | None:
    nom, prenoms = phonetique(qui.nom, hasard), phonetique(qui.prenoms, hasard)
    if qui.connue != JOUR or not nom or qui.latin[0]:
        return None
    return qui, replace(qui, nom=nom, prenoms=prenoms or qui.prenoms)


def _inverses(qui: Personne, _: random.Random) -> Paire | None:
    return (qui, replace(qui, nom=qui.prenoms, prenoms=qui.nom)) if qui.connue == JOUR and qui.prenoms else None


def _premier_prenom(qui: Personne, hasard: random.Random) -> Paire | None:
    if " " not in qui.prenoms or qui.connue != JOUR:
        return None
    premier = replace(qui, prenoms=qui.prenoms.split()[0])
    return (qui, premier) if hasard.random() < 0.5 else (premier, qui)


_LETTRES_A_PART: Final = ("turquie", "azerbaidjan", "haoussa", "ghana", "islande", "malte", "pologne", "vietnam")
GENRES: Final[dict[str, Genre]] = {
    "pareil, téléphone ou numéro manquant": Genre(_pareil),
    "naissance inconnue là": Genre(_sans_naissance(la=True)),
    "naissance inconnue ici": Genre(_sans_naissance(la=False)),
    "naissance à l'année": Genre(_naissance_large(ANNEE)),
    "naissance au mois": Genre(_naissance_large(MOIS)),
    "01/01 d'une année connue": Genre(_premier_janvier, ("afrique_ouest", "haoussa", "un_seul_nom", "maghreb")),
    "jour et mois inversés": Genre(_jour_et_mois),
    "naissance fausse d'un rien": Genre(_date_fausse),
    "un seul nom": Genre(_seul, ("un_seul_nom",)),
    "particule": Genre(_de_particule, ("france", "maghreb")),
    "trait d'union": Genre(_trait_d_union, ("france",)),
    "nom de naissance, nom d'usage": Genre(_usage),
    "lettres sans décomposition": Genre(_lettres, _LETTRES_A_PART),
    "autre écriture, à l'identique": Genre(_autre_ecriture(traduite=False), AUTRES_ECRITURES),
    "autre écriture et sa translittération": Genre(_autre_ecriture(traduite=True), AUTRES_ECRITURES),
    "deux translittérations": Genre(_deux_tables, AUTRES_ECRITURES[:-1]),
    "deux écritures d'un même nom": Genre(_famille),
    "faute de frappe au nom": Genre(_frappe("nom")),
    "faute de frappe au prénom": Genre(_frappe("prenoms")),
    "fautes au nom et au prénom": Genre(_frappe("nom", "prenoms")),
    "comme on l'entend": Genre(_entendu, ("france", "maghreb", "portugal", "roumanie")),
    "nom et prénom inversés": Genre(_inverses),
    "second prénom en plus ou en moins": Genre(_premier_prenom),
}


def homonymes(nombre: int, graine: int) -> Iterator[tuple[str, Personne, Personne]]:
    """``nombre`` paires de gens différents qui se ressemblent : jumeaux, homonymes, fratries, père et fils."""
    hasard = random.Random(graine)
    sortes = list(HOMONYMES)
    for rang in range(nombre):
        sorte = sortes[rang % len(sortes)]
        une = replace(personne(hasard), connue=JOUR, numero=_numero(hasard))
        while not une.prenoms or une.latin[0]:
            une = replace(personne(hasard), connue=JOUR, numero=_numero(hasard))
        yield sorte, *HOMONYMES[sorte](une, hasard)


def _numero(hasard: random.Random) -> str:
    return f"0{hasard.randrange(10**17):017d}"


def _autre(qui: Personne, hasard: random.Random, **change: str) -> Personne:
    return replace(qui, numero=_numero(hasard), telephone=telephone(hasard), **change)


def _autre_prenom(qui: Personne, hasard: random.Random) -> str:
    origine = qui.origine if qui.origine not in ("arabe", "un_seul_nom") else "maghreb"
    while True:
        prenom = noms("prenom", origine).tirer(hasard)
        if nu(prenom) not in nu(qui.prenoms).split():
            return prenom


def _jumeaux(qui: Personne, hasard: random.Random) -> Paire:
    """Même nom, même jour, même téléphone du foyer, prénoms proches ou non."""
    if hasard.random() < 0.5:
        proche = faute(qui.prenoms.split()[0], hasard)
        return qui, replace(qui, prenoms=f"{proche} {_autre_prenom(qui, hasard)}", numero=_numero(hasard))
    return qui, replace(qui, prenoms=_autre_prenom(qui, hasard), numero=_numero(hasard))


def _meme_nom(qui: Personne, hasard: random.Random) -> Paire:
    iso = personne(hasard).naissance
    return qui, _autre(qui, hasard, naissance=iso)


def _meme_nom_au_premier_janvier(qui: Personne, hasard: random.Random) -> Paire:
    iso = f"{qui.naissance[:4]}-01-01"
    return replace(qui, naissance=iso), _autre(qui, hasard, naissance=iso)


def _pere_et_fils(qui: Personne, hasard: random.Random) -> Paire:
    iso = f"{int(qui.naissance[:4]) - hasard.randrange(18, 40)}{qui.naissance[4:]}"
    return qui, replace(qui, naissance=iso, numero=_numero(hasard))


def _fratrie(qui: Personne, hasard: random.Random) -> Paire:
    iso = faute_de_date(qui.naissance, hasard)
    return qui, replace(qui, prenoms=_autre_prenom(qui, hasard), naissance=iso, numero=_numero(hasard))


def _meme_nom_meme_annee(qui: Personne, hasard: random.Random) -> Paire:
    iso = f"{qui.naissance[:4]}-{hasard.randrange(1, 13):02d}-{hasard.randrange(1, 29):02d}"
    return qui, _autre(replace(qui), hasard, naissance=iso if iso != qui.naissance else faute_de_date(iso, hasard))


HOMONYMES: Final[dict[str, Callable[[Personne, random.Random], Paire]]] = {
    "jumeaux": _jumeaux,
    "même nom, autre naissance": _meme_nom,
    "même nom, tous deux au 01/01": _meme_nom_au_premier_janvier,
    "père et fils du même nom": _pere_et_fils,
    "fratrie": _fratrie,
    "même nom, même année": _meme_nom_meme_annee,
}
