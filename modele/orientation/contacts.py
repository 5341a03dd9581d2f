"""L'annuaire : les numéros et les sites nationaux, et ceux du territoire, qui s'y ajoutent sans les masquer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, SANS_PROVENANCE, Provenance, lire_provenance
from modele.territoire.modele import ContactLocal, redit

FICHIER: Final = "national/contacts.toml"


@dataclass(frozen=True, slots=True)
class Contact:
    """Un numéro ou un site. ``gratuit`` : ``None`` si rien de sûr n'est connu.

    ``langues`` : telles que la source les dit. ``local`` : il vient du territoire ; ``fictif`` : pour l'exemple
    seulement, son libellé le dit partout où il paraît. ``urgence`` : ne s'efface ni ne change jamais.
    ``par_territoire`` : chaque territoire dit le sien, qui prend alors sa place. ``banal`` : affiché partout, il ne dit
    rien de qui le garde. ``en_attendant`` : il manque à ce territoire, et voici qui appeler à sa place.
    """

    id: str
    libelle: str
    numero: str = ""
    url: str = ""
    horaires: str = ""
    quand: str = ""
    gratuit: bool | None = None
    langues: tuple[str, ...] = ()
    provenance: Provenance = SANS_PROVENANCE
    local: bool = False
    fictif: bool = False
    urgence: bool = False
    par_territoire: bool = False
    banal: bool = False
    en_attendant: tuple[str, ...] = ()

    @property
    def joindre(self) -> str:
        """Par où le joindre ; à défaut, que ce numéro reste à demander."""
        return self.numero or self.url or "numéro à demander"


def annuaire(nationaux: Mapping[str, Contact], locaux: Iterable[ContactLocal]) -> Mapping[str, Contact]:
    """Les contacts nationaux, puis ceux du territoire ; à nom égal, le local, s'il en a le droit (``proteges``)."""
    tus = proteges(nationaux)
    return {**nationaux, **{local.id: _du_territoire(local) for local in locaux if local.id not in tus}}


def proteges(nationaux: Mapping[str, Contact]) -> frozenset[str]:
    """Les numéros nationaux qu'aucun territoire ne remplace : il les masquerait."""
    return frozenset(nom for nom, contact in nationaux.items() if not contact.par_territoire)


def exiger_les_urgences(dessous: Mapping[str, Contact], dessus: Mapping[str, Contact], fichier: Lisible) -> None:
    """Vérifie que ``dessus`` garde chaque numéro d'urgence de ``dessous``, inchangé. Lève ``FichierFautif``."""
    fautes = [
        Faute(fichier.name, nom, None, "ce numéro d'urgence ne s'efface ni ne change")
        for nom, avant in dessous.items()
        if avant.urgence and not ((apres := dessus.get(nom)) and apres.urgence and apres.numero == avant.numero)
    ]
    if fautes:
        raise FichierFautif(fautes)


def _du_territoire(local: ContactLocal) -> Contact:
    return Contact(
        id=local.id,
        libelle=local.libelle,
        numero=local.numero,
        url=local.url,
        horaires=local.horaires,
        quand=local.quand,
        gratuit=local.gratuit,
        provenance=local.provenance,
        local=True,
        fictif=local.fictif,
    )


def lire_contacts(chemin: Lisible) -> Mapping[str, Contact]:
    """Tous les contacts d'un fichier national. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    vus: set[str] = set()
    lus = [_contact(table, vus) for table in lecteur.tables("contact", obligatoire=True)]
    lecteur.finir()
    return {contact.id: contact for contact in lus}


def _contact(table: Lecteur, vus: set[str]) -> Contact:
    lu = Contact(
        id=table.identifiant(vus),
        libelle=table.texte("libelle", obligatoire=True),
        numero=table.texte("numero"),
        url=table.texte("url"),
        horaires=table.texte("horaires"),
        quand=table.texte("quand", obligatoire=True),
        gratuit=table.booleen("gratuit") if "gratuit" in table else None,
        langues=table.textes("langues"),
        urgence=table.booleen("urgence"),
        par_territoire=table.booleen("par_territoire"),
        banal=table.booleen("banal"),
        provenance=lire_provenance(table, exigees=COMPLETE),
    )
    if lu.urgence and lu.par_territoire:
        table.signaler("par_territoire", "un numéro d'urgence ne se remplace pas")
    if redit(lu.libelle, lu.numero):
        table.signaler("libelle", "le libellé redit le numéro ; gardez l'un des deux")
    if not (lu.numero or lu.url):
        table.signaler("", "attendu : un numéro (« numero ») ou une adresse (« url »)")
    table.clore()
    return lu
