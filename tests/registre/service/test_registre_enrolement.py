"""Un code n'enrôle qu'un poste, une fois ; la réponse perdue se redemande ; le poste reçoit les dossiers du guichet."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from outils_registre import ANNEXE, DEPART, TERRITOIRE, PosteDEssai, code_neuf, enrole
from sqlalchemy import Engine, insert, select, update

from modele.protocole.messages import Enrole, Enrolement
from modele.protocole.signatures import texte_du_defi, verifier
from registre.base.schema import code_enrolement, dossier, perimetre, poste
from registre.base.schema import territoire as table_territoire
from registre.service.codes import invitation, nouveau_code, relire_code
from registre.service.enrolement import enroler
from registre.service.refus import Refuse


def _refus(moteur: Engine, demande: Enrolement, apres: timedelta = timedelta(0)) -> tuple[int, str]:
    with pytest.raises(Refuse) as refus:
        enroler(moteur, demande, DEPART + apres)
    return refus.value.statut, refus.value.refus.code


def test_un_code_enrole_le_poste_a_son_guichet_avec_ses_roles(moteur: Engine, territoire: str) -> None:
    nouveau = PosteDEssai(guichet=ANNEXE, roles=("agent", "social"), nom="  Poste de l'annexe ")
    recu = enroler(moteur, nouveau.demande(code_neuf(moteur, nouveau)), DEPART)
    assert (recu.territoire, recu.guichet, recu.nom_guichet, recu.roles) == (
        TERRITOIRE, ANNEXE, "Annexe", ("agent", "social"),
    )  # fmt: skip
    assert (len(recu.cle_registre), len(recu.scellement_registre), recu.instant) == (32, 32, DEPART)
    with moteur.connect() as connexion:
        ligne = connexion.execute(select(poste)).one()
        code = connexion.execute(select(code_enrolement)).one()
    assert (ligne.nom, ligne.guichet, ligne.revoque_le) == ("Poste de l'annexe", ANNEXE, None)
    assert (code.poste, code.utilise_le) == (nouveau.id, DEPART)


def test_la_reponse_perdue_se_redemande_a_l_identique(moteur: Engine, territoire: str) -> None:
    nouveau = PosteDEssai()
    demande = nouveau.demande(code_neuf(moteur, nouveau))
    premiere = enroler(moteur, demande, DEPART)
    tard = DEPART + timedelta(hours=3)
    assert enroler(moteur, demande, tard) == Enrole(
        **{champ: getattr(premiere, champ) for champ in premiere.__struct_fields__ if champ != "instant"}, instant=tard
    )


def test_le_code_qui_a_servi_ne_sert_a_personne_d_autre(moteur: Engine, territoire: str) -> None:
    premier, second = PosteDEssai(), PosteDEssai()
    code = code_neuf(moteur, premier)
    enroler(moteur, premier.demande(code), DEPART)
    assert _refus(moteur, second.demande(code)) == (403, "code_utilise")
    second.id = premier.id
    assert _refus(moteur, second.demande(code)) == (403, "code_utilise")


def test_un_code_se_tape_en_minuscules_et_sans_tirets(moteur: Engine, territoire: str) -> None:
    nouveau = PosteDEssai()
    lieu, _, secret = code_neuf(moteur, nouveau).partition("/")
    tape = f" {lieu}/{secret.lower().replace('-', ' ')} "
    assert enroler(moteur, nouveau.demande(tape), DEPART).territoire == TERRITOIRE


@pytest.mark.parametrize("code", ["", "rien", "metropole-exemple/", "metropole-exemple/ABCD", "ailleurs/ABCD-EFGH"])
def test_un_code_inconnu_est_refuse(moteur: Engine, territoire: str, code: str) -> None:
    assert _refus(moteur, PosteDEssai().demande(code)) == (403, "code_inconnu")


def test_un_code_echu_est_refuse_a_l_heure_du_registre(moteur: Engine, territoire: str) -> None:
    nouveau = PosteDEssai()
    demande = nouveau.demande(code_neuf(moteur, nouveau))
    assert _refus(moteur, demande, timedelta(hours=1)) == (403, "code_echu")
    enroler(moteur, demande, DEPART + timedelta(minutes=59))


def test_un_identifiant_deja_pris_ne_change_pas_de_mains(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    usurpateur = PosteDEssai(id=poste_enrole.id)
    demande = usurpateur.demande(code_neuf(moteur, usurpateur))
    assert _refus(moteur, demande) == (409, "poste_existant")
    # Le code n'est pas perdu : le poste revient avec un autre identifiant.
    usurpateur.id = "un-autre"
    enroler(moteur, usurpateur.demande(demande.code), DEPART)


@pytest.mark.parametrize(
    "faute",
    [
        {"cle_signature": b"courte"},
        {"cle_scellement": b""},
        {"nom": " "},
        {"nom": "n" * 121},
        {"poste": ""},
        {"poste": "p" * 65},
        {"poste": "a\nb"},
    ],
)
def test_une_demande_mal_formee_est_refusee(moteur: Engine, territoire: str, faute: dict[str, Any]) -> None:
    nouveau = PosteDEssai()
    demande = nouveau.demande(code_neuf(moteur, nouveau))
    champs = {champ: getattr(demande, champ) for champ in demande.__struct_fields__} | faute
    assert _refus(moteur, Enrolement(**champs)) == (422, "enrolement_invalide")


def test_deux_postes_qui_presentent_ensemble_le_meme_code_n_en_font_qu_un(moteur: Engine, territoire: str) -> None:
    code = code_neuf(moteur, PosteDEssai())
    issues: list[str] = []
    depart = threading.Barrier(2)

    def presenter(un: PosteDEssai) -> None:
        depart.wait(10)
        try:
            enroler(moteur, un.demande(code), DEPART)
            issues.append("entré")
        except Refuse as refus:
            issues.append(refus.refus.code)

    fils = [threading.Thread(target=presenter, args=(PosteDEssai(),)) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert sorted(issues) == ["code_utilise", "entré"]


def _ouvrir(moteur: Engine, dossier_: str, guichet: str, discret: bool = False, tombe: str | None = None) -> None:
    with moteur.begin() as connexion:
        connexion.execute(
            insert(dossier).values(
                territoire=TERRITOIRE, id=dossier_, etat=b"", version=1, sequence=1, discret=discret, tombe=tombe,
                poste="p", guichet=guichet, recu_le=DEPART, genre="dossier",
            )
        )  # fmt: skip


@pytest.mark.parametrize(("roles", "attendus"), [(("agent",), ["a", "b"]), (("agent", "social"), ["a", "b", "secret"])])
def test_le_poste_neuf_recoit_les_dossiers_de_son_guichet_chacun_avec_sa_sequence(
    moteur: Engine, territoire: str, roles: tuple[str, ...], attendus: list[str]
) -> None:
    _ouvrir(moteur, "b", "accueil")
    _ouvrir(moteur, "a", "accueil")
    _ouvrir(moteur, "secret", "accueil", discret=True)
    _ouvrir(moteur, "purge", "accueil", tombe="purge")
    _ouvrir(moteur, "ailleurs", ANNEXE)
    with moteur.begin() as connexion:
        connexion.execute(update(table_territoire).values(seq=40))
    neuf = enrole(moteur, PosteDEssai(roles=roles))
    with moteur.connect() as connexion:
        recus = connexion.execute(select(perimetre).order_by(perimetre.c.sequence)).all()
        seq = connexion.execute(select(table_territoire.c.seq)).scalar_one()
    assert [(un.dossier, un.sequence) for un in recus] == [(nom, 41 + rang) for rang, nom in enumerate(attendus)]
    assert {(un.poste, un.sorti) for un in recus} == {(neuf.id, False)}
    assert seq == 40 + len(attendus)


def test_l_invitation_porte_l_adresse_le_code_et_l_empreinte_de_l_autorite() -> None:
    code = nouveau_code("metropole-exemple")
    assert invitation("10.0.0.5:8443", code, "AB12") == f"perron://10.0.0.5:8443/{code}/AB12"
    assert invitation("http://127.0.0.1:80", code, "") == f"perron+http://127.0.0.1:80/{code}"
    assert invitation("https://registre.exemple.fr/", code, "") == f"perron+https://registre.exemple.fr/{code}"
    assert relire_code(code) == ("metropole-exemple", code.partition("/")[2].replace("-", ""))
    assert len(relire_code(code)[1]) == 20


def test_la_cle_du_poste_enrole_est_celle_qui_verifiera(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    signe = poste_enrole.reponse("défi")
    with moteur.connect() as connexion:
        cle = connexion.execute(select(poste.c.cle_signature)).scalar_one()
    assert verifier(cle, signe.signature, texte_du_defi(TERRITOIRE, poste_enrole.id, "défi"))


def test_un_nom_de_poste_tient_sur_une_ligne(moteur: Engine, territoire: str) -> None:
    """Il s'affiche dans les autres guichets."""
    retors = PosteDEssai(nom="Accueil\nRegistre : tout va bien")
    assert _refus(moteur, retors.demande(code_neuf(moteur, retors))) == (422, "enrolement_invalide")
