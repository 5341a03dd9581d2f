"""Deux dossiers ordinaires d'une même personne n'en font plus qu'un, par une personne. Dans la transaction qu'on donne.

Le survivant nomme celui qu'il absorbe, en une opération ; la suivante dit ce que la personne a choisi. Sans registre,
l'absorption se fait ici même ; relié, elle attend que le registre la fasse. Tant que rien n'est parti, elle s'annule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, String, cast, delete, select, update

from modele.coffre import annexes, auteurs, depot, envois, histoires, journaux, miroirs, rattaches, schema, tombes, vues
from modele.coffre.etats_d_ici import ABSORBES, absorbes_par
from modele.coffre.lignes import ABSORBE, OUVERT, operation_de, ouvert
from modele.coffre.listes import AReunir, Reunion
from modele.dossier.acces import Acces
from modele.dossier.chemins import Document, lire
from modele.dossier.codes import reference_courte
from modele.dossier.documents import decoder, encoder
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.fusion.choix import champs_de_la_reunion
from modele.genres import livres
from modele.protection.mots import SEPARES
from modele.protection.reunion import Histoire, reunissables
from modele.regles.fautes import ErreurUtilisateur

_OBJET: Final = schema.dossier.c
_FAITE: Final = "reunion."
_REGISTRE: Final = "registre.adresse"
LE_MEME: Final = "C'est le même dossier : il en faut deux."
PARTIE: Final = (
    "Cette réunion ne s'annule plus ici : elle est partie au registre, ou le dossier a trop changé depuis. "
    "Les deux histoires restent ; corrigez le dossier avec la personne."
)


class _Faite(Struct):
    """Une réunion que ce poste a faite : le survivant, ses opérations, quand."""

    survivant: str
    operations: tuple[str, ...]
    quand: str


def preparer(connexion: Connection, survivant: str, absorbe: str, quand: datetime) -> AReunir:
    """Les deux dossiers à comparer, et leurs états. Lève ``ErreurUtilisateur`` si le mur les sépare."""
    if survivant == absorbe:
        raise ErreurUtilisateur(LE_MEME)
    un, autre = ordinaire(connexion, survivant), ordinaire(connexion, absorbe)
    if un is None or autre is None or not reunissables(un, autre, quand.date()):
        raise ErreurUtilisateur(SEPARES)
    etats = miroirs.etat_tenu(connexion, survivant), miroirs.etat_tenu(connexion, absorbe)
    return AReunir(dict(un.document), dict(autre.document), *etats)


def fondre(
    connexion: Connection, survivant: str, absorbe: str, choix: Mapping[str, str], auteur: Auteur, quand: datetime
) -> Document:
    """``absorbe`` se fond dans ``survivant`` ; ``choix`` : ce qui se garde là où ils diffèrent. Rend le survivant.

    Lève ``ErreurUtilisateur`` : plus tenus ici, gelés, sans droit, ou le mur les sépare.
    """
    a_reunir = preparer(connexion, survivant, absorbe, quand)
    dit = quand.isoformat(timespec="seconds")
    depot.modifier(connexion, survivant, {f"{ABSORBES}{absorbe}": dit}, auteur, quand)
    operations = [depot.derniere_operation(connexion, survivant).entete.id]
    if not journaux.reglage(connexion, _REGISTRE):
        ligne = ouvert(connexion, survivant)
        tombes.absorber(connexion, absorbe, survivant)
        vues.montrer_fondu(connexion, ligne)
    if champs := champs_de_la_reunion(a_reunir.etat, a_reunir.autre_etat, choix):
        operations.append(depot.reunir(connexion, survivant, champs, auteur, quand).entete.id)
    annexes.ecarter_doublon(connexion, survivant, absorbe)
    faite = _Faite(survivant, tuple(operations), dit)
    journaux.regler(connexion, f"{_FAITE}{absorbe}", encoder(faite).decode())
    for dossier in (survivant, absorbe):
        journaux.noter(connexion, auteur.nom, quand, Acces.REUNIR, dossier)
    return depot.document(connexion, survivant)


def faites(connexion: Connection, survivant: str) -> list[Reunion]:
    """Les réunions de ce dossier qui s'annulent encore, la dernière d'abord."""
    lues = {cle.removeprefix(_FAITE): _relire(ecrite) for cle, ecrite in journaux.reglages(connexion, _FAITE).items()}
    trouvees = [
        Reunion(absorbe, reference_courte(absorbe), datetime.fromisoformat(faite.quand))
        for absorbe, faite in lues.items()
        if faite.survivant == survivant and _s_annule(connexion, faite)
    ]
    return sorted(trouvees, key=lambda une: une.quand, reverse=True)


def defaire(connexion: Connection, survivant: str, absorbe: str, auteur: Auteur, quand: datetime) -> Document:
    """Annule la réunion : chacun redevient ce que disent ses saisies ; ce qui s'est écrit depuis reste au survivant.

    Lève ``ErreurUtilisateur`` : sans droit, déjà partie, ou le survivant est devenu discret : l'autre ne l'était pas.
    """
    ligne = ouvert(connexion, survivant)
    auteurs.exiger(connexion, auteur, ligne.genre, Action.MODIFIER, Action.FONDRE)
    ecrite = journaux.reglage(connexion, f"{_FAITE}{absorbe}")
    faite = _relire(ecrite) if ecrite else None
    if faite is None or faite.survivant != survivant or not _s_annule(connexion, faite):
        raise ErreurUtilisateur(PARTIE)
    envois.annuler(connexion, faite.operations, quand)
    connexion.execute(delete(schema.reglage).where(schema.reglage.c.cle == f"{_FAITE}{absorbe}"))
    _rouvrir(connexion, absorbe, survivant)
    vues.recomposer(connexion, [survivant, absorbe], "")
    annexes.oublier_l_ecart(connexion, survivant, absorbe)
    for dossier in (survivant, absorbe):
        journaux.noter(connexion, auteur.nom, quand, Acces.DEFAIRE, dossier)
    return depot.document(connexion, survivant)


def refaire(connexion: Connection) -> None:
    """Un coffre vient d'être refait : un dossier fondu ici, que sa ligne perdue rouvrirait, se ferme de nouveau.

    Relié, le registre le redira : rien ne se fond ici.
    """
    if journaux.reglage(connexion, _REGISTRE):
        return
    colonnes = schema.operation.c
    nomment = cast(colonnes.contenu, String).contains(f'"{ABSORBES}')
    annulees = select(schema.quarantaine.c.operation)
    requete = (
        select(schema.operation).where(nomment, colonnes.id.not_in(annulees)).order_by(schema.ordre_des_operations)
    )
    for operation in map(operation_de, connexion.execute(requete).all()):
        for absorbe in absorbes_par(operation):
            encore = select(_OBJET.id).where(_OBJET.id == absorbe, _OBJET.etat == OUVERT)
            if connexion.scalar(encore) is not None:
                tombes.absorber(connexion, absorbe, operation.entete.dossier)


def _rouvrir(connexion: Connection, absorbe: str, survivant: str) -> None:
    """Rend au dossier absorbé ici sa place et ce qui le suivait."""
    ici = (_OBJET.id == absorbe, _OBJET.etat == ABSORBE, _OBJET.absorbe_par == survivant)
    connexion.execute(update(schema.dossier).where(*ici).values(etat=OUVERT, absorbe_par=None))
    suivent = select(_OBJET.id, _OBJET.genre, _OBJET.document).where(_OBJET.rattache == survivant)
    for objet in connexion.execute(suivent).all():
        if lire(decoder(objet.document), livres().du(objet.genre).rattache) == absorbe:
            connexion.execute(update(schema.dossier).where(_OBJET.id == objet.id).values(rattache=absorbe))
    rattaches.accorder(connexion, [absorbe])


def _s_annule(connexion: Connection, faite: _Faite) -> bool:
    """Rien n'est parti, et le survivant est resté ordinaire : rendre l'autre ne baisserait aucune discrétion."""
    etat = select(_OBJET.id).where(_OBJET.id == faite.survivant, _OBJET.etat == OUVERT, _OBJET.discret.is_(False))
    return connexion.scalar(etat) is not None and envois.jamais_parties(connexion, faite.operations)


def ordinaire(connexion: Connection, dossier: str) -> Histoire | None:
    """Ce que le mur juge d'un dossier ordinaire ; ``None`` s'il est discret, s'en montre, ou n'est pas un dossier.

    Lève ``ErreurUtilisateur`` si ce poste ne le tient pas.
    """
    ligne = ouvert(connexion, dossier)
    if ligne.discret or ligne.genre != DOSSIER:
        return None
    return Histoire(decoder(ligne.document), histoires.a_porte(connexion, dossier))


def _relire(ecrite: str) -> _Faite:
    lue: dict[str, Any] = decoder(ecrite)
    return _Faite(lue["survivant"], tuple(lue["operations"]), lue["quand"])
