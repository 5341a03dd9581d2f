"""Le bac à sable : à part, rien n'en part, la vraie recherche ne le trouve pas, et les essais sont à l'agent seul."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_coffre import AGENT, COUT, creer

from modele.coffre import Coffre, chaines
from modele.coffre.bac_a_sable import DOSSIER, TENTATIVE, BacASable, Tentative, chemin, effacer, ouvrir
from modele.coffre.listes import Filtre, Tri
from modele.droits import Auteur
from modele.formation import EnCours, Posee
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.enrolement import enroler

MOI, LEO = Auteur(AGENT), Auteur("Léo Blanc")
ESSAI = Tentative("sans-abri", "abc", {"appeler-115": "juste"}, {"mots": "On se revoit demain."})
FICTIF = {"demandeur": {"nom": "ZYLBERFICTIF", "prenoms": "Farida"}}


@pytest.fixture
def coffre(tmp_path: Path) -> Coffre:
    return creer(tmp_path / "perron.coffre")[0]


def bac_de(coffre: Coffre, auteur: Auteur = MOI) -> BacASable:
    return ouvrir(coffre, auteur, COUT)


def test_il_est_dans_son_dossier_et_ne_nomme_personne(coffre: Coffre) -> None:
    bac_de(coffre).fermer()
    ou = chemin(coffre.chemin, AGENT)
    assert ou.is_file()
    assert ou.parents[1] == coffre.chemin.parent / DOSSIER
    dits = " ".join(str(un.relative_to(coffre.chemin.parent)) for un in coffre.chemin.parent.rglob("*"))
    assert not any(mot in dits for mot in AGENT.split())


def test_ce_qui_s_y_essaie_ne_part_pas_et_ne_se_trouve_pas(coffre: Coffre) -> None:
    """Ni boîte d'envoi, ni lot, ni recherche, ni liste du vrai coffre."""
    bac = bac_de(coffre)
    dossier = bac.coffre.creer_dossier(FICTIF, MOI)
    bac.coffre.modifier(dossier["id"], {"demandeur.nom": "ZYLBERFICTIVE"}, MOI)
    bac.garder(ESSAI)
    assert bac.coffre.echanges.compter_a_envoyer() == 0
    assert bac.coffre.echanges.lot(100) == []
    assert [un.dossier for un in bac.coffre.rechercher("ZYLBERFICTIVE", 8)] == [dossier["id"]]
    assert coffre.rechercher("ZYLBERFICTIVE", 8) == []
    assert coffre.lister(AGENT, Filtre.TOUS, Tri.CHANGE).total == 0
    assert coffre.echanges.compter_a_envoyer() == 0
    bac.fermer()


def test_mutant_sans_la_barriere_il_partirait(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """L'essai du dessus voit bien la barrière : ôtée, le dossier attend dans la boîte d'envoi."""
    bac = bac_de(coffre)
    monkeypatch.setattr("modele.coffre.depot.est_un_bac_a_sable", lambda _: False)
    bac.coffre.creer_dossier(FICTIF, MOI)
    assert bac.coffre.echanges.compter_a_envoyer() == 1
    bac.fermer()


def test_il_ne_se_relie_a_aucun_registre(coffre: Coffre) -> None:
    bac = bac_de(coffre)
    assert bac.coffre.echanges.territoire == chaines.BAC_A_SABLE

    def relier(*_: object) -> object:
        raise AssertionError("le registre a été joint")

    with pytest.raises(ErreurUtilisateur, match="Un bac à sable de formation ne se relie à aucun registre"):
        enroler(bac.coffre.echanges, "perron://x/-formation-/y#z", "poste", relier)  # type: ignore[arg-type]
    bac.fermer()


def test_un_essai_ne_s_ecrit_pas_dans_le_vrai_coffre(coffre: Coffre) -> None:
    with pytest.raises(ErreurUtilisateur, match="bac à sable de la formation"):
        coffre.creer_objet(TENTATIVE, {"cas": "sans-abri"}, MOI)
    assert coffre.echanges.compter_a_envoyer() == 0
    assert livres().du(TENTATIVE).bac_a_sable


def test_les_essais_sont_a_l_agent_seul_et_se_gardent(coffre: Coffre) -> None:
    bac = bac_de(coffre)
    bac.garder(ESSAI)
    bac.garder(Tentative("autre", "d", {}, {}))
    bac.fermer()
    de_leo = bac_de(coffre, LEO)
    assert de_leo.essais() == []
    de_leo.fermer()
    bac = bac_de(coffre)
    autre, premier = bac.essais()
    assert (premier.cas, premier.version, premier.verdicts, premier.textes) == (
        *("sans-abri", "abc", ESSAI.verdicts, ESSAI.textes),
    )
    assert autre.cas == "autre"
    assert premier.le is not None
    bac.fermer()


def test_perdu_ou_efface_il_recommence_vide(coffre: Coffre) -> None:
    bac = bac_de(coffre)
    bac.garder(ESSAI)
    bac.fermer()
    coffre.regler("formation." + chemin(coffre.chemin, AGENT).parent.name, "un autre secret")
    bac = bac_de(coffre)
    assert bac.essais() == []
    bac.garder(ESSAI)
    bac.fermer()
    effacer(coffre, MOI)
    assert not chemin(coffre.chemin, AGENT).parent.exists()
    effacer(coffre, MOI)
    bac = bac_de(coffre)
    assert bac.essais() == []
    bac.fermer()


def test_une_ecriture_en_cours_n_efface_pas_les_essais(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce qui passera se dit ; ce qui est appris reste."""
    bac = bac_de(coffre)
    bac.garder(ESSAI)
    monkeypatch.setattr("modele.coffre.base.ATTENTE_MS", 20)
    with bac.coffre._base.ecriture(), pytest.raises(ErreurUtilisateur):
        bac_de(coffre)
    assert [un.cas for un in bac.essais()] == [ESSAI.cas]
    bac.fermer()


def test_un_disque_qui_refuse_n_efface_pas_les_essais(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    bac = bac_de(coffre)
    bac.garder(ESSAI)
    bac.fermer()

    def refuser(*_args: object, **_nommes: object) -> Coffre:
        raise ErreurUtilisateur("Le disque est plein.") from OSError(28, "plein")

    with monkeypatch.context() as correctif:
        correctif.setattr("modele.coffre.bac_a_sable.Coffre.ouvrir", refuser)
        with pytest.raises(ErreurUtilisateur, match="plein"):
            bac_de(coffre)
    bac = bac_de(coffre)
    assert [un.cas for un in bac.essais()] == [ESSAI.cas]
    bac.fermer()


def test_un_essai_laisse_se_reprend_tel_quel(coffre: Coffre) -> None:
    """Un par cas, le dernier ; fini, il ne se reprend plus. Ce qui ne se relit pas se recommence."""
    laisse = EnCours(
        "sans-abri",
        "abc",
        2,
        (Posee("peur", True),),
        True,
        (("De qui ?", "« De lui. »"),),
        {"gestes": ("appeler-115",)},
        {"dire": "On se revoit."},
    )
    bac = bac_de(coffre)
    bac.laisser(EnCours("sans-abri", "abc", 1))
    bac.laisser(laisse)
    bac.laisser(EnCours("autre", "d"))
    bac.coffre.regler("en_cours.abime", "{")
    bac.fermer()
    bac = bac_de(coffre)
    assert bac.laisses() == {"sans-abri": laisse, "autre": EnCours("autre", "d")}
    bac.finir("autre")
    assert list(bac.laisses()) == ["sans-abri"]
    assert coffre.echanges.reglages("en_cours.") == {}
    bac.fermer()
