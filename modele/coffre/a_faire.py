"""La liste « À faire » : une seule requête sur des dates, deux cents lignes par page. Dans la transaction donnée.

Y vont les dates de tous les dossiers (``rappels``), les rendez-vous de ce lieu et, pour qui en répond, les dates des
dossiers discrets : rien de celles-ci n'est rangé, elles sont données à la requête le temps qu'elle dure. Un report y
replie une ligne ; jamais une date de droit venue, quoi que dise la table.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
)

from modele.coffre import agenda_lu, avis, rappels, repertoire, schema
from modele.coffre.lieu_d_accueil import lieu_d_accueil
from modele.coffre.lignes import OUVERT, resumables, resume
from modele.coffre.listes import PAR_PAGE, AFaire, PageAFaire, Report, Tranche, Voulu
from modele.dossier.dates_tenues import DateTenue, Nature, dates_tenues, declarees
from modele.dossier.documents import decoder
from modele.dossier.operations import DOSSIER
from modele.droits import Auteur
from modele.protection.referents import meme_agent
from modele.rendez_vous.lignes import DONNE

SEMAINE: Final = timedelta(7)
_RAPPEL: Final = schema.rappel.c
_DOSSIER: Final = schema.dossier.c
_REPORT: Final = schema.report.c
_NOMS: Final = ("dossier", "cle", "nature", "le", "fin", "depuis", "objet", "libelle")
_RANGS: Final[Mapping[Tranche, int]] = {tranche: rang for rang, tranche in enumerate(Tranche)}
_TRANCHES: Final = tuple(Tranche)
_QUE_D_UN_DISCRET: Final = (Nature.RENOUVELLEMENT, Nature.RENDEZ_VOUS)
"""Ce qui se dit d'un dossier discret comme de tout autre : de ses autres dates, le jour seul."""


def lire(connexion: Connection, voulu: Voulu, auteur: Auteur, quand: datetime) -> PageAFaire:
    """Une page de la liste telle que cet auteur la voit ; la dernière s'il y en a moins que demandé."""
    sources = _sources(connexion, voulu, auteur, quand)
    repliees = _repliees(connexion, voulu, sources)
    comptes = _compter(connexion, voulu, sources, repliees)
    total = sum(comptes[tranche] for tranche in voulu.tranches)
    page = max(0, min(voulu.page, (total - 1) // PAR_PAGE))
    jusque = (page + 1) * PAR_PAGE
    montrees = _ensemble(_montrees(voulu, source, jusque) for source in sources).limit(PAR_PAGE)
    lignes = _lignes(connexion, montrees.offset(page * PAR_PAGE))
    a_part = _lignes(connexion, _ensemble(repliees).limit(PAR_PAGE)) if repliees else ()
    return PageAFaire(lignes, page, total, comptes, a_part)


def repond(connexion: Connection, dossier: str, auteur: Auteur) -> bool:
    """Vrai si les dates de ce dossier sont dans la liste de cet auteur : un discret, à qui en répond seulement."""
    discret = connexion.scalar(select(_DOSSIER.discret).where(_DOSSIER.id == dossier))
    return not discret or dossier in {un.dossier for un in avis.suivis(connexion, auteur)}


def est_reportee(jour: date, dates: Any) -> ColumnElement[bool]:
    """Repliée : le report vaut encore, et ce n'est pas une date de droit venue."""
    de_droit = dates.nature.in_([nature for nature, dite in declarees().items() if dite.droit])
    venue = and_(de_droit, dates.le <= jour.isoformat())
    return func.coalesce(and_(_REPORT.jusqu_au > jour.isoformat(), not_(venue)), literal_column("0"))


# Les dates, d'où qu'elles viennent.


def _sources(connexion: Connection, voulu: Voulu, auteur: Auteur, quand: datetime) -> list[Select[Any]]:
    """Toutes les dates qui pressent, chaque source à part : chacune se lit dans l'ordre de son index."""
    suivis = {un.dossier for un in avis.suivis(connexion, auteur)}
    a_soi = not voulu.agent or meme_agent(voulu.agent) == meme_agent(auteur.nom)
    return [
        *_communes(voulu),
        *(_pressantes(voulu, (*_reservees(suivis), *_discretes(connexion, voulu, suivis))) if a_soi else ()),
        *_rendez_vous(connexion, voulu, suivis, auteur, quand),
    ]


def _pressantes(voulu: Voulu, sources: Iterable[Select[Any]]) -> Iterable[Select[Any]]:
    """De ces dates, celles qui pressent : la même règle que des autres."""
    for rang, source in enumerate(sources):
        dites = source.subquery(f"a_part_{rang}")
        yield select(dites).where(or_(*(and_(*_presse(nature, voulu.jour, dites.c)) for nature in _natures(voulu))))


def _natures(voulu: Voulu) -> tuple[Nature, ...]:
    return voulu.natures or tuple(Nature)


def _presse(nature: Nature, jour: date, dates: Any) -> Iterable[ColumnElement[bool]]:
    """Ce qui presse de cette sorte : à son premier rappel ou dans la semaine, et pas encore trop ancien."""
    declaree = declarees()[nature]
    jusqu_au = jour + max(SEMAINE, timedelta(max(declaree.rappels)))
    yield dates.nature == nature
    yield dates.le <= jusqu_au.isoformat()
    if nature is Nature.VOIE:
        # Passée, plus rien n'est à faire ; entre les deux dates, si.
        yield dates.fin >= jour.isoformat()
    elif declaree.montre is not None:
        yield dates.fin >= (jour - timedelta(declaree.montre)).isoformat()


def _rang(jour: date, dates: Any) -> ColumnElement[int]:
    """Le rang de sa tranche."""
    de_droit = dates.nature.in_([nature for nature, dite in declarees().items() if dite.droit])
    rangs: list[ColumnElement[int]] = [literal_column(str(_RANGS[tranche])) for tranche in _TRANCHES]
    return case(
        (and_(de_droit, dates.le <= jour.isoformat()), rangs[0]),
        (dates.le <= jour.isoformat(), rangs[1]),
        (dates.le <= (jour + SEMAINE).isoformat(), rangs[2]),
        else_=rangs[3],
    ).label("presse")


def _communes(voulu: Voulu) -> Iterable[Select[Any]]:
    """Les dates que tous lisent, une lecture de l'index par sorte."""
    commun = literal_column("rappel.commun") == literal_column("1")
    for nature in _natures(voulu):
        yield _tenues().where(commun, *_presse(nature, voulu.jour, _RAPPEL), _de(voulu.agent))


def _reservees(suivis: Iterable[str]) -> Iterable[Select[Any]]:
    """Celles qui, à elles seules, diraient une violence, à qui en répond."""
    yield _tenues().where(_RAPPEL.commun.is_(False), _RAPPEL.dossier.in_(_parmi(suivis)))


def _tenues() -> Select[Any]:
    rien: ColumnElement[str] = literal_column("''").label("heure")
    return select(*(_RAPPEL[nom] for nom in _NOMS), rien, _RAPPEL.commun.label("commun"))


def _de(agent: str) -> ColumnElement[bool]:
    """Nommé dans le dossier, ou il y a écrit."""
    if not agent:
        return true()
    derniers = select(_DOSSIER.id).where(_DOSSIER.agent == agent)
    ecrits = repertoire.ecrits_par(agent)
    return or_(rappels.est_nomme(agent), _RAPPEL.dossier.in_(derniers), _RAPPEL.dossier.in_(ecrits))


def _discretes(connexion: Connection, voulu: Voulu, suivis: Iterable[str]) -> Iterable[Select[Any]]:
    """Celles des dossiers discrets dont il répond, lues de leurs documents à l'instant."""
    requete = select(_DOSSIER.id, _DOSSIER.document).where(
        _DOSSIER.id.in_(_parmi(suivis)), _DOSSIER.discret, _DOSSIER.etat == OUVERT
    )
    lignes = [
        [ligne.id, une.cle, une.nature, une.le.isoformat(), (une.fin or une.le).isoformat(), *_autour(une)]
        for ligne in connexion.execute(requete)
        for une in (*dates_tenues(decoder(ligne.document)), *voulu.delais.get(ligne.id, ()))
    ]
    if lignes:
        donnees = func.json_each(json.dumps(lignes)).table_valued("value")
        valeurs = [
            func.json_extract(donnees.c.value, literal_column(f"'$[{rang}]'")).label(nom)
            for rang, nom in enumerate(_NOMS)
        ]
        yield select(*valeurs, literal_column("''").label("heure"), literal_column("0").label("commun"))


def _autour(une: DateTenue) -> tuple[str, str, str]:
    return une.depuis.isoformat() if une.depuis else "", une.objet, une.libelle


def _rendez_vous(
    connexion: Connection, voulu: Voulu, suivis: Iterable[str], auteur: Auteur, quand: datetime
) -> Iterable[Select[Any]]:
    """Ceux de ce lieu, donnés et à venir, que reçoit cet agent ou que nul n'a en propre."""
    if Nature.RENDEZ_VOUS not in _natures(voulu):
        return
    champ, agent = agenda_lu.champ, voulu.agent or auteur.nom
    jour, heure = champ("date"), func.coalesce(champ("heure"), literal_column("'00:00'"))
    du_lieu = (
        *agenda_lu.du_genre("rendez_vous"),
        jour.between(voulu.jour.isoformat(), (voulu.jour + SEMAINE).isoformat()),
        champ("lieu") == lieu_d_accueil(connexion),
        func.coalesce(champ("etat"), DONNE) == DONNE,
    )
    avec = func.coalesce(champ("avec"), literal_column("''"))
    tous = connexion.scalars(select(avec).where(*du_lieu).distinct())
    siens = [nom for nom in tous if agenda_lu.est_pour(nom, agent)]
    passe = and_(jour == quand.date().isoformat(), heure < f"{quand:%H:%M}")
    vides: list[ColumnElement[str]] = [literal_column("''").label(nom) for nom in ("depuis", "objet")]
    colonnes = [_DOSSIER.rattache.label("dossier"), _cle_de_rendez_vous(), _litteral(Nature.RENDEZ_VOUS, "nature")]
    # Seul champ libre de la ligne : avec qui, tel que l'agenda le dit.
    colonnes += [jour.label("le"), jour.label("fin"), *vides, avec.label("libelle"), heure.label("heure")]
    yield select(*colonnes, literal_column("1").label("commun")).where(
        *du_lieu, not_(passe), avec.in_(siens), or_(_DOSSIER.discret.is_(False), _DOSSIER.rattache.in_(_parmi(suivis)))
    )


def _cle_de_rendez_vous() -> ColumnElement[str]:
    return (literal_column(f"'{Nature.RENDEZ_VOUS}:'") + _DOSSIER.id).label("cle")


def _litteral(mot: str, nom: str) -> ColumnElement[str]:
    return literal_column(f"'{mot}'").label(nom)


def _parmi(dossiers: Iterable[str]) -> Select[Any]:
    """Un seul paramètre, quel que soit leur nombre."""
    return select(func.json_each(json.dumps(sorted(dossiers))).table_valued("value").c.value)


# Ce qui s'en montre.


def _compter(
    connexion: Connection, voulu: Voulu, sources: Iterable[Select[Any]], repliees: Sequence[Select[Any]]
) -> Mapping[Tranche, int]:
    """Combien par tranche, moins ce qui est replié : compter ne lit que des index."""
    comptes = Counter[int]()
    for signe, celles in ((1, sources), (-1, repliees)):
        for source in celles:
            dates = source.subquery()
            rang = _rang(voulu.jour, dates.c)
            for presse, nombre in connexion.execute(select(rang, func.count()).group_by(rang)):
                comptes[presse] += signe * nombre
    return {tranche: comptes[rang] for rang, tranche in enumerate(Tranche)}


def _montrees(voulu: Voulu, source: Select[Any], jusque: int) -> Select[Any]:
    """Les premières de cette source, dans les tranches voulues et que rien ne replie."""
    dates = source.subquery()
    rangs = [_RANGS[tranche] for tranche in voulu.tranches]
    presse = _rang(voulu.jour, dates.c)
    return (
        _avec_report(voulu, dates, isouter=True)
        .where(not_(est_reportee(voulu.jour, dates.c)), presse.in_(rangs))
        .order_by(*_dans_l_ordre(dates.c))
        .limit(jusque)
    )


def _repliees(connexion: Connection, voulu: Voulu, sources: Iterable[Select[Any]]) -> list[Select[Any]]:
    """Ce qui est reporté ; rien à chercher si rien ne l'est."""
    if connexion.scalar(select(_REPORT.cle).limit(1)) is None:
        return []
    tous = ((source.subquery()) for source in sources)
    return [_avec_report(voulu, dates).where(est_reportee(voulu.jour, dates.c)) for dates in tous]


def _avec_report(voulu: Voulu, dates: Any, *, isouter: bool = False) -> Select[Any]:
    """Ces dates, leur tranche et leur report."""
    du_report = and_(_REPORT.dossier == dates.c.dossier, _REPORT.cle == dates.c.cle)
    return (
        select(dates, _rang(voulu.jour, dates.c), est_reportee(voulu.jour, dates.c).label("reportee"))
        .add_columns(_REPORT.jusqu_au, _REPORT.motif, _REPORT.agent.label("reporte_par"))
        .join_from(dates, schema.report, du_report, isouter=isouter)
    )


def _ensemble(sources: Iterable[Select[Any]]) -> Select[Any]:
    """Toutes ces sources, dans l'ordre de la liste."""
    toutes = union_all(*(select(source.subquery()) for source in sources)).subquery("dates")
    return select(toutes).order_by(*_ordre(toutes.c))


def _ordre(dates: Any) -> tuple[ColumnElement[Any], ...]:
    # Les rendez-vous du jour d'abord : des réponses qui tardent depuis un mois ne cachent pas celui de neuf heures.
    tardent = and_(dates.presse == _RANGS[Tranche.JOUR], dates.heure == "")
    return dates.presse, tardent, *_dans_l_ordre(dates)


def _dans_l_ordre(dates: Any) -> tuple[ColumnElement[Any], ...]:
    # D'une sorte, la tranche ne fait que croître avec le jour : celui de l'index suffit.
    return dates.le, dates.heure, dates.dossier, dates.cle


def _lignes(connexion: Connection, requete: Select[Any]) -> tuple[AFaire, ...]:
    """Ces dates avec de quoi montrer leur dossier : lu pour la page, pas pour toutes."""
    page = requete.subquery("page")
    lues = connexion.execute(
        resumables()
        .add_columns(*(page.c[nom] for nom in _NOMS[1:]))
        .add_columns(page.c.heure, page.c.commun, page.c.presse, page.c.reportee)
        .add_columns(page.c.jusqu_au, page.c.motif, page.c.reporte_par)
        .join(page, page.c.dossier == _DOSSIER.id)
        .where(_DOSSIER.etat == OUVERT, _DOSSIER.genre == DOSSIER)
        .order_by(*_ordre(page.c))
    )
    return tuple(map(_a_faire, lues))


def _a_faire(ligne: Row[Any]) -> AFaire:
    une = _date(ligne)
    tue = not ligne.commun or ligne.discret
    report = Report(date.fromisoformat(ligne.jusqu_au), ligne.motif, ligne.reporte_par) if ligne.jusqu_au else None
    return AFaire(
        ligne.id,
        resume(ligne),
        une,
        _TRANCHES[ligne.presse],
        ligne.heure,
        tue and une.nature not in _QUE_D_UN_DISCRET,
        report,
        bool(ligne.reportee),
    )


def _date(ligne: Row[Any]) -> DateTenue:
    fin = _jour(ligne.fin)
    le = date.fromisoformat(ligne.le)
    return DateTenue(
        Nature(ligne.nature), ligne.cle, le, None if fin == le else fin, _jour(ligne.depuis), ligne.objet, ligne.libelle
    )


def _jour(ecrit: str | None) -> date | None:
    return date.fromisoformat(ecrit) if ecrit else None
