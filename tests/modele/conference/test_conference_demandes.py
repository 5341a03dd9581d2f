"""Les demandes en attente : combien, pour une attribution, depuis quand ; égal à un calcul en boucles, et masqué."""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from fichiers_bailleurs import EXEMPLES, attributions, logements

from modele.chiffres import Diffusion, seuil_de
from modele.conference import demandes as module
from modele.conference.demandes import lire_demandes
from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.publication import publier
from modele.regles.fautes import ErreurUtilisateur

JOUR, FIN = date(2026, 12, 31), date(2026, 12, 31)
OCTETS = (EXEMPLES / "demandes.csv").read_bytes()
ENTETE = "date_demande;date_radiation;code_insee;public\n"


def annee_de(octets: bytes = OCTETS) -> Annee:
    return indicateurs(attributions(), logements(), 2026, lire_demandes(octets, JOUR))


def jour(dit: str) -> date:
    return datetime.strptime(dit, "%d/%m/%Y").date()


def actives() -> list[list[str]]:
    lignes = [une.split(";") for une in OCTETS.decode().splitlines()[2:]]
    return [une for une in lignes if jour(une[0]) <= FIN and (not une[1] or jour(une[1]) > FIN)]


def attendus() -> dict[tuple[str, str], float]:
    """En boucles, sans polars."""
    siennes = actives()
    jours = sorted((FIN - jour(une[0])).days for une in siennes)
    communes = Counter(une[2] for une in siennes if une[2])
    faites = Counter(attributions()["code_insee"].to_list())
    dits: dict[tuple[str, str], float] = {("demandes_en_attente", "territoire"): len(siennes)}
    publics = Counter(une[3] for une in siennes if une[3])
    dits |= {("demandes_en_attente", code): combien for code, combien in (communes | publics).items()}
    dits["pression", "territoire"] = len(siennes) / 120
    dits |= {("pression", code): combien / faites[code] for code, combien in communes.items() if faites[code]}
    dits["anciennete_mediane", "territoire"] = statistics.median(jours)
    q1, _, q3 = statistics.quantiles(jours, n=4, method="inclusive")
    return dits | {
        ("anciennete_premier_quartile", "territoire"): q1,
        ("anciennete_troisieme_quartile", "territoire"): q3,
    }


def vus() -> dict[tuple[str, str], float | None]:
    attendues = {"demandes_en_attente", "pression", *module._QUARTILES}
    return {un.cle: un.valeur for un in annee_de().indicateurs if un.definition.id in attendues}


def test_chaque_nombre_egale_un_calcul_simple() -> None:
    assert vus() == pytest.approx(attendus())


def test_mutant_les_radiees_comptees(monkeypatch: pytest.MonkeyPatch) -> None:
    vraie = module.lire_demandes
    table = vraie(OCTETS, JOUR)
    toutes = table.with_columns(date_radiation=None)
    fausse = indicateurs(attributions(), logements(), 2026, toutes)
    vu = next(un for un in fausse.indicateurs if un.cle == ("demandes_en_attente", "territoire"))
    assert vu.valeur == 600 > len(actives())


@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_une_petite_commune_se_tait_et_ne_se_deduit_pas(diffusion: Diffusion) -> None:
    """Sa pression aussi ; ce que la colonne ne dit pas compte dans la somme."""
    annee = annee_de()
    publication = publier(annee, diffusion)
    petites = {
        nom
        for nom, case in annee.tableau.cases.items()
        if nom.startswith("demandes_en_attente ") and case.publiee and 0 < case.valeur < seuil_de(diffusion)
    }
    assert petites <= publication.tues
    for un in publication.publies:
        if un.indicateur.definition.id == "pression" and set(un.indicateur.cases) & publication.tues:
            assert un.comptes["valeur"] is None


def test_sous_onze_demandes_l_anciennete_ne_se_dit_pas() -> None:
    peu = (ENTETE + "01/02/2025;;99901;AUTRE\n" * 10).encode()
    vues = {un.indicateur.cle: un for un in publier(annee_de(peu), Diffusion.PARTENAIRES).publies}
    assert vues["anciennete_mediane", "territoire"].tu
    assert vues["demandes_en_attente", "territoire"].comptes["valeur"] == 10


def test_une_commune_sans_attribution_n_a_pas_de_pression() -> None:
    cles = {un.cle for un in annee_de((ENTETE + "01/02/2025;;99999;\n" * 20).encode()).indicateurs}
    assert ("demandes_en_attente", "99999") in cles
    assert ("pression", "99999") not in cles


def test_un_fichier_vide_de_demandes_ne_divise_pas() -> None:
    vide = annee_de(ENTETE.encode())
    vues = {un.cle: un.valeur for un in vide.indicateurs}
    assert vues["demandes_en_attente", "territoire"] == 0
    assert vues["anciennete_mediane", "territoire"] is None


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("", "pas d'en-tête"),
        ("date_demande;code_insee;public\n", "« date_radiation »"),
        (ENTETE + "31/02/2026;;99901;\n", "Ligne 2, date_demande"),
        (ENTETE + "01/02/2027;;99901;\n", "n'est pas une date passée"),
        (ENTETE + "01/02/2026;01/01/2026;99901;\n", "radiée avant"),
        (ENTETE + "01/02/2026;hier;99901;\n", "Ligne 2, date_radiation"),
        (ENTETE + "01/02/2026;;99901;VIP\n", "« VIP »"),
        (ENTETE + "\n# note\n01/02/2026\n;;;\n", "Ligne 5"),
    ],
    ids=["vide", "colonne", "date", "avenir", "radiee", "radiation", "public", "rang"],
)
def test_un_fichier_fautif_dit_sa_ligne(texte: str, dit: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=dit):
        lire_demandes(texte.encode(), JOUR)
