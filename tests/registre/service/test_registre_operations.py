"""Recevoir des opérations : une fois, dans l'ordre, sans impasse ; chaque refus définitif garde son rang."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import UNSET, structs
from outils_operations import BENALI, Saisie, identifiant
from outils_postgresql import refus_injecte
from outils_registre import AILLEURS, ANNEXE, DEPART, PosteDEssai, enrole, peupler
from sqlalchemy import Engine, func, select

from modele.dossier.operations import ChampPose, Instant, Operation
from modele.fusion import Issue, divergences
from modele.protocole.messages import LotDOperations, OperationEnvoyee, Recus
from registre.base import schema
from registre.service import operations
from registre.service.administration import revoquer
from registre.service.operations import recevoir
from registre.service.personnes import PERSONNES_AU_PLUS
from registre.service.refus import HORS_PERIMETRE, Refuse
from registre.service.verification import CONTENU_AU_PLUS, _nature_connue

SUR_LES_DEUX = False


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def collegue(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Poste 2")), moteur)


def _compte(moteur: Engine, table: Any) -> int:
    with moteur.connect() as connexion:
        return connexion.execute(select(func.count()).select_from(table)).scalar_one()


def _seq(moteur: Engine) -> int:
    with moteur.connect() as connexion:
        return connexion.execute(select(schema.territoire.c.seq)).scalar_one()


def _refus(appel: Callable[[], object]) -> Refuse:
    with pytest.raises(Refuse) as refus:
        appel()
    return refus.value


# --- une seule fois -----------------------------------------------------------------------------------------------


def test_un_lot_rejoue_rend_les_memes_recus_et_n_ecrit_rien(moteur: Engine, saisie: Saisie) -> None:
    creations = [saisie.creer() for _ in range(3)]
    premiers = saisie.envoyer(*creations)
    assert [recu.sequence for recu in premiers.issues] == [1, 2, 3]
    assert saisie.envoyer(*creations) == premiers
    assert _compte(moteur, schema.operation) == 3
    assert _seq(moteur) == 3


def test_un_lot_dont_le_debut_est_connu_ne_recoit_que_la_suite(saisie: Saisie) -> None:
    debut = [saisie.creer() for _ in range(2)]
    recus = saisie.envoyer(*debut)
    suite = [saisie.creer(), saisie.poser(debut[0].entete.dossier, {"contact.langue": "ar"})]
    tous = saisie.envoyer(*debut, *suite)
    assert tous.issues[:2] == recus.issues
    assert [recu.sequence for recu in tous.issues] == [1, 2, 3, 4]


def test_le_recu_d_une_divergence_et_celui_d_un_refus_se_rejouent_aussi(saisie: Saisie, collegue: Saisie) -> None:
    dossier = saisie.nouveau()
    collegue.lire()
    saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"}))
    autre = collegue.poser(dossier, {"contact.langue": "fr"})
    refusee = collegue.poser(identifiant(), {"contact.langue": "fr"})
    recus = collegue.envoyer(autre, refusee)
    assert [recu.issue for recu in recus.issues] == [Issue.DIVERGENCE, Issue.REFUSEE]
    assert collegue.envoyer(autre, refusee) == recus
    assert collegue.envoyer(refusee).issues == recus.issues[1:]


def test_un_lot_vide_ne_fait_rien(saisie: Saisie) -> None:
    assert saisie.envoyer() == Recus([])


# --- la chaîne ----------------------------------------------------------------------------------------------------


def test_un_rang_manquant_dit_le_rang_attendu(saisie: Saisie) -> None:
    operations = [saisie.creer() for _ in range(4)]
    saisie.envoyer(operations[0])
    refus = _refus(lambda: saisie.envoyer(*operations[2:])).refus
    assert (refus.code, refus.epoque, refus.attendu) == ("rang_manquant", saisie.epoque, 2)
    assert len(saisie.envoyer(*operations[1:]).issues) == 3


def test_une_epoque_commence_au_rang_un(saisie: Saisie) -> None:
    saisie.creer()
    seconde = saisie.creer()
    assert _refus(lambda: saisie.envoyer(seconde)).refus.attendu == 1


def test_un_poste_clone_ouvre_une_epoque_nouvelle_et_rien_n_est_perdu(moteur: Engine, saisie: Saisie) -> None:
    commune = saisie.creer()
    saisie.envoyer(commune)
    clone = Saisie(saisie.poste, moteur, saisie.epoque)
    clone.chaine = saisie.chaine
    deja = saisie.creer()
    saisie.envoyer(deja)
    du_clone = clone.creer()
    refus = _refus(lambda: clone.envoyer(du_clone)).refus
    assert (refus.code, refus.attendu, refus.tete) == ("epoque_nouvelle", 3, deja.empreinte.hex())
    # Rechaînées : la commune, déjà reçue par l'autre époque, se reconnaît à son identifiant ; la sienne entre.
    recus = clone.envoyer(*clone.rechainees([commune, du_clone]))
    assert [recu.sequence for recu in recus.issues] == [1, 3]
    assert recus.issues[0].id == commune.entete.id
    assert clone.envoyer(clone.creer()).issues[0].sequence == 4


def test_l_operation_rechainee_garde_son_rang_dans_la_nouvelle_epoque(saisie: Saisie) -> None:
    commune = saisie.creer()
    saisie.envoyer(commune)
    rechainees = saisie.rechainees([commune])
    recus = saisie.envoyer(*rechainees)
    suite = saisie.creer()
    assert saisie.envoyer(*rechainees, suite).issues[0] == recus.issues[0]
    assert saisie.envoyer(suite).issues[0].issue is Issue.ACCEPTEE


def test_un_poste_restaure_d_une_vieille_sauvegarde_n_est_pas_dans_une_impasse(moteur: Engine, saisie: Saisie) -> None:
    vieille = saisie.chaine
    saisie.envoyer(saisie.creer(), saisie.creer())
    saisie.chaine = vieille
    refaite = saisie.creer()
    assert _refus(lambda: saisie.envoyer(refaite)).refus.code == "epoque_nouvelle"
    assert saisie.envoyer(*saisie.rechainees([refaite])).issues[0].issue is Issue.ACCEPTEE


def test_une_chaine_rompue_dans_le_lot_ouvre_une_epoque_nouvelle(saisie: Saisie) -> None:
    premiere, deuxieme = saisie.creer(), saisie.creer()
    autre = saisie.operation(identifiant(), {}, rang=3, precedente="00" * 32)
    assert _refus(lambda: saisie.envoyer(premiere, deuxieme, autre)).refus.code == "epoque_nouvelle"


def test_un_rang_deja_pris_par_une_autre_operation_se_voit_sans_la_suite(moteur: Engine, saisie: Saisie) -> None:
    double = Saisie(saisie.poste, moteur, saisie.epoque)
    saisie.envoyer(saisie.creer(), saisie.creer())
    assert _refus(lambda: double.envoyer(double.creer())).refus.code == "epoque_nouvelle"


def test_l_epoque_d_un_autre_poste_ne_se_continue_pas_et_ne_dit_rien(moteur: Engine, saisie: Saisie) -> None:
    commune = saisie.creer()
    saisie.envoyer(commune)
    # Le même coffre, enrôlé sous un autre nom.
    autre = Saisie(enrole(moteur, PosteDEssai("Copie")), moteur, saisie.epoque)
    refus = _refus(lambda: autre.envoyer(autre.creer())).refus
    assert (refus.code, refus.attendu, refus.tete) == ("epoque_nouvelle", 0, "")
    recus = autre.envoyer(*autre.rechainees([commune]))
    assert recus.issues[0].sequence == 1


def test_l_operation_d_un_autre_poste_ne_se_reconnait_qu_a_qui_la_tient(moteur: Engine, saisie: Saisie) -> None:
    commune = saisie.creer()
    saisie.envoyer(commune)
    etranger = Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)
    (recu,) = etranger.envoyer(*etranger.rechainees([commune])).issues
    assert (recu.issue, recu.code, recu.sequence) == (Issue.REFUSEE, "hors_perimetre", 0)
    collegue = Saisie(enrole(moteur, PosteDEssai("Poste 2")), moteur)
    volee = collegue.operation(commune.entete.dossier, {"contact.langue": ChampPose(apres="ar")}, id=commune.entete.id)
    assert collegue.recu(volee).code == "hors_perimetre"


# --- ce qui n'est pas authentique ---------------------------------------------------------------------------------


def test_une_signature_fausse_refuse_tout_le_lot_sans_trace(moteur: Engine, saisie: Saisie, collegue: Saisie) -> None:
    operations = [saisie.creer(), saisie.creer()]
    lot = saisie.lot(*operations)
    faux = LotDOperations([lot.operations[0], structs.replace(lot.operations[1], signature=b"\0" * 64)])
    refus = _refus(lambda: recevoir(moteur, saisie.poste.porteur, faux, DEPART))
    assert (refus.statut, refus.refus.code) == (403, "signature_fausse")
    assert _compte(moteur, schema.operation) == _compte(moteur, schema.chaine) == 0
    # La signature d'un autre poste, rejouée par celui-ci, ne vaut pas mieux.
    assert _refus(lambda: recevoir(moteur, collegue.poste.porteur, lot, DEPART)).refus.code == "signature_fausse"


def test_un_autre_territoire_est_refuse(moteur: Engine, saisie: Saisie) -> None:
    peupler(moteur, AILLEURS)
    voisin = enrole(moteur, PosteDEssai("Voisin", territoire=AILLEURS))
    ici = Saisie(saisie.poste, moteur)
    operation = ici.operation(identifiant(), {}, territoire=AILLEURS)
    assert _refus(lambda: ici.envoyer(operation)).refus.code == "territoire"
    assert Saisie(voisin, moteur).envoyer().issues == []


@pytest.mark.parametrize(
    "entete",
    [
        {"id": "1"},
        {"dossier": "../x"},
        {"epoque": "E"},
        {"rang": 0},
        {"rang": 2**62},
        {"agent": "x" * 5000},
        {"fait_le": Instant(DEPART.replace(tzinfo=None), 0)},
    ],
)
def test_un_en_tete_illisible_refuse_le_lot(saisie: Saisie, entete: dict[str, Any]) -> None:
    operation = saisie.operation(identifiant(), {}, **entete)
    refus = _refus(lambda: saisie.envoyer(operation))
    assert (refus.statut, refus.refus.code) == (422, "lot_illisible")


@pytest.mark.parametrize("octets", [b"", b"{", b"[]", b"\xff", b"[" * 3000, b'{"id": 1}'])
def test_des_octets_qui_ne_sont_pas_une_operation_refusent_le_lot(
    moteur: Engine, saisie: Saisie, octets: bytes
) -> None:
    lot = LotDOperations([OperationEnvoyee(octets, b"", b"", b"")])
    assert _refus(lambda: recevoir(moteur, saisie.poste.porteur, lot, DEPART)).refus.code == "lot_illisible"


def test_un_lot_mele_ou_trop_grand_est_refuse(moteur: Engine, saisie: Saisie) -> None:
    premiere, deuxieme = saisie.creer(), saisie.creer()
    autre = Saisie(saisie.poste, moteur).creer()
    for lot in ((deuxieme, premiere), (premiere, autre), (premiere, premiere)):
        assert _refus(lambda lot=lot: saisie.envoyer(*lot)).refus.code == "lot_desordonne"
    trop = LotDOperations(saisie.lot(premiere).operations * 501)
    assert _refus(lambda: recevoir(moteur, saisie.poste.porteur, trop, DEPART)).statut == 413


def test_un_poste_revoque_entre_temps_ne_pousse_plus(moteur: Engine, saisie: Saisie) -> None:
    revoquer(moteur, saisie.poste.territoire, saisie.poste.id, DEPART)
    assert _refus(lambda: saisie.envoyer(saisie.creer())).refus.code == "poste_revoque"


# --- les refus définitifs -----------------------------------------------------------------------------------------


def test_un_refus_definitif_garde_son_rang_et_la_suite_passe(moteur: Engine, saisie: Saisie) -> None:
    premiere, inconnue = saisie.creer(), saisie.poser(identifiant(), {"contact.langue": "ar"})
    recus = saisie.envoyer(premiere, inconnue, saisie.creer())
    assert [recu.issue for recu in recus.issues] == [Issue.ACCEPTEE, Issue.REFUSEE, Issue.ACCEPTEE]
    assert [recu.sequence for recu in recus.issues] == [1, 0, 2]
    with moteur.connect() as connexion:
        gardee = connexion.execute(select(schema.operation).where(schema.operation.c.rang == 2)).one()
    assert (gardee.sel, gardee.contenu) == (None, None)
    assert gardee.entete == inconnue.octets


def test_ce_qui_est_hors_du_perimetre_se_refuse_toujours_de_la_meme_phrase(moteur: Engine, saisie: Saisie) -> None:
    dossier, discret = saisie.nouveau(), saisie.nouveau({**BENALI, "protection": {"discret": True}})
    autre = Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)
    operations = [autre.poser(lequel, {"contact.langue": "ar"}) for lequel in (dossier, discret, identifiant())]
    operations.append(autre.creer(dossier=dossier))
    recus = autre.envoyer(*operations).issues
    assert {(recu.code, recu.cause, recu.version) for recu in recus} == {("hors_perimetre", HORS_PERIMETRE, 0)}


def _abimer(lot: LotDOperations, **contenu: Any) -> LotDOperations:
    return LotDOperations([structs.replace(lot.operations[0], **contenu)])


@pytest.mark.parametrize(
    "contenu",
    [
        {"contenu": b"{}"},
        {"contenu": None},
        {"sel": None},
        {"sel": None, "contenu": None},
        {"contenu": b"x" * (CONTENU_AU_PLUS + 1)},
    ],
)
def test_un_contenu_infidele_est_refuse_pour_toujours(moteur: Engine, saisie: Saisie, contenu: dict[str, Any]) -> None:
    lot = _abimer(saisie.lot(saisie.creer()), **contenu)
    (recu,) = recevoir(moteur, saisie.poste.porteur, lot, DEPART).issues
    assert (recu.issue, recu.code) == (Issue.REFUSEE, "contenu")


@pytest.mark.parametrize("contenu", [b"", b"{", b"[]", b'{"a": 1}', b"\xff", b'{"a":{"apres":1e999999}}', b"[" * 5000])
def test_un_contenu_fidele_mais_illisible_est_refuse_pour_toujours(saisie: Saisie, contenu: bytes) -> None:
    sel = b"sel"
    annonce = hashlib.sha256(sel + contenu).hexdigest()
    operation = saisie.operation(identifiant(), {}, contenu=annonce)
    (recu,) = saisie.envoyer(Operation(operation.octets, sel, contenu)).issues
    assert (recu.issue, recu.code) == (Issue.REFUSEE, "contenu")


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"": ChampPose(apres=1)}, "schema"),
        ({"a..b": ChampPose(apres=1)}, "schema"),
        ({"foyer.personnes.elements.a#b": ChampPose(apres={})}, "schema"),
        ({".".join("a" * 13): ChampPose(apres=1)}, "schema"),
        ({"a" * 500: ChampPose(apres=1)}, "schema"),
        ({"a": ChampPose(apres=[[[[[[[[[[[[[[1]]]]]]]]]]]]]])}, "schema"),
        ({"territoire": ChampPose(apres="autre")}, "immuable"),
        ({"id": ChampPose(apres="autre")}, "immuable"),
        ({"cree_le": ChampPose(apres="2020-01-01")}, "immuable"),
        ({"schema.x": ChampPose(apres=1)}, "immuable"),
    ],
)
def test_un_contenu_qui_n_est_pas_d_un_dossier_est_refuse(
    saisie: Saisie, champs: dict[str, ChampPose], code: str
) -> None:
    dossier = saisie.nouveau()
    assert saisie.recu(saisie.operation(dossier, champs)).code == code
    assert saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE


@pytest.mark.parametrize("faux", [{"id": "autre"}, {"territoire": AILLEURS}])
def test_une_creation_qui_ne_dit_pas_son_dossier_est_refusee(saisie: Saisie, faux: dict[str, str]) -> None:
    identite = {"id": identifiant(), "territoire": saisie.poste.territoire}
    champs = {nom: ChampPose(apres=valeur) for nom, valeur in {**identite, **faux}.items()}
    assert saisie.recu(saisie.operation(identite["id"], champs)).code == "immuable"


def test_un_format_inconnu_est_refuse_et_une_version_future_attend(moteur: Engine, saisie: Saisie) -> None:
    dossier = saisie.nouveau()
    champs = {"contact.langue": ChampPose(apres="ar")}
    assert saisie.recu(saisie.operation(dossier, champs, format=0)).code == "schema"
    bonne, future, suite = (saisie.operation(dossier, champs, **entete) for entete in ({}, {"schema": 99}, {}))
    recus = saisie.envoyer(bonne, future, suite)
    assert [recu.id for recu in recus.issues] == [bonne.entete.id]
    assert recus.arret is not None
    assert recus.arret.code == "schema_recent"
    assert saisie.envoyer(bonne, future).issues == recus.issues


# --- les empêchements passagers -----------------------------------------------------------------------------------


def test_une_base_occupee_arrete_le_lot_sans_trace(moteur: Engine, saisie: Saisie) -> None:
    creation = saisie.creer()
    with refus_injecte(moteur, 4, "55P03"):
        recus = saisie.envoyer(creation)
    assert recus.issues == []
    assert recus.arret is not None
    assert (recus.arret.code, recus.arret.reprendre_dans_s) == ("base_occupee", 5)
    assert _compte(moteur, schema.chaine) == 0
    assert saisie.recu(creation).sequence == 1


def test_deux_conflits_de_suite_avec_d_autres_postes_recommencent(moteur: Engine, saisie: Saisie) -> None:
    creation = saisie.creer()
    with refus_injecte(moteur, 4, "23505"), refus_injecte(moteur, 8, "23505"):
        assert saisie.recu(creation).sequence == 1
    assert _compte(moteur, schema.operation) == 1


# --- à plusieurs --------------------------------------------------------------------------------------------------


def test_deux_postes_sur_le_meme_champ_divergent_et_rien_ne_disparait(saisie: Saisie, collegue: Saisie) -> None:
    dossier = saisie.nouveau()
    collegue.lire()
    saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"}))
    recu = collegue.recu(collegue.poser(dossier, {"contact.langue": "fr"}))
    assert (recu.issue, recu.champs, recu.vigueur) == (
        Issue.DIVERGENCE,
        ("contact.langue",),
        {"contact.langue": {"contact.langue": "ar"}},
    )
    collegue.lire()
    (divergence,) = divergences(collegue.etats[dossier])
    assert [proposition.valeurs for proposition in divergence.propositions] == [
        {"contact.langue": "ar"},
        {"contact.langue": "fr"},
    ]


def test_deux_postes_d_accord_fusionnent(saisie: Saisie, collegue: Saisie) -> None:
    dossier = saisie.nouveau()
    collegue.lire()
    saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"}))
    assert collegue.recu(collegue.poser(dossier, {"contact.langue": "ar"})).issue is Issue.FUSIONNEE


def test_retirer_un_champ_vu_est_accepte(saisie: Saisie) -> None:
    dossier = saisie.nouveau()
    assert saisie.recu(saisie.poser(dossier, {"contact.telephone": UNSET})).issue is Issue.ACCEPTEE
    saisie.lire()
    assert "contact" not in saisie.document(dossier)


def test_deux_postes_qui_poussent_les_memes_dossiers_en_meme_temps_passent_tous(
    moteur: Engine, saisie: Saisie, collegue: Saisie
) -> None:
    dossiers = [saisie.nouveau() for _ in range(6)]
    collegue.lire()
    pret = threading.Barrier(2)
    recus: dict[str, Recus] = {}

    def pousser(qui: Saisie, ordre: list[str]) -> None:
        operations = [qui.poser(dossier, {"contact.langue": qui.poste.nom}) for dossier in ordre]
        pret.wait(10)
        recus[qui.poste.nom] = qui.envoyer(*operations)

    fils = [
        threading.Thread(target=pousser, args=(saisie, dossiers)),
        threading.Thread(target=pousser, args=(collegue, dossiers[::-1])),
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    issues = [recu for rendu in recus.values() for recu in rendu.issues]
    assert len(issues) == 12
    assert sorted(recu.issue for recu in issues) == [Issue.ACCEPTEE] * 6 + [Issue.DIVERGENCE] * 6
    assert sorted(recu.sequence for recu in issues) == list(range(7, 19))
    assert _seq(moteur) == 18


def test_le_meme_lot_pousse_deux_fois_en_meme_temps_n_entre_qu_une_fois(moteur: Engine, saisie: Saisie) -> None:
    creations = [saisie.creer() for _ in range(5)]
    recus: list[Recus] = []
    fils = [threading.Thread(target=lambda: recus.append(saisie.envoyer(*creations))) for _ in range(3)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert recus == [recus[0]] * 3
    assert _seq(moteur) == 5


def test_le_meme_dossier_cree_par_deux_postes_en_meme_temps_n_entre_qu_une_fois(
    moteur: Engine, saisie: Saisie, collegue: Saisie
) -> None:
    commune = saisie.creer()
    (rechainee,) = collegue.rechainees([commune])
    pret = threading.Barrier(2)
    recus: list[Recus] = []

    def pousser(qui: Saisie, operation: Any) -> None:
        pret.wait(10)
        recus.append(qui.envoyer(operation))

    fils = [threading.Thread(target=pousser, args=un) for un in ((saisie, commune), (collegue, rechainee))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert [recu.issue for rendu in recus for recu in rendu.issues] == [Issue.ACCEPTEE] * 2
    assert _compte(moteur, schema.operation) == _compte(moteur, schema.dossier) == 1


@pytest.mark.parametrize("apres", ["_connues", "prendre"])
def test_le_meme_dossier_entre_par_un_autre_poste_entre_deux_lectures(
    saisie: Saisie, collegue: Saisie, monkeypatch: pytest.MonkeyPatch, apres: str
) -> None:
    """Entre ce que le registre lit des opérations et ce qu'il lit des dossiers, l'autre poste a tout fait entrer."""
    commune = saisie.creer()
    (rechainee,) = collegue.rechainees([commune])
    lire_la_base, passes = getattr(operations, apres), []

    def puis_l_autre(connexion: Any, *suite: Any) -> Any:
        lu = lire_la_base(connexion, *suite)
        if not passes:
            passes.append(True)
            assert saisie.recu(commune).issue is Issue.ACCEPTEE
        return lu

    monkeypatch.setattr(operations, apres, puis_l_autre)
    assert collegue.recu(rechainee).issue is Issue.ACCEPTEE
    assert _compte(saisie.moteur, schema.operation) == _compte(saisie.moteur, schema.dossier) == 1


# --- un poste qui voudrait étouffer le registre -------------------------------------------------------------------


def test_un_dossier_ne_grossit_pas_sans_fin(saisie: Saisie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registre.service.jugement.ETAT_AU_PLUS", 4000)
    dossier = saisie.nouveau()
    pleines = [saisie.poser(dossier, {f"x.y{rang}": "z" * 1000}) for rang in range(5)]
    recus = saisie.envoyer(*pleines).issues
    assert [recu.code for recu in recus] == ["", "", "", "demesure", "demesure"]
    assert saisie.recu(saisie.poser(dossier, {"x.y9": "z" * 1000})).code == "demesure"
    voisin = saisie.nouveau()
    assert saisie.recu(saisie.poser(voisin, {"x.y": "z" * 1000})).issue is Issue.ACCEPTEE


def test_un_chemin_demesure_ne_reste_pas_en_memoire(saisie: Saisie) -> None:
    avant = _nature_connue.cache_info().currsize
    assert saisie.recu(saisie.operation(identifiant(), {"x" * 100_000: ChampPose(apres=1)})).code == "schema"
    assert _nature_connue.cache_info().currsize == avant


def test_un_foyer_sans_fin_ne_remplit_pas_l_index(moteur: Engine, saisie: Saisie) -> None:
    noms = " ".join(f"nom{chr(97 + rang)}" for rang in range(20))
    personnes = {str(rang): {"nom": noms, "prenoms": noms} for rang in range(PERSONNES_AU_PLUS + 40)}
    saisie.nouveau({**BENALI, "foyer": {"personnes": {"elements": personnes}}})
    assert _compte(moteur, schema.personne) == PERSONNES_AU_PLUS
    assert _compte(moteur, schema.terme) < 100
