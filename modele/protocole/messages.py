"""Les messages entre le poste et le registre. Les octets voyagent en base64 dans le JSON (msgspec)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, TypeVar, cast

import msgspec
from msgspec import Struct

from modele.dossier.documents import decimal_lu, encoder
from modele.fusion import EtatEcrit, Issue
from modele.protocole.ramasseur import sans_ramasser

SCHEMA_COURANT: Final = 2
"""Le schéma que parle cette version ; le registre accepte aussi le précédent."""
SCHEMA_DES_GENRES: Final = 2
"""Le premier où un poste connaît d'autres objets que des dossiers, et où une opération dit les rôles de son auteur."""
OPERATIONS_PAR_LOT: Final = 500
MIROIRS_PAR_REPRISE: Final = 500
_SCEAU: Final = 32
REPRISE: Final = "reprise"
"""Le code d'un ``Arret`` : le registre a été restauré, et un autre poste apporte peut-être ce qui manque."""
ENTETE_SCHEMA: Final = "Perron-Schema"
FORME_DES_ETATS: Final = 2
"""Comment un poste de cette version demande les états du journal ; sans le dire, il les reçoit comme avant."""
T = TypeVar("T")


class Enrolement(Struct, frozen=True):
    """Un poste demande à entrer, avec son code à usage unique et ses deux clés publiques (32 octets chacune)."""

    code: str
    poste: str
    nom: str
    cle_signature: bytes
    cle_scellement: bytes


class Enrole(Struct, frozen=True):
    """Le poste est entré : son territoire, son guichet, ses rôles et les clés publiques du registre."""

    territoire: str
    guichet: str
    nom_guichet: str
    roles: tuple[str, ...]
    cle_registre: bytes
    scellement_registre: bytes
    instant: datetime


class DemandeDeDefi(Struct, frozen=True):
    """Un poste veut prouver qui il est."""

    territoire: str
    poste: str


class Defi(Struct, frozen=True):
    """Ce qu'il doit signer, une fois. ``instant`` : l'heure du registre."""

    defi: str
    instant: datetime


class DemandeDeJeton(Struct, frozen=True):
    """Le défi signé par la clé du poste (``signatures.texte_du_defi``)."""

    territoire: str
    poste: str
    defi: str
    signature: bytes


class Jeton(Struct, frozen=True):
    """Un jeton court, évalué à l'heure du registre."""

    jeton: str
    expire_dans_s: int
    instant: datetime


class OperationEnvoyee(Struct, frozen=True, omit_defaults=True, gc=False):
    """Une opération telle que le poste la garde : l'en-tête en octets, sa signature, le sel et le contenu.

    ``comprise`` : renvoyée à une base restaurée, elle est déjà dans l'état que ce poste en repropose.
    """

    octets: bytes
    signature: bytes
    sel: bytes | None = None
    contenu: bytes | None = None
    comprise: bool = False


class LotDOperations(Struct, frozen=True):
    """Au plus ``OPERATIONS_PAR_LOT``, dans l'ordre des rangs d'une seule époque."""

    operations: list[OperationEnvoyee]


class Recu(Struct, frozen=True, omit_defaults=True, gc=False):
    """Ce qu'une opération est devenue, pour toujours : un rejeu reçoit le même.

    ``champs`` : les unités divergentes ou déjà dites pareil. ``vigueur`` : pour chaque unité divergente, les champs en
    vigueur. ``code`` et ``cause`` (une phrase) : pourquoi elle est refusée. ``sequence`` : la réception qui contient
    son résultat ; 0 pour une opération refusée.
    """

    id: str
    issue: Issue
    version: int = 0
    sequence: int = 0
    champs: tuple[str, ...] = ()
    vigueur: dict[str, dict[str, Any]] = {}
    code: str = ""
    cause: str = ""


class Arret(Struct, frozen=True):
    """Un empêchement passager : le lot s'arrête là, sans trace ; la suite se renvoie plus tard."""

    code: str
    cause: str
    reprendre_dans_s: int


class Recus(Struct, frozen=True, omit_defaults=True):
    """Les reçus des opérations du lot, dans l'ordre ; moins nombreux si le lot s'est arrêté."""

    issues: list[Recu]
    arret: Arret | None = None


class Entree(Struct, frozen=True, omit_defaults=True, gc=False):
    """Un objet du périmètre à sa dernière séquence : son état tel qu'il s'écrit, ou une tombe.

    ``tombe`` : ``sortie`` (le poste ne le tient plus), ``purge`` (effacé partout), ``absorbe`` (fondu dans un autre).
    ``rattache`` : le dossier dont il suit le sort aujourd'hui, qui peut être celui où le sien a été fondu. ``titre`` :
    ce que le registre dit là de cet objet, scellé par lui ; le poste le garde tel quel (``Reprise``).
    """

    dossier: str
    sequence: int
    version: int
    etat: EtatEcrit | None = None
    tombe: Literal["", "sortie", "purge", "absorbe"] = ""
    absorbe_par: str = ""
    rattache: str = ""
    titre: str = ""


class PosteConnu(Struct, frozen=True):
    """Le nom d'un poste et celui de son guichet, pour dire d'où vient une valeur."""

    nom: str
    guichet: str


class Journal(Struct, frozen=True):
    """Des entrées, par séquence croissante. ``reste`` : il y en a d'autres après ``jusque``."""

    entrees: list[Entree]
    jusque: int
    reste: bool
    poignee: str
    postes: dict[str, PosteConnu] = {}


class Empreinte(Struct, frozen=True):
    """L'instantané du périmètre : la séquence, le nombre de dossiers, le SHA-256 de leurs versions (hexadécimal).

    ``absents`` : combien de postes du territoire ne sont pas revenus depuis que le registre a été restauré.
    ``titres`` : ce registre en donne un avec chaque objet.
    """

    sequence: int
    nombre: int
    empreinte: str
    absents: int = 0
    titres: bool = False


class MiroirPropose(Struct, frozen=True, omit_defaults=True, gc=False):
    """Ce qu'un poste tient d'un objet, d'une base que le registre a perdue : son titre, et l'état s'il est demandé."""

    titre: str
    etat: EtatEcrit | None = None


def sceau_du_titre(titre: str) -> str:
    """Ce qui distingue un titre de tout autre, en peu de signes."""
    return titre[-_SCEAU:]


class Reprise(Struct, frozen=True, omit_defaults=True):
    """Au plus ``MIROIRS_PAR_REPRISE``, pour la base que nomme ``poignee``."""

    poignee: str
    miroirs: list[MiroirPropose]


class Sort(StrEnum):
    """Ce que le registre répond d'un miroir.

    ``TENU`` : il a tout ce que dit ce titre, et le poste le recevra. ``APPORTER`` : il veut l'état. ``ATTENDRE`` : un
    poste du guichet d'origine doit d'abord revenir. ``LACHER`` : ce poste ne le tient plus. ``REFUSE`` : le titre ou
    l'état ne peut pas être pris ; le poste le garde à part.
    """

    TENU = "tenu"
    APPORTER = "apporter"
    ATTENDRE = "attendre"
    LACHER = "lacher"
    REFUSE = "refuse"


class Reprises(Struct, frozen=True):
    """Le sort de chaque miroir, dans l'ordre où ils ont été proposés."""

    sorts: list[Sort]


class Referentiel(Struct, frozen=True):
    """Une donnée publiée par le registre : grille, fiche, lieux, repères. ``signature`` : ``texte_du_referentiel``."""

    nom: str
    version: int
    taille: int
    sha256: str
    signature: bytes
    publie_le: datetime


class InformationsTenues(Struct, frozen=True):
    """Ce qu'un poste tient de ce que le registre publie : la version de chaque référentiel, par nom."""

    versions: dict[str, int]


class EtapeComptee(Struct, frozen=True):
    """Ce qu'un essai a donné à une étape d'un cas de formation : des nombres de points, rien d'autre."""

    etape: str
    justes: int
    oublis: int
    a_discuter: int


class CompteDeFormation(Struct, frozen=True):
    """Un essai compté, sans auteur, ni poste, ni date.

    ``jeton`` : tiré d'un secret que le poste ne donne pas, pour ce cas et cette version seulement ; il ne sert qu'à ne
    pas compter deux fois le même.
    """

    cas: str
    version: str
    jeton: str
    etapes: tuple[EtapeComptee, ...]


class ComptesDeFormation(Struct, frozen=True):
    """Les essais qu'un poste dit à cet échange ; aucun, le plus souvent : il le dit aussi."""

    comptes: tuple[CompteDeFormation, ...] = ()


class EtapeDuReseau(Struct, frozen=True):
    """Une étape, pour ``agents`` agents à la fois ; ``None`` : trop petit pour se dire, ou tu avec lui."""

    etape: str
    justes: int | None
    oublis: int | None
    a_discuter: int | None


class CasDuReseau(Struct, frozen=True):
    """Un cas que assez d'agents ont joué, tel qu'il était à cette version."""

    cas: str
    version: str
    agents: int
    etapes: tuple[EtapeDuReseau, ...]


class FormationDuReseau(Struct, frozen=True):
    """Les points difficiles du réseau : les cas que assez d'agents ont joués, et eux seuls."""

    cas: tuple[CasDuReseau, ...] = ()


class PersonneCherchee(Struct, frozen=True, omit_defaults=True):
    """De qui l'on cherche un autre dossier. ``sauf`` : le dossier d'où l'on cherche.

    ``telephone_aidant`` mène à des dossiers, et ne prouve rien : aider deux personnes n'en fait pas une seule.
    """

    noms: str
    prenoms: str
    naissance: str = ""
    telephone: str = ""
    numero: str = ""
    sauf: str = ""
    agent: str = ""
    telephone_autre: str = ""
    telephone_aidant: str = ""


class Candidat(Struct, frozen=True):
    """Un dossier qui ressemble, et pourquoi ; jamais un dossier discret."""

    dossier: str
    guichet: str
    raisons: tuple[str, ...]
    score: float
    tenu_ici: bool


class Ecart(Struct, frozen=True):
    """« Ce n'est pas la même personne » : ces deux dossiers ne se proposent plus l'un l'autre."""

    a: str
    b: str
    agent: str


class Ouverture(Struct, frozen=True):
    """Un poste demande à tenir un dossier d'un autre guichet, et dit pourquoi."""

    dossier: str
    motif: str
    agent: str


class PartDeCopie(Struct, frozen=True):
    """Ce que le registre garde trente jours d'une copie de secours : sans elle, un mot de passe ne suffit pas."""

    nom: str
    code: str


class PartGardee(Struct, frozen=True):
    """La part est prise, depuis cet instant ; elle se détruit trente jours après."""

    depuis: datetime


class EtatDeCompte(Struct, frozen=True, omit_defaults=True):
    """Ce qu'un compte d'un poste est depuis cet instant, à l'heure du poste. Jamais un mot de passe.

    ``id`` : unique, pour qu'un état redit n'en fasse pas deux. ``nom`` : celui qui signe. ``roles`` : ceux du compte,
    tous s'il a ceux de son poste. ``ferme`` : plus rien ne se fait sous ce nom.
    """

    id: str
    nom: str
    roles: tuple[str, ...]
    depuis: datetime
    ferme: bool = False


class Declaration(Struct, frozen=True):
    """Les comptes qu'un poste tient : tous leurs états, dans n'importe quel ordre, aussi souvent qu'on veut."""

    territoire: str
    poste: str
    etats: list[EtatDeCompte]


class DeclarationSignee(Struct, frozen=True):
    """Les octets d'une ``Declaration``, signés par la clé du poste (``texte_de_declaration``)."""

    octets: bytes
    signature: bytes


class ComptesTenus(Struct, frozen=True, omit_defaults=True):
    """Ce que le registre tient des comptes de ce poste, à cet instant (son heure).

    ``fermes`` : ceux qu'il a fermés lui-même. ``etats`` : ceux qu'il connaît et que la déclaration ne dit pas, d'un
    coffre remis d'une copie. ``jours`` : combien un compte vit hors de sa portée ; 0 s'il n'en dit rien.
    """

    instant: datetime
    fermes: tuple[str, ...] = ()
    etats: tuple[EtatDeCompte, ...] = ()
    jours: int = 0


class Sortie(Struct, frozen=True):
    """Le poste ne tient plus ce dossier."""

    dossier: str
    agent: str


class Effet(Struct, frozen=True):
    """C'est fait ; le journal le contient à cette séquence."""

    sequence: int


class Consultation(Struct, frozen=True):
    """Qui a lu un dossier, d'où, quand, par quel geste."""

    agent: str
    poste: str
    quand: datetime
    action: str


class DemandeDeNumero(Struct, frozen=True):
    """Un poste demande un numéro d'exemple pour un dossier qu'il tient."""

    dossier: str
    agent: str


class Numero(Struct, frozen=True):
    """Un numéro d'exemple et sa date de réception (``metropole-exemple`` seulement)."""

    numero: str
    recu_le: datetime


class Refus(Struct, frozen=True, omit_defaults=True):
    """Pourquoi le registre ne fait pas ce qu'on lui demande : un code stable, une phrase pour une personne.

    ``rang_manquant`` : ``epoque`` et le rang ``attendu``. ``epoque_nouvelle`` : ``epoque``, le rang attendu après celui
    qu'elle a atteint, et sa ``tete`` ; 0 et rien si l'époque est à un autre poste. ``poignee`` : la nouvelle.
    """

    code: str
    message: str
    epoque: str = ""
    attendu: int = 0
    tete: str = ""
    poignee: str = ""


class Paquet(Struct, frozen=True, omit_defaults=True):
    """Le contenu d'un fichier scellé : les opérations d'un poste resté sans réseau.

    ``poignee`` : la base qu'il connaît. ``miroirs`` : ce qu'il en repropose si elle a été restaurée. ``rendu`` : il n'a
    rien d'autre à envoyer. ``comptes`` : les siens, que le registre lit avant ses opérations.
    """

    territoire: str
    poste: str
    schema: int
    operations: list[OperationEnvoyee]
    poignee: str = ""
    miroirs: list[MiroirPropose] = []
    rendu: bool = False
    comptes: DeclarationSignee | None = None


class RecuSigne(Struct, frozen=True):
    """Ce que le registre en rend, scellé pour le poste : les octets d'un ``RecuDePaquet``, signés (``texte_du_recu``).

    La clé est celle du territoire : le poste la connaît depuis son enrôlement.
    """

    recu: bytes
    signature: bytes


class RecuDePaquet(Struct, frozen=True, omit_defaults=True):
    """Les reçus du registre, ou son refus. ``poignee`` : sa base ; ``sorts`` : de chaque titre, par son sceau.

    ``instant`` : quand il l'a écrit, à son heure ; vide d'un registre d'avant. ``comptes`` : ce qu'il en tient.
    """

    poste: str
    recus: Recus | None = None
    refus: Refus | None = None
    poignee: str = ""
    sorts: dict[str, Sort] = {}
    instant: datetime | None = None
    comptes: ComptesTenus | None = None


def octets(message: Struct | list[Any]) -> bytes:
    """Le JSON d'un message, décimaux exacts."""
    return encoder(message)


def lire(recu: bytes, forme: type[T]) -> T:
    """Le message que disent ces octets. Lève ``msgspec.DecodeError``."""
    decodeur: msgspec.json.Decoder[T] = _decodeur(cast(Hashable, forme))
    with sans_ramasser():
        return decodeur.decode(recu)


@cache
def _decodeur(forme: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(forme, float_hook=decimal_lu)
