"""La conférence à l'écran : ce qui est à remplir, la saisie au clavier, l'année comptée, figée, puis sortie."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dossiers_ecran import etiquettes
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.coffre.conference import Conferences, ConferenceTenue
from modele.conference.definitions import conference
from modele.droits import Auteur
from ui.composants import Pli
from ui.composants.barre_parts import BarreParts
from ui.composants.plan import Plan
from ui.ecrans.conference.dossier import PDF, TABLEUR
from ui.ecrans.conference.ecran import EcranConference
from ui.etat import conference as etat
from ui.lancement import Poste
from ui.mots import conference as mots
from ui.theatre.joueur import Joueur
from ui.theatre.scenes_contingents import garder

ANNEE = date.today().year


def joueur_a(poste: Poste, qtbot: QtBot, territoire: str) -> Joueur:
    poste.session.regler(poste.session.preferences._replace(territoire=territoire))
    poste.session.relire_les_sources()
    au_repos(qtbot, poste)
    joueur = Joueur(poste)
    joueur.aller("conference")
    return joueur


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    return joueur_a(poste_ouvert, qtbot, "metropole-exemple")


def ecran(joueur: Joueur) -> EcranConference:
    montre = joueur.ecran
    assert isinstance(montre, EcranConference)
    return montre


def lire(joueur: Joueur, territoire: str) -> ConferenceTenue:
    lus: list[ConferenceTenue] = []
    auteur = joueur.session.auteur
    joueur.session.avec_coffre(lambda c: c.conference.lire(territoire, auteur), lus.append, pour=joueur.session)
    joueur.attendre()
    return lus[-1]


def deplier(joueur: Joueur) -> list[str]:
    """Tout ce que l'écran dit, chaque pli ouvert."""
    for pli in ecran(joueur).findChildren(Pli):
        if not pli.deplie:
            pli.basculer()
    return etiquettes(ecran(joueur))


def compter(joueur: Joueur, pour: str) -> EcranConference:
    ici = ecran(joueur)
    ici.dossier.pour.poser(pour)
    joueur.presser("Compter")
    return ici


def avec_fichiers(joueur: Joueur) -> None:
    joueur.aller("flux")
    garder(joueur)
    joueur.aller("conference")


# Ce qui s'ouvre.


@pytest.mark.parametrize(
    ("territoire", "combien"), [("toulouse-metropole", 6), ("clermont-auvergne-metropole", 9)], ids=["t", "c"]
)
def test_un_territoire_s_ouvre_sur_ce_qui_est_a_remplir(
    poste_ouvert: Poste, qtbot: QtBot, territoire: str, combien: int
) -> None:
    """Chaque partenaire, le département compris ; les objectifs de la loi, sans un nombre compté ; rien d'inventé."""
    ici = ecran(joueur_a(poste_ouvert, qtbot, territoire))
    assert ici.constat.text() == f"{combien} partenaires, dont {combien} à remplir."
    assert "Département" in ici.noms
    lus = etiquettes(ici)
    assert lus.count(mots.PAS_COMPTE) == sum(une.objectif is not None for une in conference().definitions.values())
    assert any(lu.startswith("Objectif de la loi : 25 % au moins (CCH L441-1)") for lu in lus)
    documents = [ici.documents.dit(rang) for rang in range(ici.documents.count())]
    attendu = "2023-2028" if combien == 9 else "date à remplir par Toulouse Métropole"
    assert any("Programme local de l'habitat" in dit and attendu in dit for dit in documents)
    assert QApplication.focusWidget() is ici.partenaires
    assert not ici.findChildren(BarreParts)


def test_une_saisie_au_clavier_remplace_ce_qui_etait_a_remplir(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Entrée, le texte, la source, Ctrl+Entrée ; relue, elle se modifie et se retire."""
    joueur = joueur_a(poste_ouvert, qtbot, "toulouse-metropole")
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    ici = ecran(joueur)
    assert QApplication.focusWidget() is ici.formulaire.texte.ligne
    joueur.presser("Enregistrer")
    assert ici.formulaire.texte.faute == mots.TEXTE
    taper("Loger des menages du premier quartile")
    joueur.presser("Enregistrer")
    assert ici.formulaire.source.faute == mots.SOURCE
    taper("convention")
    joueur.presser("Enregistrer")
    (garde,) = lire(joueur, "toulouse-metropole").engagements
    assert (garde.signataire, garde.origine, garde.source) == ("Toulouse Métropole", "metropole", "convention")
    assert ici.constat.text() == "6 partenaires, dont 5 à remplir."
    assert "1 pris" in ici.partenaires.dit(0)
    joueur.presser("Modifier cet engagement")
    ici.formulaire.etat.poser("tenu")
    joueur.presser("Enregistrer")
    assert "preuve" in ici.formulaire.preuve.faute
    ici.formulaire.preuve.ligne.setText("bilan")
    ici.formulaire.preuve_le.ligne.setText("02/11/2026")
    joueur.presser("Enregistrer")
    assert lire(joueur, "toulouse-metropole").engagements[0].etat == "tenu"
    joueur.presser("Modifier cet engagement")
    joueur.presser(mots.RETIRER)
    joueur.presser(mots.RETIRER_VRAIMENT)
    assert lire(joueur, "toulouse-metropole").engagements == ()
    assert ici.constat.text() == "6 partenaires, dont 6 à remplir."


def test_un_document_se_date_et_un_partenaire_s_ajoute(joueur: Joueur) -> None:
    ici = ecran(joueur)
    ici.documents.setCurrentRow(1)
    ici.documents.prendre()
    assert not ici.formulaire.signataire.isVisible()
    ici.formulaire.du.ligne.setText("31/31/2026")
    ici.formulaire.source.ligne.setText("délibération")
    joueur.presser("Enregistrer")
    assert ici.formulaire.du.faute
    ici.formulaire.du.ligne.setText("12/05/2024")
    joueur.presser("Enregistrer")
    assert "12/05/2024" in ici.documents.dit(1)
    joueur.presser("Nouveau document")
    joueur.presser("Annuler")
    assert not ici.formulaire.isVisible()
    joueur.presser("Nouvel engagement")
    joueur.presser("Enregistrer")
    assert ici.formulaire.signataire.faute == mots.NOM
    ici.formulaire.signataire.ligne.setText("Ville")
    ici.formulaire.texte.ligne.setText("Signaler")
    ici.formulaire.source.ligne.setText("délibération")
    ici.formulaire.mesure.prendre("part_flux")
    joueur.presser("Enregistrer")
    assert ici.noms[-1] == "Ville"
    assert ici.partenaires.currentRow() == len(ici.noms) - 1
    assert any("Mesure : Part du flux" in lu for lu in etiquettes(ici.partenaire))


# L'année.


def test_sans_fichier_ou_sans_lecteurs_rien_ne_se_compte(joueur: Joueur) -> None:
    ici = ecran(joueur)
    joueur.presser("Compter")
    assert ici.dossier.constat.text() == mots.POUR_QUI
    compter(joueur, "public")
    assert ici.dossier.constat.text() == etat.SANS_FICHIERS
    assert not ici.dossier.figer.isVisible()


def test_chaque_nombre_a_sa_definition_sa_source_et_sa_barre(joueur: Joueur) -> None:
    avec_fichiers(joueur)
    ici = compter(joueur, "habilites")
    lus = deplier(joueur)
    for une in conference().definitions.values():
        if ici.dossier.vu and any(un.indicateur.definition is une for un in ici.dossier.vu.publication.publies):
            assert une.libelle in lus
            assert une.definition in lus
            assert any(une.provenance.fondement in lu for lu in lus)
    assert ici.findChildren(BarreParts)
    ordre = [lu for lu in lus if lu in ("Qualité des données", "Attributions de l'année")]
    assert ordre == ["Qualité des données", "Attributions de l'année"]


def test_rien_ne_sort_qui_ne_soit_fige(joueur: Joueur, tmp_path: Path) -> None:
    """Avant : ni bouton, ni fichier. Après : le PDF et le tableur, et la version dans la liste."""
    tmp_path = tmp_path / "ici"
    tmp_path.mkdir()
    avec_fichiers(joueur)
    ici = compter(joueur, "partenaires")
    assert ici.dossier.constat.text() == mots.A_FIGER
    assert not ici.dossier.pdf.isVisible()
    ici.dossier.enregistrer_dans(tmp_path, PDF)
    joueur.attendre()
    assert list(tmp_path.iterdir()) == []
    joueur.presser("Figer cette version")
    assert ici.dossier.constat.text() == mots.FIGEE
    assert not ici.dossier.figer.isVisible()
    assert ici.versions.liste.count() == 1
    for suffixe in (PDF, TABLEUR):
        ici.dossier.enregistrer_dans(tmp_path, suffixe)
        joueur.attendre()
    noms = sorted(un.name for un in tmp_path.iterdir())
    assert noms == [f"conference-metropole-exemple-{ANNEE}-partenaires.{un}" for un in (PDF, TABLEUR)]
    compter(joueur, "partenaires")
    assert ici.dossier.constat.text() == mots.DEJA_FIGEE
    assert ici.dossier.pdf.isVisible()
    assert len(lire(joueur, "metropole-exemple").versions) == 1


def test_une_version_changee_arrete_tout(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    avec_fichiers(joueur)
    ici = compter(joueur, "partenaires")
    joueur.presser("Figer cette version")
    vraie = Conferences.lire

    def abimee(face: Conferences, territoire: str, auteur: Auteur) -> ConferenceTenue:
        from dataclasses import replace

        from modele.conference import versions

        lue = vraie(face, territoire, auteur)
        changees = tuple(replace(une, contenu=une.contenu[:-8]) for une in lue.versions)
        return replace(lue, versions=changees, fautes=tuple(versions.verifier(changees)))

    monkeypatch.setattr(Conferences, "lire", abimee)
    joueur.aller("accueil")
    joueur.aller("conference")
    assert ici.fautes.isVisible()
    assert any("ne se relit pas" in lu for lu in etiquettes(ici.fautes))
    assert any("ne se relit pas" in lu for lu in etiquettes(ici.versions))
    compter(joueur, "partenaires")
    assert "ne se relit pas" in ici.dossier.constat.text()
    assert ici.dossier.vu is None


def test_deux_versions_disent_ce_qui_change(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    from modele.conference import indicateurs as module

    avec_fichiers(joueur)
    vrai = module.indicateurs
    monkeypatch.setattr(module, "indicateurs", lambda lues, offerts, annee, _: vrai(lues.head(30), offerts, annee))
    ici = compter(joueur, "habilites")
    joueur.presser("Figer cette version")
    monkeypatch.setattr(module, "indicateurs", vrai)
    compter(joueur, "habilites")
    assert any("Ce qui a changé depuis" in lu for lu in etiquettes(ici))
    joueur.presser("Figer cette version")
    assert ici.versions.liste.count() == 2
    assert any("Attributions de l'année, Territoire : 30, puis 60" in lu for lu in deplier(joueur))
    joueur.presser("Année d'après")
    assert ici.versions.liste.count() == 0
    assert ici.dossier.vu is None


def test_l_annee_d_avant_se_lit_a_cote(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telle qu'elle a été figée, jamais recomptée."""
    from modele.conference import indicateurs as module

    avec_fichiers(joueur)
    vrai = module.indicateurs
    monkeypatch.setattr(module, "indicateurs", lambda lues, offerts, annee, _: vrai(lues.head(30), offerts, annee))
    joueur.presser("Année d'avant")
    compter(joueur, "habilites")
    joueur.presser("Figer cette version")
    monkeypatch.setattr(module, "indicateurs", vrai)
    joueur.presser("Année d'après")
    compter(joueur, "habilites")
    attendu = f"Attributions de l'année, Territoire. {ANNEE - 1} : 0 ; {ANNEE} : 60"
    assert attendu in deplier(joueur)


# Qui le voit, et ce qui en reste.


def test_un_agent_d_accueil_n_en_lit_rien(joueur: Joueur) -> None:
    session = joueur.session

    def ouvrir(coffre: Coffre) -> None:
        coffre.comptes.ouvrir("Léo Blanc", "Léo", "Accueil", ("agent", "social"), MOT_DE_PASSE, Auteur(coffre.agent))

    session.avec_coffre(ouvrir, lambda _: None, pour=session)
    joueur.attendre()
    session.fermer()
    joueur.attendre()
    session.rouvrir(MOT_DE_PASSE, lambda: None, print, agent="Léo Blanc")
    joueur.attendre()
    assert "conference" not in {action.id for action in joueur.fenetre.actions_possibles()}
    joueur.aller("conference")
    ici = ecran(joueur)
    assert any("Votre rôle ne permet pas ce geste" in lu for lu in etiquettes(ici))
    assert ici.partenaires.count() == 0


def test_quitter_l_ecran_n_en_laisse_rien(joueur: Joueur) -> None:
    avec_fichiers(joueur)
    ici = compter(joueur, "habilites")
    joueur.presser("Figer cette version")
    joueur.presser("Retour")
    assert ici.dossier.vu is None
    assert ici.tenue == ConferenceTenue()
    assert ici._annee.count() == 0


def test_le_plan_montre_les_attributions_de_chaque_commune(joueur: Joueur) -> None:
    """Un rond par commune, à sa mesure ; ce qui se tait à ces lecteurs s'y tait aussi."""
    avec_fichiers(joueur)
    ici = compter(joueur, "habilites")
    (plan,) = ici.findChildren(Plan)
    valeurs = {
        un.indicateur.perimetre: un.comptes["valeur"]
        for un in ici.dossier.vu.publication.publies
        if un.indicateur.definition.id == "attributions_par_commune"
    }
    assert sorted(int(un.nom.rpartition(" : ")[2]) for un in plan.points) == sorted(valeurs.values())
    tailles = {int(un.nom.rpartition(" : ")[2]): un.taille for un in plan.points}
    assert tailles[max(tailles)] == max(tailles.values())
    compter(joueur, "public")
    (plan,) = ici.findChildren(Plan)
    tues = [un for un in ici.dossier.vu.publication.publies
            if un.indicateur.definition.id == "attributions_par_commune" and un.comptes["valeur"] is None]  # fmt: skip
    assert sum("non publié" in un.dit for un in plan.points) == len(tues)
