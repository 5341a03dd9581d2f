"""Chercher, dans tout le territoire, un dossier de la même personne, et retenir ce qui n'en est pas un.

L'index ne contient aucun dossier discret : il n'est jamais candidat, pas même par son existence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial, reduce
from itertools import combinations, product
from typing import Any, Final

from sqlalchemy import ARRAY, Connection, Engine, Row, Select, Text, literal, or_, select, union
from sqlalchemy.dialects import postgresql

from modele.dossier.acces import Acces
from modele.dossier.telephones import cle
from modele.protocole.messages import Candidat, Ecart, PersonneCherchee
from modele.ressemblance.demande import Demande
from modele.ressemblance.fiches import AIDANT, DEMANDEUR, Fiche
from modele.ressemblance.naissances import compatibles, jour_et_mois_inverses
from modele.ressemblance.proximite import SEUIL, Ressemblance, ecrite_deux_fois, la_meilleure, ressemblance
from registre.base.moteur import unite_de_travail
from registre.base.schema import dossier, doublon_ecarte, guichet, numero_unique, perimetre, personne, terme
from registre.base.tableaux import parmi
from registre.service.consultations import nom_d_agent, noter
from registre.service.ecartes import caches
from registre.service.jetons import Porteur
from registre.service.personnes import cles_cherchees, mots_cherches, naissance_iso, numero_cherche, sons
from registre.service.refus import hors_perimetre, refuser
from registre.service.retours import en_reprise, en_retrait
from registre.service.verification import est_identifiant

CANDIDATS_AU_PLUS: Final = 20
_LIGNES_PAR_PORTE: Final = 400
_JOUR: Final = len("aaaa-mm-jj")
_MOTS_AU_PLUS: Final = 8
_ANNEES: Final = range(1900, 2101)
_DEUX_FOIS: Final = "une personne y est peut-être écrite deux fois"


def chercher(moteur: Engine, porteur: Porteur, cherchee: PersonneCherchee, maintenant: datetime) -> list[Candidat]:
    """Les dossiers qui ressemblent, les plus ressemblants d'abord, avec leurs raisons ; jamais un dossier discret.

    Le même numéro unique se signale toujours, même porté par un dossier d'un autre territoire, sans dire lequel
    (``dossier`` vide). Lève ``Refuse`` (422) s'il n'y a ni nom, ni téléphone, ni numéro.
    """
    demande = _demande(cherchee)
    if not (demande.mots or _telephones(cherchee) or demande.numero):
        raise refuser(422, "recherche_vide", "Donnez au moins un nom, un téléphone ou un numéro.")
    unite = partial(_chercher, porteur=porteur, cherchee=cherchee, demande=demande, maintenant=maintenant)
    return unite_de_travail(moteur, unite)


def ecarter(moteur: Engine, porteur: Porteur, ecart: Ecart, maintenant: datetime) -> Ecart:
    """Retient que ces deux dossiers sont de deux personnes. Lève ``Refuse`` (404) s'il n'en tient aucun."""
    a, b = sorted((ecart.a, ecart.b))
    if a == b or not (est_identifiant(a) and est_identifiant(b)):
        raise hors_perimetre()
    retenu = Ecart(a, b, nom_d_agent(ecart.agent))
    return unite_de_travail(moteur, partial(_ecarter, porteur=porteur, ecart=retenu, maintenant=maintenant))


def _demande(cherchee: PersonneCherchee) -> Demande:
    prenoms = mots_cherches(cherchee.prenoms)
    dits = [*mots_cherches(cherchee.noms)[: max(1, _MOTS_AU_PLUS - len(prenoms))], *prenoms]
    return Demande(
        tuple(dits[:_MOTS_AU_PLUS]),
        naissance_iso(cherchee.naissance),
        "",
        numero_cherche(cherchee.numero),
        prenoms=tuple(prenoms),
    )


def _siens(cherchee: PersonneCherchee) -> list[str]:
    """Ses téléphones à elle : chacun peut être le premier, ou l'autre, d'un autre dossier."""
    return list(dict.fromkeys(filter(None, map(cle, (cherchee.telephone, cherchee.telephone_autre)))))


def _telephones(cherchee: PersonneCherchee) -> list[str]:
    """Tous ceux qui mènent à un dossier : les siens, et celui de qui l'aide, qui ne prouve rien."""
    return list(dict.fromkeys(filter(None, (*_siens(cherchee), cle(cherchee.telephone_aidant)))))


def _chercher(
    connexion: Connection, porteur: Porteur, cherchee: PersonneCherchee, demande: Demande, maintenant: datetime
) -> list[Candidat]:
    ecartes = _ecartes(connexion, porteur.territoire, cherchee.sauf)
    demandes = [replace(demande, telephone=un) for un in _siens(cherchee) or [""]]
    par_dossier: dict[str, list[Row[Any]]] = {}
    for ligne in connexion.execute(_ressemblants(porteur, cherchee, demande)):
        par_dossier.setdefault(ligne.dossier, []).append(ligne)
    trouves: dict[str, tuple[Ressemblance, str]] = {}
    for un, lignes in par_dossier.items():
        lue = _la_meilleure(demandes, _comparables(lignes, depuis_un_dossier=bool(cherchee.sauf)))
        if lue.score >= SEUIL and un not in ecartes:
            trouves[un] = (lue, lignes[0].du_guichet)
    trouves |= _en_double(connexion, porteur, cherchee.sauf)
    tus = caches(connexion, porteur, list(trouves), cherchee.agent)
    trouves = {un: trouve for un, trouve in trouves.items() if un not in tus}
    # Ce que le poste proposerait de lui-même d'abord ; d'une personne qu'on cherche exprès, le reste se montre aussi.
    meilleurs = sorted(trouves, key=lambda un: (not trouves[un][0].meme, -trouves[un][0].score, un))[:CANDIDATS_AU_PLUS]
    tenus = _tenus(connexion, porteur, meilleurs)
    noter(connexion, porteur, cherchee.agent, Acces.DOUBLONS, meilleurs, maintenant)
    candidats = [
        Candidat(un, trouves[un][1], trouves[un][0].raisons, round(trouves[un][0].score, 3), un in tenus)
        for un in meilleurs
    ]
    return [*_d_ailleurs(connexion, porteur.territoire, demande.numero), *candidats]


def _comparables(lignes: Iterable[Row[Any]], *, depuis_un_dossier: bool) -> list[Fiche]:
    """Les personnes d'un dossier ; le demandeur aussi avec son autre téléphone, pour que ses deux accords se disent.

    Depuis un dossier, qui aide n'est comparé à personne : aider deux personnes n'en fait pas une seule.
    """
    lues = [fiche for fiche in map(_fiche, lignes) if fiche.role != AIDANT or not depuis_un_dossier]
    siennes = [fiche for fiche in lues if fiche.role == DEMANDEUR]
    nommees = [fiche for fiche in siennes if fiche.noms or fiche.prenoms]
    seuls = [fiche.telephone for fiche in siennes if fiche not in nommees and fiche.telephone]
    return [*lues, *(replace(fiche, telephone=un) for fiche, un in product(nommees, seuls))]


def _la_meilleure(demandes: Sequence[Demande], comparables: Sequence[Fiche]) -> Ressemblance:
    lues = (ressemblance(demande, fiche) for demande, fiche in product(demandes, comparables))
    return reduce(la_meilleure, lues, Ressemblance(0.0, ()))


def _ressemblants(porteur: Porteur, cherchee: PersonneCherchee, demande: Demande) -> Select[Any]:
    territoire = porteur.territoire
    portes = union(*_portes(territoire, cherchee, demande)).subquery()
    return (
        select(personne, guichet.c.nom.label("du_guichet"))
        .join_from(portes, personne, (personne.c.territoire == territoire) & (personne.c.dossier == portes.c[0]))
        .join(dossier, (dossier.c.territoire == territoire) & (dossier.c.id == personne.c.dossier))
        .join(guichet, (guichet.c.territoire == territoire) & (guichet.c.id == dossier.c.guichet))
        .where(dossier.c.discret.is_(False), dossier.c.tombe.is_(None), dossier.c.id != cherchee.sauf)
        .where(~en_retrait(porteur))
    )


def _portes(territoire: str, cherchee: PersonneCherchee, demande: Demande) -> Iterator[Select[Any]]:
    """Par où retrouver la personne, une faute de frappe comprise : chaque porte lit un index et peu de lignes."""
    ici = select(personne.c.dossier).where(personne.c.territoire == territoire).limit(_LIGNES_PAR_PORTE)
    if demande.naissance:
        exactes = [demande.naissance, jour_et_mois_inverses(demande.naissance)]
        if len(demande.naissance) == _JOUR:
            yield ici.where(parmi(personne.c.naissance, exactes), personne.c.naissance != "")
        entendus = personne.c.sons.bool_op("&&")(literal(sons(demande.mots), ARRAY(Text)))
        yield ici.where(parmi(personne.c.naissance, list(_dates_voisines(demande.naissance))), entendus)
    if telephones := _telephones(cherchee):
        yield ici.where(parmi(personne.c.telephone, telephones), personne.c.telephone != "")
    if demande.numero:
        yield ici.where(personne.c.numero == demande.numero, personne.c.numero != "")
    for cles in cles_cherchees(mots_cherches(cherchee.noms), mots_cherches(cherchee.prenoms)):
        noms = select(terme.c.dossier).where(terme.c.territoire == territoire, parmi(terme.c.terme, cles))
        yield noms.limit(_LIGNES_PAR_PORTE)


def _dates_voisines(naissance: str) -> Iterator[str]:
    """Ce qui va avec elle sans en savoir autant ; une faute dans le jour, le mois ou l'année : deux parties justes."""
    yield naissance
    yield from compatibles(naissance)
    if len(naissance) == _JOUR:
        annee, mois, jour = naissance.split("-")
        if inversee := jour_et_mois_inverses(naissance):
            yield inversee[:7]
        yield from (f"{annee}-{mois}-{autre:02d}" for autre in range(1, 32))
        yield from (f"{annee}-{autre:02d}-{jour}" for autre in range(1, 13))
        yield from (f"{autre}-{mois}-{jour}" for autre in _ANNEES)


def _fiche(ligne: Row[Any]) -> Fiche:
    return Fiche(ligne.role, ligne.noms, ligne.prenoms, ligne.naissance, ligne.telephone, ligne.numero)


def _ecartes(connexion: Connection, territoire: str, sauf: str) -> frozenset[str]:
    table = doublon_ecarte.c
    requete = select(table.a, table.b).where(table.territoire == territoire, or_(table.a == sauf, table.b == sauf))
    return frozenset(ligne.b if ligne.a == sauf else ligne.a for ligne in connexion.execute(requete))


def _tenus(connexion: Connection, porteur: Porteur, dossiers: Iterable[str]) -> frozenset[str]:
    requete = select(perimetre.c.dossier).where(
        perimetre.c.territoire == porteur.territoire,
        perimetre.c.poste == porteur.poste,
        parmi(perimetre.c.dossier, list(dossiers)),
        perimetre.c.sorti.is_(False),
    )
    return frozenset(connexion.execute(requete).scalars())


def _en_double(connexion: Connection, porteur: Porteur, sauf: str) -> dict[str, tuple[Ressemblance, str]]:
    """Peut-être la même personne écrite deux fois dans le dossier d'où l'on cherche : deux postes l'ont ajoutée."""
    if sauf not in _tenus(connexion, porteur, [sauf]):
        return {}
    requete = (
        select(personne, guichet.c.nom.label("du_guichet"))
        .join(dossier, (dossier.c.territoire == personne.c.territoire) & (dossier.c.id == personne.c.dossier))
        .join(guichet, (guichet.c.territoire == personne.c.territoire) & (guichet.c.id == dossier.c.guichet))
        .where(personne.c.territoire == porteur.territoire, personne.c.dossier == sauf)
        .order_by(personne.c.rang)
    )
    lignes = connexion.execute(requete).all()
    for une, autre in combinations(lignes, 2):
        if ecrite_deux_fois(_fiche(une), _fiche(autre)):
            return {sauf: (Ressemblance(1.0, (_DEUX_FOIS,)), une.du_guichet)}
    return {}


def _d_ailleurs(connexion: Connection, territoire: str, numero: str) -> list[Candidat]:
    requete = select(numero_unique.c.dossier).where(
        numero_unique.c.numero == numero,
        numero_unique.c.territoire != territoire,
        ~en_reprise(numero_unique.c.territoire),
    )
    ailleurs = connexion.execute(requete).first() if numero else None
    return [Candidat("", "un autre territoire", ("même numéro unique",), 1.0, False)] if ailleurs else []


def _ecarter(connexion: Connection, porteur: Porteur, ecart: Ecart, maintenant: datetime) -> Ecart:
    if not _tenus(connexion, porteur, (ecart.a, ecart.b)):
        raise hors_perimetre()
    ligne = {"territoire": porteur.territoire, "a": ecart.a, "b": ecart.b, "poste": porteur.poste}
    pose = postgresql.insert(doublon_ecarte).values(ligne | {"agent": ecart.agent, "quand": maintenant})
    connexion.execute(pose.on_conflict_do_nothing())
    return ecart
