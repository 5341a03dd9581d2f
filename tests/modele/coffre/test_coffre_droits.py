"""Les droits d'une personne au coffre : notés, différés pour un autre, gelés, effacés sans une trace."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, creer, ouvrir, seul_a_seul
from outils_pages import en_clair
from uuid_utils import uuid7

from modele.coffre import Coffre, effacements, effaces, envois, gels, tombes
from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.coffre.base import Base
from modele.coffre.coffre import heure_du_poste
from modele.dossier.acces import Acces
from modele.dossier.droits_personnes import (
    CODEMANDEUR,
    DEMANDE,
    EFFACEMENT,
    PERSONNE,
    REPRESENTANT,
    Demande,
    Droit,
    Suite,
)
from modele.dossier.retours import Retours
from modele.dossier.suppression import Raison
from modele.droits import Auteur
from modele.protection.discretion import devenir_discret, est_discret
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur(AGENT)
ZAHRA: dict[str, Any] = {
    "demandeur": {"nom": "Hamidizadeh", "prenoms": "Zahra", "date_naissance": "1974-05-02"},
    "contact": {"telephone": "0612345678", "adresse_courrier": "12 rue des Lilas-Bleus"},
}
DISCRET: dict[str, Any] = {**ZAHRA, "protection": {"discret": True}}
OBJET = "mon prénom s'écrit Zohra"
TRACES = (b"Hamidizadeh", b"HAMIDIZADEH", b"Zahra", b"Zohra", b"0612345678", b"Lilas-Bleus", b"1974-05-02", b"Coquel")
DANS_L_INDEX = (b"19740502", b"612345678", b"hamidizadeh")


def avancer(coffre: Coffre, jours: int) -> None:
    coffre._horloge = lambda: heure_du_poste() + timedelta(days=jours)


def plein(coffre: Coffre, contenu: dict[str, Any] = ZAHRA) -> str:
    """Un dossier avec une frappe en cours, un objet rattaché et une demande en mots."""
    dossier: str = coffre.creer_dossier(contenu, NORA)["id"]
    coffre.modifier(dossier, {"demandeur.prenoms": "Zahra Amal"}, NORA, retours=Retours(AGENT, dossier))
    coffre.brouillon(dossier, "contact.adresse_courrier", "13 rue des Coquelicots")
    coffre.creer_objet("rendez_vous", {"dossier": dossier, "objet": "Zahra"}, NORA)
    coffre.droits.noter(dossier, Droit.RECTIFICATION, PERSONNE, NORA, objet=OBJET)
    return dossier


def demander(coffre: Coffre, dossier: str, droit: Droit, par: str = PERSONNE) -> Demande:
    return coffre.droits.noter(dossier, droit, par, NORA, piece="mandat" if par == REPRESENTANT else "")


def gestes(coffre: Coffre, dossier: str) -> list[Acces | None]:
    return [un.geste.acces for un in coffre.acces(dossier)]


def test_une_demande_est_notee_avec_son_delai(coffre: Coffre) -> None:
    """Un mois : la date est dite, la liste de ce qui attend la porte, la suite l'en ôte ; tout est au journal."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    demande = coffre.droits.noter(dossier, Droit.RECTIFICATION, PERSONNE, NORA, objet=f" {OBJET} ")
    assert (demande.objet, demande.recue_le) == (OBJET, date.today())
    assert (demande.repondre_avant - demande.recue_le).days in (28, 29, 30, 31)
    assert coffre.droits.a_repondre() == [demande]
    coffre.droits.conclure(demande, Suite.FAITE, NORA)
    (close,) = coffre.droits.lister(dossier, NORA)
    assert (close.suite, close.suite_le, close.motif) == (Suite.FAITE, date.today(), "")
    assert coffre.droits.a_repondre() == []
    assert gestes(coffre, dossier)[-2:] == [Acces.DROIT_NOTER, Acces.DROIT_SUITE]
    with pytest.raises(ErreurUtilisateur, match="plus à traiter"):
        coffre.droits.conclure(demande, Suite.FAITE, NORA)


def test_un_refus_dit_pourquoi(coffre: Coffre) -> None:
    """Sans motif, rien ne se refuse."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    demande = demander(coffre, dossier, Droit.OPPOSITION)
    with pytest.raises(ErreurUtilisateur, match="Écrivez pourquoi"):
        coffre.droits.conclure(demande, Suite.REFUSEE, NORA, motif=" ")
    coffre.droits.conclure(demande, Suite.REFUSEE, NORA, motif="la demande est en cours d'examen")
    assert coffre.droits.lister(dossier, NORA)[0].motif.startswith("la demande")


def test_un_codemandeur_ne_gele_ni_n_efface(coffre: Coffre) -> None:
    """Il a ce qui est de lui ; le dossier des deux ne se gèle ni ne s'efface à sa seule demande, ni demain."""
    dossier = coffre.creer_dossier(ZAHRA | {"codemandeur": {"nom": "Lefort"}}, NORA)["id"]
    dit, _ = coffre.droits.acces(demander(coffre, dossier, Droit.ACCES, CODEMANDEUR), NORA)
    assert dit == {"codemandeur": {"nom": "Lefort"}}
    gel = demander(coffre, dossier, Droit.LIMITATION, CODEMANDEUR)
    effacement = demander(coffre, dossier, Droit.EFFACEMENT, CODEMANDEUR)
    for jours in (0, 2):
        avancer(coffre, jours)
        with pytest.raises(ErreurUtilisateur, match="des deux"):
            coffre.droits.geler(gel, NORA)
        with pytest.raises(ErreurUtilisateur, match="des deux"):
            coffre.droits.effacer(effacement, NORA)
    assert not coffre.droits.gele(dossier)


@pytest.mark.parametrize("par", ["tiers", "", "conjoint"])
def test_rien_ne_se_note_pour_un_tiers(coffre: Coffre, par: str) -> None:
    """Qu'un dossier existe ou non, la phrase est la même, et rien n'est lu."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    phrases = set()
    for lequel in (dossier, "inconnu"):
        with pytest.raises(ErreurUtilisateur) as dite:
            coffre.droits.noter(lequel, Droit.ACCES, par, NORA)
        phrases.add(str(dite.value))
    assert len(phrases) == 1
    assert coffre.droits.lister(dossier, NORA) == []


def test_un_representant_montre_une_piece(coffre: Coffre) -> None:
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    with pytest.raises(ErreurUtilisateur, match="pièce"):
        coffre.droits.noter(dossier, Droit.ACCES, REPRESENTANT, NORA, piece="  ")


@pytest.mark.parametrize("contenu", [ZAHRA, DISCRET], ids=["ordinaire", "discret"])
def test_rien_le_jour_meme_pour_un_representant(coffre: Coffre, contenu: dict[str, Any]) -> None:
    """Ni accès, ni gel, ni effacement ; la même phrase, dossier discret ou non. Le lendemain, oui."""
    dossier = coffre.creer_dossier(contenu, NORA)["id"]
    essais = {
        Droit.ACCES: coffre.droits.acces,
        Droit.LIMITATION: coffre.droits.geler,
        Droit.EFFACEMENT: coffre.droits.effacer,
    }
    demandes = {droit: demander(coffre, dossier, droit, REPRESENTANT) for droit in essais}
    for droit, essai in essais.items():
        with pytest.raises(ErreurUtilisateur, match="le jour même"):
            essai(demandes[droit], NORA)
    assert not coffre.droits.gele(dossier)
    avancer(coffre, 1)
    for droit, essai in essais.items():
        essai(demandes[droit], NORA)
    with pytest.raises(ErreurUtilisateur, match="il n'en reste rien"):
        coffre.lire(dossier)


def test_chaque_geste_a_sa_demande(coffre: Coffre) -> None:
    """Une demande d'accès n'efface rien."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    with pytest.raises(ErreurUtilisateur, match="autre chose"):
        coffre.droits.effacer(demander(coffre, dossier, Droit.ACCES), NORA)


@pytest.mark.parametrize("contenu", [ZAHRA, DISCRET], ids=["ordinaire", "discret"])
def test_l_acces_est_note_avant_d_etre_donne(coffre: Coffre, contenu: dict[str, Any]) -> None:
    dossier = coffre.creer_dossier(contenu, NORA)["id"]
    dit, discret = coffre.droits.acces(demander(coffre, dossier, Droit.ACCES), NORA)
    assert discret is ("protection" in contenu)
    assert ("demandeur" in dit) is not discret
    assert gestes(coffre, dossier)[-1] is Acces.DROIT_ACCES


def test_d_un_dossier_discret_seul_un_travailleur_social_sort_l_acces(coffre: Coffre) -> None:
    dossier = coffre.creer_dossier(DISCRET, NORA)["id"]
    demande = demander(coffre, dossier, Droit.ACCES)
    coffre.regler(ROLES_DU_POSTE, "agent")
    with pytest.raises(ErreurUtilisateur, match="rôle"):
        coffre.droits.acces(demande, NORA)
    assert Acces.DROIT_ACCES not in gestes(coffre, dossier)


# Le gel


def gele(coffre: Coffre) -> str:
    dossier: str = coffre.creer_dossier(ZAHRA, NORA)["id"]
    demander(coffre, dossier, Droit.LIMITATION)
    return dossier


def test_gele_rien_ne_s_y_ecrit(coffre: Coffre) -> None:
    """Ni réponse, ni frappe, ni objet, ni fusion, ni numéro ; ses droits, si. Il se lit, pour lui répondre."""
    autre = coffre.creer_dossier({"demandeur": {"nom": "Moreau"}}, NORA)["id"]
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    rendez_vous = coffre.creer_objet("rendez_vous", {"dossier": dossier}, NORA)["id"]
    demander(coffre, dossier, Droit.LIMITATION)
    assert coffre.droits.gele(dossier)
    for ecrire in (
        lambda: coffre.modifier(dossier, {"demandeur.nom": "X"}, NORA),
        lambda: coffre.modifier(rendez_vous, {"heure": "10:00"}, NORA),
        lambda: coffre.brouillon(dossier, "demandeur.nom", "X"),
        lambda: coffre.creer_objet("rendez_vous", {"dossier": dossier}, NORA),
        lambda: coffre.modifier(autre, {f"absorbes.{dossier}": "2026-11-29"}, NORA),
        lambda: coffre.donner_numero_provisoire(dossier, NORA),
        lambda: coffre.supprimer(dossier, Raison.ESSAI, "essai", NORA),
    ):
        with pytest.raises(ErreurUtilisateur) as dite:
            ecrire()
        assert str(dite.value) == gels.GELE
    assert coffre.consulter(dossier, NORA)["demandeur"]["nom"] == "Hamidizadeh"
    assert demander(coffre, dossier, Droit.ACCES).attend
    assert coffre.droits.a_repondre() == [un for un in coffre.droits.lister(dossier, NORA) if un.droit is Droit.ACCES]
    assert [un for un in gestes(coffre, dossier) if un is Acces.GELER] == [Acces.GELER]


def test_gele_il_devient_discret(coffre: Coffre) -> None:
    """Se protéger reste permis, et rien d'autre avec."""
    dossier = gele(coffre)
    with pytest.raises(ErreurUtilisateur, match="gelé"):
        coffre.modifier(dossier, {**devenir_discret(), "demandeur.nom": "X"}, NORA)
    assert est_discret(coffre.modifier(dossier, devenir_discret(), NORA))


def test_une_reponse_retiree_attend_la_fin_du_gel(coffre: Coffre) -> None:
    """Ouvrir un dossier gelé n'y efface rien : la réponse retirée ne se montre pas, et reste écrite."""
    dossier = coffre.creer_dossier({"demandeur": {"titre_sejour": "aucun"}}, NORA)["id"]
    demander(coffre, dossier, Droit.LIMITATION)
    assert "titre_sejour" not in coffre.consulter(dossier, NORA).get("demandeur", {})
    assert coffre.lire(dossier)["demandeur"]["titre_sejour"] == "aucun"


def test_l_accord_ne_vaut_qu_un_jour(coffre: Coffre) -> None:
    """Aujourd'hui le dossier sert ; demain il est gelé de nouveau ; lever le gel le rend."""
    dossier = gele(coffre)
    coffre.droits.accorder(dossier, NORA)
    coffre.modifier(dossier, {"demandeur.prenoms": "Zohra"}, NORA)
    avancer(coffre, 1)
    assert coffre.droits.gele(dossier)
    with pytest.raises(ErreurUtilisateur, match="gelé"):
        coffre.modifier(dossier, {"demandeur.prenoms": "Z"}, NORA)
    coffre.droits.lever(dossier, NORA)
    coffre.modifier(dossier, {"demandeur.prenoms": "Z"}, NORA)
    assert gestes(coffre, dossier)[-3:] == [Acces.MODIFIER, Acces.LEVER_LE_GEL, Acces.MODIFIER]
    for geste in (coffre.droits.accorder, coffre.droits.lever):
        with pytest.raises(ErreurUtilisateur, match="plus à traiter"):
            geste(dossier, NORA)


def test_le_mutant_qui_oublie_le_gel(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la vérification, l'écriture passe : c'est bien elle qui tient."""
    dossier = gele(coffre)
    monkeypatch.setattr(gels, "est_gele", lambda *_: False)
    coffre.modifier(dossier, {"demandeur.nom": "X"}, NORA)


# L'effacement


@pytest.mark.parametrize("parti", [False, True], ids=["jamais parti", "parti"])
@pytest.mark.parametrize("contenu", [ZAHRA, DISCRET], ids=["ordinaire", "discret"])
def test_efface_le_fichier_n_en_garde_rien(coffre: Coffre, chemin: Path, contenu: dict[str, Any], parti: bool) -> None:
    """Le fichier déchiffré, pages libres comprises : un identifiant, une date, une raison en code ; la chaîne tient."""
    temoin = coffre.creer_dossier({"demandeur": {"nom": "Moreau", "prenoms": "Karim"}}, NORA)["id"]
    dossier = plein(coffre, contenu)
    if parti:
        lot = [un.entete.id for un in coffre.echanges.lot(100)]
        assert coffre.echanges.noter_essai(lot)
    assert b"Lilas-Bleus" in en_clair(coffre, chemin)
    coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    clair = en_clair(coffre, chemin)
    assert [trace for trace in (*TRACES, *DANS_L_INDEX) if trace in clair] == []
    assert coffre.verifier_chaine() == []
    assert coffre.retours() == ""
    assert [un.dossier for un in coffre.rechercher("moreau karim")] == [temoin]
    assert seul_a_seul(coffre, "hamidizadeh zahra 02/05/1974") == []
    assert coffre.droits.a_repondre() == []
    (preuve,) = coffre.droits.preuves()
    assert preuve.dossier == dossier
    assert gestes(coffre, dossier)[-1] is Acces.EFFACER
    # Rien de lui ne part plus, sauf l'ordre de l'effacer, là où le registre a pu le recevoir.
    attendent = [un.titre for un in coffre.echanges.attente() if un.dossier != temoin]
    assert attendent == (["Effacement à la demande d'une personne"] if parti else [])
    with coffre._base.lecture() as connexion:
        discrets = connexion.exec_driver_sql("SELECT count(*) FROM dossier WHERE discret").scalar_one()
    assert discrets == 0


def test_le_mutant_qui_ne_recrit_pas_le_fichier(coffre: Coffre, chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans récriture, l'index garde la naissance ; la prochaine ouverture la fait, si une panne l'a empêchée."""
    dossier = plein(coffre)
    with monkeypatch.context() as patch:
        patch.setattr(Base, "oublier_l_efface", lambda _: (_ for _ in ()).throw(OSError("panne")))
        with pytest.raises(OSError):
            coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    assert any(trace in en_clair(coffre, chemin) for trace in DANS_L_INDEX)
    coffre.effacer_les_echus()
    assert [trace for trace in (*TRACES, *DANS_L_INDEX) if trace in en_clair(coffre, chemin)] == []
    assert coffre.reglage(tombes.A_RECRIRE) == ""


def test_effacer_demande_un_role(coffre: Coffre) -> None:
    """Un agent d'accueil d'un poste relié note la demande ; un responsable ou un travailleur social efface."""
    dossier, discret = (coffre.creer_dossier(un, NORA)["id"] for un in (ZAHRA, DISCRET))
    coffre.regler(ROLES_DU_POSTE, "agent")
    demande = demander(coffre, dossier, Droit.EFFACEMENT)
    with pytest.raises(ErreurUtilisateur, match="rôle"):
        coffre.droits.effacer(demande, NORA)
    assert coffre.droits.a_repondre() == [demande]
    sienne = demander(coffre, discret, Droit.EFFACEMENT)
    coffre.regler(ROLES_DU_POSTE, "responsable")
    coffre.droits.effacer(demande, NORA)
    coffre.droits.effacer(sienne, NORA)
    assert len(coffre.droits.preuves()) == 2


def test_efface_avec_ceux_qui_s_y_sont_fondus(coffre: Coffre, chemin: Path) -> None:
    """L'histoire d'un dossier fondu est la sienne : elle part avec lui."""
    fondu = coffre.creer_dossier({"demandeur": {"nom": "Zygomatique"}}, NORA)["id"]
    survivant = coffre.creer_dossier(ZAHRA, NORA)["id"]
    with coffre._base.ecriture() as connexion:
        tombes.absorber(connexion, fondu, survivant)
    coffre.droits.effacer(demander(coffre, survivant, Droit.EFFACEMENT), NORA)
    assert b"Zygomatique" not in en_clair(coffre, chemin)


def test_une_copie_revenue_l_oublie_de_nouveau(coffre: Coffre, chemin: Path, tmp_path: Path) -> None:
    """Les preuves effacent de la copie ce qui l'avait été depuis ; ce qu'elle n'a jamais eu est sans effet."""
    dossier, garde = plein(coffre), coffre.creer_dossier({"demandeur": {"nom": "Moreau"}}, NORA)["id"]
    coffre._base.vider_journal()
    copie = tmp_path / "copie.perron"
    for suffixe in ("", ".cles"):
        copie.with_name(copie.name + suffixe).write_bytes(chemin.with_name(chemin.name + suffixe).read_bytes())
    coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    revenue = ouvrir(copie)
    assert revenue.lire(dossier)
    assert revenue.droits.rejouer([*coffre.droits.preuves(), effacements.Preuve("inconnu", "2026")]) == 1
    assert [trace for trace in (*TRACES, *DANS_L_INDEX) if trace in en_clair(revenue, copie)] == []
    assert revenue.lire(garde)
    assert revenue.droits.rejouer([]) == 0
    assert revenue.droits.preuves() == coffre.droits.preuves()
    revenue.fermer()


def test_l_ordre_d_effacer_part_encore_apres_une_copie(coffre: Coffre, chemin: Path, tmp_path: Path) -> None:
    """Une copie faite après l'effacement, l'ordre pas encore parti : rejouée, elle l'envoie toujours."""
    dossier = plein(coffre)
    coffre.echanges.noter_essai([un.entete.id for un in coffre.echanges.lot(100)])
    coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("DELETE FROM suppression")
    assert coffre.droits.rejouer() == 1
    assert coffre.droits.rejouer() == 0
    (ordre,) = coffre.echanges.lot(100)
    assert (ordre.entete.genre, ordre.contenu is not None) == (EFFACEMENT, True)


def test_une_copie_remise_en_place_l_oublie_a_l_ouverture(coffre: Coffre, chemin: Path, tmp_path: Path) -> None:
    """Le coffre d'hier remis à sa place : avant tout écran, ce qui a été effacé depuis ne s'y trouve plus."""
    dossier, garde = plein(coffre), coffre.creer_dossier({"demandeur": {"nom": "Moreau"}}, NORA)["id"]
    coffre._base.vider_journal()
    hier = chemin.read_bytes()
    coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    a_cote = chemin.with_name(chemin.name + ".effaces")
    assert a_cote.stat().st_mode & 0o777 == 0o600
    assert [trace for trace in TRACES if trace in a_cote.read_bytes()] == []
    coffre.fermer()
    chemin.write_bytes(hier)
    revenu = ouvrir(chemin)
    with pytest.raises(ErreurUtilisateur, match="il n'en reste rien"):
        revenu.lire(dossier)
    assert revenu.lire(garde)
    assert [trace for trace in (*TRACES, *DANS_L_INDEX) if trace in en_clair(revenu, chemin)] == []
    revenu.fermer()


def test_le_mutant_qui_ne_rejoue_pas(coffre: Coffre, chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la liste d'à côté, le dossier reviendrait."""
    dossier = plein(coffre)
    coffre._base.vider_journal()
    hier = chemin.read_bytes()
    coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    coffre.fermer()
    chemin.write_bytes(hier)
    monkeypatch.setattr(effaces, "lire", lambda _: set())
    revenu = ouvrir(chemin)
    assert revenu.lire(dossier)
    revenu.fermer()


@pytest.mark.parametrize("abime", [b"\xff\xfe\n", b"pas un identifiant\n", b"[" * 100_000 + b"\n"])
def test_une_liste_abimee_n_arrete_pas_les_autres_lignes(coffre: Coffre, chemin: Path, abime: bytes) -> None:
    """Une ligne coupée ou illisible se passe ; la suivante compte, l'ouverture a lieu."""
    chemin.with_name(chemin.name + ".effaces").write_bytes(abime)
    absent = str(uuid7())
    effaces.noter(chemin, [absent])
    assert effaces.lire(chemin) == {absent}
    assert coffre.droits.rejouer() == 0


def test_la_liste_qui_n_a_pu_s_ecrire_s_ecrit_a_l_ouverture(coffre: Coffre, chemin: Path) -> None:
    """Une panne entre l'effacement et la liste n'empêche rien : le coffre la refait de ses propres preuves."""
    dossier = plein(coffre)
    a_cote = chemin.with_name(chemin.name + ".effaces")
    a_cote.mkdir()
    coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    a_cote.rmdir()
    assert effaces.lire(chemin) == set()
    coffre.fermer()
    ouvrir(chemin).fermer()
    ouvrir(chemin).fermer()
    assert effaces.lire(chemin) == {dossier}


def test_une_saisie_refusee_s_efface_aussi(coffre: Coffre, chemin: Path) -> None:
    """En quarantaine, une opération se gardait entière : effacée avec le dossier."""
    dossier = plein(coffre)
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql(
            "INSERT INTO quarantaine SELECT id, 'droit', 'refusée', '2026', NULL FROM operation WHERE dossier = ?",
            (dossier,),
        )
        envois.retenir(connexion, [dossier])
    coffre.droits.effacer(demander(coffre, dossier, Droit.EFFACEMENT), NORA)
    assert [trace for trace in TRACES if trace in en_clair(coffre, chemin)] == []


def test_purge_venue_d_ailleurs_les_refus_s_oublient_en_trente_jours(coffre: Coffre, chemin: Path) -> None:
    """Une saisie tardive, refusée parce que le dossier est effacé, ne se garde pas plus de trente jours."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    quand = heure_du_poste().isoformat()
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql(
            "INSERT INTO quarantaine SELECT id, 'purge', 'effacé', ?, NULL FROM operation WHERE dossier = ?",
            (quand, dossier),
        )
        envois.retenir(connexion, [dossier])
        tombes.purger(connexion, dossier)
    coffre.effacer_les_echus()
    assert b"Hamidizadeh" in en_clair(coffre, chemin)
    avancer(coffre, 31)
    coffre.effacer_les_echus()
    assert [trace for trace in (*TRACES, *DANS_L_INDEX) if trace in en_clair(coffre, chemin)] == []


def test_une_demande_illisible_n_arrete_rien(coffre: Coffre) -> None:
    """Écrite autrement par une autre version : les autres se lisent, le dossier s'écrit encore."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    coffre.creer_objet(DEMANDE, {"dossier": dossier, "droit": "portabilite"}, NORA)
    coffre.creer_objet(DEMANDE, {"dossier": dossier, "droit": {"refus": True}, "recue_le": 3}, NORA)
    demander(coffre, dossier, Droit.ACCES)
    assert [un.droit for un in coffre.droits.lister(dossier, NORA)] == [Droit.ACCES]
    coffre.modifier(dossier, {"demandeur.nom": "Hamidi"}, NORA)


def test_un_coffre_sans_droit_ne_note_rien(tmp_path: Path) -> None:
    """Un observateur n'a rien à noter."""
    coffre, _ = creer(tmp_path / "autre.perron")
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    coffre.regler(ROLES_DU_POSTE, "observateur")
    with pytest.raises(ErreurUtilisateur, match="rôle"):
        demander(coffre, dossier, Droit.ACCES)
    coffre.fermer()
