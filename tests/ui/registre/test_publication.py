"""Ce que le registre publie arrive dans les fenêtres ouvertes de deux postes, à leur prochain échange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from outils_registre import TERRITOIRE
from postes_relies import Guichet, Site, titres

from modele.sources import assembler
from registre.service import referentiels
from registre.service.informations import postes
from registre.service.publication import correction, publier_paquet


def test_une_fiche_publiee_s_offre_sur_deux_postes(
    site: Site, guichet: Callable[..., Guichet], fiche: Callable[[str], Path]
) -> None:
    """Sans rouvrir ni redémarrer ; rien ne se recharge quand rien n'a changé."""
    nord, sud = guichet("nord"), guichet("sud", "Bruno Petit")
    nord.relier(site.invitation())
    sud.relier(site.invitation())
    for poste in (nord, sud):
        poste.joueur.atelier.preparer()
        poste.joueur.attendre()
    avant = nord.poste.session.regles
    nord.tour()
    assert nord.poste.session.regles is avant
    publier_paquet(site.moteur, TERRITOIRE, "fiche.essai", fiche("Nos permanences"), site.horloge())
    nord.tour()
    assert "Nos permanences" in titres(nord)
    assert "Nos permanences" not in titres(sud)
    sud.tour()
    assert "Nos permanences" in titres(sud)


def test_ce_que_la_structure_modifie_s_offre_a_ses_postes(
    site: Site, guichet: Callable[..., Guichet], fiche: Callable[[str], Path]
) -> None:
    """Écrit sur un poste, servi sur l'autre à son prochain échange, puis rendu à l'original ; rien d'autre ne bouge."""
    nord, sud = guichet("nord"), guichet("sud", "Bruno Petit")
    nord.relier(site.invitation(roles=("agent", "responsable")))
    sud.relier(site.invitation())
    publier_paquet(site.moteur, TERRITOIRE, "fiche.essai", fiche("Nos permanences"), site.horloge())
    coffre, auteur = nord.joueur.session._coffre, nord.joueur.session.auteur
    assert coffre is not None
    for poste in (nord, sud):
        poste.tour()
        assert "Nos permanences" in titres(poste)
    texte = b'+++\ntitre = "Le mardi seulement"\n+++\nBonjour\n'
    coffre.modifier_fichier("fiche", "essai", "fr.md", texte, auteur)
    nord.tour()
    sud.tour()
    for poste in (nord, sud):
        assert "Le mardi seulement" in titres(poste)
        assert "Nos permanences" not in titres(poste)
    avant = sud.poste.session.regles
    sud.tour()
    assert sud.poste.session.regles is avant
    coffre.revenir_a_l_original("fiche", "essai", "fr.md", auteur)
    nord.tour()
    sud.tour()
    for poste in (nord, sud):
        assert "Nos permanences" in titres(poste)


def test_ce_qui_est_mis_de_cote_se_voit(site: Site, guichet: Callable[..., Guichet]) -> None:
    """Un registre d'une autre version a signé ce que ce poste refuse : il le dit, et le livré sert."""
    nord = guichet("nord")
    nord.relier(site.invitation())
    droit = assembler("national", "ici", "1", {"orientations.toml": b"format = 1\n"})
    referentiels.publier(site.moteur, TERRITOIRE, "national.ici", droit, site.horloge())
    nord.tour()
    nord.devant()
    nord.joueur.aller("envois")
    nord.joueur.attendre()
    mots = nord.mots()
    assert "Données mises de côté" in mots
    assert (
        "national/orientations.toml (publié par le territoire, national.ici version 1) : le droit ne vient que" in mots
    )
    assert "1 donnée mise de côté : voyez les envois" in mots
    assert len(nord.poste.session.regles.orientations) > 20  # type: ignore[union-attr]


def test_une_correction_urgente_par_dessus_ce_que_la_structure_avait_ecrit(
    site: Site, guichet: Callable[..., Guichet], fiche: Callable[[str], Path]
) -> None:
    """Deux postes : la correction sert aux deux, l'accueil la dit, la structure garde son texte d'un geste."""
    nord, sud = guichet("nord"), guichet("sud", "Bruno Petit")
    nord.relier(site.invitation(roles=("agent", "responsable")))
    sud.relier(site.invitation())
    publier_paquet(site.moteur, TERRITOIRE, "fiche.essai", fiche("Trois mois"), site.horloge())
    coffre, auteur = nord.joueur.session._coffre, nord.joueur.session.auteur
    assert coffre is not None
    nord.tour()
    coffre.modifier_fichier("fiche", "essai", "fr.md", b'+++\ntitre = "A notre facon"\n+++\nBonjour\n', auteur)
    nord.tour()
    sud.tour()
    assert "A notre facon" in titres(nord) & titres(sud)
    faute = correction("Le délai était faux.", ())
    publier_paquet(site.moteur, TERRITOIRE, "fiche.essai", fiche("Six mois"), site.horloge(), correction=faute)
    for poste in (nord, sud):
        poste.tour()
        assert "Six mois" in titres(poste)
        assert "A notre facon" not in titres(poste)
        poste.devant()
        poste.joueur.aller("accueil")
        assert "Le délai était faux." in poste.mots()
    nord.joueur.aller("publications")
    nord.joueur.presser("Garder ce que nous avions écrit")
    nord.tour()
    sud.tour()
    for poste in (nord, sud):
        assert "A notre facon" in titres(poste)
    publies = referentiels.lister(site.moteur, TERRITOIRE)
    assert [informe.retards(publies) for informe in postes(site.moteur, TERRITOIRE)] == [[], []]
