"""Lire les faits locaux qu'une grille déclare : chacun devient de lui-même une question de l'entretien."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from modele.regles.cellules import Pas
from modele.regles.faits import ORDONNES, PREFIXE_LOCAL, Fait, TypeFait
from modele.regles.lecture import Lecteur, est_date, est_nombre

_A_CODES = (TypeFait.CHOIX, TypeFait.ENSEMBLE)


def lire_faits_locaux(lecteur: Lecteur) -> tuple[Fait, ...]:
    """Les faits ``[[fait]]`` du fichier, tous préfixés « local. ». Les fautes sont notées."""
    faits: dict[str, Fait] = {}
    for table in lecteur.tables("fait"):
        fait = _lire(table)
        table.clore()
        if fait is None:
            continue
        if fait.nom in faits:
            table.signaler("id", f"« {fait.nom} » est déclaré deux fois")
        faits[fait.nom] = fait
    return tuple(faits.values())


def _lire(table: Lecteur) -> Fait | None:
    nom = table.texte("id", obligatoire=True)
    if nom and not nom.startswith(PREFIXE_LOCAL):
        table.signaler("id", f"« {nom} » : un fait local commence par « {PREFIXE_LOCAL} »")
    ecrit = table.texte("type", obligatoire=True, permis=list(TypeFait))
    textes = {cle: table.texte(cle) for cle in ("question", "definition", "unite", "source", "confiance")}
    decimales, codes = table.entier("decimales"), table.textes("codes")
    libelles = table.textes("libelles")
    bornes = (table.brut("minimum"), table.brut("maximum"))
    if not ecrit:
        return None
    type_ = TypeFait(ecrit)
    _verifier_codes(table, type_, codes)
    if libelles and len(libelles) != len(codes):
        table.signaler("libelles", f"{len(libelles)} libellés pour {len(codes)} codes : il en faut un par code")
    _verifier_bornes(table, type_, bornes, decimales)
    if not nom or table.fautes:
        return Fait(nom, type_, codes=codes) if nom else None
    return Fait(
        nom=nom,
        type=type_,
        minimum=_borne(type_, bornes[0]),
        maximum=_borne(type_, bornes[1]),
        decimales=decimales,
        codes=codes,
        libelles=libelles,
        champs=(nom,),
        definition=textes["definition"],
        question=textes["question"],
        unite=textes["unite"],
        source=textes["source"],
        confiance=textes["confiance"] or "V",
    )


def _borne(type_: TypeFait, brut: int | Decimal | date | None) -> int | Decimal | date | None:
    if brut is None or isinstance(brut, date):
        return brut
    return Decimal(brut) if type_ is TypeFait.DECIMAL else int(brut)


def _verifier_codes(table: Lecteur, type_: TypeFait, codes: tuple[str, ...]) -> None:
    if type_ in _A_CODES and not codes:
        table.signaler("codes", f"un fait de type {type_} demande la liste de ses codes")
    if type_ not in _A_CODES and "codes" in table:
        table.signaler("codes", f"un fait de type {type_} n'a pas de codes")
    if len(set(codes)) != len(codes):
        table.signaler("codes", "un code est écrit deux fois")


def _verifier_bornes(table: Lecteur, type_: TypeFait, bornes: tuple[object, object], decimales: int | None) -> None:
    if decimales is not None and (type_ is not TypeFait.DECIMAL or not 0 <= decimales <= 12):
        table.signaler("decimales", "attendu : de 0 à 12, pour un fait décimal")
        decimales = None
    pas = Pas.du(Fait("", type_, decimales=decimales))
    saines = True
    for cle, borne in zip(("minimum", "maximum"), bornes, strict=True):
        if borne is not None and not _borne_saine(pas, borne):
            table.signaler(cle, f"cette borne ne convient pas à un fait de type {type_}")
            saines = False
    if saines and None not in bornes and bornes[0] > bornes[1]:  # type: ignore[operator]
        table.signaler("minimum", "le minimum est plus grand que le maximum")


def _borne_saine(pas: Pas, borne: object) -> bool:
    """Une borne est elle-même une valeur admissible : il y en a donc toujours entre deux bornes."""
    if pas.type not in ORDONNES:
        return False
    return (est_date if pas.type is TypeFait.DATE else est_nombre)(borne) and pas.admet(borne)
