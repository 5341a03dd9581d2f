"""Lire un cas et le vérifier ligne par ligne : ce qui s'y attend a une raison, une source, et un parcours qui passe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final

from modele.formation.cas import Attente, Cas, Etape, Piste, Point, Question, Reference, Scene, Sorte
from modele.formation.entretien import comprendre
from modele.formation.notation import Verdict, noter, parcours_de_reference
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, hors_liste, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance

_QUESTIONS: Final = 3
_ARTICLE: Final = ("fondement",)
Appuis = Mapping[str, Provenance]


def lire_cas(fichier: Lisible) -> Cas:
    """Un cas vérifié. Lève ``FichierFautif`` avec toutes ses fautes, chacune avec sa ligne."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    appuis = _appuis(lecteur)
    vus: set[str] = set()
    cas = Cas(
        id=_id(lecteur, fichier),
        titre=lecteur.texte("titre", obligatoire=True),
        piste=Piste(lecteur.texte("piste", obligatoire=True, permis=tuple(Piste), defaut=Piste.ACCUEIL)),
        minutes=lecteur.entier("minutes", obligatoire=True) or 0,
        scene=_scene(lecteur),
        questions=tuple(_question(table, appuis, vus) for table in lecteur.tables("question", obligatoire=True)),
        etapes=_etapes(lecteur, appuis, vus),
        reference=_reference(lecteur),
        pour_finir=lecteur.texte("pour_finir"),
    )
    if not lecteur.fautes:
        _exiger_un_cas_entier(lecteur, cas)
        _exiger_une_reference(lecteur, cas)
    lecteur.finir()
    return cas


def _id(lecteur: Lecteur, fichier: Lisible) -> str:
    identifiant, attendu = lecteur.texte("id", obligatoire=True), PurePath(fichier.name).stem
    if identifiant != attendu:
        lecteur.signaler("id", f"attendu : le nom du fichier, « {attendu} »")
    return identifiant


def _appuis(lecteur: Lecteur) -> dict[str, Provenance]:
    """Les textes et pages d'où vient ce que le cas attend, une fois chacun."""
    vus: set[str] = set()
    appuis: dict[str, Provenance] = {}
    for table in lecteur.tables("appui", obligatoire=True):
        article = _ARTICLE if table.brut("confiance") == "V" else ()
        appuis[table.identifiant(vus)] = lire_provenance(table, (*COMPLETE, *article))
        table.clore()
    return appuis


def _scene(lecteur: Lecteur) -> Scene:
    table = lecteur.table("scene", obligatoire=True)
    if table is None:
        return Scene("", "", "")
    scene = Scene(
        lieu=table.texte("lieu", obligatoire=True),
        personne=table.texte("personne", obligatoire=True),
        dit=table.texte("dit", obligatoire=True),
        accompagnant=table.texte("accompagnant"),
        a_part=table.texte("a_part"),
    )
    if bool(scene.accompagnant) != bool(scene.a_part):
        table.signaler("a_part", "« accompagnant » et « a_part » vont ensemble : qui est là, et comment on les sépare")
    table.clore()
    return scene


def _question(table: Lecteur, appuis: Appuis, vus: set[str]) -> Question:
    variantes = table.textes("variantes")
    question = Question(
        _point(table, appuis, vus, variantes),
        replique=table.texte("replique", obligatoire=True),
        seul=table.texte("seul"),
    )
    table.clore()
    return question


def _etapes(lecteur: Lecteur, appuis: Appuis, vus: set[str]) -> tuple[Etape, ...]:
    noms: set[str] = set()
    return tuple(_etape(table, appuis, vus, noms) for table in lecteur.tables("etape", obligatoire=True))


def _etape(table: Lecteur, appuis: Appuis, vus: set[str], noms: set[str]) -> Etape:
    sorte = Sorte(table.texte("sorte", obligatoire=True, permis=tuple(Sorte), defaut=Sorte.GESTES))
    ouverte = sorte is Sorte.OUVERTE
    etape = Etape(
        id=table.identifiant(noms),
        sorte=sorte,
        consigne=table.texte("consigne", obligatoire=True),
        points=tuple(
            _clos(une, appuis, vus, ouverte) for une in table.tables("idee" if ouverte else "choix", obligatoire=True)
        ),
        modele=table.texte("modele", obligatoire=ouverte),
    )
    table.clore()
    return etape


def _clos(table: Lecteur, appuis: Appuis, vus: set[str], ouverte: bool) -> Point:
    variantes = table.textes("variantes", obligatoire=True) if ouverte else ()
    point = _point(table, appuis, vus, variantes)
    if ouverte and not variantes:
        table.signaler("variantes", "une idée se reconnaît à ses variantes : écrivez-en au moins une")
    table.clore()
    return point


def _point(table: Lecteur, appuis: Appuis, vus: set[str], variantes: Sequence[str]) -> Point:
    attente = Attente(table.texte("attente", permis=tuple(Attente), defaut=Attente.LIBRE))
    notee = attente is not Attente.LIBRE
    appui = table.texte("appui", obligatoire=notee)
    if appui and appui not in appuis:
        table.signaler("appui", hors_liste(appui, tuple(appuis)))
    point = Point(
        id=table.identifiant(vus),
        texte=table.texte("texte", obligatoire=True),
        attente=attente,
        raison=table.texte("raison", obligatoire=notee),
        appui=appuis.get(appui, Provenance(confiance="M")),
        variantes=tuple(variantes),
        valide_par=table.texte("valide_par"),
        valide_le=table.date("valide_le"),
    )
    if bool(point.valide_par) != (point.valide_le is not None):
        table.signaler("valide_le", "une validation a un nom et une date : « valide_par » et « valide_le »")
    return point


def _reference(lecteur: Lecteur) -> Reference:
    table = lecteur.table("reference", obligatoire=True)
    if table is None:
        return Reference()
    textes = table.table("textes", obligatoire=True)
    ecrits = {} if textes is None else {cle: textes.texte(cle, obligatoire=True) for cle in textes.cles}
    reference = Reference(table.textes("questions", obligatoire=True), table.textes("choix", obligatoire=True), ecrits)
    table.clore()
    return reference


def _exiger_un_cas_entier(lecteur: Lecteur, cas: Cas) -> None:
    if not any(etape.sorte is Sorte.OUVERTE for etape in cas.etapes):
        lecteur.signaler("etape", 'au moins une étape est ouverte : sorte = "ouverte", un texte libre')
    if not any(point.attente is Attente.VITAL and point.tranche for point in cas.points()):
        lecteur.signaler(
            "", "aucune omission dangereuse ne peut être comptée : un point vital lu dans un texte (V), ou validé"
        )
    if len(cas.questions) < _QUESTIONS:
        lecteur.signaler("question", f"un entretien a au moins {_QUESTIONS} questions")
    if cas.minutes < 1:
        lecteur.signaler("minutes", "attendu : la durée du cas, 1 minute ou plus")
    for rang, question in enumerate(cas.questions):
        _exiger_une_question(lecteur, cas, rang, question)


def _exiger_une_question(lecteur: Lecteur, cas: Cas, rang: int, question: Question) -> None:
    ici = Lecteur({}, (*lecteur.chemin, "question", rang), lecteur.fautes)
    if question.seul and not cas.scene.accompagnant:
        ici.signaler("seul", "personne d'autre n'est là : dites « accompagnant » dans la scène, ou ôtez « seul »")
    comprise = comprendre(cas, question.point.texte)
    if comprise is not question:
        autre = comprise.point.id if comprise else "rien"
        ici.signaler("texte", f"posée telle quelle, c'est « {autre} » qui répondrait : changez ses mots")


def _exiger_une_reference(lecteur: Lecteur, cas: Cas) -> None:
    """Le parcours écrit ne nomme que ce qui existe, et il passe."""
    table = Lecteur({}, (*lecteur.chemin, "reference"), lecteur.fautes)
    questions = {question.point.id for question in cas.questions}
    choix = {point.id for etape in cas.etapes if etape.sorte is not Sorte.OUVERTE for point in etape.points}
    ouvertes = {etape.id for etape in cas.etapes if etape.sorte is Sorte.OUVERTE}
    for cle, dits, connus in (
        ("questions", cas.reference.questions, questions),
        ("choix", cas.reference.choix, choix),
        ("textes", tuple(cas.reference.textes or {}), ouvertes),
    ):
        for inconnu in (un for un in dits if un not in connus):
            table.signaler(cle, hors_liste(inconnu, sorted(connus)))
    for note in noter(cas, parcours_de_reference(cas)).notes:
        if note.verdict is not Verdict.JUSTE:
            table.signaler("", f"le parcours de référence ne passe pas : « {note.point.id} », {note.verdict.dit}")
