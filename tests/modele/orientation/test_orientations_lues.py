"""Lire les orientations : défauts, et fichier fautif rendu d'un coup avec ses lignes."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_sources import catalogue_national

from modele.orientation.durees import Pas
from modele.orientation.regles import RegleOrientation, lire_orientations
from modele.orientation.regles_echeances import Depart, Terme
from modele.orientation.resultat import Urgence
from modele.regles.fautes import FichierFautif

BON = """format = 1
[[orientation]]
id = "v"
libelle = "Libellé"
urgence = "jour"
fondement = "Texte"
confiance = "V"
verifie_le = 2026-11-22
source = "essai"
"""
ECHEANCE = '[[orientation.echeance]]\nid = "e"\nlibelle = "L"\n'


def lire(tmp_path: Path, texte: str) -> tuple[RegleOrientation, ...]:
    fichier = tmp_path / "orientations.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_orientations(fichier, catalogue_national())


def fautes(tmp_path: Path, texte: str) -> dict[str, str]:
    """Les fautes, par chemin."""
    with pytest.raises(FichierFautif) as levee:
        lire(tmp_path, texte)
    assert all(f.fichier == "orientations.toml" for f in levee.value.fautes)
    return {f.chemin: f.message for f in levee.value.fautes}


def test_ce_qui_n_est_pas_ecrit_a_son_defaut(tmp_path: Path) -> None:
    """Ni condition, ni discrétion, ni échéance ; le libellé discret est le libellé."""
    (lue,) = lire(tmp_path, BON)
    assert (lue.si, lue.discret, lue.echeances, lue.libelle_discret) == (None, False, (), "Libellé")
    assert lue.urgence is Urgence.JOUR


def test_une_echeance_a_ses_defauts(tmp_path: Path) -> None:
    """Sans report, sans départ, confiance V."""
    (lue,) = lire(tmp_path, BON + ECHEANCE + "duree = { jours = 8 }\n")
    (echeance,) = lue.echeances
    ((si, terme, tard),) = ((une.si, une.terme, une.au_plus_tard) for une in echeance.lectures)
    assert (si, terme, tard) == (None, Terme(Depart(), (Pas(jours=8),), "aucun", "V"), None)
    assert (echeance.si, echeance.sauf, echeance.si_notifie, echeance.confiance) == (None, None, None, "V")
    assert (echeance.sans_fin, echeance.acte, echeance.ensuite, echeance.apres) == (False, False, "", "")


def test_toutes_les_fautes_ensemble(tmp_path: Path) -> None:
    """Format, identifiant double, urgence, fait inconnu, clé inconnue, départ qui n'est pas une date, durée vide."""
    second = BON.removeprefix("format = 1\n").replace('"jour"', '"demain"') + 'si = { fait = "mineur_a_charg" }\n'
    second += 'geste = ["x"]\n' + ECHEANCE + 'depuis = "mineur_a_charge"\nduree = {}\nreport = "jamais"\n'
    second += ECHEANCE + "duree = { mois = 1, semaines = 2 }\n" + ECHEANCE
    trouvees = fautes(tmp_path, BON.replace("= 1\n", "= 2\n", 1) + second)
    assert "vouliez-vous « mineur_a_charge »" in trouvees["orientation[2].si.fait"]
    assert "vouliez-vous « gestes »" in trouvees["orientation[2].geste"]
    assert trouvees["orientation[2].echeance[1].depuis"] == "« mineur_a_charge » n'est pas une date"
    assert trouvees["orientation[2].id"] == "l'identifiant « v » est employé deux fois"
    assert "attendu : { mois = … } ou { jours = … }" in trouvees.values()
    assert {
        "format",
        "orientation[2].urgence",
        "orientation[2].echeance[1].report",
        "orientation[2].echeance[2].duree.semaines",
        "orientation[2].echeance[3].duree",
    } <= set(trouvees)


def test_une_regle_de_droit_ne_lit_pas_un_silence(tmp_path: Path) -> None:
    """``renseigne`` est refusé dans une orientation ; une échéance aussi est vérifiée."""
    texte = BON + 'si = { fait = "mineur_a_charge", renseigne = true }\n' + ECHEANCE
    trouvees = fautes(tmp_path, texte + 'depuis = "dalo.date_inconnue"\nduree = { mois = 1 }\n')
    assert {"orientation[1].si.renseigne", "orientation[1].echeance[1].depuis"} <= set(trouvees)


def test_ce_qui_manque_se_dit(tmp_path: Path) -> None:
    """Source, confiance et date : rien n'entre sans elles ; un fichier sans orientation n'en est pas un."""
    trouvees = fautes(tmp_path, 'format = 1\n[[orientation]]\nid = "v"\n')
    assert {f"orientation[1].{cle}" for cle in ("libelle", "urgence", "fondement", "confiance", "source")} <= set(
        trouvees
    )
    assert set(fautes(tmp_path, "")) == {"format", "orientation"}


DEPUIS = 'depuis = "dalo.date_decision"\nduree = { mois = 1 }\n'


@pytest.mark.parametrize(
    ("voie", "echeance", "chemin", "message"),
    [
        ("", "duree = []\n", "echeance[1].duree", "au moins un pas"),
        ("", "duree = [{ mois = 1 }, { jours = -1 }]\n", "echeance[1].duree", "un seul pas"),
        ("", "duree = { mois = 1, jours = -1 }\n", "echeance[1].duree", "un seul pas"),
        ("", "duree = [{}]\n", "echeance[1].duree[1]", "{ mois = … }"),
        ("", "duree = 3\n", "echeance[1].duree", "une table"),
        ("", 'depuis = { echeance = "e" }\nduree = { mois = 1 }\n', "echeance[1].depuis.echeance", "plus haut"),
        ("", 'depuis = { fait = "e" }\nduree = { mois = 1 }\n', "echeance[1].depuis.fait", "clé inconnue"),
        ("", DEPUIS + 'sans_fin = true\napres = "x"\n', "echeance[1].apres", "jamais passée"),
        ("", "duree = { mois = 1 }\nacte = true\n", "echeance[1].acte", "depuis"),
        (
            "",
            "duree = { mois = 1 }\nau_plus_tard = { duree = { mois = 2 } }\n",
            "echeance[1].au_plus_tard",
            "point de départ",
        ),
        ("", DEPUIS + 'au_plus_tard = { duree = { mois = 2 }, confiance = "Z" }\n', "au_plus_tard.confiance", "permis"),
        ("", DEPUIS + "[[orientation.echeance.lecture]]\nduree = { mois = 1 }\nx = 1\n", "lecture[1].x", "inconnue"),
        ("", DEPUIS + 'sauf = { fait = "inconnu" }\n', "echeance[1].sauf.fait", "inconnu"),
        ("", DEPUIS + 'si_notifie = { fait = "inconnu" }\n', "echeance[1].si_notifie.fait", "inconnu"),
        ("reprend = false\n", DEPUIS, "reprend", "sans « remplace »"),
        ('remplace_si = { fait = "mineur_a_charge" }\n', DEPUIS, "remplace_si", "sans « remplace »"),
    ],
)
def test_chaque_cle_d_une_echeance_est_verifiee(
    tmp_path: Path, voie: str, echeance: str, chemin: str, message: str
) -> None:
    """La faute se dit à sa clé."""
    trouvees = fautes(tmp_path, BON + voie + ECHEANCE + echeance)
    assert any(ou.endswith(chemin) and message in dit for ou, dit in trouvees.items()), trouvees


@pytest.mark.parametrize(
    ("montee", "cle", "message"),
    [
        ('echeance = "f", jours = 7, urgence = "jour"', "echeance", "n'est pas une"),
        ('echeance = "e", jours = -1, urgence = "jour"', "jours", "0 ou plus"),
        ('echeance = "e", jours = 7, urgence = "immediate"', "urgence", "permis"),
        ('echeance = "e", jours = 7, urgence = "semaine"', "urgence", "ne baisse pas"),
        ('echeance = "e", jours = 7, urgence = "jour", x = 1', "x", "inconnue"),
    ],
)
def test_une_montee_suit_une_echeance_et_presse_plus(tmp_path: Path, montee: str, cle: str, message: str) -> None:
    """Une date ne rend pas une voie immédiate, et ne la rend jamais moins pressante."""
    ecrite = BON.replace('"jour"', '"semaine"') + f"urgence_selon = [{{ {montee} }}]\n" + ECHEANCE + DEPUIS
    assert message in fautes(tmp_path, ecrite)[f"orientation[1].urgence_selon[1].{cle}"]


def test_deux_echeances_d_une_voie_n_ont_pas_le_meme_nom(tmp_path: Path) -> None:
    trouvees = fautes(tmp_path, BON + ECHEANCE + DEPUIS + ECHEANCE + DEPUIS)
    assert "employé deux fois" in trouvees["orientation[1].echeance[2].id"]
