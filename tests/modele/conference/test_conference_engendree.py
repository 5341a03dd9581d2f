"""Une année engendrée : chaque indicateur égal à un calcul simple, ligne à ligne, sans polars."""

from __future__ import annotations

import statistics
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from annee_engendree import LE, engendrer

from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import essayer
from modele.attributions.preparation import preparer
from modele.conference.indicateurs import indicateurs


def test_chaque_indicateur_egale_un_calcul_simple() -> None:
    tables = [
        essayer(texte.encode(), fichier, None, LE).table
        for texte, fichier in zip(engendrer(combien=600), (FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS), strict=True)
    ]
    annee = indicateurs(tables[0], tables[1], LE.year)
    vus = {un.cle: (un.numerateur, un.denominateur, un.valeur) for un in annee.indicateurs}
    lignes = preparer(tables[0], date(LE.year, 12, 31)).attribuees.to_dicts()
    baux = [une for une in lignes if une["bail"]]
    hors = [une for une in baux if une["en_qpv"] != "OUI"]
    dedans = [une for une in lignes if une["en_qpv"] == "OUI"]
    assert vus["attributions", "territoire"][2] == len(lignes)
    assert vus["baux", "territoire"][2] == len(baux)
    q1 = sum(une["quartile"] == "Q1" or une["relogement_nru"] == "OUI" for une in hors)
    assert vus["q1_hors_qpv", "territoire"][:2] == (q1, len(hors))
    autres = sum(une["quartile"] in ("Q2", "Q3", "Q4") for une in dedans)
    assert vus["hors_q1_qpv_attributions", "territoire"][:2] == (autres, len(dedans))
    jours = [(une["date_bail"] - une["date_demande"]).days for une in baux if une["date_demande"]]
    assert vus["delai_median", "territoire"][2] == (statistics.median(jours) if jours else None)
    flux = [une for une in lignes if une["hors_flux"] == "NON"]
    assert vus["flux_attributions", "territoire"][2] == len(flux)
    for (ident, qui), (haut, bas, _) in vus.items():
        if ident == "part_flux" and qui != "collectivites":
            assert (haut, bas) == (sum(une["categorie"] == qui for une in flux), len(flux))
        if ident == "attributions_par_commune":
            assert vus[ident, qui][2] == sum(une["code_insee"] == qui for une in lignes)
