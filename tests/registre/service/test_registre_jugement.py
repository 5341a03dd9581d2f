"""Le jugement d'une opération ne tombe jamais, quoi que contienne ce qu'un poste a signé : reçue, ou refusée."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from outils_registre import DEPART, TERRITOIRE
from uuid_utils import uuid7

from modele.dossier.operations import Chaine, ChampPose, nouvelle_operation
from modele.droits import Auteur
from modele.fusion import Issue, decoder_etat, divergences, document, encoder_etat
from modele.protocole.messages import OperationEnvoyee, Recu, lire, octets
from modele.protocole.signatures import cle_publique, nouvelle_cle_de_signature, signer, texte_d_operation
from registre.service.jetons import Porteur
from registre.service.jugement import Jugement
from registre.service.numeros import numero_de
from registre.service.personnes import cherchables
from registre.service.verification import verifier_le_lot

CLE = nouvelle_cle_de_signature()
PORTEUR = Porteur(TERRITOIRE, "p", "g", frozenset({"agent", "social"}), cle_publique(CLE))
DOSSIER, RENDEZ_VOUS = str(uuid7()), str(uuid7())
OBJETS = st.sampled_from([(DOSSIER, "dossier"), (RENDEZ_VOUS, "rendez_vous"), (DOSSIER, "rendez_vous")])
MOTS = """
demandeur codemandeur foyer personnes colocataires elements ordre 1 2 nom identite date_naissance protection discret
levee_motif triage peur_au_domicile demande motifs numero_unique absorbes preuves confirmations contact telephone
peur_de auteur id schema pieces piece parmi coches é 0 avec_codemandeur dossier date heure
"""
MORCEAUX = st.sampled_from(MOTS.split())
CHEMINS = st.lists(MORCEAUX, min_size=1, max_size=5).map(".".join)
SCALAIRES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(["violences", "1980-01-01", "\0", DOSSIER, "9999-99-99"]),
)
VALEURS = st.recursive(
    SCALAIRES,
    lambda dessous: (
        st.lists(dessous, max_size=3) | st.dictionaries(MORCEAUX | st.text(max_size=3), dessous, max_size=3)
    ),
    max_leaves=8,
)
CHAMPS = st.builds(
    ChampPose,
    st.none() | st.just("") | st.just(DOSSIER),
    VALEURS | st.just(UNSET),
    VALEURS | st.just(UNSET),
    st.lists(st.just("x"), max_size=1).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(OBJETS, st.dictionaries(CHEMINS, CHAMPS, max_size=5)), min_size=1, max_size=4))
def test_rien_de_signe_ne_fait_tomber_le_jugement(lots: list[tuple[tuple[str, str], dict[str, Any]]]) -> None:
    chaine = Chaine(TERRITOIRE, "p", str(uuid7()))
    dossier = {"id": ChampPose(apres=DOSSIER), "demandeur.nom": ChampPose(apres="X")}
    rendez_vous = {"id": ChampPose(apres=RENDEZ_VOUS), "dossier": ChampPose(apres=DOSSIER)}
    envoyees = []
    for (objet, genre), champs in (((DOSSIER, "dossier"), dossier), ((RENDEZ_VOUS, "rendez_vous"), rendez_vous), *lots):
        operation = nouvelle_operation(chaine, objet, champs, Auteur("a"), DEPART, genre)
        chaine = chaine.apres(operation)
        signature = signer(CLE, texte_d_operation(operation.octets))
        envoyees.append(OperationEnvoyee(operation.octets, signature, operation.sel, operation.contenu))
    jugement = Jugement(PORTEUR, DEPART, {})
    for recue in verifier_le_lot(TERRITOIRE, cle_publique(CLE), envoyees):
        recu, cible = jugement.juger(recue)
        assert (cible is None) is (recu.issue is Issue.REFUSEE)
        assert lire(octets(recu), Recu).issue is recu.issue
    assert jugement.tenus[RENDEZ_VOUS].discret is jugement.tenus[DOSSIER].discret
    for objet in (DOSSIER, RENDEZ_VOUS):
        etat = jugement.tenus[objet].etat
        relu = decoder_etat(encoder_etat(etat))
        assert encoder_etat(relu) == encoder_etat(etat)
        document(relu)
        divergences(relu)
        cherchables(relu)
        numero_de(relu)


def test_un_essai_de_formation_n_entre_jamais_au_registre() -> None:
    """Genre « bac_a_sable » : refusé, quoi qu'un poste envoie, avec tous les rôles qui le créent chez eux."""
    objet, chaine = str(uuid7()), Chaine(TERRITOIRE, "p", str(uuid7()))
    champs = {"id": ChampPose(apres=objet), "cas": ChampPose(apres="sans-abri-froid")}
    operation = nouvelle_operation(chaine, objet, champs, Auteur("a"), DEPART, "tentative")
    signature = signer(CLE, texte_d_operation(operation.octets))
    envoyee = OperationEnvoyee(operation.octets, signature, operation.sel, operation.contenu)
    jugement = Jugement(PORTEUR, DEPART, {})
    ((recu, cible),) = [jugement.juger(recue) for recue in verifier_le_lot(TERRITOIRE, cle_publique(CLE), [envoyee])]
    assert (recu.issue, recu.code, cible) == (Issue.REFUSEE, "droit", None)
    assert jugement.tenus == {}
