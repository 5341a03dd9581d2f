"""Brouillons, accès, réglages, listes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outils_coffre import AGENT, creer, ouvrir

from modele.coffre import Coffre
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT
from modele.dossier.retours import Retours, relire
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur


def test_brouillon_survit_a_la_fermeture(chemin: Path) -> None:
    """La frappe en cours se retrouve à la réouverture, avec son champ, son dossier et son heure."""
    coffre, _ = creer(chemin)
    identifiant = coffre.creer_dossier({"demandeur": {"nom": "Fatihi"}}, Auteur(AGENT))["id"]
    coffre.brouillon(identifiant, "demandeur.prenoms", "Na")
    coffre.brouillon(identifiant, "demandeur.prenoms", "Nadi")
    coffre.fermer()
    rouvert = ouvrir(chemin)
    (reprise,) = rouvert.reprises()
    assert (reprise.dossier, reprise.chemin, reprise.texte) == (identifiant, "demandeur.prenoms", "Nadi")
    assert reprise.resume.titre == "FATIHI"
    assert abs(reprise.quand - datetime.now(UTC)) < timedelta(minutes=5)
    assert [(un.chemin, un.texte) for un in rouvert.brouillons(identifiant)] == [("demandeur.prenoms", "Nadi")]
    rouvert.fermer()


def test_brouillon_efface_quand_le_champ_se_pose(coffre: Coffre) -> None:
    """Poser un champ efface son brouillon et ceux qu'il contient, pas ceux des autres."""
    identifiant = coffre.creer_dossier({"demandeur": {"nom": "Fatihi"}}, Auteur(AGENT))["id"]
    for champ in ("demandeur.nom", "demandeur.nom_usage", "codemandeur.emploi.employeur", "contact.courriel"):
        coffre.brouillon(identifiant, champ, "x")
    coffre.modifier(identifiant, {"demandeur.nom": "Fatihi"}, Auteur(AGENT))
    assert len(coffre.operations(identifiant)) == 1, "reposer la même valeur clôt la frappe sans opération"
    coffre.modifier(identifiant, {"codemandeur": ABSENT}, Auteur(AGENT))
    assert {un.chemin for un in coffre.brouillons(identifiant)} == {"demandeur.nom_usage", "contact.courriel"}
    coffre.brouillon(identifiant, "contact.courriel", None)
    assert [un.chemin for un in coffre.brouillons(identifiant)] == ["demandeur.nom_usage"]


def test_recents_du_plus_frais_au_plus_ancien(coffre: Coffre) -> None:
    """Le dernier modifié d'abord, même si l'heure locale change de fuseau entre les deux."""
    premier, second = (coffre.creer_dossier({"demandeur": {"nom": nom}}, Auteur(AGENT))["id"] for nom in ("Un", "Deux"))
    assert [recent.dossier for recent in coffre.recents()] == [second, premier]
    coffre.modifier(premier, {"demandeur.nom": "Trois"}, Auteur("Awa Diallo"))
    (recent,) = coffre.recents(1)
    assert (recent.dossier, recent.resume.titre, recent.resume.agent) == (premier, "TROIS", "Awa Diallo")


def test_resume_dit_naissance_et_numero(coffre: Coffre) -> None:
    """La seconde ligne aide à ne pas se tromper de personne."""
    coffre.creer_dossier(
        {
            "demandeur": {"nom": "Fatihi", "nom_usage": "Roux", "date_naissance": "1984-03-12"},
            "demande": {"numero_unique": "0310523123456"},
        },
        Auteur(AGENT),
    )
    resume = coffre.recents()[0].resume
    assert (resume.titre, resume.detail) == ("ROUX", "naissance : 12/03/1984 · n° 0310523123456")


def test_acces_notes_sans_contenu(coffre: Coffre) -> None:
    """Qui, quand, quelle action, quel dossier ; aucune valeur du dossier."""
    identifiant = coffre.creer_dossier({"demandeur": {"nom": "Fatihi"}}, Auteur(AGENT))["id"]
    coffre.modifier(identifiant, {"demandeur.nom": "Secret"}, Auteur(AGENT))
    assert coffre.consulter(identifiant, Auteur("Awa Diallo"))["demandeur"]["nom"] == "Secret"
    coffre.noter_acces(AGENT, Acces.IMPRIMER, identifiant)
    assert [(un.agent, un.geste.acces, un.dossier) for un in coffre.acces()] == [
        (AGENT, Acces.OUVRIR, None),
        (AGENT, Acces.CREER, identifiant),
        (AGENT, Acces.MODIFIER, identifiant),
        ("Awa Diallo", Acces.CONSULTER, identifiant),
        (AGENT, Acces.IMPRIMER, identifiant),
    ]
    assert len(coffre.acces(identifiant)) == 4
    assert not any("Secret" in repr(un) or "Fatihi" in repr(un) for un in coffre.acces())


def test_un_mot_d_ailleurs_ne_s_ecrit_pas(coffre: Coffre) -> None:
    """Ce qui n'est pas une action connue n'entre pas au journal : l'écran n'aurait pas de phrase pour le dire."""
    with pytest.raises(AttributeError):
        coffre.noter_acces(AGENT, "imprimer")  # type: ignore[arg-type]
    assert [un.geste.acces for un in coffre.acces()] == [Acces.OUVRIR]


def test_reglages(coffre: Coffre) -> None:
    """Un réglage posé se relit, le dernier gagne, un réglage vide n'est pas un réglage absent."""
    assert coffre.reglage("territoire", "aucun") == "aucun"
    coffre.regler("territoire", "metropole-exemple")
    coffre.regler("territoire", "")
    assert coffre.reglage("territoire", "aucun") == ""


def test_une_voie_ouverte_ne_dit_ni_laquelle_ni_pour_qui_et_s_efface_en_un_an(coffre: Coffre) -> None:
    """Le même mot, sans dossier, une fois par minute et par agent ; un an après, il n'en reste rien."""
    debut = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)

    def a(quand: datetime) -> None:
        coffre._horloge = lambda: quand

    def voies() -> list[tuple[str, datetime]]:
        trouvees = [un for un in coffre.acces() if un.geste.acces is Acces.VOIE_OUVERTE]
        assert all(un.dossier is None and un.geste.motif == "" for un in trouvees)
        return [(un.agent, un.quand) for un in trouvees]

    a(debut)
    coffre.noter_une_voie(AGENT)
    coffre.noter_une_voie("Awa Diallo")
    a(debut + timedelta(seconds=59))
    coffre.noter_une_voie(AGENT)
    assert sorted(voies()) == sorted([(AGENT, debut), ("Awa Diallo", debut)])
    a(debut + timedelta(minutes=1))
    coffre.noter_une_voie(AGENT)
    assert len(voies()) == 3
    a(debut + timedelta(days=364))
    coffre.noter_acces(AGENT, Acces.IMPRIMER)
    assert len(voies()) == 3
    a(debut + timedelta(days=365))
    coffre.noter_acces(AGENT, Acces.IMPRIMER)
    assert voies() == [(AGENT, debut + timedelta(minutes=1))]


def test_ce_qui_s_annule_se_garde_avec_l_ecriture_ou_pas_du_tout(coffre: Coffre) -> None:
    """La pile et la réponse vont ensemble : une écriture refusée ne change ni l'une ni l'autre."""
    identifiant = coffre.creer_dossier({"demandeur": {"nom": "Fatihi"}}, Auteur(AGENT))["id"]
    assert coffre.retours() == ""
    pile = Retours(AGENT, identifiant).avec({}, {"demandeur.nom": "Un"})
    coffre.modifier(identifiant, {"demandeur.nom": "Un"}, Auteur(AGENT), retours=pile)
    coffre.modifier(identifiant, {"demandeur.prenoms": "Ana"}, Auteur(AGENT))
    assert relire(coffre.retours()) == pile
    with pytest.raises(ErreurUtilisateur):
        coffre.modifier("absent", {"demandeur.nom": "Deux"}, Auteur(AGENT), retours=Retours(AGENT, "absent"))
    assert relire(coffre.retours()) == pile
    for _ in range(2):
        coffre.oublier_les_retours()
        assert coffre.retours() == ""


def test_ce_que_le_mur_tait_ne_se_lit_pas_dans_ce_qui_s_annule(coffre: Coffre) -> None:
    """Dans un dossier partagé, un « non » ne s'écrit pas : la pile n'en garde pas la trace non plus."""
    document = {"foyer": {"avec_codemandeur": True}, "codemandeur": {"nom": "Autre"}}
    identifiant = coffre.creer_dossier(document, Auteur(AGENT))["id"]
    valeurs = {"triage.peur_au_domicile": False, "demandeur.nom": "Un"}
    pile = Retours(AGENT, identifiant).avec({}, valeurs)
    coffre.modifier(identifiant, valeurs, Auteur(AGENT), retours=pile)
    assert "peur" not in coffre.retours()
    assert list(relire(coffre.retours()).faits[-1].apres) == ["demandeur.nom"]
    coffre.modifier(identifiant, valeurs, Auteur(AGENT), retours=Retours(AGENT, "un autre"))
    assert relire(coffre.retours()) == Retours()
