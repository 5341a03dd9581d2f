"""Le bilan annuel du flux (CCH R441-5-1), prêt à sortir : le même en commande et à l'écran, sous le seul masque.

Ce qu'il ne peut dire à qui le lira n'entre ni dans le papier, ni dans le tableur. polars et le papier ne se chargent
que quand on le tire.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from modele.chiffres import Diffusion
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import hors_liste
from ui.mots import flux as mots

if TYPE_CHECKING:
    import polars as pl

    from impressions.rapport import RapportDit
    from modele.attributions.etat import EtatDuFlux

HABILITES: Final = "habilites"
POUR: Final = (HABILITES, *Diffusion)
ANNEE_EN_COURS: Final = (
    "Le bilan du public ne se tire que d'une année finie, et celui-ci est au {le} : deux bilans d'une même année, mis "
    "côte à côte, rendraient les petits nombres que chacun tait. Demandez l'état au {fin}, ou tirez-le pour des "
    "personnes habilitées."
)
FICTIF: Final = "Territoire fictif : rien n'y a de valeur officielle."


@dataclass(frozen=True, slots=True)
class BilanDit:
    """Ce que ses lecteurs peuvent en lire, et rien d'autre."""

    papier: RapportDit
    entete: tuple[str, ...]
    lignes: tuple[tuple[object, ...], ...]
    le: date

    def nom(self, suffixe: str) -> str:
        """« bilan-flux-2026.pdf »."""
        return f"{mots.nom_du_fichier(self.le)}.{suffixe}"

    def pdf(self) -> bytes:
        """Le papier."""
        from impressions.rapport import composer_rapport

        return composer_rapport(self.papier, self.le)

    def csv(self) -> bytes:
        """Le tableur, en texte."""
        from impressions.tableur import en_csv

        return en_csv(self.entete, self.lignes)

    def classeur(self) -> bytes:
        """Le tableur, en classeur."""
        from impressions.tableur import en_classeur

        return en_classeur("Bilan", self.entete, self.lignes, datetime.combine(self.le, time()))


def diffusion_de(pour: str) -> Diffusion | None:
    """Celle que nomme ``pour`` ; ``None`` : des personnes habilitées. Lève ``ErreurUtilisateur``."""
    if pour not in POUR:
        raise ErreurUtilisateur(f"--pour {pour} : {hors_liste(pour, POUR)}.")
    return None if pour == HABILITES else Diffusion(pour)


def exiger_finie(le: date, diffusion: Diffusion | None, aujourd_hui: date) -> None:
    """Un bilan publié ne se reprend pas : deux d'une même année, soustraits, rendraient ce que chacun tait.

    Lève ``ErreurUtilisateur`` s'il irait au public avant la fin de l'année.
    """
    finie = (le.month, le.day) == (12, 31) and le < aujourd_hui
    if diffusion is Diffusion.PUBLIC and not finie:
        derniere = aujourd_hui.year - 1
        raise ErreurUtilisateur(ANNEE_EN_COURS.format(le=f"{le:%d/%m/%Y}", fin=f"31/12/{derniere}"))


def tirer(
    tables: tuple[pl.DataFrame, pl.DataFrame],
    etat: EtatDuFlux,
    territoire: str,
    communes: Mapping[str, str],
    diffusion: Diffusion | None,
    avis: Sequence[str],
) -> BilanDit:
    """Le bilan au jour de ``etat``. ``tables`` : les attributions, les logements offerts, de tous les bailleurs.

    Lève ``ErreurUtilisateur``.
    """
    from modele.attributions.bilan import bilan_annuel, publier, publier_hors_flux

    exiger_finie(etat.le, diffusion, date.today())
    bilan = bilan_annuel(*tables, etat.le.year, etat.le)
    publiees = publier(bilan, diffusion)
    hors_flux = publier_hors_flux(etat.totaux.hors_flux, diffusion)
    dits = [*avis, mots.dire_diffusion(diffusion)]
    complet = diffusion is None
    lignes = mots.lignes_completes(bilan, communes) if complet else mots.lignes_publiees(publiees, communes)
    return BilanDit(
        mots.papier_du_bilan(territoire, etat, publiees, hors_flux, communes, dits),
        mots.ENTETE_COMPLET if complet else mots.ENTETE_PUBLIE,
        tuple(tuple(ligne) for ligne in lignes),
        etat.le,
    )
