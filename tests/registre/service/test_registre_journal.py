"""Le journal : des états croissants, par pages bornées, sans qu'une ligne se perde, même pendant qu'on pousse."""

from __future__ import annotations

import threading

import msgspec
import pytest
from msgspec import structs
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine, select, update

from modele.dossier.documents import encoder
from modele.fusion import EtatDossier, Issue, decoder_etat, document, relire_etat
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import Journal, PosteConnu, Sortie, lire, octets
from registre.base.schema import consultation, territoire
from registre.base.schema import dossier as table_dossier
from registre.service.empreinte import prendre_l_empreinte
from registre.service.journal import EntreeEncodee, developper, lire_page
from registre.service.perimetre import sortir
from registre.service.purge import purger
from registre.service.refus import Refuse


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def collegue(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Poste 2")), moteur)


def test_chaque_poste_du_guichet_recoit_le_dernier_etat_de_chaque_dossier(saisie: Saisie, collegue: Saisie) -> None:
    un, deux = saisie.nouveau(), saisie.nouveau()
    saisie.recu(saisie.poser(un, {"contact.langue": "ar"}))
    page = collegue.lire()
    assert [(entree.dossier, entree.sequence, entree.version) for entree in page.entrees] == [(deux, 2, 1), (un, 3, 2)]
    assert (page.jusque, page.reste) == (3, False)
    assert collegue.document(un)["contact"]["langue"] == "ar"
    assert collegue.lire().entrees == []


def test_un_autre_guichet_ne_recoit_rien_mais_son_curseur_avance(moteur: Engine, saisie: Saisie) -> None:
    ailleurs = Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)
    saisie.nouveau()
    page = ailleurs.lire()
    assert (page.entrees, page.jusque, page.postes) == ([], 1, {})


def test_un_poste_enrole_apres_coup_recoit_tout_son_guichet(moteur: Engine, saisie: Saisie) -> None:
    dossiers = {saisie.nouveau() for _ in range(3)}
    tard = Saisie(enrole(moteur, PosteDEssai("Tard")), moteur)
    assert {entree.dossier for entree in tard.lire().entrees} == dossiers


def test_les_pages_se_suivent_sans_trou_ni_double(saisie: Saisie, collegue: Saisie) -> None:
    dossiers = [saisie.creer() for _ in range(7)]
    saisie.envoyer(*dossiers)
    pages = [collegue.lire(limite=3) for _ in range(3)]
    assert [len(page.entrees) for page in pages] == [3, 3, 1]
    assert [page.reste for page in pages] == [True, True, False]
    assert [page.jusque for page in pages] == [3, 6, 7]


@pytest.mark.parametrize(("octets_au_plus", "attendues"), [(0, 1), (1, 1), (10_000_000, 5)])
def test_une_page_est_bornee_en_octets_et_avance_toujours(
    moteur: Engine, saisie: Saisie, octets_au_plus: int, attendues: int
) -> None:
    saisie.envoyer(*[saisie.creer() for _ in range(5)])
    page = lire_page(moteur, saisie.poste.porteur, 0, 200, "", DEPART, octets_au_plus)
    assert len(page.entrees) == attendues
    assert page.reste is (attendues < 5)
    assert page.jusque == attendues


def test_deux_etats_tiennent_dans_une_page_de_leurs_deux_tailles(moteur: Engine, saisie: Saisie) -> None:
    saisie.envoyer(*[saisie.creer() for _ in range(5)])
    tailles = [len(bytes(entree.etat)) for entree in saisie.lire().entrees if entree.etat is not None]
    page = lire_page(moteur, saisie.poste.porteur, 0, 200, "", DEPART, tailles[0] + tailles[1])
    assert len(page.entrees) == 2


def test_la_page_se_lit_comme_le_message_publie(saisie: Saisie) -> None:
    dossier = saisie.nouveau({**BENALI, "logement_actuel": {"surface": 38}})
    saisie.curseur = 0
    (entree,) = lire(octets(saisie.lire()), Journal).entrees
    assert entree.etat is not None
    assert document(relire_etat(entree.etat)) == saisie.document(dossier)


def test_un_poste_d_une_version_d_avant_recoit_chaque_unite_avec_ses_tetes(saisie: Saisie) -> None:
    """Il ne connaît pas les champs rangés par opération : il lirait un dossier vide."""
    dossier = saisie.nouveau({**BENALI, "logement_actuel": {"surface": 38}})
    saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"}))
    vide = saisie.nouveau({})
    sorti = saisie.nouveau()
    sortir(saisie.moteur, saisie.poste.porteur, Sortie(sorti, "agent"), DEPART)
    saisie.curseur = 0
    page = saisie.lire()
    envoyee = msgspec.json.decode(octets(developper(page)))
    lus = [msgspec.convert(un["etat"], EtatDossier) if "etat" in un else None for un in envoyee["entrees"]]
    assert [un and un.dossier for un in lus] == [dossier, vide, None]
    assert lus[:2] == [saisie.etats[dossier], saisie.etats[vide]]
    assert envoyee | {"entrees": []} == msgspec.json.decode(octets(page)) | {"entrees": []}


def test_une_base_d_une_version_d_avant_se_lit_et_se_complete(moteur: Engine, saisie: Saisie) -> None:
    """Ses états ont toutes leurs têtes, unité par unité ; le premier qui change se récrit rangé."""
    dossier = saisie.nouveau({**BENALI, "logement_actuel": {"surface": 38}})
    avant = saisie.etats[dossier]
    with moteur.begin() as connexion:
        connexion.execute(update(table_dossier).values(etat=encoder(avant)))
    saisie.curseur = 0
    saisie.lire()
    assert saisie.etats[dossier] == avant
    recu = saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"}))
    (entree,) = saisie.lire().entrees
    assert (recu.issue, recu.version) == (Issue.ACCEPTEE, 2)
    assert entree.etat is not None
    assert set(msgspec.json.decode(bytes(entree.etat))) >= {"dits", "auteurs"}
    assert saisie.document(dossier) == {**document(avant), "contact": {**BENALI["contact"], "langue": "ar"}}


def test_les_auteurs_des_valeurs_sont_nommes_avec_leur_guichet(saisie: Saisie, collegue: Saisie) -> None:
    dossier = saisie.nouveau()
    collegue.lire()
    collegue.recu(collegue.poser(dossier, {"contact.langue": "ar"}))
    assert collegue.lire().postes == {
        saisie.poste.id: PosteConnu("Poste 1", "Accueil du CCAS"),
        collegue.poste.id: PosteConnu("Poste 2", "Accueil du CCAS"),
    }


def test_une_poignee_qui_a_change_fait_repartir_de_zero(moteur: Engine, saisie: Saisie) -> None:
    saisie.nouveau()
    ancienne = saisie.lire().poignee
    assert lire_page(moteur, saisie.poste.porteur, 0, 10, ancienne, DEPART).poignee == ancienne
    with moteur.begin() as connexion:
        connexion.execute(update(territoire).values(poignee="nouvelle"))
    with pytest.raises(Refuse) as refus:
        lire_page(moteur, saisie.poste.porteur, 1, 10, ancienne, DEPART)
    assert (refus.value.statut, refus.value.refus.code, refus.value.refus.poignee) == (410, "poignee", "nouvelle")


def test_un_curseur_plus_loin_que_le_registre_fait_repartir_de_zero(moteur: Engine, saisie: Saisie) -> None:
    with pytest.raises(Refuse) as refus:
        lire_page(moteur, saisie.poste.porteur, 1, 10, "", DEPART)
    assert refus.value.statut == 410


def test_chaque_page_rendue_est_notee_au_journal_des_acces(moteur: Engine, saisie: Saisie) -> None:
    dossier = saisie.nouveau()
    saisie.lire()
    with moteur.connect() as connexion:
        notees = connexion.execute(select(consultation)).all()
    assert [(une.poste, une.action, une.dossiers) for une in notees] == [(saisie.poste.id, "journal", [dossier])]


def test_l_empreinte_est_celle_des_versions_tenues(moteur: Engine, saisie: Saisie) -> None:
    vide = prendre_l_empreinte(moteur, saisie.poste.porteur)
    assert (vide.sequence, vide.nombre, vide.empreinte) == (0, 0, empreinte_du_perimetre({}))
    un, deux = saisie.nouveau(), saisie.nouveau()
    saisie.recu(saisie.poser(deux, {"contact.langue": "ar"}))
    pleine = prendre_l_empreinte(moteur, saisie.poste.porteur)
    assert (pleine.sequence, pleine.nombre) == (3, 2)
    assert pleine.empreinte == empreinte_du_perimetre({un: 1, deux: 2})
    saisie.lire()
    assert pleine.empreinte == empreinte_du_perimetre({un: e.version for un, e in saisie.etats.items()})


def test_aucune_entree_ne_se_perd_pendant_que_d_autres_poussent(moteur: Engine, saisie: Saisie) -> None:
    """L'ordre des séquences est celui des validations : un curseur qui avance ne passe devant personne."""
    pousseurs = [Saisie(enrole(moteur, PosteDEssai(f"Poste {rang}")), moteur) for rang in range(4)]
    fini = threading.Event()
    lus: dict[str, int] = {}

    def pousser(qui: Saisie) -> None:
        for _ in range(6):
            creations = [qui.creer() for _ in range(3)]
            suites = [qui.poser(creations[0].entete.dossier, {"contact.langue": "ar"})]
            assert len(qui.envoyer(*creations, *suites).issues) == 4

    def relire() -> None:
        encore = True
        while encore:
            encore = not fini.is_set()
            reste = True
            while reste:
                page = saisie.lire(limite=5)
                reste = page.reste
                for entree in page.entrees:
                    assert entree.etat is not None
                    lus[entree.dossier] = decoder_etat(bytes(entree.etat)).version

    lecteur = threading.Thread(target=relire)
    fils = [threading.Thread(target=pousser, args=(qui,)) for qui in pousseurs]
    for fil in (lecteur, *fils):
        fil.start()
    for fil in fils:
        fil.join(60)
    fini.set()
    lecteur.join(60)
    empreinte = prendre_l_empreinte(moteur, saisie.poste.porteur)
    assert empreinte.nombre == len(lus) == 4 * 6 * 3
    assert empreinte.empreinte == empreinte_du_perimetre(lus)
    assert sorted(lus.values()) == [1] * 48 + [2] * 24


def test_un_dossier_inconnu_n_est_jamais_dans_l_empreinte(moteur: Engine, saisie: Saisie) -> None:
    saisie.recu(saisie.poser(identifiant(), {"contact.langue": "ar"}))
    assert prendre_l_empreinte(moteur, saisie.poste.porteur).nombre == 0


def _sans_chiffre(entrees: list[EntreeEncodee]) -> list[EntreeEncodee]:
    """Un titre est chiffré : il n'en reste à lire que la longueur."""
    return [structs.replace(un, titre=str(len(un.titre))) for un in entrees]


def test_d_un_dossier_sorti_rien_ne_dit_qu_il_vit_encore(moteur: Engine, saisie: Saisie, collegue: Saisie) -> None:
    """Relire tout son journal ne fait pas d'un ancien poste le témoin de ses visites."""
    dossier = saisie.nouveau()
    saisie.recu(saisie.poser(dossier, {"protection.discret": True}))
    relu = []
    for valeur in ("ar", "fr"):
        saisie.lire()
        assert saisie.recu(saisie.poser(dossier, {"contact.langue": valeur})).version
        relu.append(_sans_chiffre(lire_page(moteur, collegue.poste.porteur, 0, 10, "", DEPART).entrees))
    purger(moteur, saisie.poste.territoire, dossier)
    relu.append(_sans_chiffre(lire_page(moteur, collegue.poste.porteur, 0, 10, "", DEPART).entrees))
    assert relu[0] == relu[1] == relu[2]
    assert [(un.dossier, un.version, un.tombe) for un in relu[0]] == [(dossier, 0, "sortie")]
