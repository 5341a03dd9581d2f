"""Les cas d'un poste : livrés, reçus, écrits par la structure ; une couche ne peut pas en adoucir un."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from modele.formation.cas import Attente, Cas
from modele.formation.lecture import lire_cas
from modele.regles.fautes import Faute, FichierFautif
from modele.sources import Couche, Ecart, Fichier, Lecture, Sources

MOTIF = "formation/*.toml"


def charger_cas(sources: Sources) -> tuple[list[Cas], Sequence[Ecart]]:
    """Tous les cas, par piste puis titre, et ce qui a été mis de côté. Lève ``FichierFautif`` si un livré l'est."""
    lecture = Lecture(sources)
    servis = [lecture.empiler(chemin, lire_cas, _durcir) for chemin in sources.chemins(MOTIF)]
    cas = [pile[-1][1] for pile in servis if pile]
    ecarts = [ecart for ecart in lecture.ecarts if PurePosixPath(ecart.chemin).parts[0] == "formation"]
    return sorted(cas, key=lambda un: (un.piste, un.titre)), ecarts


def ecrits_ici(sources: Sources) -> frozenset[str]:
    """Les cas que la structure a écrits, ou changés : leurs mots sont les siens, ils ne se comptent pas au réseau."""
    dessus = [sources.pile(chemin)[-1] for chemin in sources.chemins(MOTIF)]
    return frozenset(PurePosixPath(un.name).stem for un in dessus if un.couche is Couche.STRUCTURE)


def verifier_contre(sources: Sources, cas: Cas, fichier: str) -> None:
    """Ce cas peut-il servir à la place de celui de son nom, s'il y en a un ? Lève ``FichierFautif`` sinon."""
    for connu in charger_cas(sources)[0]:
        if connu.id == cas.id:
            _exiger_de_durcir(connu, cas, fichier)


def _durcir(dessous: Cas, dessus: Cas, fichier: Fichier) -> None:
    _exiger_de_durcir(dessous, dessus, fichier.name)


def _exiger_de_durcir(dessous: Cas, dessus: Cas, fichier: str) -> None:
    """Ce qui est vital ou dangereux dans la couche du dessous le reste au-dessus. Lève ``FichierFautif``."""
    graves = (Attente.VITAL, Attente.DANGEREUX)
    gardes = {point.id: point.attente for point in dessus.points() if point.tranche}
    perdus = [
        un for un in dessous.points() if un.attente in graves and un.tranche and gardes.get(un.id) is not un.attente
    ]
    if perdus:
        raison = "ce cas le disait {}, et cela ne s'adoucit pas. Remettez-le, ou écrivez un autre cas"
        raise FichierFautif([Faute(fichier, un.id, None, raison.format(un.attente)) for un in perdus])
