"""Ce qui se compose hors du fil de l'écran : les PDF, leurs pages en images, leurs noms neutres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.regles.disque import ecrire
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.reperes import Reperes
from ui.ecrans.imprimer.fichiers import nom_libre

FICHE_SOUHAITEE: Final = "protection.fiche_souhaitee"
RESUME: Final = "resume"
NOTE: Final = "cotation"
FRANCAIS: Final = "fr"
RESOLUTION: Final = 200
"""Points par pouce d'une page envoyée à l'imprimante."""
_LARGEUR_POUCES: Final = 210 / 25.4


@dataclass(frozen=True, slots=True)
class Offre:
    """Une fiche qu'on peut choisir. ``proposee`` : une voie retenue la demande."""

    id: str
    titre: str
    langues: tuple[str, ...]
    proposee: bool


@dataclass(frozen=True, slots=True)
class Feuille:
    """Une fiche composée : son PDF, ses pages en PNG, le nom du fichier et du travail d'impression."""

    fiche: str
    nom: str
    travail: str
    pdf: bytes
    pages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Liasse:
    """Ce qui part ensemble.

    ``empechees`` : pourquoi une fiche choisie n'y est pas, et ce que les fiches du territoire demandaient en vain.
    """

    feuilles: tuple[Feuille, ...] = ()
    empechees: tuple[str, ...] = ()


def offres(bilan: Bilan) -> tuple[Offre, ...]:
    """Les fiches qu'on peut imprimer pour ce dossier, celles des voies retenues d'abord.

    Un dossier discret n'offre qu'une fiche prévue pour lui, et seulement si la personne a dit la vouloir.
    """
    voulue = lire(bilan.document, FICHE_SOUHAITEE) is True
    demandees = tout_ce_qu_il_faut(bilan)
    offertes = [
        Offre(fiche.id, fiche.titre, fiche.langues, fiche.id in demandees)
        for fiche in bilan.regles.fiches.disponibles()
        if (voulue if fiche.discret else not bilan.a_taire) and (fiche.id != NOTE or bilan.cotation is not None)
    ]
    rangs = {nom: rang for rang, nom in enumerate(demandees)}
    return tuple(sorted(offertes, key=lambda offre: (rangs.get(offre.id, len(rangs)), offre.titre)))


def tout_ce_qu_il_faut(bilan: Bilan) -> tuple[str, ...]:
    """Les fiches de toutes les voies retenues, la plus urgente d'abord, puis le résumé et la note."""
    if bilan.a_taire:
        return ("neutre",) if lire(bilan.document, FICHE_SOUHAITEE) is True else ()
    des_voies = [fiche for voie in bilan.voies_retenues if not voie.discret for fiche in voie.fiches]
    note = [NOTE] if bilan.cotation is not None else []
    return tuple(dict.fromkeys([*des_voies, RESUME, *note]))


def composer_liasse(
    bilan: Bilan, fiches: Sequence[str], langue: str, *, grands: bool, largeur: int, reperes: Reperes | None = None
) -> Liasse:
    """Compose chaque fiche et ses pages, larges de ``largeur`` pixels. Une fiche empêchée n'arrête pas les autres.

    ``reperes`` : ceux que ce poste a reçus.
    """
    from impressions.apercu import pages
    from impressions.document import composer, nom_de_fichier, titre_de_travail
    from ui.mots.reperes import observes
    from ui.papier import donnees

    prets = donnees(bilan, observes=observes(bilan, reperes))
    langues = {offre.id: offre.langues for offre in offres(bilan)}
    feuilles = []
    empechees = [] if bilan.a_taire else [str(ecart) for ecart in bilan.regles.ecarts_des_fiches]
    for fiche in fiches:
        parlee = langue if langue in langues.get(fiche, ()) else FRANCAIS
        try:
            pdf = composer(fiche, prets, parlee, grands_caracteres=grands)
            nom, travail = nom_de_fichier(fiche, prets, parlee), titre_de_travail(fiche, prets, parlee)
            feuilles.append(Feuille(fiche, nom, travail, pdf, tuple(pages(pdf, largeur))))
        except ErreurUtilisateur as faute:
            empechees.append(str(faute))
    return Liasse(tuple(feuilles), tuple(empechees))


def enregistrer(liasse: Liasse, dossier: Path) -> list[Path]:
    """Écrit chaque PDF dans ``dossier``, sans rien écraser ; rend leurs chemins. Lève ``ErreurUtilisateur``."""
    ecrits = []
    for feuille in liasse.feuilles:
        chemin = nom_libre(dossier / feuille.nom)
        ecrire(chemin, feuille.pdf)
        ecrits.append(chemin)
    return ecrits


def pour_imprimante(liasse: Liasse) -> list[bytes]:
    """Toutes les pages, en PNG à la finesse de l'imprimante."""
    from impressions.apercu import pages

    return [page for feuille in liasse.feuilles for page in pages(feuille.pdf, round(_LARGEUR_POUCES * RESOLUTION))]


def nom_du_travail(liasse: Liasse) -> str:
    """Ce que montre la file de l'imprimante : le titre de la fiche s'il n'y en a qu'une, sinon « Documents »."""
    return liasse.feuilles[0].travail if len(liasse.feuilles) == 1 else "Documents"
