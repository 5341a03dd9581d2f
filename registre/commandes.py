"""Les commandes du registre : démarrer, administrer, publier, sauvegarder, restaurer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer
from sqlalchemy import Engine

from modele.regles.disque import ecrire
from modele.regles.fautes import ErreurUtilisateur
from registre import paroles_de_la_formation, paroles_des_comptes, paroles_des_informations, tls
from registre.base.embarque import dossier_de_donnees
from registre.base.sauvegarde import exiger_une_sauvegarde
from registre.base.sauvegarde import restaurer as remettre
from registre.base.sauvegarde import sauvegarder as garder_la_base
from registre.base.tenues import compagne
from registre.horloge import maintenant
from registre.installation import installer
from registre.ouverture import Ouverte, base_ouverte, retenir_sauvegarde, service_retenu
from registre.service import administration, mentions, parts, purge, rejeux, reperes, statistiques
from registre.service.codes import invitation
from registre.service.reperes_csv import Entete

DEMARRER: Final = "demarrer"
DEPUIS: Final = (
    "Ce qui a été effacé, révoqué ou rendu discret depuis cette sauvegarde l'est de nouveau si la base remplacée le "
    "disait, ou dès qu'un poste qui l'a su se reconnecte ; chaque poste rend aussi ce que lui tient et que la base a "
    "perdu. Tant qu'il en manque un, rien ne se trouve, ne s'ouvre ni ne se reçoit d'un guichet à l'autre. Vérifiez "
    "maintenant la liste (python -m registre postes) : un poste révoqué depuis la sauvegarde y est peut-être redevenu "
    "actif, révoquez-le ; un poste enrôlé depuis n'y est pas, réenrôlez-le sans attendre ; un poste qui ne reviendra "
    "pas se révoque, et ce que lui seul savait est perdu."
)
A_VERIFIER: Final = (
    "La base a été restaurée. Manque-t-il ici un poste enrôlé depuis la sauvegarde ? Donnez-lui un code : il rendra ce "
    "qu'il tient. En reste-t-il un, révoqué depuis ? Révoquez-le."
)

Donnees = Annotated[
    Path | None,
    typer.Option(
        "--donnees",
        metavar="DOSSIER",
        envvar="PERRON_DONNEES",
        help="Où vivent les données (par défaut : selon le système).",
    ),
]
Base = Annotated[
    str | None,
    # Par l'environnement, un mot de passe ne se lit pas dans la liste des programmes.
    typer.Option(
        "--base",
        metavar="ADRESSE",
        envvar="PERRON_BASE",
        help="Un PostgreSQL à vous : postgresql://… (sinon, l'embarqué).",
    ),
]
Lieu = Annotated[
    str, typer.Option("--territoire", metavar="T", help="Le territoire ; inutile si le registre n'en tient qu'un.")
]
Libelle = Annotated[str, typer.Option("--nom", metavar="NOM", help="Le nom à afficher.")]


@contextmanager
def _ouverte(
    donnees: Path | None, base: str | None, *, seule: bool = False, a_jour: bool = True, creer: bool = False
) -> Iterator[Ouverte]:
    ou = donnees or dossier_de_donnees()
    with base_ouverte(ou, base, seule=seule, a_jour=a_jour, creer=creer) as ouverte:
        yield ouverte


def _le_territoire(moteur: Engine, dit: str) -> str:
    """Celui qui est dit, sinon le seul que tient le registre."""
    if dit:
        return dit
    tenus = administration.territoires(moteur)
    if len(tenus) != 1:
        raise ErreurUtilisateur(
            f"Dites le territoire : --territoire ({', '.join(tenus)})."
            if tenus
            else "Ce registre ne tient aucun territoire. Créez-en un : python -m registre creer-territoire T."
        )
    return tenus[0]


def demarrer(
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Le port d'écoute (8443) ; 0 : un port libre.")
    ] = 8443,
    donnees: Donnees = None,
    base: Base = None,
    hote: Annotated[str, typer.Option("--hote", metavar="HOTE", help="L'adresse d'écoute (toutes).")] = "",
    adresse: Annotated[
        str, typer.Option("--adresse", metavar="HOTE", help="Le nom par lequel les postes joignent cette machine.")
    ] = "",
    territoire: Annotated[
        str, typer.Option("--territoire", metavar="T", help="Un premier territoire, créé s'il manque, avec un code.")
    ] = "",
    nom: Libelle = "",
    sans_tls: Annotated[
        bool, typer.Option("--sans-tls", help="Sans chiffrement, sur la boucle locale seulement : pour essayer.")
    ] = False,
    metriques_ouvertes: Annotated[
        bool, typer.Option("--metriques-ouvertes", help="/metriques se lit aussi d'une autre machine.")
    ] = False,
) -> None:
    """Démarre le registre, jusqu'à Ctrl+C ou SIGTERM ; SIGHUP relit le certificat."""
    # Le serveur HTTP coûte à charger : les autres commandes s'en passent.
    from registre.demarrage import Reglages
    from registre.demarrage import demarrer as servir

    servir(
        Reglages(
            donnees or dossier_de_donnees(), base, port, hote, adresse, territoire, nom, sans_tls, metriques_ouvertes
        )
    )


def creer_territoire(
    territoire: Annotated[str, typer.Argument(metavar="T", help="Son identifiant, par exemple metropole-exemple.")],
    nom: Libelle = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Crée un territoire et ses clés."""
    administration.exiger_identifiant(territoire, "territoire")
    with _ouverte(donnees, base, creer=True) as ouverte:
        neuf = administration.creer_territoire(ouverte.moteur, territoire, nom or territoire, maintenant())
    print(f"Territoire {territoire} créé." if neuf else f"Le territoire {territoire} existait déjà.")


def creer_guichet(
    guichet: Annotated[str, typer.Argument(metavar="GUICHET", help="Son identifiant, par exemple ccas-nord.")],
    nom: Libelle = "",
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Crée un guichet."""
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        neuf = administration.creer_guichet(ouverte.moteur, ou, guichet, nom or guichet)
    print(f"Guichet {guichet} créé dans {ou}." if neuf else f"Le guichet {guichet} existait déjà dans {ou}.")


def creer_code(
    guichet: Annotated[str, typer.Option("--guichet", metavar="G", help="Le guichet du poste.")],
    role: Annotated[
        list[str] | None, typer.Option("--role", metavar="R", help="agent, social ou responsable ; répétable (agent).")
    ] = None,
    heures: Annotated[int, typer.Option("--heures", metavar="N", min=1, max=24 * 30, help="Sa durée (72).")] = 72,
    adresse: Annotated[
        str,
        typer.Option(
            "--adresse", metavar="A", help="Où joindre le registre : hote:port, ou https://… à certificat public."
        ),
    ] = "",
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Donne un code d'enrôlement, à usage unique ; il ne s'affiche qu'une fois."""
    ou_sont = donnees or dossier_de_donnees()
    joindre = adresse or getattr(service_retenu(ou_sont), "adresse", "")
    if not joindre:
        raise ErreurUtilisateur("Démarrez d'abord le registre, ou dites où le joindre : --adresse hote:port.")
    autorite = None if "://" in joindre else tls.autorite_de(ou_sont)
    if autorite is None and "://" not in joindre:
        raise ErreurUtilisateur(f"L'autorité locale manque dans {ou_sont}. Dites --donnees, ou --adresse https://….")
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        code = administration.creer_code(
            ouverte.moteur, ou, guichet, role or ["agent"], timedelta(hours=heures), maintenant()
        )
    print(invitation(joindre, code, autorite.empreinte if autorite else ""))


def postes(territoire: Lieu = "", donnees: Donnees = None, base: Base = None) -> None:
    """Liste les postes enrôlés."""
    with _ouverte(donnees, base) as ouverte:
        enroles = administration.postes(ouverte.moteur, _le_territoire(ouverte.moteur, territoire))
    for un in enroles:
        etat = f"révoqué le {un.revoque_le:%d/%m/%Y}" if un.revoque_le else f"enrôlé le {un.enrole_le:%d/%m/%Y}"
        absent = ", n'a pas tout renvoyé depuis la restauration" if un.attendu and not un.revoque_le else ""
        print(f"{un.id}  {un.guichet}  {un.nom}  ({', '.join(un.roles)})  {etat}{absent}")
    if any(un.attendu and not un.revoque_le for un in enroles):
        print(A_VERIFIER)
    if not enroles:
        print("Aucun poste n'est enrôlé. Donnez un code : python -m registre creer-code --guichet G.")


def revoquer(
    poste: Annotated[str, typer.Argument(metavar="POSTE", help="L'identifiant du poste (voir « postes »).")],
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Ferme le registre à un poste perdu ou volé, dès maintenant et pour toujours."""
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        ferme = administration.revoquer(ouverte.moteur, ou, poste, maintenant())
    print(f"Le poste {ferme.nom} ({ferme.id}) n'a plus accès au registre.")
    if ferme.attendu:
        print(
            "Il n'était pas revenu depuis la restauration : un dossier que lui seul savait discret se montre tel que "
            "la sauvegarde le disait. Si vous en connaissez un, rendez-le discret maintenant, d'un poste qui le tient."
        )


def parts_de_copie(
    poste: Annotated[str, typer.Argument(metavar="POSTE", help="L'identifiant du poste (voir « postes »).")],
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Donne de quoi restaurer les copies de secours d'un poste perdu : chacune a sa part, gardée trente jours."""
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        administration.exiger_poste(ouverte.moteur, ou, poste)
        gardees = parts.lister(ouverte.moteur, ou, poste, maintenant())
    for une in gardees:
        print(f"{une.nom}  {une.code}  jusqu'au {une.jusqu_au.astimezone():%d/%m/%Y à %H:%M}")
    if not gardees:
        print("Aucune part n'est gardée pour ce poste : ses copies ne sont pas scellées, ou ont plus de trente jours.")


def tenir_les_comptes(
    geste: Annotated[
        str, typer.Argument(metavar="GESTE", help="lister, fermer, rouvrir, ou jours (combien hors de portée).")
    ] = "lister",
    poste: Annotated[str, typer.Argument(metavar="POSTE", help="L'identifiant du poste, ou le nombre de jours.")] = "",
    nom: Annotated[str, typer.Argument(metavar="NOM", help="Le nom qui signe, entre guillemets.")] = "",
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Liste les comptes des postes, en ferme un, lève une fermeture, ou dit combien de jours vit un compte isolé."""
    paroles_des_comptes.exiger_le_geste(geste, poste, nom)
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        print(paroles_des_comptes.mener(ouverte.moteur, ou, geste, poste, nom, maintenant()))


def purger(
    dossier: Annotated[str, typer.Argument(metavar="DOSSIER", help="L'identifiant du dossier.")],
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Efface un dossier à la fin de sa durée de conservation, ici et sur tous les postes. Il ne revient pas."""
    with _ouverte(donnees, base) as ouverte:
        effacees = purge.purger(ouverte.moteur, _le_territoire(ouverte.moteur, territoire), dossier)
    if effacees:
        print(f"Dossier {dossier} effacé (saisies : {effacees}). Chaque poste l'efface à sa prochaine réception.")
    else:
        print(f"Le dossier {dossier} était déjà effacé.")


def publier(
    nom: Annotated[str, typer.Argument(metavar="NOM", help="fiche.115, territoire.mon-ccas, national.droit…")],
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Un paquet (zip), ou le dossier dont il se fait.")],
    version: Annotated[
        str, typer.Option("--version", metavar="V", help="La version à inscrire (la date du jour).")
    ] = "",
    urgente: Annotated[
        str, typer.Option("--urgente", metavar="PHRASE", help="Correction urgente : ce qui était faux, que faire.")
    ] = "",
    fiches: Annotated[
        list[str] | None, typer.Option("--fiche", metavar="FICHE", help="D'une correction : une fiche qui le portait.")
    ] = None,
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Publie la version suivante d'une fiche, d'un territoire, du droit ou d'une langue, signée par le territoire."""
    # Le chargeur des postes est lourd : les autres commandes s'en passent.
    from registre.service import publication

    publication.exiger_un_paquet(nom)
    correction = publication.correction(urgente, fiches or ())
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        publie = publication.publier_paquet(ouverte.moteur, ou, nom, fichier, maintenant(), version, correction)
    print(f"{publie.nom}, version {publie.version} : {publie.taille} octets publiés dans {ou}.")
    if correction is not None:
        print(
            "Correction urgente : chaque poste la dit à son accueil dès son prochain échange, jusqu'à ce qu'on la lise."
        )


def publier_reperes(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER.csv", help="L'extraction du système officiel.")],
    nom: Annotated[str | None, typer.Option("--nom", metavar="NOM", help="Le nom de l'extraction.")] = None,
    extraction: Annotated[str | None, typer.Option("--extraction", metavar="AAAA-MM-JJ", help="Sa date.")] = None,
    seuil: Annotated[
        str | None, typer.Option("--seuil", metavar="N", help="Sous cet effectif, rien n'est publié de la ligne.")
    ] = None,
    delais: Annotated[str | None, typer.Option("--delais", metavar="TEXTE", help="De quelles demandes.")] = None,
    notes: Annotated[str | None, typer.Option("--notes", metavar="TEXTE", help="De quelles demandes.")] = None,
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Publie les repères (notes et délais observés) tirés d'une extraction nommée et datée."""
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        dits = Entete(nom, extraction, seuil, delais, notes)
        publie = reperes.publier_reperes(ouverte.moteur, ou, fichier, maintenant(), dits)
    print(f"Repères, version {publie.version}, publiés dans {ou}.")


def dire_informations(territoire: Lieu = "", donnees: Donnees = None, base: Base = None) -> None:
    """Dit ce que le territoire publie, et quels postes ne l'ont pas encore."""
    from registre.service import informations, referentiels

    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        publies, postes_informes = referentiels.lister(ouverte.moteur, ou), informations.postes(ouverte.moteur, ou)
    for ligne in paroles_des_informations.dire(publies, postes_informes):
        print(ligne)


def dire_la_formation(territoire: Lieu = "", donnees: Donnees = None, base: Base = None) -> None:
    """Dit les points difficiles des cas de formation, à partir de onze agents ; jamais de qui, ni d'où."""
    from modele.formation import charger_cas
    from modele.sources import ouvrir as ouvrir_les_sources
    from registre.service import formation

    with _ouverte(donnees, base) as ouverte:
        reseau = formation.du_reseau(ouverte.moteur, _le_territoire(ouverte.moteur, territoire))
    connus = {un.id: un for un in charger_cas(ouvrir_les_sources())[0]}
    for ligne in paroles_de_la_formation.dire(reseau, connus):
        print(ligne)


def inscrire_mentions(
    fichier: Annotated[Path, typer.Argument(metavar="MENTIONS.toml", help="Voir ressources/exemples/mentions.toml.")],
    territoire: Lieu = "",
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Inscrit qui répond des données : sans cela, ce registre est à l'essai, et chaque poste le dit."""
    with _ouverte(donnees, base) as ouverte:
        ou = _le_territoire(ouverte.moteur, territoire)
        mentions.inscrire(ouverte.moteur, ou, fichier, maintenant())
    print(f"Mentions inscrites dans {ou} : chaque poste les reçoit à son prochain échange, et n'est plus à l'essai.")


def dire_statistiques(territoire: Lieu = "", donnees: Donnees = None, base: Base = None) -> None:
    """Compte postes, dossiers et opérations d'un territoire."""
    with _ouverte(donnees, base) as ouverte:
        nombres = statistiques.statistiques(ouverte.moteur, _le_territoire(ouverte.moteur, territoire))
    derniere = f", la dernière le {nombres.derniere:%d/%m/%Y à %H:%M} UTC" if nombres.derniere else ""
    print(f"{nombres.territoire} : {nombres.operations} opérations reçues{derniere}.")
    for un in nombres.guichets:
        print(f"  {un.guichet} : {un.postes} postes, {un.dossiers} dossiers")
    print(f"  {nombres.postes_revoques} postes révoqués, {nombres.dossiers_purges} dossiers purgés, ", end="")
    print(f"{nombres.referentiels} référentiels publiés")


def sauvegarder(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Où écrire la sauvegarde.")],
    garder: Annotated[
        int, typer.Option("--garder", metavar="N", min=1, help="Combien en garder, trente jours au plus, datées.")
    ] = 1,
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Écrit toute la base dans un fichier, registre en marche ou non ; à côté, l'autorité que les postes ont."""
    ou = donnees or dossier_de_donnees()
    with _ouverte(donnees, base, a_jour=False) as ouverte:
        autorite = tls.autorite_de(ou)
        tenu = garder_la_base(
            ouverte.moteur, ouverte.adresse, fichier, autorite=autorite.pem if autorite else None, garder=garder
        )
    avec = f" et {compagne(fichier).name} ; gardez-les ensemble" if autorite else ""
    print(f"Sauvegarde écrite et relue : {fichier}{avec}.\n{tenu}.")
    retenir_sauvegarde(ou, fichier, maintenant())


def restaurer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="La sauvegarde à remettre.")],
    remplacer: Annotated[bool, typer.Option("--remplacer", help="Même si la base tient déjà un registre.")] = False,
    donnees: Donnees = None,
    base: Base = None,
) -> None:
    """Remet une sauvegarde, registre arrêté ; les postes reprennent ensuite d'eux-mêmes."""
    if base is None:
        # Avant de créer quoi que ce soit : un nom mal tapé ne laisse pas un registre vide.
        exiger_une_sauvegarde(fichier)
    with _ouverte(donnees, base, seule=True, a_jour=False, creer=True) as ouverte:
        remise = remettre(ouverte.moteur, ouverte.adresse, fichier, remplacer, rejeux.rejouer)
    ou = donnees or dossier_de_donnees()
    print(f"Avant : {remise.avant}.\nRestauré : {remise.apres}.\n{remise.rejeu}\nRedémarrez le registre. {DEPUIS}")
    if not tls.reprendre_autorite(ou, compagne(fichier), remplacer):
        print(f"L'autorité de {ou} n'est pas celle que les postes connaissent ; ajoutez --remplacer pour la reprendre.")


def openapi(
    sortie: Annotated[Path | None, typer.Option("--sortie", metavar="FICHIER.json", help="Où l'écrire.")] = None,
) -> None:
    """Écrit le contrat de l'API (OpenAPI)."""
    from registre.base.moteur import creer_moteur
    from registre.http.application import creer_application
    from registre.http.contexte import Registre

    document: Any = creer_application(Registre(creer_moteur("postgresql://sans-base/sans-base"))).openapi()
    octets = msgspec.json.format(msgspec.json.encode(document), indent=2)
    ecrire(sortie, octets + b"\n") if sortie else print(octets.decode())


COMMANDES: Final[dict[str, Callable[..., None]]] = {
    DEMARRER: demarrer,
    "installer": installer,
    "creer-territoire": creer_territoire,
    "creer-guichet": creer_guichet,
    "creer-code": creer_code,
    "postes": postes,
    "revoquer": revoquer,
    "parts-de-copie": parts_de_copie,
    "comptes": tenir_les_comptes,
    "purger": purger,
    "publier": publier,
    "publier-reperes": publier_reperes,
    "informations": dire_informations,
    "formation": dire_la_formation,
    "inscrire-mentions": inscrire_mentions,
    "statistiques": dire_statistiques,
    "sauvegarder": sauvegarder,
    "restaurer": restaurer,
    "openapi": openapi,
}
