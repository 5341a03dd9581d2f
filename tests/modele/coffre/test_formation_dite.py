"""Les comptes qui partent de la formation : des nombres, un jeton qui ne dit rien, une fois par agent et par cas."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_coffre import AGENT, COUT, creer

from modele.coffre import Coffre, formation_dite
from modele.coffre.bac_a_sable import effacer, ouvrir
from modele.coffre.formation_dite import Depart, a_dire, depart, du_reseau, jeton, preparer, retenir, retirer
from modele.droits import Auteur
from modele.formation import lire_cas, noter
from modele.formation.comptes import ParEtape, compter, dire_l_etape
from modele.formation.notation import Parcours, parcours_de_reference
from modele.protocole.messages import CasDuReseau, EtapeComptee, FormationDuReseau, octets
from ressources import RESSOURCES

MOI, LEO = Auteur(AGENT), Auteur("Léo Blanc")
CAS, VERSION = "sans-abri-froid", "ab" * 8
ETAPES = (ParEtape("entretien", 4, 0, 1), ParEtape("gestes", 1, 2, 3))
RESEAU = FormationDuReseau((CasDuReseau(CAS, VERSION, 11, ()),))


@pytest.fixture
def coffre(tmp_path: Path) -> Coffre:
    return creer(tmp_path / "perron.coffre")[0]


def test_des_nombres_et_un_jeton_rien_d_autre(coffre: Coffre) -> None:
    """Rien de ce qui part ne nomme l'agent, son poste, ni un jour. Mutant : un auteur part."""
    assert preparer(coffre, MOI, CAS, VERSION, ETAPES) is Depart.ATTEND
    (dit,) = a_dire(coffre.echanges, 10)
    assert (dit.cas, dit.version) == (CAS, VERSION)
    assert dit.etapes == (EtapeComptee("entretien", 4, 0, 1), EtapeComptee("gestes", 1, 2, 3))
    parti = octets(dit).decode()
    assert not any(mot in parti for mot in (*AGENT.split(), "2026", "poste"))
    assert set(dit.__struct_fields__) == {"cas", "version", "jeton", "etapes"}


def test_un_agent_n_a_qu_un_jeton_par_cas_meme_rejoue_ou_efface(coffre: Coffre) -> None:
    preparer(coffre, MOI, CAS, VERSION, ETAPES)
    premier = a_dire(coffre.echanges, 10)
    assert preparer(coffre, MOI, CAS, VERSION, [ParEtape("gestes", 9, 0, 0)]) is Depart.ATTEND
    ouvrir(coffre, MOI, COUT).fermer()
    effacer(coffre, MOI)
    assert a_dire(coffre.echanges, 10) == premier
    siens = {jeton(coffre, qui, cas, version) for qui in (MOI, LEO) for cas in "ab" for version in "cd"}
    assert len(siens) == 8
    assert jeton(coffre, MOI, "a", "c") == jeton(coffre, MOI, "a", "c")


def test_mutant_un_jeton_tire_chaque_fois_compterait_deux_fois(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    tires = iter(("a" * 32, "b" * 32))
    monkeypatch.setattr(formation_dite, "jeton", lambda *_: next(tires))
    preparer(coffre, MOI, CAS, VERSION, ETAPES)
    preparer(coffre, MOI, CAS, VERSION, ETAPES)
    assert len(a_dire(coffre.echanges, 10)) == 2


def test_l_agent_refuse_et_rien_ne_part(coffre: Coffre) -> None:
    preparer(coffre, MOI, CAS, VERSION, ETAPES)
    assert retirer(coffre, MOI, CAS, VERSION) is Depart.RIEN
    assert a_dire(coffre.echanges, 10) == ()
    assert preparer(coffre, MOI, CAS, VERSION, ETAPES) is Depart.ATTEND


def test_parti_il_ne_repart_pas_et_ses_nombres_s_oublient(coffre: Coffre) -> None:
    preparer(coffre, MOI, CAS, VERSION, ETAPES)
    preparer(coffre, LEO, CAS, VERSION, ETAPES)
    (premier,) = dits = a_dire(coffre.echanges, 1)
    retenir(coffre.echanges, dits, RESEAU)
    (reste,) = a_dire(coffre.echanges, 10)
    assert reste.jeton != premier.jeton
    retenir(coffre.echanges, [reste], RESEAU)
    assert depart(coffre, MOI, CAS, VERSION) is Depart.PARTI
    assert retirer(coffre, MOI, CAS, VERSION) is Depart.PARTI
    assert preparer(coffre, MOI, CAS, VERSION, ETAPES) is Depart.PARTI
    assert set(coffre.echanges.reglages("formation_part.").values()) == {"parti"}
    assert coffre.echanges.compter_a_envoyer() == 0


def test_ce_que_rend_le_reseau_se_garde(coffre: Coffre) -> None:
    assert du_reseau(coffre) == FormationDuReseau()
    retenir(coffre.echanges, (), RESEAU)
    retenir(coffre.echanges, (), RESEAU)
    assert du_reseau(coffre) == RESEAU


def test_ce_que_l_agent_veut_et_ecrit_est_dans_son_bac(coffre: Coffre) -> None:
    bac = ouvrir(coffre, MOI, COUT)
    assert bac.partage is None
    bac.partager(True)
    assert bac.partage
    bac.partager(False)
    assert bac.partage is False
    assert bac.brouillon == ""
    bac.garder_le_brouillon("format = 1\n")
    assert bac.brouillon == "format = 1\n"
    bac.fermer()


def test_compter_par_etape_meme_sans_rien_de_note() -> None:
    """Chaque étape, l'entretien d'abord ; la somme est celle des points notés."""
    cas = lire_cas(RESSOURCES / "formation" / "violences-enfants.toml")
    parfait = compter(cas, noter(cas, parcours_de_reference(cas)))
    assert [une.etape for une in parfait] == ["entretien", *(etape.id for etape in cas.etapes)]
    assert sum(une.oublis + une.a_discuter for une in parfait) == 0
    vide = noter(cas, Parcours())
    assert sum(une.justes + une.oublis + une.a_discuter for une in compter(cas, vide)) == len(vide.notes)
    assert any(une.oublis for une in compter(cas, vide))
    assert dire_l_etape(cas, "entretien") == "L'entretien"
    assert dire_l_etape(cas, cas.etapes[0].id) == cas.etapes[0].consigne
    assert dire_l_etape(cas, "inconnue") == dire_l_etape(None, "inconnue") == "inconnue"
