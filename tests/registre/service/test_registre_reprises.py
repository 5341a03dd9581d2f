"""Ce qu'un registre restauré croit d'un poste : ses propres titres, et rien que le poste ait pu se faire."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import structs
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine, delete, select, update

from modele.fusion import EtatEcrit
from modele.protocole.messages import MIROIRS_PAR_REPRISE, MiroirPropose, Ouverture, Reprise, Sort
from registre.base.reprise import ouvrir_la_reprise
from registre.base.schema import dossier, lignee, operation, perimetre, personne, poste, terme, territoire
from registre.service.journal import lire_page
from registre.service.perimetre import ouvrir
from registre.service.refus import Refuse
from registre.service.reprises import reprendre
from registre.service.titres import Sceau, Titre

DISCRET = {**BENALI, "protection": {"discret": True}}


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def _miroirs(saisie: Saisie) -> list[MiroirPropose]:
    """Ce que ce poste garde de son journal."""
    entrees = lire_page(saisie.moteur, saisie.poste.porteur, 0, 100, "", DEPART).entrees
    return [
        MiroirPropose(un.titre, msgspec.json.decode(un.etat, type=EtatEcrit) if un.etat else None) for un in entrees
    ]


def _perdre(moteur: Engine) -> str:
    """La base est remise d'une sauvegarde qui ne connaît que les postes ; rend sa poignée."""
    with moteur.begin() as connexion:
        ouvrir_la_reprise(connexion, DEPART)
        connexion.execute(update(lignee).values(sequence=0))
        for table in (dossier, perimetre, personne, terme, operation):
            connexion.execute(delete(table))
        return str(connexion.execute(select(territoire.c.poignee)).scalar_one())


def _proposer(saisie: Saisie, poignee: str, *miroirs: MiroirPropose) -> list[Sort]:
    return reprendre(saisie.moteur, saisie.poste.porteur, Reprise(poignee, list(miroirs)), DEPART).sorts


def _tous_revenus(moteur: Engine) -> None:
    with moteur.begin() as connexion:
        connexion.execute(update(poste).values(absent=False, attendu=False))


def _tient(saisie: Saisie) -> set[str]:
    requete = select(perimetre.c.dossier).where(perimetre.c.poste == saisie.poste.id, perimetre.c.sorti.is_(False))
    with saisie.moteur.connect() as connexion:
        return set(connexion.execute(requete).scalars())


def test_le_titre_d_abord_puis_l_etat_et_redemander_ne_change_rien(moteur: Engine, saisie: Saisie) -> None:
    lequel = saisie.nouveau(DISCRET)
    (miroir,) = _miroirs(saisie)
    poignee = _perdre(moteur)
    assert _proposer(saisie, poignee, MiroirPropose(miroir.titre)) == [Sort.APPORTER]
    assert [_proposer(saisie, poignee, miroir) for _ in range(2)] == [[Sort.TENU], [Sort.TENU]]
    assert _tient(saisie) == {lequel}
    with moteur.connect() as connexion:
        (repris,) = connexion.execute(select(dossier)).all()
    assert (repris.discret, repris.poste, repris.guichet) == (True, saisie.poste.id, saisie.poste.guichet)


def test_ni_le_titre_d_un_autre_ni_un_titre_qu_on_se_fait(moteur: Engine, saisie: Saisie) -> None:
    """Qui connaît l'identifiant d'un dossier discret ne se le rend pas."""
    voleur = Saisie(enrole(moteur, PosteDEssai("Voleur")), moteur)
    lequel = saisie.nouveau(DISCRET)
    (miroir,) = _miroirs(saisie)
    poignee = _perdre(moteur)
    sien = Titre(saisie.poste.territoire, "p", lequel, 99, voleur.poste.id, voleur.poste.id, "accueil", discret=False)
    faux = [Sceau(b"a lui").sceller(sien), "", "é", "AAAA", miroir.titre[:-4], miroir.titre]
    assert _proposer(voleur, poignee, *(MiroirPropose(un, miroir.etat) for un in faux)) == [Sort.REFUSE] * len(faux)
    assert (_tient(voleur), _proposer(saisie, poignee, miroir)) == (set(), [Sort.TENU])


def test_un_etat_qui_n_est_pas_celui_du_titre_est_refuse(moteur: Engine, saisie: Saisie) -> None:
    """Sans sa discrétion, sous un autre nom, d'un autre genre, sans auteur, démesuré : il reste sur son poste."""
    saisie.nouveau(DISCRET)
    (miroir,) = _miroirs(saisie)
    poignee = _perdre(moteur)
    etat = miroir.etat
    assert etat is not None
    ((premiere, dits),) = etat.dits.items()
    sans = {nom: valeur for nom, valeur in dits.items() if not nom.startswith("protection")}
    for faux in (
        structs.replace(etat, dits={premiere: sans}),
        structs.replace(etat, dossier=identifiant()),
        structs.replace(etat, territoire="ailleurs"),
        structs.replace(etat, genre="inconnu"),
        structs.replace(etat, absorbes=("pas un identifiant",)),
        structs.replace(etat, auteurs={}),
        structs.replace(etat, dits={premiere: {**dits, "demande.precisions": "x" * (1 << 20)}}),
        structs.replace(etat, dits={premiere: {**dits, f"a.{'b' * 500}": 1}}),
    ):
        assert _proposer(saisie, poignee, MiroirPropose(miroir.titre, faux)) == [Sort.REFUSE]
    assert _tient(saisie) == set()


def test_d_un_autre_guichet_il_attend_puis_apporte_a_l_origine(moteur: Engine, saisie: Saisie) -> None:
    """Plus personne d'autre n'est absent : il est le seul à le tenir, et le rend au guichet d'où il venait."""
    annexe = Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)
    lequel = saisie.nouveau()
    ouvrir(moteur, annexe.poste.porteur, Ouverture(lequel, "Elle est là.", "Nora"), DEPART)
    (miroir,) = _miroirs(annexe)
    poignee = _perdre(moteur)
    assert _proposer(annexe, poignee, miroir) == [Sort.ATTENDRE]
    assert _tient(annexe) == set()
    with moteur.begin() as connexion:
        connexion.execute(update(poste).where(poste.c.id == saisie.poste.id).values(absent=False))
    assert _proposer(annexe, poignee, miroir) == [Sort.TENU]
    assert lire_page(moteur, annexe.poste.porteur, 0, 10, "", DEPART).entrees == [], (
        "retenu tant qu'un poste est attendu"
    )
    with moteur.connect() as connexion:
        (repris,) = connexion.execute(select(dossier)).all()
    assert (repris.poste, repris.guichet) == (saisie.poste.id, saisie.poste.guichet)
    assert _proposer(annexe, poignee, miroir) == [Sort.ATTENDRE]
    _tous_revenus(moteur)
    assert _proposer(annexe, poignee, miroir) == [Sort.TENU]
    assert [un.dossier for un in lire_page(moteur, annexe.poste.porteur, 0, 10, "", DEPART).entrees] == [lequel]


def test_trop_de_miroirs_ou_une_autre_base(moteur: Engine, saisie: Saisie) -> None:
    saisie.nouveau()
    (miroir,) = _miroirs(saisie)
    poignee = _perdre(moteur)
    for reprise, statut in (
        (Reprise("autre", [miroir]), 410),
        (Reprise(poignee, [miroir] * (MIROIRS_PAR_REPRISE + 1)), 413),
    ):
        with pytest.raises(Refuse) as refuse:
            reprendre(moteur, saisie.poste.porteur, reprise, DEPART)
        assert refuse.value.statut == statut


def test_ce_qui_est_rattache_attend_son_dossier(moteur: Engine, saisie: Saisie) -> None:
    lequel = saisie.nouveau()
    saisie.recu(saisie.rattacher(lequel, {"objet": "Bilan"}))
    du_dossier, rattache = _miroirs(saisie)
    poignee = _perdre(moteur)
    assert _proposer(saisie, poignee, rattache) == [Sort.ATTENDRE]
    assert _proposer(saisie, poignee, du_dossier, rattache) == [Sort.TENU, Sort.TENU]
    assert len(_tient(saisie)) == 2
