"""Un petit cas écrit pour les essais, et de quoi en faire varier le texte."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from modele.formation import Attente, Cas, Parcours, Point, Posee, Sorte, lire_cas, parcours_de_reference
from ressources import RESSOURCES

LIVRES = sorted((RESSOURCES / "formation").glob("*.toml"))
TEXTE = """format = 1
id = "petit"
titre = "Un petit cas"
piste = "accueil"
minutes = 5

[scene]
lieu = "Ici"
personne = "Une personne inventée"
dit = "Bonjour."
accompagnant = "son frère"
a_part = "Le frère sort."

[[appui]]
id = "texte"
fondement = "CCH R441-2-3"
source = "Code"
confiance = "V"
verifie_le = 2026-11-30

[[appui]]
id = "usage"
source = "Usage"
confiance = "D"
verifie_le = 2026-11-30

[[question]]
id = "peur"
texte = "Avez-vous peur de quelqu'un ?"
variantes = ["peur"]
replique = "Non."
seul = "Oui."
attente = "vital"
appui = "texte"
raison = "Le danger."

[[question]]
id = "nuit"
texte = "Où dormez-vous ?"
replique = "Dehors."
attente = "attendu"
appui = "texte"
raison = "Ce soir."

[[question]]
id = "impots"
texte = "Votre avis d'imposition ?"
replique = "Je ne l'ai pas."
attente = "inutile"
appui = "texte"
raison = "Rien d'autre."

[[question]]
id = "chat"
texte = "Avez-vous un chat ?"
replique = "Oui."

[[etape]]
id = "gestes"
sorte = "gestes"
consigne = "Que faites-vous ?"

[[etape.choix]]
id = "appeler"
texte = "Appeler"
attente = "vital"
appui = "texte"
raison = "Il faut appeler."

[[etape.choix]]
id = "prevenir"
texte = "Prévenir"
attente = "vital"
appui = "usage"
raison = "Usage."

[[etape.choix]]
id = "renvoyer"
texte = "Renvoyer"
attente = "dangereux"
appui = "texte"
raison = "Jamais."

[[etape.choix]]
id = "blamer"
texte = "Faire la leçon"
attente = "dangereux"
appui = "usage"
raison = "Usage."

[[etape.choix]]
id = "copier"
texte = "Tout photocopier"
attente = "inutile"
appui = "usage"
raison = "Usage."

[[etape.choix]]
id = "the"
texte = "Offrir un thé"

[[etape]]
id = "dire"
sorte = "ouverte"
consigne = "Que dites-vous ?"
modele = "On se revoit demain."

[[etape.idee]]
id = "suite"
texte = "La suite"
variantes = ["revoit demain", "rendez vous"]
attente = "vital"
appui = "texte"
raison = "Une suite."

[[etape.idee]]
id = "promesse"
texte = "Une promesse"
variantes = ["promets"]
attente = "dangereux"
appui = "texte"
raison = "On ne promet pas."

[[etape.idee]]
id = "meteo"
texte = "Le temps qu'il fait"
variantes = ["froid"]

[reference]
questions = ["peur", "nuit"]
choix = ["appeler", "prevenir"]

[reference.textes]
dire = "On se revoit demain."
"""


def ecrire(dossier: Path, texte: str = TEXTE, nom: str = "petit") -> Path:
    fichier = dossier / f"{nom}.toml"
    fichier.write_text(texte, encoding="utf-8")
    return fichier


def petit(dossier: Path, *changes: tuple[str, str]) -> Cas:
    texte = TEXTE
    for avant, apres in changes:
        assert avant in texte
        texte = texte.replace(avant, apres)
    return lire_cas(ecrire(dossier, texte))


def sans(cas: Cas, point: str) -> Parcours:
    """Le parcours parfait, ce point-là omis."""
    parfait = parcours_de_reference(cas)
    posees = tuple(une for une in parfait.posees if une.question != point)
    return Parcours(posees, parfait.choix - {point}, parfait.textes)


def avec(cas: Cas, point: str) -> Parcours:
    """Le parcours parfait, et ce point-là en plus."""
    parfait = parcours_de_reference(cas)
    if point in {question.point.id for question in cas.questions}:
        return Parcours((*parfait.posees, Posee(point, seul=True)), parfait.choix, parfait.textes)
    return Parcours(parfait.posees, parfait.choix | {point}, parfait.textes)


def fermes(cas: Cas, *attentes: Attente) -> Iterable[Point]:
    """Les points de ces attentes, hors texte libre."""
    yield from (question.point for question in cas.questions if question.point.attente in attentes)
    for etape in cas.etapes:
        if etape.sorte is not Sorte.OUVERTE:
            yield from (point for point in etape.points if point.attente in attentes)
