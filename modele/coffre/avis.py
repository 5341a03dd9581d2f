"""Les avis de la porte « seul à seul » : les déposer, dire à qui ils vont, les marquer lus. Dans la transaction donnée.

Un avis est un objet rattaché au dossier rencontré : il voyage avec lui vers le poste de son référent. Un essai vain est
un objet du lieu, que lit son responsable, lu ou non un an au plus.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from modele.coffre import auteurs, comptes, depot, envois, histoires, rappels, schema, tombes
from modele.coffre.instants import en_utc
from modele.coffre.lignes import OUVERT, tenus_du_genre
from modele.coffre.listes import Avis, Essai, Suivi
from modele.dossier.acces import Acces
from modele.dossier.chemins import Document
from modele.dossier.codes import reference_courte
from modele.dossier.documents import decoder
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.genres import livres
from modele.protection import ecarts
from modele.protection.referents import meme_agent, referents

AVIS: Final = "avis"
ESSAI: Final = "essai"
_OBJET: Final = schema.dossier.c
_PORTE: Final = schema.porte_discrete.c
_ACCES: Final = schema.acces.c
_LUS: Final = ("vu_referent_le", "vu_suppleant_le")


def deposer(connexion: Connection, rencontres: Sequence[str], motif: str, auteur: Auteur, quand: datetime) -> None:
    """Ce qu'un essai laisse : un avis par dossier rencontré, ou un essai vain ; jamais ce qui était cherché."""
    dit: Document = {"par": auteur.nom, "motif": motif}
    if rencontres:
        depot.creer(connexion, [{"dossier": dossier, **dit} for dossier in rencontres], auteur, quand, AVIS)
    else:
        depot.creer(connexion, [dit], auteur, quand, ESSAI)


def suivis(connexion: Connection, auteur: Auteur) -> list[Suivi]:
    """Les dossiers dont cet agent répond et qui ne sont sur aucune liste commune, du plus ancien au plus récent.

    Les discrets ; et ceux dont une date, à elle seule, dirait une violence.
    """
    portes = {ligne.dossier: ligne for ligne in connexion.execute(_portes(connexion, auteur.nom))}
    if social := auteurs.permet(connexion, auteur, DOSSIER, Action.LEVER_LA_DISCRETION):
        portes |= {ligne.dossier: ligne for ligne in connexion.execute(_orphelines(connexion))}
    # Un compte fermé ne répond plus de rien : il faut nommer quelqu'un d'autre.
    absents = {"", *_fermes(connexion)}
    discrets = [
        Suivi(un.dossier, reference_courte(un.dossier), un.referent in absents, un.suppleant in absents)
        for un in portes.values()
    ]
    return sorted([*discrets, *_a_part(connexion, auteur.nom, social)], key=lambda un: un.dossier)


def a_lire(connexion: Connection, auteur: Auteur) -> list[Avis]:
    """Les avis que cet agent n'a pas lus, le plus récent d'abord ; sans référent ni suppléant, ceux du responsable."""
    portes = {ligne.dossier: ligne for ligne in connexion.execute(_portes(connexion, auteur.nom))}
    if est_responsable(connexion, auteur):
        a_nul = select(schema.porte_discrete).where(*_de_nul(connexion))
        portes |= {ligne.dossier: ligne for ligne in connexion.execute(a_nul)}
    moi = meme_agent(auteur.nom)
    avis = []
    for objet in _objets(connexion, AVIS, rattaches=list(portes)):
        porte = portes[objet.rattache]
        document = decoder(objet.document)
        if any(lu not in document for lu in _a_lire_par(moi, porte)):
            avis.append(Avis(objet.id, objet.rattache, reference_courte(objet.rattache), *_dit(objet, document)))
    return avis


def essais_a_lire(connexion: Connection, auteur: Auteur) -> list[Essai]:
    """Les essais vains que le responsable n'a pas lus, le plus récent d'abord ; à nul autre."""
    if not est_responsable(connexion, auteur):
        return []
    lus = ((objet, decoder(objet.document)) for objet in _objets(connexion, ESSAI))
    return [Essai(objet.id, *_dit(objet, document)) for objet, document in lus if "vu_le" not in document]


def marquer_lu(connexion: Connection, lequel: Avis | Essai, auteur: Auteur, quand: datetime) -> None:
    """Note qu'il a été lu, à la place de celui qui le lit. Lève ``ErreurUtilisateur`` sans droit, ou s'il est parti."""
    if isinstance(lequel, Essai):
        lus: tuple[str, ...] = ("vu_le",)
    else:
        porte = connexion.execute(select(schema.porte_discrete).where(_PORTE.dossier == lequel.dossier)).first()
        lus = () if porte is None else _a_lire_par(meme_agent(auteur.nom), porte)
    jour = quand.date().isoformat()
    depot.modifier(connexion, lequel.id, dict.fromkeys(lus, jour), auteur, quand)


def oublier_les_essais(connexion: Connection, quand: datetime) -> bool:
    """Efface les essais vains, lus ou non, que leur genre ne garde plus ; vrai s'il y en avait.

    Un essai que le registre a pu recevoir s'y efface aussi, de son côté (``registre.service.essais``).
    """
    limite = _OBJET.cree_le <= en_utc(quand - livres().du(ESSAI).garde.au_plus)
    essais = list(connexion.scalars(select(_OBJET.id).where(tenus_du_genre(ESSAI), limite)))
    for essai in essais:
        if envois.ont_pu_partir(connexion, [essai]):
            tombes.purger(connexion, essai)
        else:
            envois.retenir(connexion, [essai])
            tombes.effacer(connexion, essai)
            histoires.oublier(connexion, essai)
    return bool(essais)


def _a_lire_par(moi: str, porte: Row[Any]) -> tuple[str, ...]:
    """Les marques de lecture qui reviennent à cet agent ; celle du référent, s'il lit pour qui n'est pas nommé."""
    siennes = tuple(lu for lu, nom in zip(_LUS, (porte.referent, porte.suppleant), strict=True) if nom == moi)
    return siennes or _LUS[:1]


def _fermes(connexion: Connection) -> list[str]:
    """Les comptes fermés de ce poste, tels qu'un dossier nomme son référent ; le nom vide n'est celui de personne."""
    return [meme_agent(nom) for nom in comptes.partis(connexion)]


def _de_nul(connexion: Connection) -> tuple[ColumnElement[bool], ...]:
    """Nul n'en répond : ni référent ni suppléant, ou leurs comptes sont fermés."""
    absents = ["", *_fermes(connexion)]
    return _PORTE.referent.in_(absents), _PORTE.suppleant.in_(absents)


def _portes(connexion: Connection, agent: str) -> Any:
    moi = meme_agent(agent)
    crees_ici = select(_ACCES.dossier).where(_ACCES.action == Acces.CREER.ecrire(), _ACCES.agent == agent)
    de_nul = and_(*_de_nul(connexion), _PORTE.dossier.in_(crees_ici))
    return select(schema.porte_discrete).where(or_(_PORTE.referent == moi, _PORTE.suppleant == moi, de_nul))


def _orphelines(connexion: Connection) -> Any:
    """Ceux que nul ne suit et dont le créateur n'est plus là (poste perdu, compte fermé, écarté) : aux travailleurs
    sociaux qui les tiennent, sans quoi leurs droits se perdraient."""
    partis = comptes.partis(connexion)
    crees_ici = select(_ACCES.dossier).where(
        _ACCES.action == Acces.CREER.ecrire(),
        *(_ACCES.dossier.is_not(None), _ACCES.agent.not_in(partis), ~_ecarte_son_createur()),
    )
    return select(schema.porte_discrete).where(*_de_nul(connexion), _PORTE.dossier.not_in(crees_ici))


def _ecarte_son_createur() -> ColumnElement[bool]:
    """Qui l'a créé en est écarté."""
    genres = [un.id for un in livres().par_id.values() if un.ecarte]
    agent, leve = (func.json_extract(_OBJET.document, f"$.{champ}") for champ in (ecarts.AGENT, ecarts.LEVE_LE))
    return (
        select(_OBJET.id)
        .where(_OBJET.rattache == _ACCES.dossier, _OBJET.genre.in_(genres), agent == _ACCES.agent, leve.is_(None))
        .correlate(schema.acces)
        .exists()
    )


def _a_part(connexion: Connection, agent: str, social: bool) -> list[Suivi]:
    """Les dossiers ordinaires dont une date est réservée, à qui en répond ou, nul n'étant nommé, à qui y a écrit.

    Leurs comptes fermés, à ``social`` : un travailleur social.
    """
    moi, absents, suivis_a_part = meme_agent(agent), {"", *_fermes(connexion)}, []
    requete = select(_OBJET.id, _OBJET.document, _OBJET.agent).where(
        _OBJET.id.in_(rappels.reserves()), _OBJET.etat == OUVERT, _OBJET.discret.is_(False)
    )
    for ligne in connexion.execute(requete):
        nommes = tuple(map(meme_agent, referents(decoder(ligne.document))))
        presents = set(nommes) - absents or {meme_agent(ligne.agent)} - absents
        if moi in presents or (social and not presents):
            suivis_a_part.append(Suivi(ligne.id, reference_courte(ligne.id), *(un in absents for un in nommes)))
    return suivis_a_part


def _objets(connexion: Connection, genre: str, rattaches: Sequence[str] | None = None) -> list[Row[Any]]:
    colonnes = (_OBJET.id, _OBJET.rattache, _OBJET.document, _OBJET.cree_le)
    requete = select(*colonnes).where(tenus_du_genre(genre))
    if rattaches is not None:
        requete = requete.where(_OBJET.rattache.in_(rattaches))
    return list(connexion.execute(requete.order_by(_OBJET.cree_le.desc(), _OBJET.id)))


def est_responsable(connexion: Connection, auteur: Auteur) -> bool:
    """Vrai si cet agent lit ce qui se dit au responsable du lieu."""
    return auteurs.permet(connexion, auteur, ESSAI, Action.MODIFIER)


def _dit(objet: Row[Any], document: Document) -> tuple[datetime, str, str]:
    return datetime.fromisoformat(objet.cree_le), document.get("par", ""), document.get("motif", "")
