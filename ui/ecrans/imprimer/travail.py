"""Ce qui se compose hors du fil de l'écran : les PDF, leurs pages en images, leurs noms neutres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from modele.bilan import Bilan
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.mentions import Mentions
from modele.territoire.reperes import Reperes
from ui.ecrans.imprimer.fichiers import ecrire_a_part

if TYPE_CHECKING:
    from impressions.donnees import Donnees
    from modele.rendez_vous import RendezVous

FRANCAIS: Final = "fr"
PAS_DE_FICHIER: Final = "Ce dossier ne laisse pas de fichier sur le poste. Imprimez, ou montrez la page à l'écran."
RESOLUTION: Final = 200
"""Points par pouce d'une page envoyée à l'imprimante."""
_LARGEUR_POUCES: Final = 210 / 25.4


@dataclass(frozen=True, slots=True)
class Feuille:
    """Une fiche composée : son PDF, ses pages en PNG, le nom du fichier, le titre qu'on lui donne à l'écran.

    ``reservee`` : une fiche de sûreté, qui ne laisse d'autre trace que son papier.
    ``avertissement`` : ce qui n'a pu s'y écrire.
    ``a_lire`` : ce que l'agent lit à voix haute à qui ne la lira pas ; vide si la fiche n'en dit rien.
    """

    fiche: str
    nom: str
    travail: str
    pdf: bytes
    pages: tuple[bytes, ...]
    reservee: bool = False
    avertissement: str = ""
    a_lire: str = ""


@dataclass(frozen=True, slots=True)
class Liasse:
    """Ce qui part ensemble.

    ``empechees`` : pourquoi une fiche choisie n'y est pas, et ce que les fiches du territoire demandaient en vain.
    ``sans_fichier`` : d'un dossier discret ; rien ne s'en écrit sur le poste.
    """

    feuilles: tuple[Feuille, ...] = ()
    empechees: tuple[str, ...] = ()
    sans_fichier: bool = False

    @property
    def avertissements(self) -> tuple[str, ...]:
        """Ce qui n'a pu s'écrire, une fois chacun : à dire avant d'imprimer."""
        return tuple(dict.fromkeys(feuille.avertissement for feuille in self.feuilles if feuille.avertissement))


def composer_liasse(
    bilan: Bilan,
    fiches: Sequence[str],
    langue: str,
    *,
    grands: bool,
    largeur: int,
    reperes: Reperes | None = None,
    lieu: str = "",
    agent: str = "",
    mentions: Mentions | None = None,
    avec_francais: bool = False,
    rendez_vous: RendezVous | None = None,
    formation: bool = False,
) -> Liasse:
    """Compose chaque fiche et ses pages, larges de ``largeur`` pixels. Une fiche empêchée n'arrête pas les autres.

    ``langue`` : une fiche qui n'y est pas offerte sort en français ; ``choix_langue.py`` le dit avant.
    ``avec_francais`` : le français à côté de la langue.
    ``reperes`` : ceux que ce poste a reçus. ``mentions`` : qui répond des données.
    ``lieu`` : celui dont un papier ordinaire porte le nom et le téléphone. ``agent`` : service et prénom de qui reçoit.
    ``rendez_vous`` : celui qu'un papier rappelle. ``formation`` : un dossier d'exercice, dit en travers de la page.
    """
    from impressions.apercu import pages
    from impressions.depuis_bilan import donnees
    from impressions.document import composer, nom_de_fichier, titre_de_travail
    from impressions.offres import offres
    from ui.mots.reperes import observes

    releves = observes(bilan, reperes)
    prets: dict[str, Donnees] = {}
    offertes = offres(bilan, mentionnee=mentions is not None, rendez_vous=rendez_vous is not None)
    langues = {offre.id: offre.langues for offre in offertes}

    def preparer(dite: str) -> Donnees:
        if dite not in prets:
            pret = donnees(
                bilan, dite, lieu=lieu, agent=agent, observes=releves, mentions=mentions, rendez_vous=rendez_vous
            )
            prets[dite] = replace(pret, formation=formation)
        return prets[dite]

    feuilles = []
    empechees = [] if bilan.a_taire else [str(ecart) for ecart in bilan.regles.ecarts_des_fiches]
    for fiche in fiches:
        parlee = langue if langue in langues.get(fiche, ()) else FRANCAIS
        try:
            pret = preparer(parlee)
            a_cote = replace(preparer(FRANCAIS), observes=None) if avec_francais and parlee != FRANCAIS else None
            pdf = composer(fiche, pret, parlee, grands_caracteres=grands, francais=a_cote)
            nom, travail = nom_de_fichier(fiche, pret, parlee), titre_de_travail(fiche, pret, parlee)
            dite = bilan.regles.fiches.trouver(fiche, parlee)
            images, reservee, a_lire = tuple(pages(pdf, largeur)), dite.surete.reservee, dite.lire_a_voix_haute
            feuilles.append(Feuille(fiche, nom, travail, pdf, images, reservee, pdf.avertissement, a_lire))
        except ErreurUtilisateur as faute:
            empechees.append(str(faute))
    return Liasse(tuple(feuilles), tuple(empechees), sans_fichier=bilan.a_taire)


def enregistrer(liasse: Liasse, dossier: Path) -> list[Path]:
    """Écrit chaque PDF dans ``dossier``, sans rien écraser ; rend leurs chemins.

    Lève ``ErreurUtilisateur`` : le dossier est discret, ou le disque refuse.
    """
    if liasse.sans_fichier:
        raise ErreurUtilisateur(PAS_DE_FICHIER)
    return [ecrire_a_part(dossier / feuille.nom, feuille.pdf) for feuille in liasse.feuilles]


def pour_imprimante(liasse: Liasse) -> list[bytes]:
    """Toutes les pages, en PNG à la finesse de l'imprimante."""
    from impressions.apercu import pages

    return [
        page
        for feuille in liasse.feuilles
        for page in pages(feuille.pdf, round(_LARGEUR_POUCES * RESOLUTION), serrer=True)
    ]
