"""Le bilan public du flux et le dossier public de la même année, côte à côte : aucune petite case ne se soustrait."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from annee_engendree import LE, engendrer
from fichiers_bailleurs import attributions, logements

from modele.attributions.bilan import publier as publier_le_bilan
from modele.attributions.bilan import publier_hors_flux
from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import essayer
from modele.chiffres import Diffusion, seuil_de
from modele.chiffres.deductions import bornes, determinees
from modele.chiffres.tableau import Tableau
from modele.conference.cote_a_cote import avec_le_bilan
from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.publication import Publication, publier


def essai() -> Annee:
    return indicateurs(attributions(), logements(), 2026)


def inventee() -> Annee:
    textes = engendrer(combien=500, offerts=60)
    tables = [
        essayer(texte.encode(), fichier, None, LE).table
        for texte, fichier in zip(textes, (FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS), strict=True)
    ]
    return indicateurs(tables[0], tables[1], LE.year)


def rendues(annee: Annee, publication: Publication, diffusion: Diffusion) -> list[str]:
    """Les petites cases du tableau commun que l'un et l'autre, ensemble, redonnent."""
    commun, _ = avec_le_bilan(annee, diffusion)
    connues = {nom for nom, case in commun.cases.items() if case.connue} | set(publication.cases)
    inconnues = {nom for nom, case in commun.cases.items() if nom not in connues and not case.impossible}
    seuil, exactes = seuil_de(diffusion), determinees(commun.sommes, inconnues)
    entre = bornes(commun, inconnues)
    return [
        nom
        for nom in sorted(inconnues)
        if 0 < commun.cases[nom].valeur < seuil and (nom in exactes or entre[nom][1] - entre[nom][0] < 1)
    ]


@pytest.mark.parametrize("annee", [essai, inventee], ids=["essai", "inventee"])
@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_les_deux_ensemble_ne_redonnent_aucune_petite_case(annee: object, diffusion: Diffusion) -> None:
    comptee = annee()  # type: ignore[operator]
    assert rendues(comptee, publier(comptee, diffusion), diffusion) == []


def test_mutant_sans_le_bilan_une_petite_case_se_soustrait() -> None:
    """Le dossier public compté seul montre ses totaux ; le bilan tait deux réservataires, que leur différence rend."""
    annee = essai()
    seul = publier(replace(annee, bilan=None), Diffusion.PUBLIC)
    assert rendues(annee, seul, Diffusion.PUBLIC) == ["flux communes", "flux prefet_agents"]


def test_ce_que_le_bilan_tait_le_dossier_le_tait() -> None:
    """Un réservataire, un motif : la même case, tue ou montrée des deux côtés."""
    for diffusion in Diffusion:
        annee = essai()
        dossier = publier(annee, diffusion)
        assert annee.bilan is not None
        totaux = [une for une in publier_le_bilan(annee.bilan, diffusion) if not une.dimension]
        assert totaux
        for une in totaux:
            assert (f"flux {une.categorie}" in dossier.cases) is (une.attribues is not None)
        motifs = publier_hors_flux(annee.hors_flux, diffusion)
        assert ("hors_flux_mutations territoire" in dossier.cases) is (motifs["MUTATION"] is not None)


def test_sans_ligne_le_bilan_n_ajoute_rien() -> None:
    vide = indicateurs(attributions().head(0), logements().head(0), 2026)
    tableau, tues = avec_le_bilan(vide, Diffusion.PUBLIC)
    assert (set(tableau.cases), tues) == (set(vide.tableau.cases), frozenset())


def test_un_bilan_qui_ne_se_raccorde_pas_ne_ment_pas() -> None:
    """Plus de baux là-bas que d'attributions ici : aucune somme fausse n'est posée."""
    annee = essai()
    cases = dict(annee.tableau.cases)
    cases["flux_baux territoire"] = replace(cases["flux_baux territoire"], valeur=0)
    court = Tableau(cases)
    tableau, _ = avec_le_bilan(replace(annee, tableau=court), Diffusion.PUBLIC)
    assert all(somme.total != "flux_baux territoire" for somme in tableau.sommes)
