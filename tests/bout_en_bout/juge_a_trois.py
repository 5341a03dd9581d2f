"""Juger ce que des morts ont laissé : rien de perdu, rien de doublé, tous les comptes se recoupent.

Le registre est lu dans sa base, à côté de son code : ce qu'il dit n'est pas cru, il est refait. Chaque faute est une
phrase ; aucune phrase, tout va bien.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection, Row, select, text

from modele.coffre import Coffre
from modele.dossier.chemins import Document
from modele.dossier.operations import Operation, fautes_de_chaine
from modele.fusion import EtatDossier, Issue, absorber, decoder_etat, divergences, document, encoder_etat, fusionner
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import Recu, lire
from modele.protocole.signatures import texte_d_operation, verifier
from registre.base.schema import chaine, dossier, metadonnees, operation, perimetre, poste, territoire
from registre.service.personnes import cherchables

ATTENDUE = "hors_perimetre"
"""Le seul refus prévu : deux postes ont fondu les deux mêmes dossiers l'un dans l'autre, chacun dans son sens."""
_VUE_DU_POSTE = {"schema", "cree_le"}


@dataclass(frozen=True, slots=True)
class Tenu:
    """Ce qu'un poste tient, lu dans son coffre. ``notees`` : les opérations notées à côté, hors du coffre."""

    poste: str
    notees: Sequence[str]
    nees: Mapping[str, tuple[bytes | None, bytes | None]]
    entetes: Mapping[str, frozenset[bytes]]
    recus: Mapping[str, tuple[str, list[str]]]
    attente: int
    quarantaine: Mapping[str, str]
    versions: Mapping[str, int]
    documents: Mapping[str, Document]
    divergences: frozenset[tuple[str, str]]
    fautes: Sequence[str] = ()


def tenu_par(coffre: Coffre, notees: Sequence[str]) -> Tenu:
    """Ce que tient un poste, et les fautes de son fichier."""
    echanges = coffre.echanges
    with coffre._base.lecture() as connexion:
        nees = connexion.exec_driver_sql("SELECT id, entete, sel, contenu FROM operation").all()
        rechainees = connexion.exec_driver_sql("SELECT operation, entete FROM rechaine").all()
        recus = connexion.exec_driver_sql("SELECT operation, issue, champs FROM recu").all()
        ouverts = connexion.exec_driver_sql("SELECT id FROM dossier WHERE etat = 'ouvert'").scalars().all()
    entetes: dict[str, set[bytes]] = defaultdict(set)
    for identifiant, entete in (*((ligne.id, ligne.entete) for ligne in nees), *map(tuple, rechainees)):
        entetes[identifiant].add(entete)
    return Tenu(
        poste=echanges.reglages("registre.")["registre.poste"],
        notees=notees,
        nees={ligne.id: (ligne.sel, ligne.contenu) for ligne in nees},
        entetes={identifiant: frozenset(vus) for identifiant, vus in entetes.items()},
        recus={ligne.operation: (ligne.issue, json.loads(ligne.champs)) for ligne in recus},
        attente=sum(un.saisies for un in echanges.attente()),
        quarantaine={une.operation: une.code for une in echanges.quarantaine()},
        versions=dict(echanges.versions()),
        documents={ouvert: coffre.lire(ouvert) for ouvert in ouverts},
        divergences=frozenset((ou, unite) for ou, _, unite in echanges.divergences()),
        fautes=list(_fautes_du_fichier(coffre)),
    )


def _fautes_du_fichier(coffre: Coffre) -> Iterator[str]:
    with coffre._base.lecture() as connexion:
        for verification, sain in (
            ("integrity_check", ["ok"]),
            ("cipher_integrity_check", []),
            ("foreign_key_check", []),
        ):
            if (dit := connexion.exec_driver_sql(f"PRAGMA {verification}").scalars().all()) != sain:
                yield f"coffre abîmé, {verification} : {dit}"
    yield from coffre.verifier_chaine()


@dataclass
class _Refait:
    """Les dossiers refaits de zéro : toutes les opérations reçues, dans l'ordre des séquences."""

    etats: dict[str, EtatDossier] = field(default_factory=dict)
    absorbes: dict[str, str] = field(default_factory=dict)

    def ou_va(self, nomme: str) -> str:
        """Le dossier où vont les opérations de celui-ci."""
        while nomme in self.absorbes:
            nomme = self.absorbes[nomme]
        return nomme

    def entrer(self, lue: Operation, ligne: Row[Any]) -> Iterator[str]:
        """Fond cette opération, et dit en quoi son reçu n'est pas ce qu'elle est devenue."""
        cible = self.ou_va(ligne.dossier)
        fusion = fusionner(self.etats.get(cible, EtatDossier(cible, ligne.territoire)), lue, ligne.poste)
        etat = fusion.etat
        for autre in _fondus(lue):
            if self.ou_va(autre) != cible:
                etat = absorber(etat, self.etats.pop(autre))
                self.absorbes[autre] = cible
        self.etats[cible] = etat
        recu = lire(bytes(ligne.issue), Recu)
        refait = (ligne.id, fusion.issue, etat.version, ligne.sequence, fusion.champs, "")
        if (recu.id, recu.issue, recu.version, recu.sequence, recu.champs, recu.code) != refait:
            yield f"le reçu de {ligne.id} dit {recu}, refait : {refait}"


def _fondus(lue: Operation) -> list[str]:
    """Les dossiers que cette opération dit fondus dans le sien."""
    dits = (un for un, dit in lue.champs.items() if un.startswith("absorbes.") and dit.apres is not UNSET)
    return sorted(un.removeprefix("absorbes.") for un in dits)


def juger(connexion: Connection, ou: str, tenus: Sequence[Tenu]) -> list[str]:
    """Les fautes que la base du registre et les coffres laissent voir. ``ou`` : le territoire."""
    # Un index abîmé mentirait : tout se lit dans les tables mêmes.
    for chemin in ("indexscan", "indexonlyscan", "bitmapscan"):
        connexion.execute(text(f"SET LOCAL enable_{chemin} = off"))
    lignes = connexion.execute(select(operation).where(operation.c.territoire == ou)).all()
    refait = _Refait()
    fautes = [
        *_comptes(lignes, tenus),
        *_fidelite(connexion, ou, lignes, tenus),
        *_chaines(connexion, ou, lignes),
        *_fusion(lignes, refait),
        *_dossiers(connexion, ou, refait, lignes),
        *_sequences(connexion, ou, lignes),
        *_cles_uniques(connexion),
    ]
    for tenu in tenus:
        fautes += [
            f"{tenu.poste} : {faute}" for faute in (*tenu.fautes, *_du_poste(connexion, ou, tenu, refait, lignes))
        ]
    return fautes


def _comptes(lignes: Sequence[Row[Any]], tenus: Sequence[Tenu]) -> Iterator[str]:
    """Chaque opération née sur un poste est au registre, une fois ; et rien d'autre n'y est."""
    combien = Counter(ligne.id for ligne in lignes)
    for tenu in tenus:
        yield from (f"perdue par le coffre : {une}" for une in set(tenu.notees) - tenu.nees.keys())
        yield from (f"perdue : {une}" for une in set(tenu.notees) | tenu.nees.keys() if not combien[une])
    yield from (f"doublée {nombre} fois : {quoi}" for quoi, nombre in combien.items() if nombre > 1)
    inconnues = combien.keys() - {nee for tenu in tenus for nee in tenu.nees}
    yield from (f"née nulle part : {quoi}" for quoi in inconnues)


def _fidelite(connexion: Connection, ou: str, lignes: Sequence[Row[Any]], tenus: Sequence[Tenu]) -> Iterator[str]:
    """Les octets gardés sont ceux que le poste a écrits et signés."""
    requete = select(poste.c.id, poste.c.cle_signature).where(poste.c.territoire == ou)
    cles = {ligne.id: bytes(ligne.cle_signature) for ligne in connexion.execute(requete)}
    par_poste = {tenu.poste: tenu for tenu in tenus}
    for ligne in lignes:
        tenu, lue = par_poste[ligne.poste], _operation(ligne)
        if not verifier(cles[ligne.poste], bytes(ligne.signature), texte_d_operation(lue.octets)):
            yield f"signature fausse : {ligne.id}"
        if lue.octets not in tenu.entetes.get(ligne.id, ()):
            yield f"en-tête changé : {ligne.id}"
        if ligne.sequence and (lue.sel, lue.contenu) != tenu.nees.get(ligne.id):
            yield f"contenu changé : {ligne.id}"
        if any(getattr(lue.entete, nom) != ligne._mapping[nom] for nom in ("id", "epoque", "rang", "dossier")):
            yield f"colonnes et en-tête ne disent pas pareil : {ligne.id}"


def _chaines(connexion: Connection, ou: str, lignes: Sequence[Row[Any]]) -> Iterator[str]:
    """Par époque : des rangs sans trou ni redite, chaque opération cite la précédente, la tête est la dernière."""
    par_epoque: dict[str, list[Row[Any]]] = defaultdict(list)
    for ligne in sorted(lignes, key=lambda ligne: ligne.rang):
        par_epoque[ligne.epoque].append(ligne)
    tetes = {une.epoque: une for une in connexion.execute(select(chaine).where(chaine.c.territoire == ou))}
    if tetes.keys() != par_epoque.keys():
        yield f"époques tenues {sorted(tetes)}, reçues {sorted(par_epoque)}"
    for epoque, suite in par_epoque.items():
        if [ligne.rang for ligne in suite] != list(range(1, len(suite) + 1)):
            yield f"rangs de l'époque {epoque} : {[ligne.rang for ligne in suite]}"
        yield from (f"époque {epoque}, {faute}" for faute in fautes_de_chaine(map(_operation, suite)))
        tete, derniere = tetes.get(epoque), suite[-1]
        atteinte = (derniere.poste, derniere.rang, hashlib.sha256(bytes(derniere.entete)).digest())
        if tete is not None and (tete.poste, tete.rang, bytes(tete.tete)) != atteinte:
            yield f"tête de l'époque {epoque} : {tete}, attendue {atteinte}"


def _fusion(lignes: Sequence[Row[Any]], refait: _Refait) -> Iterator[str]:
    """Refait chaque dossier ; une opération refusée n'y entre pas, et seul le refus prévu est permis."""
    for ligne in sorted((ligne for ligne in lignes if ligne.sequence), key=lambda ligne: ligne.sequence):
        try:
            yield from refait.entrer(_operation(ligne), ligne)
        except (ValueError, KeyError) as faute:
            yield f"{ligne.id} n'entre pas : {faute!r}"
    for ligne in (ligne for ligne in lignes if not ligne.sequence):
        recu = lire(bytes(ligne.issue), Recu)
        if (recu.issue, recu.code) != (Issue.REFUSEE, ATTENDUE):
            yield f"sans séquence, et non refusée comme prévu : {ligne.id} ({recu})"


def _dossiers(connexion: Connection, ou: str, refait: _Refait, lignes: Sequence[Row[Any]]) -> Iterator[str]:
    """L'état gardé de chaque dossier est celui que toutes ses opérations refont, à sa version, à sa séquence."""
    derniere: dict[str, int] = defaultdict(int)
    for ligne in lignes:
        cible = refait.ou_va(ligne.dossier)
        derniere[cible] = max(derniere[cible], ligne.sequence)
    gardes = {un.id: un for un in connexion.execute(select(dossier).where(dossier.c.territoire == ou))}
    if gardes.keys() != refait.etats.keys() | refait.absorbes.keys():
        yield f"dossiers gardés et refaits diffèrent : {gardes.keys() ^ (refait.etats.keys() | refait.absorbes.keys())}"
    for identifiant, etat in refait.etats.items():
        if (garde := gardes.get(identifiant)) is None:
            continue
        if garde.etat is None or encoder_etat(decoder_etat(bytes(garde.etat))) != encoder_etat(etat):
            yield f"le dossier {identifiant} n'est pas ce que ses opérations en font"
        elif (garde.version, garde.sequence, garde.tombe) != (etat.version, derniere[identifiant], None):
            yield f"le dossier {identifiant} est à la version {garde.version}, refait : {etat.version}"
    for parti in refait.absorbes:
        garde = gardes.get(parti)
        if garde is not None and (garde.etat, garde.tombe) != (None, f"absorbe:{refait.absorbes[parti]}"):
            yield f"le dossier absorbé {parti} est resté : {garde.tombe}"
    yield from _index(connexion, ou, refait)


def _index(connexion: Connection, ou: str, refait: _Refait) -> Iterator[str]:
    """Les personnes cherchables sont celles des états refaits : ni d'un dossier discret, ni d'un absorbé."""
    colonnes = "dossier, role, noms, prenoms, naissance, telephone, numero"
    requete = text(f"SELECT {colonnes} FROM personne WHERE territoire = :ou")
    trouvees = Counter(map(tuple, connexion.execute(requete, {"ou": ou})))
    attendues = Counter(
        (identifiant, *astuple(fiche)) for identifiant, etat in refait.etats.items() for fiche in cherchables(etat)
    )
    if trouvees != attendues:
        yield f"l'index des personnes : en trop {trouvees - attendues}, manquantes {attendues - trouvees}"


def _sequences(connexion: Connection, ou: str, lignes: Sequence[Row[Any]]) -> Iterator[str]:
    """Une séquence par opération entrée, jamais deux fois la même, jamais devant le compteur."""
    donnees = Counter(ligne.sequence for ligne in lignes if ligne.sequence)
    yield from (f"séquence {une} donnée {combien} fois" for une, combien in donnees.items() if combien > 1)
    compteur = connexion.execute(select(territoire.c.seq).where(territoire.c.territoire == ou)).scalar_one()
    if max(donnees, default=0) > compteur:
        yield f"le compteur est à {compteur}, derrière {max(donnees)}"


def _cles_uniques(connexion: Connection) -> Iterator[str]:
    """Chaque clé primaire est unique, lue sans son index."""
    for table in metadonnees.sorted_tables:
        cle = ", ".join(colonne.name for colonne in table.primary_key.columns)
        redites = f"SELECT count(*) FROM (SELECT 1 FROM {table.name} GROUP BY {cle} HAVING count(*) > 1) redites"
        if connexion.execute(text(redites)).scalar_one():
            yield f"table {table.name} : une clé y est deux fois"


def _du_poste(connexion: Connection, ou: str, tenu: Tenu, refait: _Refait, lignes: Iterable[Row[Any]]) -> Iterator[str]:
    """La boîte d'envoi est vide, les reçus tenus sont ceux gardés, le poste tient ce que le registre lui donne."""
    if tenu.attente:
        yield f"{tenu.attente} opérations attendent encore"
    refusees = {}
    for ligne in lignes:
        if ligne.poste != tenu.poste:
            continue
        recu = lire(bytes(ligne.issue), Recu)
        if tenu.recus.get(ligne.id) != (str(recu.issue), list(recu.champs)):
            yield f"reçu tenu {tenu.recus.get(ligne.id)}, gardé {recu}"
        if recu.issue is Issue.REFUSEE:
            refusees[ligne.id] = recu.code
            if not _fondus(Operation(bytes(ligne.entete), *tenu.nees[ligne.id])):
                yield f"refusée sans qu'un dossier soit fondu : {ligne.id} ({recu.code})"
    if tenu.quarantaine != refusees:
        yield f"quarantaine : {dict(tenu.quarantaine)}, refusées : {refusees}"
    yield from _perimetre(connexion, ou, tenu)
    attendus = {identifiant: document(etat) for identifiant, etat in refait.etats.items()}
    montres = {
        identifiant: {cle: valeur for cle, valeur in lu.items() if cle not in _VUE_DU_POSTE}
        for identifiant, lu in tenu.documents.items()
    }
    divergent = frozenset((ou_, une.unite) for ou_, etat in refait.etats.items() for une in divergences(etat))
    if tenu.divergences != divergent:
        yield f"divergences différentes de celles du registre : {tenu.divergences ^ divergent}"
    if montres != attendus:
        differents = [un for un in montres.keys() | attendus.keys() if montres.get(un) != attendus.get(un)]
        yield f"documents différents de ceux du registre : {differents}"


def _perimetre(connexion: Connection, ou: str, tenu: Tenu) -> Iterator[str]:
    requete = (
        select(dossier.c.id, dossier.c.version, dossier.c.sequence, perimetre.c.sequence.label("lue"), dossier.c.tombe)
        .join_from(
            perimetre, dossier, (dossier.c.territoire == perimetre.c.territoire) & (dossier.c.id == perimetre.c.dossier)
        )
        .where(perimetre.c.territoire == ou, perimetre.c.poste == tenu.poste, perimetre.c.sorti.is_(False))
    )
    donnes = connexion.execute(requete).all()
    versions = {ligne.id: ligne.version for ligne in donnes if ligne.tombe is None}
    if empreinte_du_perimetre(versions) != empreinte_du_perimetre(tenu.versions):
        yield f"empreintes différentes : {set(versions.items()) ^ set(tenu.versions.items())}"
    for ligne in donnes:
        if ligne.lue < ligne.sequence:
            yield f"{ligne.id} a changé sans que le poste l'apprenne"


def _operation(ligne: Row[Any]) -> Operation:
    sel, contenu = (None if octets is None else bytes(octets) for octets in (ligne.sel, ligne.contenu))
    return Operation(bytes(ligne.entete), sel, contenu)
