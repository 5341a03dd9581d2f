"""Des dossiers fictifs, tirés d'une graine, et ce qu'un agent pressé taperait pour les retrouver."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any


def _liste(texte: str) -> tuple[str, ...]:
    return tuple(texte.split())


NOMS = _liste(
    "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David "
    "Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefevre Faure Andre Mercier "
    "Blanc Guerin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clement Morin Nicolas Henry "
    "Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard "
    "Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin "
    "Benali Traoré Diallo Konaté Cissé Camara Touré Keïta Sylla Coulibaly Haddad Mansouri Belkacem Bouzid Slimani "
    "Hamidi Nguyen Tran Kaya Yilmaz Demir Popescu Ionescu Petrov Kowalski Nowak Silva Pereira Santos Fernandes"
)
COMPOSES = ("El Amrani", "Al Fassi", "Ben Youssef", "Da Silva", "De Oliveira", "Le Goff", "El Khattabi", "Aït Ali")
PRENOMS = _liste(
    "Marie Jean Pierre Michel Nadia Fatima Mohamed Ahmed Youssef Karim Sophie Nathalie Isabelle Philippe Christophe "
    "Stéphanie Céline Aurélie Émilie Julien Nicolas Thomas Kevin Mamadou Aminata Fatoumata Ibrahim Ousmane Aïcha "
    "Khadija Rachid Samira Leïla Yasmine Mehdi Sofiane Amandine Élodie Mélanie Sandrine Valérie Sylvie Catherine "
    "Françoise Monique Jacqueline Hélène Thérèse Yvonne Zoé Chloé Inès Léa Manon Hugo Lucas Enzo Théo Maxime Wassim "
    "Bilal Hamza Zineb Salma Ikram Siham Oumar Cheikh Mariam Awa Binta Ana Maria João Paulo Ion Elena Ivan Olga"
)
_DEBUTS = _liste(
    "Bar Cor Del Far Gar Har Jan Kor Lan Mar Nor Pel Quin Ros Sal Tor Val Zan Bel Cha Du Fau Gré Ker Lou Mou"
)
_MILIEUX = _liste("ba be bi cho da de di du fo ga gne la le li lo ma mi mo na ni no ra ri ro sa se ta ti va vi")
_FINS = _liste("rd nt lle net not ret ton tin quet gne ski vic lier deau chon ssac rin vel zac mont")
_VARIANTES = (("ph", "f"), ("th", "t"), ("y", "i"), ("ou", "u"), ("ck", "k"), ("ss", "s"), ("ll", "l"), ("nn", "n"))
_ACCENTS = str.maketrans("éèêëàâäïîôöûüçÉ", "eeeeaaaiioouucE")

Personne = dict[str, str]


def documents(nombre: int, graine: int = 7) -> Iterator[dict[str, Any]]:
    """``nombre`` dossiers, toujours les mêmes pour une graine."""
    hasard = random.Random(graine)
    for rang in range(nombre):
        demandeur = _personne(hasard, 1940, 2006)
        document: dict[str, Any] = {
            "demandeur": demandeur,
            "contact": {"telephone": f"0{hasard.choice('67')}{hasard.randrange(10**8):08d}"},
            "demande": {"numero_unique": f"0{hasard.randrange(10**7):07d}{rang:08d}"},
            "logement_actuel": {"statut": "locataire_hlm"},
        }
        if hasard.random() < 0.4:
            document["codemandeur"] = _personne(hasard, 1940, 2006)
        enfants = {
            f"{rang}-{lequel}": _personne(hasard, 2006, 2026, demandeur["nom"])
            for lequel in range(hasard.choice((0, 0, 1, 2, 3)))
        }
        if enfants:
            document["foyer"] = {"personnes": {"elements": enfants, "ordre": list(enfants), "clos": True}}
        yield document


def saisies(document: dict[str, Any], homonymes: int, hasard: random.Random) -> Iterator[tuple[str, str]]:
    """Ce qu'un agent taperait, avec le nom de la faute commise."""
    demandeur = document["demandeur"]
    nom, prenom, iso = demandeur["nom"], demandeur["prenoms"], demandeur["date_naissance"]
    annee, mois, jour = iso.split("-")
    yield "juste", f"{nom} {prenom} {jour}/{mois}/{annee}"
    yield "sans accent, date collée", f"{nom} {prenom} {jour}{mois}{annee}".translate(_ACCENTS).lower()
    yield "inversé, faute au nom", f"{prenom} {faute(nom, hasard)} {jour}/{mois}/{annee}"
    yield "fautes au nom et au prénom", f"{faute(nom, hasard)} {faute(prenom, hasard)} {jour}/{mois}/{annee}"
    yield "jour et mois inversés", f"{nom} {faute(prenom, hasard)} {mois}/{jour}/{annee}"
    yield "faute à la date", f"{faute(nom, hasard)} {prenom} {jour}/{mois}/{int(annee) + hasard.choice((-1, 1, 10))}"
    yield "phonétique", f"{phonetique(nom)} {phonetique(prenom)} {annee}"
    yield "téléphone", document["contact"]["telephone"]
    yield "numéro", document["demande"]["numero_unique"]
    if homonymes <= 3:
        yield "nom seul, avec faute", f"{faute(nom, hasard)} {prenom}"
    if codemandeur := document.get("codemandeur"):
        yield "codemandeur", f"{faute(codemandeur['nom'], hasard)} {codemandeur['date_naissance']}"
    for enfant in document.get("foyer", {}).get("personnes", {}).get("elements", {}).values():
        yield "enfant", f"{enfant['prenoms']} {faute(enfant['nom'], hasard)} {enfant['date_naissance']}"


def faute(mot: str, hasard: random.Random) -> str:
    """Le mot avec une faute de frappe : lettre changée, omise, doublée, ou deux lettres échangées."""
    rang = hasard.randrange(1, len(mot))
    genre = hasard.randrange(4)
    if genre == 0:
        return mot[:rang] + hasard.choice("aeiourstln") + mot[rang + 1 :]
    if genre == 1:
        return mot[:rang] + mot[rang + 1 :]
    if genre == 2:
        return mot[:rang] + mot[rang - 1] + mot[rang:]
    return mot[: rang - 1] + mot[rang] + mot[rang - 1] + mot[rang + 1 :]


def phonetique(mot: str) -> str:
    """Le mot comme on l'entend."""
    for ecrit, entendu in _VARIANTES:
        mot = mot.replace(ecrit, entendu)
    return mot


def _personne(hasard: random.Random, debut: int, fin: int, nom: str = "") -> Personne:
    return {
        "nom": nom or _nom(hasard),
        "prenoms": hasard.choice(PRENOMS),
        "date_naissance": f"{hasard.randrange(debut, fin)}-{hasard.randrange(1, 13):02d}-{hasard.randrange(1, 29):02d}",
    }


def _nom(hasard: random.Random) -> str:
    tirage = hasard.random()
    if tirage < 0.35:
        return hasard.choice(NOMS)
    if tirage < 0.40:
        return hasard.choice(COMPOSES)
    if tirage < 0.45:
        return f"{hasard.choice(NOMS)}-{hasard.choice(NOMS)}"
    return hasard.choice(_DEBUTS) + hasard.choice(_MILIEUX) + hasard.choice(_FINS)
