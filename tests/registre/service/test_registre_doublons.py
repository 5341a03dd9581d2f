"""Les doublons : retrouvés malgré les fautes, avec leurs raisons ; jamais un dossier discret, ni une paire écartée."""

from __future__ import annotations

import random
from typing import Any

import pytest
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import AILLEURS, ANNEXE, DEPART, PosteDEssai, enrole, peupler
from sqlalchemy import Engine, select

from modele.protocole.messages import Candidat, Ecart, PersonneCherchee
from registre.base.schema import consultation
from registre.service.doublons import chercher, ecarter
from registre.service.refus import Refuse

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

SUR_LES_DEUX = False
PAUL = {"nom": "ZOUBIR", "prenoms": "Paul", "date_naissance": "1999-09-09"}


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def annexe(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)


def _chercher(saisie: Saisie, **cherche: Any) -> list[Candidat]:
    cherchee = PersonneCherchee(**{"noms": "BEN ALI", "prenoms": "Nadia", "naissance": "1984-03-12"} | cherche)
    return chercher(saisie.moteur, saisie.poste.porteur, cherchee, DEPART)


def test_le_dossier_d_un_autre_guichet_est_candidat_avec_ses_raisons(saisie: Saisie, annexe: Saisie) -> None:
    dossier, ici = annexe.nouveau(), saisie.nouveau()
    (candidat,) = _chercher(saisie, sauf=ici, telephone="06 39 98 01 01", agent="Mme K.")
    assert (candidat.dossier, candidat.guichet, candidat.tenu_ici) == (dossier, "Annexe", False)
    assert candidat.raisons == ("même nom", "même date de naissance", "même téléphone")
    with saisie.moteur.connect() as connexion:
        (notee,) = connexion.execute(select(consultation).where(consultation.c.action == "doublons")).all()
    assert (notee.agent, notee.dossiers) == ("Mme K.", [dossier])
    assert _chercher(annexe)[0].tenu_ici is True


@pytest.mark.parametrize(
    "cherche",
    [
        {"noms": "BENALI"},
        {"noms": "Nadia", "prenoms": "Ben Ali"},
        {"noms": "BEN HALI", "prenoms": "Nadya"},
        {"naissance": "1984-12-03"},
        {"naissance": "1984-03-13"},
        {"naissance": "1974-03-12", "prenoms": "Nadja"},
        {"naissance": ""},
        {"naissance": "on ne sait pas"},
        {"noms": "B", "prenoms": "N", "telephone": "0639980101"},
    ],
    ids=str,
)
def test_une_faute_n_empeche_pas_de_retrouver(saisie: Saisie, annexe: Saisie, cherche: dict[str, str]) -> None:
    dossier = annexe.nouveau()
    annexe.nouveau({"demandeur": {"nom": "DURAND", "prenoms": "Luc", "date_naissance": "1951-01-07"}})
    assert [candidat.dossier for candidat in _chercher(saisie, **cherche)] == [dossier]


def test_une_personne_du_foyer_se_retrouve_et_le_dit(saisie: Saisie, annexe: Saisie) -> None:
    enfant = {"nom": "BEN ALI", "prenoms": "Inès", "date_naissance": "2014-05-20"}
    dossier = annexe.nouveau({**BENALI, "foyer": {"personnes": {"elements": {"1": enfant}}}})
    (candidat,) = _chercher(saisie, prenoms="Inès", naissance="2014-05-20")
    assert (candidat.dossier, candidat.raisons[-1]) == (dossier, "personne du foyer")


def test_un_dossier_discret_n_est_jamais_candidat_meme_par_son_numero(saisie: Saisie, annexe: Saisie) -> None:
    annexe.nouveau({**BENALI, "demande": {"numero_unique": "123"}, "protection": {"discret": True}})
    assert _chercher(saisie, telephone="0639980101", numero="123") == []
    assert _chercher(annexe, telephone="0639980101", numero="123") == []


def test_devenu_discret_il_sort_de_l_index_et_leve_il_y_rentre(moteur: Engine, saisie: Saisie) -> None:
    social = Saisie(enrole(moteur, PosteDEssai("Social", roles=("social",))), moteur)
    dossier = social.nouveau({**BENALI, "demande": {"numero_unique": "123"}})
    social.recu(social.poser(dossier, {"protection.discret": True}))
    assert _chercher(saisie, numero="123") == []
    social.lire()
    social.recu(social.poser(dossier, {"protection.discret": False, "protection.levee_motif": "relogée"}))
    assert [candidat.dossier for candidat in _chercher(saisie, numero="123")] == [dossier]


def test_ce_qui_change_dans_le_dossier_change_dans_l_index(saisie: Saisie) -> None:
    dossier = saisie.nouveau()
    saisie.recu(saisie.poser(dossier, {f"demandeur.{nom}": valeur for nom, valeur in PAUL.items()}))
    assert _chercher(saisie) == []
    assert _chercher(saisie, noms="ZOUBIR", prenoms="Paul", naissance="1999-09-09")[0].dossier == dossier


def test_le_meme_numero_se_signale_toujours_et_ne_se_refuse_jamais(saisie: Saisie, annexe: Saisie) -> None:
    dossier = annexe.nouveau({**BENALI, "demande": {"numero_unique": "031 0 000123"}})
    autre = {"demandeur": {"nom": "DURAND", "prenoms": "Luc", "date_naissance": "1951-01-07"}}
    ici = saisie.nouveau({**autre, "demande": {"numero_unique": "0310000123"}})
    (candidat,) = _chercher(saisie, noms="DURAND", prenoms="Luc", naissance="1951-01-07", numero="0310000123", sauf=ici)
    assert (candidat.dossier, "même numéro" in candidat.raisons) == (dossier, True)


def test_le_meme_numero_dans_un_autre_territoire_se_signale_sans_dire_lequel(moteur: Engine, saisie: Saisie) -> None:
    peupler(moteur, AILLEURS)
    voisin = Saisie(enrole(moteur, PosteDEssai("Voisin", territoire=AILLEURS)), moteur)
    voisin.nouveau({**BENALI, "demande": {"numero_unique": "99"}})
    assert _chercher(saisie, numero="99") == [Candidat("", "un autre territoire", ("même numéro unique",), 1.0, False)]
    assert _chercher(saisie) == []


def test_une_paire_ecartee_ne_revient_pas_pour_ce_dossier_seulement(saisie: Saisie, annexe: Saisie) -> None:
    ici, la = saisie.nouveau(), annexe.nouveau()
    retenu = ecarter(saisie.moteur, saisie.poste.porteur, Ecart(la, ici, "agent"), DEPART)
    assert {retenu.a, retenu.b} == {ici, la}
    ecarter(saisie.moteur, saisie.poste.porteur, Ecart(ici, la, "agent"), DEPART)
    assert _chercher(saisie, sauf=ici) == []
    assert _chercher(annexe, sauf=la) == []
    assert {candidat.dossier for candidat in _chercher(saisie)} == {ici, la}


def test_on_n_ecarte_que_ce_qu_on_tient(saisie: Saisie, annexe: Saisie) -> None:
    la, ici = annexe.nouveau(), saisie.nouveau()
    for a, b in ((la, identifiant()), (ici, ici), (ici, ""), (ici, "x" * 40)):
        with pytest.raises(Refuse) as refus:
            ecarter(saisie.moteur, saisie.poste.porteur, Ecart(a, b, "agent"), DEPART)
        assert (refus.value.statut, refus.value.refus.code) == (404, "hors_perimetre")


@pytest.mark.parametrize("vide", [{"naissance": ""}, {"telephone": "--"}, {"numero": "."}])
def test_sans_nom_ni_telephone_ni_numero_rien_ne_se_cherche(saisie: Saisie, vide: dict[str, str]) -> None:
    with pytest.raises(Refuse) as refus:
        _chercher(saisie, noms="", prenoms="·", **vide)
    assert refus.value.statut == 422


def test_la_meme_personne_ecrite_deux_fois_dans_le_dossier_se_signale_pas_des_jumeaux(saisie: Saisie) -> None:
    def foyer(*prenoms: str) -> dict[str, Any]:
        elements = {
            str(rang): {"nom": "BEN ALI", "prenoms": prenom, "date_naissance": "2014-05-20"}
            for rang, prenom in enumerate(prenoms)
        }
        return {**BENALI, "foyer": {"personnes": {"elements": elements}}}

    double, jumeaux = saisie.nouveau(foyer("Inès", "Ines")), saisie.nouveau(foyer("Inès", "Yanis"))
    (candidat,) = _chercher(saisie, noms="X", prenoms="Y", sauf=double)
    assert (candidat.dossier, candidat.raisons) == (double, ("une personne y est peut-être écrite deux fois",))
    assert _chercher(saisie, noms="X", prenoms="Y", sauf=jumeaux) == []


def test_un_nom_sans_fin_ne_fait_pas_tomber_l_index(saisie: Saisie) -> None:
    hasard = random.Random(7)
    nom = " ".join("".join(hasard.choices("bcdfghjklmnpqrst", k=3000)) for _ in range(20))
    contenu = {"demandeur": {"nom": nom, "prenoms": nom, "date_naissance": nom}, "demande": {"numero_unique": nom}}
    assert saisie.nouveau(contenu)
    assert _chercher(saisie, noms=nom, prenoms=nom, numero=nom)[0].dossier in saisie.etats
