"""Les résidences à enjeu en commande : les listes d'un territoire et, de deux fichiers, leurs quartiles par année."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import EssaiBailleur
from modele.chargement import Regles, charger_regles
from modele.chiffres import Diffusion
from modele.regles.fautes import ErreurUtilisateur
from modele.residences.ailleurs import Ailleurs, ailleurs
from modele.residences.calcul import Etat, etablir
from modele.residences.droit import droit
from modele.residences.listes import LEGALE, SURVEILLEE
from modele.residences.publication import SuiviPublie, publier
from ui.console.flux import Voulu as VouluFlux
from ui.console.flux import exiger_sans_faute, lire
from ui.console.lignes import liste, paragraphe
from ui.mots import residences as mots
from ui.mots.bilan_flux import FICTIF, diffusion_de

ENSEMBLE: Final = "--attributions et --logements vont ensemble : les deux fichiers d'un bailleur, ou aucun."

OFFRES_DITES: Final = 10


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande. Sans fichiers : les listes, et ce qui manque."""

    territoire: str
    le: date
    attributions: Path | None = None
    logements: Path | None = None
    pour: str = Diffusion.PARTENAIRES


@dataclass(frozen=True, slots=True)
class Rendu:
    """Ce que la commande rend. ``publies`` : sous le masque voulu. ``etat`` : exact, à qui tient les fichiers."""

    regles: Regles
    voulu: Voulu
    etat: Etat | None = None
    publies: tuple[SuiviPublie, ...] = ()
    offres: tuple[Ailleurs, ...] = ()

    @property
    def exacts(self) -> bool:
        """Vrai si rien n'est tu : la dérive se dit."""
        return diffusion_de(self.voulu.pour) is None


def mener(voulu: Voulu) -> Rendu:
    """Les listes, et les comptes si les fichiers sont donnés. Lève ``ErreurUtilisateur``."""
    diffusion = diffusion_de(voulu.pour)
    if (voulu.attributions is None) is not (voulu.logements is None):
        raise ErreurUtilisateur(ENSEMBLE)
    regles = charger_regles(voulu.territoire)
    if voulu.attributions is None or voulu.logements is None:
        return Rendu(regles, voulu)
    attributions, logements = _lire(voulu, voulu.attributions, voulu.logements)
    lieux = regles.territoire.residences.lieux
    etat = etablir(attributions.table, logements.table, lieux, voulu.le)
    offres = ailleurs(logements.table.iter_rows(named=True), lieux)
    return Rendu(regles, voulu, etat, publier(etat, diffusion), offres)


def _lire(voulu: Voulu, attributions: Path, logements: Path) -> tuple[EssaiBailleur, EssaiBailleur]:
    jour = max(date.today(), voulu.le)
    lus = lire(attributions, FichierDe.ATTRIBUTIONS, jour), lire(logements, FichierDe.LOGEMENTS, jour)
    exiger_sans_faute(VouluFlux(voulu.territoire, attributions, logements, voulu.le), *lus)
    return lus


def en_json(rendu: Rendu) -> dict[str, Any]:
    """L'objet du contrat."""
    dites, lu = rendu.regles.territoire.residences, droit()
    return {
        "territoire": rendu.regles.territoire.id,
        "le": rendu.voulu.le,
        "fictif": rendu.regles.territoire.exemple,
        "pour": rendu.voulu.pour,
        "listes": [_liste(rendu, sorte) for sorte in (LEGALE, SURVEILLEE)],
        "lieux": [
            {
                "id": un.id,
                "nom": un.nom,
                "code_insee": un.commune,
                "code_qpv": un.code_qpv or None,
                "legale": un.legale,
                "du": un.du,
                "source": un.provenance.source or None,
            }
            for un in dites.lieux
        ],
        "suivis": [_suivi(rendu, un) for un in rendu.publies],
        "offres_ailleurs": [
            {"ref_bailleur": un.logement["ref_bailleur"], "libre_le": un.libre_le, "residence": un.ou.sort}
            for un in rendu.offres
        ],
        "definitions": {
            nom: {"dit": dite.dit, "article": dite.provenance.fondement, "a_valider": dite.provenance.a_valider}
            for nom, dite in (("part", lu.part), ("derive", lu.derive), ("offre", lu.offre))
        },
    }


def _liste(rendu: Rendu, sorte: str) -> dict[str, Any]:
    une = rendu.regles.territoire.residences.liste(sorte)
    return {
        "sorte": sorte,
        "convention": une.convention or None,
        "du": une.du,
        "depassee": une.depassee(rendu.voulu.le) if une.connue else None,
        "a_remplir_par": une.a_remplir_par or None,
    }


def _suivi(rendu: Rendu, un: SuiviPublie) -> dict[str, Any]:
    derive = un.suivi.derive if rendu.exacts else None
    return {
        "id": un.suivi.lieu.id,
        "annees": [{"annee": une.annee, "comptes": dict(une.comptes), "part": une.part} for une in un.annees],
        "derive": None
        if derive is None
        else {
            "de": derive.avant.annee,
            "a": derive.apres.annee,
            "bas": round(float(derive.bas), 6),
            "haut": round(float(derive.haut), 6),
            "sens": derive.sens,
            "entiere": derive.entiere,
        },
    }


def dire(rendu: Rendu) -> str:
    """Le même en texte, de 80 colonnes."""
    return "\n".join(_lignes(rendu))


def _lignes(rendu: Rendu) -> Iterator[str]:
    territoire, lu = rendu.regles.territoire, droit()
    communes = {code: une.nom for code, une in territoire.communes.items()}
    yield from paragraphe(f"Résidences et quartiers à enjeu · {territoire.nom} · {rendu.voulu.le:%d/%m/%Y}", "")
    yield from paragraphe(FICTIF, "  ") if territoire.exemple else ()
    yield from liste("Les listes", mots.dire_listes(territoire.residences, rendu.voulu.le))
    yield from liste(
        "Lieux suivis", (f"{un.nom} : {mots.dire_lieu(un, communes)}" for un in territoire.residences.lieux)
    )
    yield from paragraphe(mots.AUCUN, "  ") if not territoire.residences.lieux else ()
    for un in rendu.publies:
        for une in un.annees:
            dits = (f"{libelle} : {dit}" for libelle, dit in mots.lignes_de(une))
            yield from liste(f"{un.suivi.lieu.nom}, {une.annee}", dits)
        yield from paragraphe(mots.dire_derive(un.suivi), "  ") if rendu.exacts else ()
    if rendu.etat is not None:
        yield from paragraphe(lu.part.sourcee, "  ")
        yield from paragraphe(lu.derive.sourcee if rendu.exacts else mots.TUS, "  ")
        yield from paragraphe(lu.offre.sourcee, "  ")
    autres = len(rendu.offres) - OFFRES_DITES
    suite = [f"… et {autres} autres (tous avec « --json »)."] if autres > 0 else []
    offres = [*map(mots.dire_offre, rendu.offres[:OFFRES_DITES]), *suite]
    yield from liste("Vacants hors des résidences reconnues, le premier libre d'abord, à vérifier", offres)
