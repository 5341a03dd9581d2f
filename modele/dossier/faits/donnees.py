"""Les faits dérivés écrits en données, ceux qui ne font que combiner des conditions : lus et vérifiés en règle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from modele.dossier.faits.dependances import cercle
from modele.dossier.faits.domaines import FAUX
from modele.dossier.faits.lecture import FaitDerive, FaitsDerives, Lecture, Portee
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES
from modele.dossier.situation import AVEC_CODEMANDEUR
from modele.regles.conditions import Condition, Parametre, comparaisons, noms_des_faits, quantificateurs
from modele.regles.disque import Lisible
from modele.regles.etats import INCONNU, Etat
from modele.regles.faits import PREFIXE_LOCAL, ROLE, Catalogue, Fait, TypeFait
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.parametres import DeclarationParametre
from modele.regles.provenance import COMPLETE, lire_provenance

# Ce qui dit si quelqu'un peut encore s'ajouter, pour chaque rôle ; un demandeur ne s'ajoute pas.
_QUI_CLOT: Final[Mapping[str, tuple[str, ...]]] = {DEMANDEUR: (), CODEMANDEUR: (AVEC_CODEMANDEUR,)}


def lire_faits(
    chemin: Lisible, ecrits: FaitsDerives, bruts: Catalogue, parametres: Mapping[str, DeclarationParametre]
) -> FaitsDerives:
    """Les faits dérivés écrits en Python, puis ceux du fichier, qui peuvent lire les uns et les autres.

    ``bruts`` : les faits du dossier et les groupes de codes ; ``parametres`` : le droit auquel un fait se compare.
    Lève ``FichierFautif`` avec toutes les fautes, ``ErreurUtilisateur`` si le fichier est illisible.
    """
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    catalogue = bruts.etendre(derive.fait for derive in ecrits.values())
    pris = set(catalogue)
    declares = [(table, _declarer(table, pris)) for table in lecteur.tables("fait_derive", obligatoire=True)]
    contexte = Contexte(catalogue.etendre(fait for _, fait in declares), parametres)
    lus = [derive for table, fait in declares for derive in _lire(table, fait, contexte)]
    tous = {**ecrits, **{derive.fait.nom: derive for derive in lus}}
    _refuser_les_cercles(declares, tous)
    lecteur.finir()
    return tous


def _declarer(table: Lecteur, pris: set[str]) -> Fait:
    """Ce que le fait dit de lui-même ; ``pris`` retient les noms qui servent déjà."""
    nom = table.texte("id", obligatoire=True)
    if nom.startswith(PREFIXE_LOCAL):
        table.signaler("id", f"« {nom} » : « {PREFIXE_LOCAL} » est réservé aux faits que déclare une grille")
    if nom and nom in pris:
        table.signaler("id", f"« {nom} » est déjà le nom d'un fait ; donnez-en un autre")
    pris.add(nom)
    # La source et sa date se lisent à l'œil ; aucun calcul ne s'en sert.
    provenance = lire_provenance(table, exigees=("fondement", *COMPLETE))
    return Fait(
        nom=nom,
        type=TypeFait(table.texte("type", obligatoire=True, permis=(TypeFait.BOOLEEN,), defaut=TypeFait.BOOLEEN)),
        definition=table.texte("definition", obligatoire=True),
        source=provenance.fondement,
        confiance=provenance.confiance,
    )


def _lire(table: Lecteur, fait: Fait, contexte: Contexte) -> Iterator[FaitDerive]:
    """Le fait et sa condition ; rien si elle est fautive : les fautes sont notées, le fichier ne servira pas."""
    propre = Contexte(contexte.catalogue, contexte.parametres, dans_personne=fait.de_personne)
    si = lire_condition(table, "si", propre, obligatoire=True)
    a_etablir = lire_condition(table, "a_etablir_si", propre)
    table.clore()
    if si is not None:
        yield combiner(fait, si, a_etablir)


def combiner(fait: Fait, si: Condition, a_etablir: Condition | None = None) -> FaitDerive:
    """Le fait que dit une condition ; ce qu'il lit s'en déduit.

    ``a_etablir`` : ce que le texte laisse ouvert. Tant que ``si`` n'est pas vrai et qu'elle n'est pas fausse, le fait
    est inconnu : aucune réponse ne suffit à dire « non ».
    """
    conditions = [si] if a_etablir is None else [si, a_etablir]
    comptes = [q for condition in conditions for q in quantificateurs(condition)]
    portee = Portee.PERSONNE if fait.de_personne else Portee.CHACUN if comptes else Portee.FOYER

    def calculer(lecture: Lecture) -> Etat:
        verdict = lecture.condition(si, portee)
        if verdict != FAUX or a_etablir is None or lecture.condition(a_etablir, portee) == FAUX:
            return verdict
        return INCONNU

    lus = [nom for condition in conditions for nom in noms_des_faits(condition) if nom != ROLE]
    closes = [nom for q in comptes for nom in _QUI_CLOT.get(q.role, (PERSONNES,))]
    compares = (c.operande for condition in conditions for c in comparaisons(condition))
    seuils = [operande.nom for operande in compares if isinstance(operande, Parametre)]
    return FaitDerive(fait, tuple(dict.fromkeys([*closes, *lus])), tuple(dict.fromkeys(seuils)), calculer, si)


def _refuser_les_cercles(declares: Collection[tuple[Lecteur, Fait]], tous: FaitsDerives) -> None:
    for table, fait in declares:
        if fait.nom in tous and (noms := cercle(fait.nom, tous)):
            table.signaler("si", f"ce fait dépend de lui-même : {' → '.join(noms)} ; coupez ce cercle")
