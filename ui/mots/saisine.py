"""Les phrases de « Saisir la commission », et ce qu'une case du formulaire peut recevoir. Sans Qt.

Essais : ``tests/ui/mots/test_mots_saisine.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from modele.bilan import Regles
from modele.dossier.formes import contient_nir
from modele.dossier.inventaire import Genre, inventaire
from modele.mots.ecriture import dire_date, majuscule
from modele.mots.noms import Vocabulaire, champ_de
from modele.orientation.formulaires import CaseDuPdf, FormulaireTenu, TableDeCases, refus_d_ecrire
from modele.orientation.imprimes import Imprime
from modele.orientation.verdict import Verdict
from modele.protection.sensibles import dit_une_violence
from ui.mots.priorites import VERDICTS

SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez la personne d'abord."
BROUILLON, LETTRE, FORMULAIRE = "brouillon", "lettre", "formulaire"
PAPIERS: Final = {
    FORMULAIRE: ("Le formulaire officiel, rempli", "à relire ensemble, puis à signer"),
    BROUILLON: ("Le brouillon à recopier", "il ne s'envoie pas"),
    LETTRE: ("La lettre d'accompagnement", "à signer"),
}
DIT: Final = "C'est dit à la personne"
PAS_ENCORE_DIT: Final = "Dites-le d'abord à la personne, puis cochez."
COMMUNE: Final = "Recours commun ? L'autre demandeur voit ce que vous écrivez."
EN_MAIN_PROPRE: Final = (
    "Ce dossier est discret : rien ne s'enregistre sur ce poste. Imprimez, faites signer, envoyez d'ici ou remettez en "
    "main propre."
)
NOTER_ENSUITE: Final = "Noter l'accusé de réception"
MONTRER: Final = "Montrer les papiers"
CACHER: Final = "Cacher les papiers"
AIDE_MOTIFS: Final = "Choisissez avec la personne. Ce qui est rempli est coché ; la commission peut décider autrement."
CHARGE: Final = "Formulaire rangé dans le coffre, pour toute la structure."
RETIRE: Final = "Formulaire retiré : le brouillon sert de nouveau."
ENREGISTRE: Final = "Cases reliées, pour toute la structure."
SANS_SOURCE: Final = "Écrivez d'où vient ce PDF : le site où il a été pris."
_PERSONNES: Final = 4
"""Combien de personnes du foyer se proposent, une à une."""
_DU_FOYER: Final = ("nom", "prenoms", "date_naissance", "lien")


def dire_verdict(verdict: Verdict) -> str:
    """« Rempli », « À établir », « Rien ne l'indique »."""
    return VERDICTS[verdict]


def dire_tenu(imprime: Imprime, tenu: FormulaireTenu) -> str:
    """Où en est le formulaire d'un recours : sa version, d'où il vient, sa date, ses cases."""
    table = tenu.table
    if not tenu.pdf or table is None:
        return (
            f"Aucun formulaire n'est chargé ici. Le brouillon se recopie à la main sur le {imprime.numero}, que le "
            "ministère publie."
        )
    vu = f", vérifié le {dire_date(table.provenance.verifie_le)}" if table.provenance.verifie_le else ""
    combien = len(table.cases)
    reliees = (
        "aucune case reliée"
        if not combien
        else f"{combien} case{'s' if combien > 1 else ''} reliée{'s' if combien > 1 else ''}"
    )
    return f"Version {table.numero}, {table.provenance.source}{vu} : {reliees}."


@dataclass(frozen=True, slots=True)
class Cible:
    """Ce qui peut s'écrire dans une case. ``case`` : la même, sans nom de case."""

    libelle: str
    groupe: str
    case: CaseDuPdf


@lru_cache(maxsize=4)
def cibles(regles: Regles, imprime: Imprime, *, croix: bool) -> tuple[Cible, ...]:
    """Ce qui peut s'écrire dans une case à écrire, ou dans une case à cocher (``croix``)."""
    vocabulaire = regles.vocabulaire
    return tuple(_croix(regles, imprime, vocabulaire) if croix else _textes(regles, imprime, vocabulaire))


def _textes(regles: Regles, imprime: Imprime, vocabulaire: Vocabulaire) -> Iterator[Cible]:
    for chemin in _champs(regles, imprime):
        yield Cible(_nommer(regles, vocabulaire, chemin), _groupe(chemin), CaseDuPdf("", (chemin,)))
    for rang in range(1, _PERSONNES + 1):
        for champ in _DU_FOYER:
            chemin = f"foyer.personnes[{rang}].{champ}"
            libelle = majuscule(vocabulaire.fait(f"personne.{champ}"))
            yield Cible(f"{libelle}, personne {rang}", "Foyer", CaseDuPdf("", (chemin,)))


def _champs(regles: Regles, imprime: Imprime) -> Sequence[str]:
    """Ceux de l'imprimé d'abord, puis ceux du formulaire de demande ; aucun qui ne se reporte pas."""
    siens = [un for une in imprime.rubriques if not une.liste for un in une.champs]
    autres = [un for une in regles.portail.rubriques if not une.liste for un in une.champs]
    return [un for un in dict.fromkeys((*siens, *autres)) if not refus_d_ecrire(un)]


def _croix(regles: Regles, imprime: Imprime, vocabulaire: Vocabulaire) -> Iterator[Cible]:
    for motif in (un for un in regles.recours.motifs if un.recours == imprime.id):
        yield Cible(f"Motif : {motif.libelle}", "Motifs", CaseDuPdf("", motif=motif.id))
    for une in imprime.pieces:
        for piece in une.vues:
            yield Cible(f"Pièce vue : {_piece(regles, piece)}", "Pièces", CaseDuPdf("", piece=piece))
    for chemin in _champs(regles, imprime):
        connu = champ_de(chemin)
        if connu is None or connu.genre not in (Genre.CHOIX, Genre.BOOLEEN):
            continue
        nom = _nommer(regles, vocabulaire, chemin)
        for code, libelle in _codes(regles, chemin):
            yield Cible(f"{nom} : {libelle}", _groupe(chemin), CaseDuPdf("", (chemin,), code=code))


def _codes(regles: Regles, chemin: str) -> Iterator[tuple[str, str]]:
    """Les réponses d'un choix, sans celle qui dirait une violence."""
    connu = inventaire().champs[chemin]
    if connu.genre is Genre.BOOLEEN:
        yield from (("oui", "oui"), ("non", "non"))
        return
    for code, un in regles.national.nomenclatures[connu.champ.nomenclature].codes.items():
        if not dit_une_violence(chemin, code):
            yield code, un.libelle


def _nommer(regles: Regles, vocabulaire: Vocabulaire, chemin: str) -> str:
    qui = ", codemandeur" if chemin.startswith("codemandeur.") else ""
    return f"{majuscule(regles.imprimes.libelles.get(chemin) or vocabulaire.fait(chemin))}{qui}"


def _groupe(chemin: str) -> str:
    return majuscule(chemin.partition(".")[0].replace("_", " "))


def _piece(regles: Regles, piece: str) -> str:
    return next(une.libelle for une in regles.pieces if une.id == piece)


def dire_case(regles: Regles, imprime: Imprime, case: CaseDuPdf | None) -> str:
    """Ce qui s'écrit dans cette case ; « reste blanche »."""
    if case is None:
        return "reste blanche"
    if case.est_une_croix:
        trouvee = next((une for une in cibles(regles, imprime, croix=True) if _memes(une.case, case)), None)
        return trouvee.libelle if trouvee else case.motif or case.piece or case.code
    noms = {une.case.reponses[0]: une.libelle for une in cibles(regles, imprime, croix=False)}
    dits = " + ".join(noms.get(un, un) for un in case.reponses)
    return f"{dits} (les chiffres seuls)" if case.chiffres else dits


def _memes(une: CaseDuPdf, autre: CaseDuPdf) -> bool:
    return replace(une, pdf="", etat="", chiffres=False) == replace(autre, pdf="", etat="", chiffres=False)


def reliee(table: TableDeCases, case: CaseDuPdf) -> TableDeCases:
    """La table, cette case remplacée ou ajoutée ; retirée si rien ne s'y écrit."""
    autres = [une for une in table.cases if (une.pdf, une.etat) != (case.pdf, case.etat)]
    vide = not (case.reponses or case.motif or case.piece)
    return replace(table, cases=tuple(autres if vide else [*autres, case]))


def faute_de_source(source: str) -> str:
    """Pourquoi ce qui est dit de la source ne s'écrit pas ; vide si cela va."""
    if not source.strip():
        return SANS_SOURCE
    return "Un numéro de sécurité sociale ne s'écrit nulle part : retirez-le." if contient_nir(source) else ""
