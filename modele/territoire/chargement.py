"""Charger un territoire depuis son dossier, couche par couche : seul ``territoire.toml`` est exigé.

Les lieux et les contacts s'ajoutent d'une couche à l'autre ; le reste se remplace, fichier par fichier. Toutes les
fautes du territoire livré sortent ensemble ; celles d'une couche du dessus l'écartent, et celle du dessous sert.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from modele.lieux.lecture import FICHIER as LIEUX
from modele.lieux.lecture import Permis, lire_lieux
from modele.regles.disque import Lisible
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif
from modele.regles.lecture import Lecteur, hors_liste, lire_toml
from modele.regles.parametres import DeclarationParametre, lire_parametres
from modele.regles.provenance import Provenance, lire_provenance
from modele.rendez_vous.plages import Horaires, lire_horaires
from modele.residences.listes import FICHIER as RESIDENCES
from modele.residences.listes import lire_residences
from modele.sources import Fichier, Lecture
from modele.territoire.communes import lire_communes
from modele.territoire.conventions import FICHIER as CONVENTIONS
from modele.territoire.conventions import lire_conventions
from modele.territoire.coordonnees import DU_TERRITOIRE as COORDONNEES
from modele.territoire.coordonnees import lire_coordonnees
from modele.territoire.engagements import FICHIER as ENGAGEMENTS
from modele.territoire.engagements import lire_engagements
from modele.territoire.filiere import FICHIER as FILIERE
from modele.territoire.filiere import lire_filiere
from modele.territoire.identite import IDENTITE, fautes_de, identites, lire_identite, ou_inconnu
from modele.territoire.logo import servir_logo
from modele.territoire.modele import ContactLocal, Reservataire, Territoire, redit
from modele.territoire.plan import PLAN, lire_plan
from modele.territoire.vacants import FICHIER as VACANTS
from modele.territoire.vacants import lire_vacants

T = TypeVar("T")


def charger(
    identifiant: str,
    lecture: Lecture,
    nationaux: Mapping[str, DeclarationParametre],
    numeros: Collection[str] = (),
    permis: Permis | None = None,
) -> Territoire:
    """Le territoire ``identifiant``.

    ``nationaux`` : les paramètres qu'il peut préciser. ``numeros`` : ceux du pays, qu'il ne peut pas remplacer.
    ``permis`` : les codes que ses lieux peuvent employer (absent : ils ne se vérifient pas).

    Lève ``ErreurUtilisateur`` s'il n'existe pas (avec le plus ressemblant), ``FichierFautif`` avec toutes ses fautes.
    """
    connus = identites(lecture)
    if identifiant not in connus:
        raise ErreurUtilisateur(_absent(identifiant, [*connus]))
    return _charger(connus[identifiant], lecture, nationaux, numeros, permis)


def _absent(identifiant: str, connus: list[str]) -> str:
    voisin = proche(identifiant, connus)
    suite = f"vouliez-vous « {voisin} » ?" if voisin else f"territoires connus : {', '.join(connus) or 'aucun'}."
    venu = " S'il vient de votre registre, il arrive quand ce poste y est relié et que son exploitant l'a publié."
    return f"Le territoire « {identifiant} » n'existe pas ; {suite}{venu}"


def _charger(
    identite: str,
    lecture: Lecture,
    nationaux: Mapping[str, DeclarationParametre],
    numeros: Collection[str],
    permis: Permis | None,
) -> Territoire:
    dossier = identite.removesuffix(f"/{IDENTITE}")
    lus = _Fichiers(lecture, dossier)
    lue = None
    with fautes_de(dossier, lus.fautes):
        lue = lecture.servir(identite, lire_identite)
    annexes: dict[str, Any] = {
        "communes": lus.servir("communes.csv", lire_communes),
        "parametres": lus.servir("parametres.toml", lambda fichier: _parametres(fichier, nationaux)),
        "filiere": lus.servir(FILIERE, lire_filiere),
        "reservataires": lus.servir("reservataires.toml", _lire_liste("reservataire", _reservataire)),
        "conventions": lus.servir(CONVENTIONS, lire_conventions),
        "engagements": lus.servir(ENGAGEMENTS, lire_engagements),
        "residences": lus.servir(RESIDENCES, lire_residences),
        "lieux": lus.reunir(LIEUX, partial(lire_lieux, permis=permis)),
        "coordonnees": lus.servir(COORDONNEES, lire_coordonnees),
        "plan": lus.servir(PLAN, lire_plan),
        "vacants": None if not lus.present(VACANTS) else lus.reunir(VACANTS, lire_vacants),
        "contacts": lus.reunir("contacts.toml", lire_contacts_locaux, numeros),
    }
    lieux = {un.id for un in annexes["lieux"]}
    horaires = lus.servir("rendez_vous.toml", partial(_horaires, lecture, lieux)) or Horaires()
    annexes |= {"plages": horaires.plages, "rappels": horaires.rappels}
    with fautes_de(dossier, lus.fautes):
        annexes["logo"] = servir_logo(lecture, dossier)
    if lus.fautes or lue is None:
        raise FichierFautif(lus.fautes)
    presents: dict[str, Any] = {nom: lu for nom, lu in annexes.items() if lu is not None}
    return Territoire(**lue, **presents, grilles=lecture.sources.chemins(f"{dossier}/grilles/*.toml"))


def _horaires(lecture: Lecture, lieux: Collection[str], fichier: Fichier) -> Horaires:
    """Ceux dont le lieu est à l'annuaire ; les autres, qu'aucun poste n'offrirait, sont mis de côté et montrés.

    Un à un : un lieu retiré ne fait pas taire les heures de tous les autres.
    """
    lus = lire_horaires(fichier)
    for dit, lieu in [*((une.id, une.lieu) for une in lus.plages), *(("rappel", lieu) for lieu in lus.rappels)]:
        if lieu not in lieux:
            lecture.ecarter(fichier, f"« {dit} » : lieu {hors_liste(lieu, sorted(lieux))}")
    return Horaires(
        tuple(une for une in lus.plages if une.lieu in lieux),
        {lieu: jours for lieu, jours in lus.rappels.items() if lieu in lieux},
    )


@dataclass
class _Fichiers:
    """Les fichiers d'un territoire en cours de lecture, et leurs fautes."""

    lecture: Lecture
    dossier: str
    fautes: list[Faute] = field(default_factory=list)

    def servir(self, nom: str, lire: Callable[[Fichier], T]) -> T | None:
        """Ce que dit ce fichier ; ``None`` s'il n'y est pas ou s'il est fautif."""
        with fautes_de(self.dossier, self.fautes):
            return self.lecture.servir_si_present(f"{self.dossier}/{nom}", lire)
        return None

    def present(self, nom: str) -> bool:
        """Vrai si une couche au moins apporte ce fichier : une liste vide n'est pas une liste qu'on n'a pas."""
        return bool(self.lecture.sources.pile(f"{self.dossier}/{nom}"))

    def reunir(
        self, nom: str, lire: Callable[[Fichier], Sequence[Any]], interdits: Collection[str] = ()
    ) -> tuple[Any, ...]:
        """Les éléments de toutes les couches ; à identifiant égal, celui du dessus. Un ``interdit`` est mis de côté."""
        reunis: dict[str, Any] = {}
        with fautes_de(self.dossier, self.fautes):
            for fichier, lus in self.lecture.empiler(f"{self.dossier}/{nom}", lire):
                for un in lus:
                    if un.id in interdits:
                        self.lecture.ecarter(fichier, f"« {un.id} » est un numéro national : il ne se remplace pas")
                    else:
                        reunis[un.id] = un
        return tuple(reunis.values())


def _provenance(table: Lecteur) -> Provenance:
    """Ce que toute donnée locale porte ; une donnée fictive n'a pas de source."""
    return lire_provenance(table, exigees=() if table.booleen("fictif") else ("source", "verifie_le"))


def _lire_liste(cle: str, element: Callable[[Lecteur], T]) -> Callable[[Lisible], tuple[T, ...]]:
    """Lit un fichier ``format = 1`` fait d'une liste de tables ``[[cle]]`` aux identifiants uniques."""

    def lire(fichier: Lisible) -> tuple[T, ...]:
        lecteur = lire_toml(fichier)
        lecteur.exiger_format()
        vus: set[str] = set()
        lus = []
        for table in lecteur.tables(cle):
            table.identifiant(vus)
            lus.append(element(table))
            table.clore()
        lecteur.finir()
        return tuple(lus)

    return lire


def lire_contacts_locaux(fichier: Lisible) -> tuple[ContactLocal, ...]:
    """Les contacts d'un fichier de territoire. Lève ``FichierFautif`` avec toutes ses fautes."""
    return _lire_liste("contact", _contact)(fichier)


def _reservataire(table: Lecteur) -> Reservataire:
    table.booleen("fictif")
    return Reservataire(
        id=table.texte("id"),
        nom=table.texte("nom", obligatoire=True),
        genre=table.texte("genre", obligatoire=True, permis=("reservataire", "bailleur")),
        convention_le=table.date("convention_le"),
        remarque=table.texte("remarque"),
        provenance=_provenance(table),
    )


def _contact(table: Lecteur) -> ContactLocal:
    lu = ContactLocal(
        id=table.texte("id"),
        libelle=table.texte("libelle", obligatoire=True),
        numero=table.texte("numero"),
        url=table.texte("url"),
        horaires=table.texte("horaires"),
        quand=table.texte("quand"),
        gratuit=ou_inconnu(table, "gratuit"),
        fictif=table.booleen("fictif"),
        provenance=_provenance(table),
    )
    if redit(lu.libelle, lu.numero):
        table.signaler("libelle", "le libellé redit le numéro ; gardez l'un des deux")
    return lu


def _parametres(fichier: Lisible, nationaux: Mapping[str, DeclarationParametre]) -> Mapping[str, DeclarationParametre]:
    """Les valeurs locales. Un paramètre national garde ici son type ; un nouveau doit porter le préfixe « local. »."""
    lecteur = lire_toml(fichier)
    lus = lire_parametres(lecteur)
    for rang, (nom, lu) in enumerate(lus.items()):
        attendu = nationaux.get(nom)
        if attendu and lu.type is not attendu.type:
            lecteur.fautes.noter(("parametre", rang, "type"), f"« {nom} » est de type {attendu.type}")
        if not attendu and not nom.startswith("local."):
            voisin = proche(nom, nationaux)
            suite = f" ; vouliez-vous « {voisin} » ?" if voisin else ""
            message = f"« {nom} » : paramètre inconnu ; un paramètre local commence par « local. »{suite}"
            lecteur.fautes.noter(("parametre", rang, "id"), message)
    lecteur.finir()
    return lus
