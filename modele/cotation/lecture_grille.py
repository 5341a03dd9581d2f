"""Lire une grille : tout est vérifié avant usage, toutes les fautes sont rendues ensemble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from modele.cotation.grille import (
    Bornes,
    CircuitAPart,
    Critere,
    Cumul,
    Fixe,
    Forme,
    Grille,
    ParUnite,
    Rubrique,
    SourceGrille,
    Tranche,
    Tranches,
    Validite,
)
from modele.dossier.faits import demande
from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible
from modele.regles.faits import ORDONNES, Catalogue, Fait, TypeFait
from modele.regles.lecture import Lecteur, est_date, est_nombre, lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition, lire_fait
from modele.regles.lecture_faits import lire_faits_locaux
from modele.regles.parametres import DeclarationParametre, lire_parametres

STATUTS = ("officielle", "partielle", "exemple")
POPULATIONS = ("toutes", *demande.POPULATIONS)
PREUVES = ("automatique", "piece", "travailleur_social")
_FORMES = ("points", "par_unite", "tranches")


def lire_grille(chemin: Lisible, catalogue: Catalogue, parametres: Mapping[str, DeclarationParametre]) -> Grille:
    """La grille écrite dans ``chemin``.

    ``catalogue`` et ``parametres`` : ce que le national et le territoire déclarent.
    Lève ``FichierFautif`` (toutes les fautes) ou ``ErreurUtilisateur`` (fichier illisible).
    """
    return grille_depuis(lire_toml(chemin), catalogue, parametres)


def grille_depuis(lecteur: Lecteur, catalogue: Catalogue, parametres: Mapping[str, DeclarationParametre]) -> Grille:
    """Comme ``lire_grille``, depuis un fichier déjà ouvert."""
    lecteur.exiger_format()
    locaux, propres = lire_faits_locaux(lecteur), lire_parametres(lecteur)
    cours = _Cours(Contexte(catalogue.etendre(locaux), {**parametres, **propres}))
    entete = lecteur.table("grille", obligatoire=True)
    rubriques = tuple(_rubrique(table, cours) for table in lecteur.tables("rubrique", obligatoire=True))
    circuits = tuple(c for table in lecteur.tables("hors_cotation") if (c := _circuit(table, cours)))
    grille = _entete(entete) if entete else None
    lecteur.finir()
    assert grille is not None
    return replace(
        grille,
        rubriques=rubriques,
        hors_cotation=circuits,
        catalogue=cours.contexte.catalogue,
        faits_locaux=locaux,
        parametres=propres,
    )


@dataclass(slots=True)
class _Cours:
    """Une lecture en cours : ce que les conditions ont le droit de nommer, les identifiants déjà pris."""

    contexte: Contexte
    vus: set[str] = field(default_factory=set)

    def identite(self, table: Lecteur) -> tuple[str, str]:
        """L'identifiant (il nomme une ligne dans les résultats, les preuves, les papiers : unique) et le libellé."""
        return table.identifiant(self.vus), table.texte("libelle", obligatoire=True)


def _entete(table: Lecteur) -> Grille:
    statut = table.texte("statut", obligatoire=True, permis=STATUTS)
    grille = Grille(
        id=table.texte("id", obligatoire=True),
        libelle=table.texte("libelle", obligatoire=True),
        territoire=table.texte("territoire", obligatoire=True),
        statut=statut,
        population=table.texte("population", obligatoire=True, permis=POPULATIONS),
        validite=_validite(table, obligatoire=True),
        bornes=_bornes(table),
        sources=_sources(table, exigees=statut in ("officielle", "partielle")),
        remarque=table.texte("remarque"),
    )
    _reference(table)
    table.clore()
    return grille


def _sources(table: Lecteur, *, exigees: bool) -> tuple[SourceGrille, ...]:
    lues = []
    for source in table.tables("sources", obligatoire=exigees):
        lues.append(
            SourceGrille(
                titre=source.texte("titre", obligatoire=True),
                url=source.texte("url"),
                releve_le=source.date("releve_le", obligatoire=exigees),
            )
        )
        source.clore()
    return tuple(lues)


def _rubrique(table: Lecteur, cours: _Cours) -> Rubrique:
    reference, confiance = _reference(table)
    id_, libelle = cours.identite(table)
    rubrique = Rubrique(
        id=id_,
        libelle=libelle,
        cumul=Cumul(table.texte("cumul", obligatoire=True, permis=list(Cumul), defaut=Cumul.SOMME)),
        criteres=tuple(c for dessous in table.tables("critere") if (c := _critere(dessous, cours))),
        bornes=_bornes(table),
        si=lire_condition(table, "si", cours.contexte),
        reference=reference,
        confiance=confiance,
        validite=_validite(table),
    )
    table.clore()
    return rubrique


def _critere(table: Lecteur, cours: _Cours) -> Critere | None:
    reference, confiance = _reference(table)
    identite = cours.identite(table)
    forme = _forme(table, cours.contexte)
    si = lire_condition(table, "si", cours.contexte)
    preuve = table.texte("preuve", permis=PREUVES, defaut="automatique")
    pieces, validite = table.textes("pieces"), _validite(table)
    table.clore(_FORMES)
    if forme is None:
        return None
    return Critere(*identite, forme, si, preuve, pieces, reference, confiance, validite)


def _circuit(table: Lecteur, cours: _Cours) -> CircuitAPart | None:
    reference, confiance = _reference(table)
    identite = cours.identite(table)
    si, validite = lire_condition(table, "si", cours.contexte, obligatoire=True), _validite(table)
    table.clore()
    return None if si is None else CircuitAPart(*identite, si, reference, confiance, validite)


def _reference(table: Lecteur) -> tuple[str, str]:
    return table.texte("reference"), table.texte("confiance", permis=CONFIANCES, defaut="V")


def _validite(table: Lecteur, *, obligatoire: bool = False) -> Validite:
    validite = Validite(table.date("en_vigueur_du", obligatoire=obligatoire), table.date("en_vigueur_au"))
    if validite.du and validite.au and validite.au < validite.du:
        table.signaler("en_vigueur_au", "cette date est avant en_vigueur_du")
    return validite


def _bornes(table: Lecteur, bas: str = "plancher", haut: str = "plafond") -> Bornes:
    bornes = Bornes(table.nombre(bas), table.nombre(haut))
    if bornes.plancher is not None and bornes.plafond is not None and bornes.plancher > bornes.plafond:
        table.signaler(bas, f"{bas} est plus grand que {haut}")
    return bornes


def _forme(table: Lecteur, contexte: Contexte) -> Forme | None:
    ecrites = [cle for cle in _FORMES if cle in table]
    if len(ecrites) != 1:
        for cle in ecrites:
            table.brut(cle)
        table.signaler("", f"attendu : une seule de ces clés : {', '.join(_FORMES)}")
        return None
    if ecrites == ["points"]:
        points = table.nombre("points")
        return None if points is None else Fixe(points)
    dessous = table.table(ecrites[0])
    if dessous is None:
        return None
    forme = _par_unite(dessous, contexte) if ecrites == ["par_unite"] else _tranches(dessous, contexte)
    dessous.clore()
    return forme


def _par_unite(table: Lecteur, contexte: Contexte) -> ParUnite | None:
    fait = lire_fait(table, "fait", contexte)
    points, chaque = table.nombre("points", obligatoire=True), table.nombre("chaque")
    bornes = _bornes(table, "minimum", "maximum")
    if chaque is not None and chaque <= 0:
        table.signaler("chaque", "attendu : un nombre plus grand que 0")
        return None
    if fait and fait.type not in (TypeFait.ENTIER, TypeFait.DECIMAL):
        table.signaler("fait", f"« {fait.nom} » est de type {fait.type} : « par_unite » attend un nombre")
        return None
    return ParUnite(fait, points, chaque or Decimal(1), bornes) if fait and points is not None else None


def _tranches(table: Lecteur, contexte: Contexte) -> Tranches | None:
    fait = lire_fait(table, "fait", contexte)
    bornes = table.tables("bornes", obligatoire=True)
    if fait and fait.type not in ORDONNES:
        table.signaler("fait", f"« {fait.nom} » est de type {fait.type} : « tranches » attend un nombre ou une date")
        return None
    if "bornes" in table and not bornes:
        table.signaler("bornes", "attendu : au moins une tranche")
    lues = [_tranche(borne, fait) for borne in bornes]
    tranches = [tranche for tranche in lues if tranche is not None]
    if len(tranches) == len(lues):
        _verifier_croissance(bornes, tranches)
    return Tranches(fait, tuple(tranches)) if fait else None


def _tranche(table: Lecteur, fait: Fait | None) -> Tranche | None:
    points = table.nombre("points", obligatoire=True)
    ecrites = [cle for cle in ("moins_de", "au_plus") if cle in table]
    bornes = [table.brut(cle) for cle in ecrites]
    table.clore(("moins_de", "au_plus"))
    if len(ecrites) > 1:
        table.signaler("", "une seule borne par tranche : moins_de ou au_plus")
        return None
    if fait is None or points is None:
        return None
    if bornes and not (est_date if fait.type is TypeFait.DATE else est_nombre)(bornes[0]):
        table.signaler(ecrites[0], f"attendu : une borne de type {fait.type}")
        return None
    return Tranche(points, bornes[0] if bornes else None, ecrites == ["au_plus"])


def _verifier_croissance(tables: list[Lecteur], tranches: list[Tranche]) -> None:
    for rang in range(1, len(tranches)):
        avant, apres = tranches[rang - 1], tranches[rang]
        if avant.borne is None:
            tables[rang - 1].signaler("", "seule la dernière tranche peut n'avoir pas de borne")
        elif apres.borne is not None and (apres.borne, apres.comprise) <= (avant.borne, avant.comprise):
            tables[rang].signaler("", "les tranches doivent être croissantes")
