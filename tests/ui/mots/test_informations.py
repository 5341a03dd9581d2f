"""Ce que disent les écrans d'information : un agent fatigué, une personne en face."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from modele.chargement import charger_regles
from modele.coffre.listes import InformationTenue, Parti
from modele.dossier.information import Donnee, dus, livree
from modele.sources import Surcharge, Urgence
from ui.mots import informations as mots

REGLES = charger_regles("metropole-exemple")
LE = date(2026, 12, 3)
URGENCE = Urgence(1, "Six mois, et non trois.", date(2026, 12, 1), ("conge",))


def tenue(nom: str, *, nationale: bool = False, urgence: Urgence | None = None) -> InformationTenue:
    return InformationTenue(nom, 3, datetime(2026, 12, 2, 9), "2026-12-01", nationale, urgence)


def parti(dossier: str = "a") -> Parti:
    return Parti(dossier, "MOREL Zoé", "née en 1990", "K7QF", False, "conge", "fr", LE)


@pytest.mark.parametrize(
    ("donnee", "dit"),
    [
        (None, "Rien n'a encore été donné."),
        (Donnee("pieces", "", "ar", LE), "Donné le 03/12/2026 : « Vos pièces à apporter », en arabe."),
        (Donnee("pieces", "", "fr", LE), "Donné le 03/12/2026 : « Vos pièces à apporter »."),
        (Donnee("pieces", "", "zz", LE), "Donné le 03/12/2026 : « Vos pièces à apporter », en zz."),
        (Donnee("", "modalites", "", LE), "Dit de vive voix le 03/12/2026."),
    ],
)
def test_ce_qui_a_ete_donne(donnee: Donnee | None, dit: str) -> None:
    etat = dus(livree(), {}, [] if donnee is None else [donnee], grille=True)[0]
    assert mots.dire_l_etat(etat, REGLES) == dit


def test_une_fiche_qui_n_est_plus_la_se_dit_par_son_identifiant() -> None:
    assert mots.titre("disparue", REGLES) == "disparue"


def test_le_constat_compte_et_dit_d_ou_cela_vient() -> None:
    etats = dus(livree(), {}, [Donnee("pieces", "", "fr", LE)], grille=True)
    constat = mots.constat(etats, livree())
    assert constat.startswith("4 sur 5 à donner. Une fiche de sûreté remise n'est notée nulle part. Source : CCH")
    assert constat.endswith("vérifié le 30/11/2026.")
    faits = [etat for etat in etats if etat.donnee is not None]
    assert mots.constat(faits, livree()).startswith("Tout a été donné.")


def test_ce_que_le_poste_tient_se_nomme() -> None:
    assert mots.nommer(tenue("fiche.conge"), REGLES) == "Fiche : Le propriétaire vous donne congé"
    assert mots.nommer(tenue("fiche.conge"), None) == "Fiche : conge"
    assert mots.nommer(tenue("territoire.ici"), REGLES) == "Territoire : ici"
    assert mots.dire_la_version(tenue("fiche.conge")) == (
        "Version 3 (2026-12-01), publiée par le territoire, reçue ici le 02/12/2026."
    )
    assert "publication nationale signée" in mots.dire_la_version(tenue("fiche.conge", nationale=True))


def test_une_correction_et_qui_prevenir() -> None:
    urgente = tenue("fiche.conge", urgence=URGENCE)
    assert mots.dire_la_correction(urgente) == "Correction urgente du 01/12/2026 : Six mois, et non trois."
    assert mots.dire_la_correction(tenue("fiche.conge")) == ""
    assert [mots.dire_les_autres(n) for n in (0, 1, 2)] == [
        "", "Une autre correction est à lire.", "2 autres sont à lire.",
    ]  # fmt: skip
    assert mots.dire_les_partis([]) == mots.NUL
    assert mots.dire_les_partis([parti()]).startswith("Une personne est partie avec la fiche d'avant.")
    assert mots.dire_les_partis([parti(), parti("b")]).startswith("2 personnes sont parties")
    assert mots.dire_un_parti(parti(), REGLES) == "03/12/2026, « Le propriétaire vous donne congé »"
    assert mots.dire_un_parti(parti(), None) == "03/12/2026, « conge »"
    surcharge = Surcharge("fiche", "conge", "fr.md", b"", "Ana Martin", datetime(2026, 12, 3, 9))
    assert mots.dire_la_modification(surcharge) == "conge/fr.md, écrit par Ana Martin le 03/12/2026"
