"""Ce que le poste tient du registre, ce qu'il a donné à chacun, et qui est parti avec une fiche fausse."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from outils_coffre import AGENT, creer
from sqlalchemy import select

from modele.coffre import Coffre, corrections, schema
from modele.coffre import informations as les_informations
from modele.coffre.informations import INCONNUE
from modele.coffre.listes import InformationTenue, Publie
from modele.dossier import information
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import CORRIGE, Urgence, assembler, ouvrir
from modele.synchro.referentiels import modifications_depassees, sources_du_poste

NORA, LEO = Auteur(AGENT), Auteur("Léo Blanc")
CONGE = b'+++\ntitre = "Cong\xc3\xa9"\n+++\n'
PHRASE = "Le délai de la fiche congé était faux : six mois, et non trois."


def signature(octets: bytes) -> bytes:
    """Comme la vraie : elle change avec le contenu."""
    return hashlib.sha256(octets).digest()


def _octets(version: int, urgence: Urgence | None, texte: bytes) -> bytes:
    return assembler("fiche", "conge", f"2026-12-0{version}", {"fr.md": texte}, urgence=urgence)


def recevoir(coffre: Coffre, version: int, urgence: Urgence | None, texte: bytes = CONGE) -> None:
    """Le registre publie la fiche congé ; ce poste la prend."""
    octets = _octets(version, urgence, texte)
    assert coffre.echanges.garder_referentiel(Publie("fiche.conge", version, octets), signature(octets))


def urgente(rang: int) -> Urgence:
    return Urgence(rang, PHRASE, date(2026, 12, 1), ("conge",), {"fr.md": rang})


def tenue(coffre: Coffre) -> InformationTenue:
    [une] = coffre.informations.tenues()
    return une


def partis(coffre: Coffre, auteur: Auteur = NORA) -> list[str]:
    return [un.dossier for un in coffre.informations.partis(tenue(coffre), auteur)]


# Ce qui sert ici.


def test_ce_que_le_poste_tient_se_dit_avec_sa_version_et_depuis_quand(coffre: Coffre) -> None:
    assert coffre.informations.tenues() == []
    coffre.echanges.garder_referentiel(Publie("reperes", 4, b"autre chose"), b"r")
    coffre.echanges.garder_referentiel(Publie("fiche.abimee", 1, b"pas un zip"), b"a")
    recevoir(coffre, 2, None)
    une = tenue(coffre)
    assert (une.nom, une.version, une.date, une.nationale, une.urgence) == ("fiche.conge", 2, "2026-12-02", False, None)
    assert (coffre._horloge() - une.recu_le).total_seconds() < 60
    recevoir(coffre, 3, urgente(1))
    assert (tenue(coffre).version, tenue(coffre).urgence) == (3, urgente(1))


def test_une_correction_se_lit_par_agent_et_une_plus_recente_se_redit(coffre: Coffre) -> None:
    recevoir(coffre, 2, urgente(1))
    [une] = coffre.informations.a_lire(AGENT)
    coffre.informations.lire(AGENT, une)
    assert coffre.informations.a_lire(f" {AGENT.upper()} ") == []
    assert [un.nom for un in coffre.informations.a_lire("Léo Blanc")] == ["fiche.conge"]
    # La publication d'après la redit : qui l'a lue n'a pas à la relire.
    recevoir(coffre, 3, urgente(1), CONGE + b"x")
    assert coffre.informations.a_lire(AGENT) == []
    recevoir(coffre, 4, urgente(2), CONGE + b"y")
    assert [un.nom for un in coffre.informations.a_lire(AGENT)] == ["fiche.conge"]
    coffre.informations.lire(AGENT, InformationTenue("fiche.x", 1, une.recu_le, "", False, None))
    assert [un.nom for un in coffre.informations.a_lire(AGENT)] == ["fiche.conge"]


def test_confirmer_ce_qu_on_avait_ecrit_le_fait_servir_de_nouveau(coffre: Coffre) -> None:
    """Écrit avant la correction : mis de côté. Redit tel quel après : il sert, jusqu'à la suivante."""
    ici = ("fiche", "conge", "fr.md")
    coffre.modifier_fichier(*ici, b"le notre", NORA)

    def sert() -> bytes:
        return sources_du_poste(coffre.echanges, coffre.modifications()).pile("fiches/conge/fr.md")[-1].octets

    assert sert() == b"le notre"
    recevoir(coffre, 2, urgente(1))
    assert sert() == CONGE
    sources = sources_du_poste(coffre.echanges, coffre.modifications())
    assert [un.message for un in sources.ecarts] == [CORRIGE]
    assert [une.fichier for une in modifications_depassees(coffre.echanges, coffre.modifications())] == ["fr.md"]
    coffre.modifier_fichier(*ici, b"le notre", NORA)
    assert sert() == b"le notre"
    recevoir(coffre, 3, urgente(2), CONGE + b"x")
    assert sert() == CONGE + b"x"
    octets = assembler("fiche", "recu", "1", {"fr.md": b"publie"})
    coffre.echanges.garder_referentiel(Publie("fiche.recu", 1, octets), signature(octets))
    # Un fichier qu'aucune correction n'a changé ne porte pas de rang.
    coffre.modifier_fichier("fiche", "recu", "fr.md", b"autre", NORA)
    assert [une.urgence_vue for une in coffre.modifications()] == [1, 0]


def test_un_rang_mal_ecrit_ailleurs_laisse_servir_la_correction(coffre: Coffre) -> None:
    """Au doute, la correction ; et rien d'autre ne s'arrête de se lire."""
    coffre.modifier_fichier("fiche", "conge", "fr.md", b"le notre", NORA)
    with coffre._base.lecture() as connexion:
        objet = connexion.scalars(select(schema.dossier.c.id).where(schema.dossier.c.genre == "modification")).one()
    coffre.modifier(objet, {"urgence_vue": "deux"}, NORA)
    assert [une.urgence_vue for une in coffre.modifications()] == [0]


# Ce qui est donné.


def test_seules_les_fiches_ordinaires_s_inscrivent(coffre: Coffre) -> None:
    dossier = coffre.creer_dossier({}, NORA)["id"]
    voulues = ["conge", "violences", "115", "neutre", "separation", "conge", "pieces", "inconnue"]
    assert coffre.informations.remettre(dossier, voulues, "fr", NORA) == ["conge", "pieces"]
    coffre.informations.dire(dossier, "satisfaction", NORA)
    donnees = coffre.informations.donnees(dossier, NORA)
    assert [(une.fiche, une.du, une.langue) for une in donnees] == [
        ("conge", "", "fr"), ("pieces", "", "fr"), ("", "satisfaction", ""),
    ]  # fmt: skip
    assert {une.le for une in donnees} == {coffre._horloge().date()}
    brut = "".join(str(operation) for objet in _papiers(coffre) for operation in coffre.operations(objet))
    assert not any(mot in brut for mot in ("violences", "115'", "neutre", "separation"))


def test_rien_a_inscrire_n_ecrit_rien(coffre: Coffre) -> None:
    dossier = coffre.creer_dossier({}, NORA)["id"]
    assert coffre.informations.remettre(dossier, ["violences"], "fr", NORA) == []
    assert _papiers(coffre) == []
    with pytest.raises(ErreurUtilisateur) as levee:
        coffre.informations.dire(dossier, "n'importe quoi", NORA)
    assert str(levee.value) == INCONNUE


def test_mutant_une_fiche_de_surete_inscrite(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la liste, elle dirait au compte de la personne ce qu'elle fuit."""
    from dataclasses import replace

    lue = replace(information.livree(), inscrites=frozenset({"violences"}))
    monkeypatch.setattr(les_informations, "livree", lambda: lue)
    dossier = coffre.creer_dossier({}, NORA)["id"]
    assert coffre.informations.remettre(dossier, ["violences"], "fr", NORA) == ["violences"]


# Qui prévenir.


def test_qui_est_parti_avec_la_fiche_d_avant_sa_correction(coffre: Coffre) -> None:
    """Ni qui a eu une autre fiche, ni qui l'a reçue corrigée, ni qui l'a reçue de nouveau depuis."""
    avant, revenu, autre, apres = (coffre.creer_dossier({}, NORA)["id"] for _ in range(4))
    for dossier in (avant, revenu):
        coffre.informations.remettre(dossier, ["conge"], "ar", NORA)
    coffre.informations.remettre(autre, ["pieces"], "fr", NORA)
    recevoir(coffre, 2, urgente(1))
    for dossier in (revenu, apres):
        coffre.informations.remettre(dossier, ["conge"], "fr", NORA)
    assert partis(coffre) == [avant]
    [un] = coffre.informations.partis(tenue(coffre), NORA)
    assert (un.fiche, un.langue, un.discret, un.le) == ("conge", "ar", False, coffre._horloge().date())
    recevoir(coffre, 3, urgente(2), CONGE + b"x")
    assert sorted(partis(coffre)) == sorted([avant, revenu, apres])


def test_sans_correction_nul_n_est_a_prevenir(coffre: Coffre) -> None:
    coffre.informations.remettre(coffre.creer_dossier({}, NORA)["id"], ["conge"], "fr", NORA)
    recevoir(coffre, 2, None)
    assert partis(coffre) == []


def test_un_dossier_discret_n_est_qu_a_qui_en_repond_par_sa_reference(coffre: Coffre) -> None:
    initial = {"demandeur": {"nom": "MOREL"}, "protection": {"discret": True, "referent": "Léo Blanc"}}
    coffre.importer([initial], NORA)
    [suivi] = coffre.porte.suivis(LEO)
    coffre.informations.remettre(suivi.dossier, ["conge"], "fr", LEO)
    recevoir(coffre, 2, urgente(1))
    assert partis(coffre, Auteur("Paul Roy")) == []
    [un] = coffre.informations.partis(tenue(coffre), LEO)
    assert (un.dossier, un.discret, un.titre, un.detail) == (suivi.dossier, True, "", "")


def test_mutant_un_dossier_discret_dit_a_tous(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    initial = {"protection": {"discret": True, "referent": "Léo Blanc"}}
    coffre.importer([initial], NORA)
    [suivi] = coffre.porte.suivis(LEO)
    coffre.informations.remettre(suivi.dossier, ["conge"], "fr", LEO)
    recevoir(coffre, 2, urgente(1))
    monkeypatch.setattr(les_informations.avis, "suivis", lambda *_: [suivi])
    assert partis(coffre, Auteur("Paul Roy")) == [suivi.dossier]


def test_qui_ne_lit_aucun_dossier_ne_sait_pas_qui_est_parti(tmp_path: Path) -> None:
    coffre, _ = creer(tmp_path / "c.perron")
    coffre.informations.remettre(coffre.creer_dossier({}, NORA)["id"], ["conge"], "fr", NORA)
    recevoir(coffre, 2, urgente(1))
    coffre.regler("registre.roles", "agent accueil_bailleur")
    assert partis(coffre, Auteur("Bailleur", ("accueil_bailleur",))) == []
    assert len(partis(coffre, Auteur("Paul Roy", ("agent",)))) == 1
    coffre.fermer()


def test_un_papier_mal_ecrit_ailleurs_ne_connait_aucune_correction(coffre: Coffre) -> None:
    """Au doute, la personne est à prévenir."""
    donnee = information.Donnee("conge", "", "fr", date(2026, 12, 1), frozenset({"fiche.conge@?", "fiche.recu@4"}))
    assert les_informations._rang_connu(donnee, "fiche.conge") == 0


def test_un_paquet_change_de_signature_se_rouvre(coffre: Coffre) -> None:
    recevoir(coffre, 2, urgente(1))
    assert tenue(coffre).urgence == urgente(1)
    assert corrections._OUVERTS["fiche.conge"][0] == signature(_octets(2, urgente(1), CONGE))
    assert ouvrir().natures.genres["fiche"].situer("conge", "fr.md") == "fiches/conge/fr.md"


def _papiers(coffre: Coffre) -> list[str]:
    with coffre._base.lecture() as connexion:
        return list(connexion.scalars(select(schema.dossier.c.id).where(schema.dossier.c.genre == "papier")))
