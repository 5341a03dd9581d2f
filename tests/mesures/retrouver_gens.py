"""Des gens inventés, tirés d'une graine : leurs noms selon les fréquences publiques, leur foyer, leur dossier."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from retrouver_alterations import alphabet, arabe_en_latin, translitterer
from retrouver_tables import Tirage, alterations, mesuree, noms, telephones, tirage

JOUR, MOIS, ANNEE, INCONNUE = "jour", "mois", "annee", ""
# Assez de gens de chaque genre ; ce n'est pas une statistique.
_ORIGINES: Final = tirage(
    [
        *(("france", 0.42), ("maghreb", 0.16), ("afrique_ouest", 0.10), ("turquie", 0.04), ("portugal", 0.04)),
        *(("roumanie", 0.03), ("pologne", 0.025), ("azerbaidjan", 0.02), ("ghana", 0.02), ("haoussa", 0.02)),
        *(("islande", 0.005), ("malte", 0.005), ("vietnam", 0.02), ("russe", 0.025), ("ukrainien", 0.02)),
        *(("georgien", 0.015), ("armenien", 0.01), ("grec", 0.01), ("arabe", 0.02), ("un_seul_nom", 0.02)),
    ]
)
AUTRES_ECRITURES: Final = ("russe", "ukrainien", "georgien", "armenien", "grec", "arabe")
_A_L_ANNEE: Final = ("afrique_ouest", "haoussa", "ghana", "un_seul_nom", "arabe", "maghreb")
_RARE, _PARTICULE, _DOUBLE, _USAGE, _ECRIT_LA_BAS = 0.55, 0.10, 0.06, 0.22, 0.35
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Personne:
    """Une personne ; ``naissance`` : la vraie date ISO ; ``connue`` : ce qu'on en sait (``jour``, ``mois``, …).

    ``latin`` : ses nom et prénoms en lettres latines quand elle les écrit autrement.
    """

    nom: str
    prenoms: str
    naissance: str
    origine: str
    connue: str = JOUR
    usage: str = ""
    telephone: str = ""
    autre: str = ""
    tiers: str = ""
    numero: str = ""
    latin: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Dossier:
    """Une personne et son foyer."""

    demandeur: Personne
    codemandeur: Personne | None = None
    enfants: tuple[Personne, ...] = field(default=())

    def document(self) -> Document:
        """Le document, tel qu'il s'importe."""
        document: Document = {"demandeur": _etat_civil(self.demandeur), "logement_actuel": {"statut": "locataire_hlm"}}
        qui = self.demandeur
        contact = {"telephone": qui.telephone, "telephone_autre": qui.autre, "tiers_telephone": qui.tiers}
        if any(contact.values()):
            document["contact"] = {cle: valeur for cle, valeur in contact.items() if valeur}
        if qui.numero:
            document["demande"] = {"numero_unique": qui.numero}
        if self.codemandeur:
            document["codemandeur"] = _etat_civil(self.codemandeur)
        if self.enfants:
            elements = {f"e{rang}": _etat_civil(enfant) for rang, enfant in enumerate(self.enfants)}
            document["foyer"] = {"personnes": {"elements": elements, "ordre": list(elements), "clos": True}}
        return document


def dossiers(nombre: int, graine: int) -> Iterator[Dossier]:
    """``nombre`` dossiers, toujours les mêmes pour une graine."""
    hasard = random.Random(graine)
    for _ in range(nombre):
        yield dossier(personne(hasard), hasard)


def dossier(demandeur: Personne, hasard: random.Random) -> Dossier:
    """Le dossier de cette personne, avec un foyer tiré."""
    autre = None
    if hasard.random() < 0.35:
        autre = personne(hasard)
        if hasard.random() < 0.3:
            autre = replace(autre, usage=demandeur.nom)
    combien = hasard.choice((0, 0, 1, 2, 3))
    enfants = [_enfant(demandeur, hasard) for _ in range(combien)]
    if combien > 1 and hasard.random() < 0.1:
        enfants[1] = replace(enfants[1], naissance=enfants[0].naissance)
    return Dossier(demandeur, autre, tuple(enfants))


def personne(hasard: random.Random, origine: str = "") -> Personne:
    """Une personne de cette origine, à défaut d'une origine tirée."""
    origine = origine or _ORIGINES.tirer(hasard)
    nom, prenoms, latin = _noms(origine, hasard)
    iso, connue = _naissance(origine, hasard)
    return Personne(
        nom,
        prenoms,
        iso,
        origine,
        connue,
        usage=_nom_de("france", hasard) if origine != "un_seul_nom" and hasard.random() < _USAGE else "",
        telephone=telephone(hasard) if hasard.random() < 0.92 else "",
        autre=telephone(hasard) if hasard.random() < 0.2 else "",
        tiers=telephone(hasard) if hasard.random() < 0.08 else "",
        numero=f"0{hasard.randrange(10**15):015d}{hasard.randrange(10**2):02d}" if hasard.random() < 0.6 else "",
        latin=latin,
    )


def naissance_dite(qui: Personne) -> Any:
    """Ce qu'un document garde de la naissance : une date, des bornes, ou rien."""
    annee, mois, _ = qui.naissance.split("-")
    if qui.connue == JOUR:
        return qui.naissance
    if qui.connue == MOIS:
        fin = (date(int(annee), int(mois), 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return {"entre": [f"{annee}-{mois}-01", fin.isoformat()]}
    return {"entre": [f"{annee}-01-01", f"{annee}-12-31"]} if qui.connue == ANNEE else None


def telephone(hasard: random.Random) -> str:
    """Un numéro international inventé, d'un plan de numérotation public ; métropolitain sept fois sur dix."""
    plans = telephones()
    plan = plans[0] if hasard.random() < 0.6 else plans[1] if hasard.random() < 0.2 else hasard.choice(plans[2:])
    debut = hasard.choice(plan["debuts"].split())
    # Les tranches réservées à la fiction sont trop étroites pour cent mille numéros : le préfixe s'ouvre.
    debut = debut[:2] if plan["indicatif"] == "33" else debut
    reste = int(plan["longueur"]) - len(debut)
    return f"+{plan['indicatif']}{debut}{hasard.randrange(10**reste):0{reste}d}"


def _etat_civil(qui: Personne) -> Document:
    etat: Document = {"nom": qui.nom, "prenoms": qui.prenoms or {"aucun": True}}
    if qui.usage:
        etat["nom_usage"] = qui.usage
    if naissance := naissance_dite(qui):
        etat["date_naissance"] = naissance
    return etat


def _noms(origine: str, hasard: random.Random) -> tuple[str, str, tuple[str, str]]:
    if origine == "un_seul_nom":
        seul = _rare("seul", origine, hasard).title() if hasard.random() < _RARE else ""
        return seul or noms("seul", origine).tirer(hasard), "", ("", "")
    if origine == "arabe":
        (nom, nom_latin, _), (prenom, prenom_latin, _) = arabe_en_latin(hasard), arabe_en_latin(hasard)
        ecrit, latin = (nom, prenom), (nom_latin, prenom_latin)
    else:
        ecrit = (_nom_de(origine, hasard), _prenoms_de(origine, hasard))
        if alphabet(ecrit[0]) == "latin":
            return (*ecrit, ("", ""))
        latin = tuple(translitterer(un, origine, hasard) for un in ecrit)  # type: ignore[assignment]
    # La plupart des guichets écrivent en lettres latines.
    return (*ecrit, latin) if hasard.random() < _ECRIT_LA_BAS else (*latin, ("", ""))


def _nom_de(origine: str, hasard: random.Random) -> str:
    if origine in ("france", "maghreb") and hasard.random() < _PARTICULE:
        return hasard.choice(_a_particule(origine))
    rare = origine == "france" and hasard.random() < _RARE
    nom = _rare("nom", origine, hasard) if rare else noms("nom", origine).tirer(hasard)
    if origine in ("france", "portugal") and hasard.random() < _DOUBLE:
        nom = f"{nom}{'-' if origine == 'france' else ' '}{noms('nom', origine).tirer(hasard)}"
    return nom


def _prenoms_de(origine: str, hasard: random.Random) -> str:
    premier = noms("prenom", origine).tirer(hasard)
    if hasard.random() < 0.4:
        second = noms("prenom", origine).tirer(hasard)
        return f"{premier} {second}" if second != premier else premier
    return premier


@cache
def _a_particule(origine: str) -> tuple[str, ...]:
    arabes = ("EL ", "BEN ", "AIT ", "AL ", "OULD", "ABD ", "BOU ")
    connus = [de for de, _, _ in alterations("particule")]
    return tuple(un for un in connus if un.startswith(arabes) == (origine == "maghreb"))


def _rare(sorte: str, origine: str, hasard: random.Random) -> str:
    """Un nom rare, à la manière de sa table : la moitié des naissances sont hors des noms fréquents."""
    suites = _suites(sorte, origine)
    while True:
        nom = "^^"
        while not nom.endswith("$") and len(nom) < 16:
            nom += suites[nom[-2:]].tirer(hasard)
        if nom.endswith("$") and 5 <= len(nom.strip("^$")) <= 11:
            return nom.strip("^$")


@cache
def _suites(sorte: str, origine: str) -> dict[str, Tirage]:
    """Ce qui suit deux lettres, dans les noms d'une table."""
    comptes: dict[str, Counter[str]] = defaultdict(Counter)
    for nom in noms(sorte, origine).valeurs:
        borde = f"^^{nom.replace(' ', '').upper()}$"
        for rang in range(2, len(borde)):
            comptes[borde[rang - 2 : rang]][borde[rang]] += 1
    return {deux: tirage(list(suites.items())) for deux, suites in comptes.items()}


def _naissance(origine: str, hasard: random.Random) -> tuple[str, str]:
    iso = f"{hasard.randrange(1940, 2008)}-{hasard.randrange(1, 13):02d}-{hasard.randrange(1, 29):02d}"
    if origine in _A_L_ANNEE and hasard.random() < mesuree("premier_janvier"):
        return (f"{iso[:4]}-01-01", JOUR) if hasard.random() < 0.5 else (iso, ANNEE)
    return iso, hasard.choices((JOUR, MOIS, ANNEE, INCONNUE), (0.93, 0.02, 0.02, 0.03))[0]


def _enfant(parent: Personne, hasard: random.Random) -> Personne:
    iso = f"{hasard.randrange(2008, 2026)}-{hasard.randrange(1, 13):02d}-{hasard.randrange(1, 29):02d}"
    origine = parent.origine if parent.origine not in ("un_seul_nom", "arabe") else "maghreb"
    prenoms = noms("prenom", origine).tirer(hasard)
    return Personne(parent.nom, prenoms, iso, parent.origine)
