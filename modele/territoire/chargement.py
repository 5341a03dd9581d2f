"""Charger un territoire depuis son dossier : seul ``territoire.toml`` est exigé ; toutes les fautes ensemble."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from modele.regles.confiance import CONFIANCES
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.parametres import DeclarationParametre, lire_parametres
from modele.territoire.communes import Commune, lire_communes
from modele.territoire.modele import ContactLocal, Lieu, Manque, Reservataire, SorteManque, Source, Systeme, Territoire
from modele.territoire.national import parametres_nationaux
from modele.territoire.tables import TERRITOIRES
from modele.territoire.zones import ZONES

IDENTITE = "territoire.toml"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Apercu:
    """De quoi choisir un territoire dans une liste."""

    id: str
    nom: str
    exemple: bool


def lister(racine: Path = TERRITOIRES) -> tuple[Apercu, ...]:
    """Les territoires livrés, par nom, l'exemple d'abord. Lève ``FichierFautif`` avec toutes les fautes."""
    fautes: list[Faute] = []
    lus = [_essayer(fautes, _apercu, dossier) for dossier in _dossiers(racine)]
    if fautes:
        raise FichierFautif(fautes)
    return tuple(sorted((un for un in lus if un), key=lambda un: (not un.exemple, un.nom)))


def charger(identifiant: str, racine: Path = TERRITOIRES) -> Territoire:
    """Le territoire ``identifiant``.

    Lève ``ErreurUtilisateur`` s'il n'existe pas (avec le plus ressemblant), ``FichierFautif`` avec toutes ses fautes.
    """
    dossier = racine / identifiant
    if identifiant not in {d.name for d in _dossiers(racine)}:
        raise ErreurUtilisateur(_absent(identifiant, [d.name for d in _dossiers(racine)]))
    return _charger(dossier)


def _dossiers(racine: Path) -> list[Path]:
    return sorted(chemin.parent for chemin in racine.glob(f"*/{IDENTITE}"))


def _absent(identifiant: str, connus: list[str]) -> str:
    voisin = proche(identifiant, connus)
    suite = f"vouliez-vous « {voisin} » ?" if voisin else f"territoires connus : {', '.join(connus) or 'aucun'}."
    return f"Le territoire « {identifiant} » n'existe pas ; {suite}"


def _essayer(fautes: list[Faute], lire: Callable[[Path], T], chemin: Path) -> T | None:
    """Le fichier lu, ou ``None`` ; ses fautes s'ajoutent à ``fautes``."""
    try:
        return lire(chemin)
    except FichierFautif as fautif:
        # Le nom seul ne dit pas de quel territoire il s'agit : on le préfixe de son dossier.
        dossier = chemin.name if chemin.is_dir() else chemin.parent.name
        fautes += [Faute(f"{dossier}/{f.fichier}", f.chemin, f.ligne, f.message) for f in fautif.fautes]
        return None


def _charger(dossier: Path) -> Territoire:
    fautes: list[Faute] = []
    identite = _essayer(fautes, _identite, dossier)
    annexes = {nom: _annexe(fautes, dossier / fichier, lire) for nom, (fichier, lire) in _ANNEXES.items()}
    if fautes or identite is None:
        raise FichierFautif(fautes)
    presents = {nom: lu for nom, lu in annexes.items() if lu is not None}
    return Territoire(**identite, **presents, grilles=tuple(sorted((dossier / "grilles").glob("*.toml"))))


def _annexe(fautes: list[Faute], chemin: Path, lire: Callable[[Path], Any]) -> Any:
    return _essayer(fautes, lire, chemin) if chemin.exists() else None


def _apercu(dossier: Path) -> Apercu:
    lu = _identite(dossier)
    return Apercu(lu["id"], lu["nom"], lu["exemple"])


def _identite(dossier: Path) -> dict[str, Any]:
    lecteur = lire_toml(dossier / IDENTITE)
    lecteur.exiger_format()
    table, systeme = lecteur.table("territoire", obligatoire=True), lecteur.table("systeme", obligatoire=True)
    lu = (_territoire(table, dossier) if table else {}) | {
        "systeme": _systeme(systeme) if systeme else Systeme(""),
        "manques": tuple(_manque(un) for un in lecteur.tables("manque")),
        "sources": tuple(_source(une) for une in lecteur.tables("source")),
    }
    lecteur.finir()
    return lu


def _territoire(table: Lecteur, dossier: Path) -> dict[str, Any]:
    lu = {
        "id": table.texte("id", obligatoire=True),
        "nom": table.texte("nom", obligatoire=True),
        "dossier": dossier,
        "exemple": table.booleen("sans_valeur_officielle"),
        "departements": table.textes("departements", obligatoire=True),
        "epci_siren": table.texte("epci_siren"),
        "outre_mer": table.booleen("outre_mer"),
        "agglomeration_plus_300000": _ou_inconnu(table, "agglomeration_plus_300000"),
        "zone_plafonds": table.texte("zone_plafonds", permis=ZONES),
        "remarque": table.texte("remarque"),
    }
    if lu["id"] != dossier.name:
        table.signaler("id", f"l'identifiant est le nom du dossier : « {dossier.name} »")
    table.clore()
    return lu


def _ou_inconnu(table: Lecteur, cle: str) -> bool | None:
    return table.booleen(cle) if cle in table else None


def _systeme(table: Lecteur) -> Systeme:
    lu = Systeme(table.texte("nom", obligatoire=True), table.texte("url"), table.texte("source"), _confiance(table))
    table.clore()
    return lu


def _confiance(table: Lecteur) -> str:
    return table.texte("confiance", permis=CONFIANCES, defaut="V")


def _manque(table: Lecteur) -> Manque:
    lu = Manque(
        table.texte("sujet", obligatoire=True),
        table.texte("complete_par", obligatoire=True),
        SorteManque(table.texte("sorte", permis=list(SorteManque), defaut=SorteManque.AUTRE)),
        table.texte("remarque"),
    )
    table.clore()
    return lu


def _source(table: Lecteur) -> Source:
    lu = Source(table.texte("titre", obligatoire=True), table.texte("url"), table.date("releve_le", obligatoire=True))
    table.clore()
    return lu


def _provenance(table: Lecteur) -> dict[str, Any]:
    """Ce que toute donnée locale porte ; une donnée fictive n'a pas de source."""
    fictif = table.booleen("fictif")
    return {
        "source": table.texte("source", obligatoire=not fictif),
        "confiance": _confiance(table),
        "verifie_le": table.date("verifie_le", obligatoire=not fictif),
    }


def _lire_liste(cle: str, element: Callable[[Lecteur], T]) -> Callable[[Path], tuple[T, ...]]:
    """Lit un fichier ``format = 1`` fait d'une liste de tables ``[[cle]]`` aux identifiants uniques."""

    def lire(chemin: Path) -> tuple[T, ...]:
        lecteur = lire_toml(chemin)
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


def _lieu(table: Lecteur) -> Lieu:
    return Lieu(
        id=table.texte("id"),
        nom=table.texte("nom", obligatoire=True),
        genre=table.texte("genre", obligatoire=True),
        adresse=table.texte("adresse"),
        commune=table.texte("commune"),
        telephone=table.texte("telephone"),
        horaires=table.texte("horaires"),
        enregistre=table.booleen("enregistre"),
        fictif=table.booleen("fictif"),
        **_provenance(table),
    )


def _reservataire(table: Lecteur) -> Reservataire:
    table.booleen("fictif")
    return Reservataire(
        id=table.texte("id"),
        nom=table.texte("nom", obligatoire=True),
        genre=table.texte("genre", obligatoire=True, permis=("reservataire", "bailleur")),
        convention_le=table.date("convention_le"),
        remarque=table.texte("remarque"),
        **_provenance(table),
    )


def _contact(table: Lecteur) -> ContactLocal:
    return ContactLocal(
        id=table.texte("id"),
        libelle=table.texte("libelle", obligatoire=True),
        numero=table.texte("numero"),
        url=table.texte("url"),
        horaires=table.texte("horaires"),
        quand=table.texte("quand"),
        gratuit=_ou_inconnu(table, "gratuit"),
        fictif=table.booleen("fictif"),
        **_provenance(table),
    )


def _parametres(chemin: Path) -> Mapping[str, DeclarationParametre]:
    """Les valeurs locales. Un paramètre national garde ici son type ; un nouveau doit porter le préfixe « local. »."""
    lecteur = lire_toml(chemin)
    lus, nationaux = lire_parametres(lecteur), parametres_nationaux()
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


def _communes(chemin: Path) -> Mapping[str, Commune]:
    return lire_communes(chemin)


_ANNEXES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "communes": ("communes.csv", _communes),
    "parametres": ("parametres.toml", _parametres),
    "lieux": ("lieux.toml", _lire_liste("lieu", _lieu)),
    "reservataires": ("reservataires.toml", _lire_liste("reservataire", _reservataire)),
    "contacts": ("contacts.toml", _lire_liste("contact", _contact)),
}
