"""Saisir la commission : le brouillon, le formulaire chargé puis rempli, ce qui se dit avant, un dossier discret."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, cast

import pikepdf
import pytest
from dossiers_ecran import heberge
from outils_dossier import equiper
from outils_ecran import au_repos, montrer, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from impressions.saisine import SANS_ADRESSE
from modele.dossier.chemins import poser
from modele.orientation.formulaires import NATURE, PDF, TABLE
from ui.composants.lien import Lien
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.orientation.ecran import EcranOrientation
from ui.ecrans.saisine.ecran import EcranSaisine
from ui.lancement import Poste
from ui.mots.saisine import (
    BROUILLON,
    EN_MAIN_PROPRE,
    FORMULAIRE,
    LETTRE,
    PAS_ENCORE_DIT,
    SANS_DOSSIER,
    SANS_SOURCE,
)
from ui.theatre.formulaire_fictif import pdf_fictif
from ui.theatre.scenes_saisine import _CASES

AVANT = "Ce dossier va aux services de l'État. Une association peut aider."


def saisine(qtbot: QtBot, poste: Poste, recours: str = "", **reponses: Any) -> EcranSaisine:
    """L'écran sur un parent hébergé, avec ces réponses (« a__b » : « a.b »)."""
    equiper(qtbot, poste)
    montrer(qtbot, poste.fenetre)
    document = heberge()
    for chemin, valeur in reponses.items():
        document = poser(document, chemin.replace("__", "."), valeur)
    crees: list[str] = []
    poste.session.creer_dossier(document, crees.append)
    qtbot.waitUntil(lambda: bool(crees))
    au_repos(qtbot, poste)
    return aller(qtbot, poste, recours)


def aller(qtbot: QtBot, poste: Poste, recours: str = "") -> EcranSaisine:
    ecran = cast(EcranSaisine, poste.fenetre.aller("saisine", {"recours": recours} if recours else {}))
    compose(qtbot, poste, ecran)
    return ecran


def compose(qtbot: QtBot, poste: Poste, ecran: EcranSaisine) -> None:
    ecran.composer()
    au_repos(qtbot, poste)
    qtbot.waitUntil(lambda: ecran.liasse is not None)


def dits(ecran: EcranSaisine) -> str:
    return "\n".join(un.text() for un in ecran.findChildren(QLabel) if un.isVisible())


def charger(qtbot: QtBot, poste: Poste, ecran: EcranSaisine, octets: bytes, tmp_path: Path) -> None:
    chemin = tmp_path / "officiel.pdf"
    chemin.write_bytes(octets)
    ecran.formulaire.prendre(chemin)
    au_repos(qtbot, poste)


def ranger(qtbot: QtBot, poste: Poste, ecran: EcranSaisine, source: str = "service-public.gouv.fr") -> None:
    ecran.formulaire.source.poser(source)
    ecran.formulaire.ranger.click()
    au_repos(qtbot, poste)
    qtbot.waitUntil(lambda: bool(poste.session.regles and poste.session.regles.formulaires["dalo"].pdf))
    au_repos(qtbot, poste)


def feuilles(ecran: EcranSaisine) -> list[str]:
    assert ecran.liasse is not None
    return [une.fiche for une in ecran.liasse.feuilles]


def test_sans_formulaire_le_brouillon_et_la_lettre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert)
    assert feuilles(ecran) == [BROUILLON, LETTRE]
    assert "Aucun formulaire n'est chargé ici" in dits(ecran)
    assert ecran.imprimer.isEnabled()
    assert not ecran.avant.isVisible()


def test_sans_dossier_rien_ne_se_montre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    equiper(qtbot, poste_ouvert)
    montrer(qtbot, poste_ouvert.fenetre)
    ecran = cast(EcranSaisine, poste_ouvert.fenetre.aller("saisine", {}))
    assert ecran.constat.text() == SANS_DOSSIER
    assert not ecran.imprimer.isEnabled()


def test_de_l_orientation_un_geste_y_mene(poste_ouvert: Poste, qtbot: QtBot) -> None:
    saisine(qtbot, poste_ouvert)
    orientation = cast(EcranOrientation, poste_ouvert.fenetre.aller("orientation", {}))
    au_repos(qtbot, poste_ouvert)
    orientation.priorites.saisir.setFocus()
    presser(Qt.Key.Key_Space, widget=orientation.priorites.saisir)
    assert poste_ouvert.fenetre.ecran == "saisine"


def test_avant_un_daho_rien_ne_sort_tant_que_ce_n_est_pas_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert, "daho", demandeur__nationalite="hors_union_europeenne")
    assert ecran.avant.text() == AVANT
    assert ecran.avant.isVisible()
    assert not ecran.imprimer.isEnabled()
    assert not ecran.enregistrer.isEnabled()
    assert PAS_ENCORE_DIT in ecran.manques.text()
    ecran.dit_a_la_personne.setFocus()
    presser(Qt.Key.Key_Space, widget=ecran.dit_a_la_personne)
    assert ecran.imprimer.isEnabled()
    # Un autre recours, une autre visite : cela se redit.
    ecran = aller(qtbot, poste_ouvert, "daho")
    assert not ecran.imprimer.isEnabled()


def test_pour_qui_on_sait_francais_rien_ne_se_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert, "daho", demandeur__nationalite="francaise", foyer__avec_codemandeur=False)
    assert not ecran.avant.isVisible()
    assert ecran.imprimer.isEnabled()


def test_les_motifs_se_choisissent_au_clavier(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert, logement_actuel__lien_hebergeant="ami")
    assert ecran.motifs is not None
    assert ecran.motifs_choisis() == ["dalo-2"]
    assert ecran.autres_motifs is not None
    assert "dalo-2" not in ecran.autres_motifs._codes
    coche = ecran.motifs.bouton("dalo-2")
    coche.setFocus()
    presser(Qt.Key.Key_Space, widget=coche)
    assert ecran.motifs_choisis() == []


def test_un_formulaire_se_charge_se_range_chiffre_et_se_remplit(
    poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    ecran = saisine(qtbot, poste_ouvert)
    charger(qtbot, poste_ouvert, ecran, pdf_fictif(), tmp_path)
    assert "On y lit : 15036*01" in dits(ecran)
    assert ecran.formulaire.numero.contenu == "15036*01"
    ecran.formulaire.ranger.click()
    assert ecran.formulaire.source.faute == SANS_SOURCE
    ranger(qtbot, poste_ouvert, ecran)
    assert "Version 15036*01, service-public.gouv.fr" in ecran.formulaire.etat.text()
    assert "aucune case reliée" in ecran.formulaire.etat.text()
    # Aucune case reliée : le formulaire ne s'offre pas encore.
    assert feuilles(ecran) == [BROUILLON, LETTRE]
    _relier(qtbot, poste_ouvert)
    ecran = aller(qtbot, poste_ouvert)
    assert FORMULAIRE in feuilles(ecran)
    assert ecran.liasse is not None
    rempli = next(une for une in ecran.liasse.feuilles if une.fiche == FORMULAIRE)
    with pikepdf.open(io.BytesIO(rempli.pdf)) as pdf:
        lus = {un.fully_qualified_name: un.value_as_string for un in pdf.acroform.fields}
    assert lus["Nom de naissance"]
    # Rien du PDF n'est en clair sur le poste : il vit dans le coffre.
    for fichier in poste_ouvert.session.donnees.rglob("*"):
        if fichier.is_file():
            assert b"Nom de naissance" not in fichier.read_bytes()
            assert not fichier.read_bytes().startswith(b"%PDF")


def _relier(qtbot: QtBot, poste: Poste) -> None:
    from dataclasses import replace

    from modele.orientation.formulaires import ecrire_table

    regles = poste.session.regles
    assert regles is not None
    table = regles.formulaires["dalo"].table
    assert table is not None
    octets = ecrire_table(replace(table, cases=_CASES))
    auteur = poste.session.auteur
    poste.session.avec_coffre(
        lambda coffre: coffre.modifier_fichier(NATURE, "dalo", TABLE, octets, auteur),
        lambda _: None,
        pour=poste.session,
    )
    au_repos(qtbot, poste)
    poste.session.relire_les_sources()
    qtbot.waitUntil(lambda: bool(poste.session.regles and poste.session.regles.formulaires["dalo"].table.cases))
    au_repos(qtbot, poste)


def test_recharger_la_meme_version_garde_les_cases_et_retirer_rend_le_brouillon(
    poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    ecran = saisine(qtbot, poste_ouvert)
    charger(qtbot, poste_ouvert, ecran, pdf_fictif(), tmp_path)
    ranger(qtbot, poste_ouvert, ecran)
    _relier(qtbot, poste_ouvert)
    ecran = aller(qtbot, poste_ouvert)
    charger(qtbot, poste_ouvert, ecran, pdf_fictif() + b"\n", tmp_path)
    ranger(qtbot, poste_ouvert, ecran, "la préfecture")
    qtbot.waitUntil(lambda: "la préfecture" in ecran.formulaire.etat.text())
    assert "4 cases reliées" in ecran.formulaire.etat.text()
    ecran.formulaire.retirer.click()
    au_repos(qtbot, poste_ouvert)
    qtbot.waitUntil(lambda: not poste_ouvert.session.regles.formulaires["dalo"].pdf)  # type: ignore[union-attr]
    au_repos(qtbot, poste_ouvert)
    assert "Aucun formulaire" in ecran.formulaire.etat.text()
    coffre = poste_ouvert.session._coffre
    assert coffre is not None
    assert not [un for un in coffre.modifications() if un.fichier in (PDF, TABLE)]


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (pdf_fictif(cases=False), "aucune case à remplir"),
        (pdf_fictif()[:9_000], "abîmé"),
        (b"rien", "n'est pas un PDF"),
    ],
    ids=["sans cases", "abime", "pas un pdf"],
)
def test_un_mauvais_pdf_se_dit_et_rien_n_est_range(
    poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path, octets: bytes, dit: str
) -> None:
    ecran = saisine(qtbot, poste_ouvert)
    charger(qtbot, poste_ouvert, ecran, octets, tmp_path)
    assert dit in ecran.formulaire.echec.phrase
    coffre = poste_ouvert.session._coffre
    assert coffre is not None
    assert coffre.modifications() == []


def test_le_formulaire_d_un_autre_recours_se_refuse(poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path) -> None:
    ecran = saisine(qtbot, poste_ouvert)
    charger(qtbot, poste_ouvert, ecran, pdf_fictif("15037*01"), tmp_path)
    assert ecran.formulaire.numero.contenu == ""
    ecran.formulaire.numero.poser("15036*01")
    ecran.formulaire.source.poser("préfecture")
    ecran.formulaire.ranger.click()
    assert "ce PDF est le formulaire 15037*01" in ecran.formulaire.numero.faute


def test_un_dossier_discret_ne_laisse_pas_de_fichier(poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path) -> None:
    ecran = saisine(
        qtbot,
        poste_ouvert,
        protection={"discret": True},
        logement_actuel__adresse={"voie": "7 RUECACHEE"},
        foyer__personnes={"elements": {}, "clos": True},
    )
    assert EN_MAIN_PROPRE in ecran.discret.text()
    assert not ecran.enregistrer.isVisible()
    assert ecran.imprimer.isEnabled()
    assert SANS_ADRESSE in ecran.manques.text()
    ecran.enregistrer_dans(tmp_path)
    au_repos(qtbot, poste_ouvert)
    assert list(tmp_path.glob("*.pdf")) == []


def test_d_un_dossier_discret_les_papiers_se_montrent_d_un_geste(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert, protection={"discret": True}, foyer__personnes={"elements": {}, "clos": True})
    assert ecran._pages.count() == 0
    ecran.devoiler.click()
    assert ecran._pages.count() > 0
    # L'écran s'est couvert : ils sont à montrer de nouveau.
    poste_ouvert.session.ferme.emit()
    assert ecran._pages.count() == 0


def test_la_filiere_dit_ce_qui_manque_et_mene_a_la_note_sociale(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert, logement_actuel__lien_hebergeant="ami", dalo={"labellise_pdalhpd": False})
    dit = dits(ecran)
    assert "L'évaluation sociale : ce que demande la filière d'ici n'est pas connu" in dit
    assert "la filière d'ici demande un label qui n'est pas noté" in dit
    ecran.filiere.note.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "imprimer"
    imprimer = cast(EcranImprimer, poste_ouvert.fenetre.pile.currentWidget())
    assert imprimer.choisies() == ["note-sociale"]


def test_une_contradiction_mene_a_la_question(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert, logement_actuel__lien_hebergeant="ami", dalo={"labellise_pdalhpd": False})
    lien = next(un for un in ecran.filiere.findChildren(Lien) if "PDALHPD" in un.accessibleName())
    lien.setFocus()
    presser(Qt.Key.Key_Space, widget=lien)
    assert poste_ouvert.fenetre.ecran == "entretien"


def test_un_dossier_ordinaire_s_enregistre_sous_sa_reference(poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path) -> None:
    ecran = saisine(qtbot, poste_ouvert)
    ecran.enregistrer_dans(tmp_path)
    au_repos(qtbot, poste_ouvert)
    noms = sorted(un.name for un in tmp_path.glob("*.pdf"))
    assert len(noms) == 2
    assert not [un for un in noms if "MOREL" in un.upper()]
    assert ecran.sortis.isVisible()


def test_le_dossier_ferme_rien_ne_reste(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = saisine(qtbot, poste_ouvert)
    poste_ouvert.session.fermer_dossier()
    au_repos(qtbot, poste_ouvert)
    assert ecran.liasse is None
    assert ecran.motifs is None
    assert not ecran.formulaire.isVisible()
