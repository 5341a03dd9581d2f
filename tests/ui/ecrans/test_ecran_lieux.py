"""« Lieux et services » : le plus proche ouvert d'abord, gris après six mois, un geste le confirme ; l'import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from dossiers_ecran import etiquettes, heberge, ouvrir
from outils_ecran import presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from modele.coffre import Coffre
from modele.dossier.acces import Acces, Geste
from modele.lieux.ecriture import ecrire_lieux
from modele.lieux.heures_ecrites import lire_heures
from modele.lieux.modele import Lieu
from modele.regles.provenance import Provenance
from ui.composants.plan import Marque
from ui.ecrans.lieux import ecran as module
from ui.ecrans.lieux.detail import CONFIRMER
from ui.ecrans.lieux.ecran import EcranLieux
from ui.ecrans.lieux.recherche import CarteRecherche
from ui.lancement import Poste
from ui.mots.import_lieux import RIEN
from ui.mots.lieux import TELEPHONE_SEUL
from ui.theatre.joueur import Joueur
from ui.theatre.scenes_lieux import LUNDI, TABLEAU

ICI = "metropole-exemple"
ANCIEN = Lieu(
    "ancien", "Mairie de Montfleury", "Mairie", "1, rue Haute", "99X07", "05 36 49 00 88",
    provenance=Provenance(source="site", verifie_le=LUNDI.date() - timedelta(days=200)),
    heures=lire_heures(["lundi 14:00-18:00"], (), ""),
)  # fmt: skip


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """L'écran montré, un lundi à 14 h 30, au territoire d'exemple."""
    joueur = Joueur(poste_ouvert)
    joueur.attendre()
    return montrer(joueur)


def montrer(joueur: Joueur) -> Joueur:
    joueur.aller("lieux")
    ecran(joueur).horloge = lambda: LUNDI
    ecran(joueur).chercher()
    joueur.attendre()
    return joueur


def ecran(joueur: Joueur) -> EcranLieux:
    montre = joueur.ecran
    assert isinstance(montre, EcranLieux)
    return montre


def recherche(joueur: Joueur) -> CarteRecherche:
    carte = ecran(joueur).recherche
    assert carte is not None
    return carte


def listes(joueur: Joueur) -> list[str]:
    return [ecran(joueur).liste.dit(rang) for rang in range(ecran(joueur).liste.count())]


def dans_le_coffre(joueur: Joueur, fonction: Callable[[Coffre], object]) -> None:
    joueur.session.avec_coffre(fonction, lambda _: joueur.session.relire_les_sources(), pour=joueur.session)
    joueur.attendre()


def partir_de(joueur: Joueur, commune: str) -> None:
    """Au clavier : la commune tapée, Entrée."""
    recherche(joueur).chercheur.setFocus()
    taper(commune)
    presser(Qt.Key.Key_Return)
    joueur.attendre()


def test_au_clavier_le_plus_proche_ouvert_se_dit(joueur: Joueur) -> None:
    """La scène du guichet : la commune tapée, Entrée, et la phrase à dire."""
    assert QApplication.focusWidget() is recherche(joueur).chercheur.champ.ligne
    assert "Dites d'où l'on part" in ecran(joueur).tete.phrase
    partir_de(joueur, "colombe")
    assert ecran(joueur).tete.phrase == (
        "Le plus proche : CCAS de Colombe (fictif), ouvert jusqu'à 17 h, dans la commune."
    )
    assert listes(joueur)[0].startswith("CCAS de Colombe (fictif), ouvert jusqu'à 17 h")
    lus = " | ".join(etiquettes(ecran(joueur)))
    for dit in ("Adresse : 2, place du Marché", "Pour entrer : Entrée de plain-pied", "français, arabe, anglais"):
        assert dit in lus
    assert "Niveau 2 : Enregistrement" in lus
    assert "(à faire valider)" in lus


def test_les_fleches_choisissent_et_le_lieu_suit(joueur: Joueur) -> None:
    partir_de(joueur, "colombe")
    ecran(joueur).liste.setFocus()
    presser(Qt.Key.Key_Down)
    assert ecran(joueur).detail.nom.text().startswith("Mairie de Port-Clair")
    assert ecran(joueur).detail.etat.phrase.startswith("horaires à demander par téléphone · à 12 km")


def test_par_besoin_par_langue_et_par_mots(joueur: Joueur) -> None:
    recherche(joueur).pli_besoin.bouton.click()
    joueur.presser("Avoir une adresse pour son courrier")
    assert [un.lieu.id for un in ecran(joueur).trouves] == ["ccas-colombe"]
    assert recherche(joueur).pli_besoin.bouton.text() == "Besoin : avoir une adresse pour son courrier"
    assert not recherche(joueur).pli_besoin.deplie
    recherche(joueur).pli_langue.bouton.click()
    joueur.presser("portugais")
    assert ecran(joueur).trouves == []
    assert "Aucun lieu ne répond" in ecran(joueur).constat.text()
    assert ecran(joueur).detail.isHidden()
    montrer(joueur)
    recherche(joueur).mots.setFocus()
    taper("papiers")
    joueur.attendre()
    assert {un.lieu.id for un in ecran(joueur).trouves} == {"ccas-colombe", "accueil-logement"}


def test_la_personne_suivante_ne_voit_pas_la_recherche_d_avant(joueur: Joueur) -> None:
    partir_de(joueur, "colombe")
    joueur.presser("Oublier la commune")
    assert recherche(joueur).commune is None
    partir_de(joueur, "colombe")
    joueur.aller("contacts")
    montrer(joueur)
    assert (recherche(joueur).commune, recherche(joueur).mots.contenu) == (None, "")


def test_un_refuge_vient_en_dernier_sans_adresse_ni_place(joueur: Joueur) -> None:
    """Norme de sûreté, § 8."""
    partir_de(joueur, "colombe")
    dernier = ecran(joueur).trouves[-1]
    assert dernier.lieu.adresse_confidentielle
    assert TELEPHONE_SEUL in listes(joueur)[-1]
    ecran(joueur).liste.setCurrentRow(len(ecran(joueur).trouves) - 1)
    assert f"Adresse : {TELEPHONE_SEUL}" in etiquettes(ecran(joueur))
    plan = ecran(joueur).reseau
    assert dernier.lieu.nom not in f"{plan.plan.accessibleDescription()} {plan.sans_place.text()}"


def test_le_plan_dit_en_mots_ce_qu_il_montre(joueur: Joueur) -> None:
    """Une commune sans coordonnées se liste ; sa source se dit."""
    partir_de(joueur, "vieux pont")
    reseau = ecran(joueur).reseau
    par_nom = {un.nom: un for un in reseau.plan.points}
    assert set(par_nom) == {"Colombe (2)", "Vieux-Pont", "Port-Clair"}
    assert (par_nom["Colombe (2)"].marque, par_nom["Port-Clair"].marque) == (Marque.OUVERT, Marque.A_APPELER)
    assert "Colombe : CCAS de Colombe (fictif)" in reseau.plan.accessibleDescription()
    assert "Point numérique de Sources-le-Bois" in reseau.sans_place.text()
    assert "fictives" in reseau.source.text()
    partir_de(joueur, "montfleury")
    assert {un.marque for un in reseau.plan.points if un.nom == "Montfleury"} == {Marque.DEPART}
    assert not reseau.plan.grab().isNull()


def test_gris_apres_six_mois_un_geste_le_confirme(joueur: Joueur) -> None:
    """La confirmation dit qui et quand ; elle tient au poste, et vaut tant que le lieu ne change pas."""
    auteur = joueur.session.auteur
    dans_le_coffre(joueur, lambda c: c.modifier_fichier("lieux", ICI, "lieux.toml", ecrire_lieux([ANCIEN]), auteur))
    recherche(joueur).mots.setFocus()
    taper("montfleury")
    joueur.attendre()
    assert ecran(joueur).liste.courante().terne  # type: ignore[union-attr]
    assert "plus de six mois, à confirmer" in listes(joueur)[0]
    assert not ecran(joueur).detail.avant.isHidden()
    presser(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    regles = joueur.session.regles
    assert regles is not None
    confirme = next(un for un in regles.territoire.lieux if un.id == "ancien")
    assert (confirme.provenance.verifie_le, confirme.confirme_par) == (date.today(), auteur.nom)
    assert ecran(joueur).detail.verifie.phrase.endswith(f"par {auteur.nom}")
    assert not ecran(joueur).liste.courante().terne  # type: ignore[union-attr]
    assert ecran(joueur).detail.lieu == confirme


def test_un_lieu_fictif_ne_se_confirme_pas(joueur: Joueur) -> None:
    assert ecran(joueur).detail.bouton.isHidden()
    assert CONFIRMER not in [un for un in etiquettes(ecran(joueur)) if un]


def test_la_commune_du_dossier_d_abord_jamais_d_un_discret(poste_garni: Poste) -> None:
    """Rien ne se calcule d'une adresse qui se cache."""
    joueur = Joueur(poste_garni)
    ouvrir(joueur, heberge(**{"logement_actuel.adresse.commune": "99X02"}))
    montrer(joueur)
    assert recherche(joueur).commune is not None
    assert recherche(joueur).partir.text() == "Depuis Vieux-Pont"
    joueur.session.modifier({"protection.discret": True})
    joueur.attendre()
    montrer(joueur)
    assert recherche(joueur).commune is None
    assert "Depuis" not in " ".join(etiquettes(ecran(joueur)))


def test_avec_un_dossier_la_fiche_s_imprime_de_l_ecran_imprimer(poste_garni: Poste) -> None:
    joueur = Joueur(poste_garni)
    ouvrir(joueur, heberge())
    montrer(joueur)
    joueur.presser("Imprimer la fiche")
    assert joueur.ecran.accessibleName() == "Imprimer"
    assert joueur.ecran.choisies() == ["lieux"]  # type: ignore[attr-defined]


def test_sans_dossier_la_fiche_part_a_l_imprimante(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    demandees: list[tuple[str, ...]] = []

    def demander(_parent: object, _session: object, _sans: str, *, sans_fichier: bool) -> str:
        assert not sans_fichier
        demandees.append(tuple(un.fiche for un in liasses[-1].feuilles))
        return "Aucune imprimante."

    liasses = []
    composer = module.composer
    monkeypatch.setattr(module, "composer", lambda bilan: liasses.append(composer(bilan)) or liasses[-1])
    monkeypatch.setattr("ui.ecrans.imprimer.boite.demander_imprimante", demander)
    partir_de(joueur, "colombe")
    presser(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert demandees == [("lieux",)]


# Importer.


@pytest.fixture
def tableau(tmp_path: Path) -> Path:
    chemin = tmp_path / "lieux.csv"
    chemin.write_text(TABLEAU, encoding="utf-8")
    return chemin


def test_l_essai_a_blanc_n_ecrit_rien_puis_un_geste_importe(joueur: Joueur, tableau: Path) -> None:
    joueur.presser("Importer un tableau de lieux")
    carte = ecran(joueur).importation
    carte.essayer(tableau)
    joueur.attendre()
    assert carte.constat.text() == (
        "3 lignes lues : 1 nouveau lieu, 0 changé, 0 inchangé ; 2 lignes refusées. Rien n'est encore écrit."
    )
    assert [carte.refusees.dit(rang)[:7] for rang in range(carte.refusees.count())] == ["Ligne 3", "Ligne 4"]
    assert "permanence-de-montfleury-99x07" not in _ids(joueur)
    assert QApplication.focusWidget() is carte.ecrire
    presser(Qt.Key.Key_Space)
    joueur.attendre()
    assert "permanence-de-montfleury-99x07" in _ids(joueur)
    assert carte.ecrire.isHidden()
    carte.essayer(tableau)
    joueur.attendre()
    assert "0 nouveau lieu, 0 changé, 1 inchangé" in carte.constat.text()
    joueur.presser("Ne rien importer")
    assert carte.essai is None


def test_un_second_import_garde_le_premier(joueur: Joueur, tableau: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.csv"
    lignes = TABLEAU.splitlines()
    second.write_text("\n".join([lignes[0], lignes[1].replace("Permanence", "Maison")]), encoding="utf-8")
    joueur.presser("Importer un tableau de lieux")
    for fichier in (tableau, second):
        ecran(joueur).importation.essayer(fichier)
        joueur.attendre()
        ecran(joueur).importation.ecrire.click()
        joueur.attendre()
    assert {"permanence-de-montfleury-99x07", "maison-de-montfleury-99x07", "ccas-colombe"} <= set(_ids(joueur))


def test_ce_qui_ne_s_importe_pas_se_dit_et_rien_ne_s_ecrit(joueur: Joueur, tmp_path: Path) -> None:
    joueur.presser("Importer un tableau de lieux")
    carte, avant = ecran(joueur).importation, _ids(joueur)
    mauvais = tmp_path / "mauvais.csv"
    mauvais.write_text("bonjour\n", encoding="utf-8")
    carte.essayer(mauvais)
    joueur.attendre()
    assert "n'est pas un tableau" in carte.echec.phrase
    mauvais.write_text("nom;genre;source;verifie_le\nA;B;;\n", encoding="utf-8")
    carte.essayer(mauvais)
    joueur.attendre()
    assert RIEN in carte.constat.text()
    assert carte.ecrire.isHidden()
    lignes = "\n".join(f"Lieu numéro {rang};CCAS;site de la commune, page {rang};29/11/2025" for rang in range(9000))
    mauvais.write_text(f"nom;genre;source;verifie_le\n{lignes}\n", encoding="utf-8")
    carte.essayer(mauvais)
    joueur.attendre()
    carte.ecrire.click()
    joueur.attendre()
    assert "Trop de lieux" in carte.echec.phrase
    carte.essayer(tmp_path / "absent.csv")
    joueur.attendre()
    assert carte.echec.phrase
    assert _ids(joueur) == avant


def test_dix_mille_lignes_abimees_se_disent_et_n_ecrivent_rien_a_moitie(joueur: Joueur, tmp_path: Path) -> None:
    """Un guillemet ouvert avale tout : rien ne s'importe de ce qu'il a avalé, et la ligne se dit."""
    joueur.presser("Importer un tableau de lieux")
    carte, avant = ecran(joueur).importation, _ids(joueur)
    lignes = [
        f"L{rang};CCAS;site;29/11/2026;l{rang};{'63000' if rang % 2 else '99X01'};1, rue" for rang in range(10_000)
    ]
    lignes[6_000] = 'L;CCAS;site;29/11/2026;x;99X01;"1, rue'
    fichier = tmp_path / "abime.csv"
    fichier.write_text("nom;genre;source;verifie_le;id;commune;adresse\n" + "\n".join(lignes), encoding="utf-8")
    carte.essayer(fichier)
    joueur.attendre()
    assert carte.constat.text().startswith("6001 lignes lues : 3000 nouveaux lieux")
    assert "3001 lignes refusées (200 premières fautes montrées)" in carte.constat.text()
    assert _ids(joueur) == avant
    assert carte.essai is not None
    assert "prend 4000 lignes" in str(carte.essai.refusees[-1])


def test_un_lieu_importe_se_retire_d_un_geste_confirme_et_se_journalise(joueur: Joueur, tableau: Path) -> None:
    """Le lieu livré ne se retire pas ; l'importé, si : en deux gestes, et le journal le garde."""
    partir_de(joueur, "colombe")
    assert ecran(joueur).detail.oter.isHidden()
    joueur.presser("Importer un tableau de lieux")
    ecran(joueur).importation.essayer(tableau)
    joueur.attendre()
    ecran(joueur).importation.ecrire.click()
    joueur.attendre()
    recherche(joueur).mots.setFocus()
    taper("permanence")
    joueur.attendre()
    detail = ecran(joueur).detail
    assert not detail.oter.isHidden()
    presser(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is detail.non
    presser(Qt.Key.Key_Space)
    assert detail.oui.isHidden()
    presser(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    joueur.presser("Oui, le retirer")
    assert "permanence-de-montfleury-99x07" not in _ids(joueur)
    assert "ccas-colombe" in _ids(joueur)
    coffre = joueur.session._coffre
    assert coffre is not None
    gestes = [un.geste for un in coffre.acces() if un.geste.acces and "lieu" in un.geste.acces]
    assert gestes == [Geste(Acces.IMPORTER_DES_LIEUX), Geste(Acces.RETIRER_UN_LIEU, "permanence-de-montfleury-99x07")]
    assert coffre.modifications() == []


def test_le_plan_se_parcourt_au_clavier_et_mene_a_la_liste(joueur: Joueur) -> None:
    """Alt+P va au plan, les flèches d'ouest en est, Entrée prend le lieu de la liste ; Alt+P revient."""
    partir_de(joueur, "colombe")
    alt = Qt.KeyboardModifier.AltModifier
    presser(Qt.Key.Key_P, alt)
    plan = ecran(joueur).reseau.plan
    assert QApplication.focusWidget() is plan
    assert plan.points[plan.ici].choisi
    assert plan.points[plan.ici].dit.startswith("Colombe : CCAS")
    for _ in range(5):
        presser(Qt.Key.Key_Left)
    assert plan.ici == min(range(len(plan.points)), key=lambda rang: plan.points[rang].x)
    presser(Qt.Key.Key_Right)
    vise = plan.points[plan.ici]
    presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is ecran(joueur).liste
    lieu = ecran(joueur).detail.lieu
    assert lieu is not None
    assert lieu.nom in vise.dit
    presser(Qt.Key.Key_P, alt)
    assert QApplication.focusWidget() is plan
    presser(Qt.Key.Key_P, alt)
    assert QApplication.focusWidget() is ecran(joueur).liste


def _ids(joueur: Joueur) -> list[str]:
    regles = joueur.session.regles
    assert regles is not None
    return [un.id for un in regles.territoire.lieux]


def test_toulouse_dit_ce_qui_manque(joueur: Joueur) -> None:
    """D'un territoire réel, rien n'est inventé : le manque se voit, avec qui le complète."""
    session = joueur.session
    session.regler(session.preferences._replace(territoire="toulouse-metropole"))
    session.charger_regles()
    joueur.attendre()
    montrer(joueur)
    assert "Aucun lieu n'est inscrit" in ecran(joueur).constat.text()
    assert "Toulouse Métropole" in ecran(joueur).constat.text()
    assert ecran(joueur).reseau.isHidden()
    assert ecran(joueur).detail.isHidden()
