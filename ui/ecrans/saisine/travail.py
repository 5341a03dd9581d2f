"""Ce qui se compose hors du fil de l'écran : les papiers d'un recours, leurs pages en images."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from modele.bilan import Bilan
from modele.dossier.codes import reference_courte
from modele.orientation.formulaires import empreinte
from modele.regles.fautes import ErreurUtilisateur
from ui.ecrans.imprimer.imprimante import TITRE
from ui.ecrans.imprimer.travail import Feuille, Liasse
from ui.mots.saisine import BROUILLON, FORMULAIRE, LETTRE

if TYPE_CHECKING:
    from impressions.formulaire_pdf import PdfLu
    from impressions.papier import Papier
    from impressions.saisine import Saisine


def composer(bilan: Bilan, recours: str, motifs: Collection[str], papiers: Sequence[str], largeur: int) -> Liasse:
    """Les papiers voulus, larges de ``largeur`` pixels ; l'un empêché n'arrête pas les autres."""
    from impressions.apercu import pages
    from impressions.saisine import preparer

    saisine = preparer(bilan, recours, motifs)
    nom = f"{reference_courte(str(bilan.document.get('id', '')))}.pdf"
    feuilles, empechees = [], []
    for papier in papiers:
        try:
            pdf = _faire(papier)(saisine)
            images = tuple(pages(pdf, largeur))
            feuilles.append(Feuille(papier, nom, TITRE, pdf, images, avertissement=pdf.avertissement))
        except ErreurUtilisateur as faute:
            empechees.append(str(faute))
    return Liasse(tuple(feuilles), tuple(empechees), sans_fichier=bilan.a_taire)


def _faire(papier: str) -> Callable[[Saisine], Papier]:
    from impressions.formulaire_rempli import remplir
    from impressions.papiers_de_saisine import composer_brouillon, composer_lettre

    faire: dict[str, Callable[[Saisine], Papier]] = {
        FORMULAIRE: remplir,
        BROUILLON: composer_brouillon,
        LETTRE: composer_lettre,
    }
    return faire[papier]


def lire_le_pdf(chemin: Path) -> tuple[bytes, PdfLu, str]:
    """Les octets de ce PDF, ses cases, son empreinte. Lève ``ErreurUtilisateur``."""
    from impressions.formulaire_pdf import examiner
    from modele.orientation.formulaires import OCTETS_AU_PLUS
    from modele.regles.disque import lire_octets
    from modele.regles.limites import MEBI

    try:
        octets = lire_octets(chemin, OCTETS_AU_PLUS + MEBI)
    except OSError:
        raise ErreurUtilisateur(
            f"{chemin.name} : ce PDF ne se lit pas. Vérifiez le support, puis recommencez."
        ) from None
    return octets, examiner(octets, chemin.name), empreinte(octets)
