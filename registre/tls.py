"""Le TLS du petit service : une autorité locale, le certificat du serveur, et l'empreinte que les postes retiennent.

Aucun certificat à acheter ni à installer : le poste vérifie l'autorité par son empreinte, reçue avec son code.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from modele.regles.disque import ecrire, raison
from modele.regles.fautes import ErreurUtilisateur

_DUREE_DE_L_AUTORITE: Final = timedelta(days=365 * 20)
_DUREE_DU_SERVEUR: Final = timedelta(days=730)
# Renouvelé au démarrage s'il lui reste moins : un service redémarré une fois l'an n'expire jamais.
_RESTE_AU_MOINS: Final = timedelta(days=365)
# Une horloge de poste arrêtée (pile morte, date d'usine) ne doit pas le croire « pas encore valable » : l'empreinte de
# l'autorité protège, pas le jour où elle est née.
_DEPUIS: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Identite:
    """Un certificat et sa clé privée."""

    certificat: x509.Certificate
    cle: EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """La clé puis le certificat, en PEM."""
        return self.cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + self.public

    @property
    def public(self) -> bytes:
        """Le seul certificat, en PEM."""
        return self.certificat.public_bytes(Encoding.PEM)

    @property
    def empreinte(self) -> str:
        """SHA-256 du certificat, en hexadécimal majuscule."""
        return self.certificat.fingerprint(hashes.SHA256()).hex().upper()


@dataclass(frozen=True, slots=True)
class Tls:
    """De quoi servir en TLS. ``fichier`` : la clé et le certificat du serveur, en PEM."""

    autorite: Identite
    fichier: Path


def preparer(donnees: Path, noms: Sequence[str], maintenant: datetime) -> Tls:
    """L'autorité de ``donnees`` et un certificat de serveur pour ``noms``, créés ou renouvelés au besoin.

    Lève ``ErreurUtilisateur`` : fichier illisible, disque.
    """
    dossier = _dossier(donnees)
    autorite = _lire(dossier / "autorite.pem")
    if autorite is None:
        autorite = _nouvelle_autorite(maintenant)
        ecrire(dossier / "autorite.pem", autorite.pem, prive=True)
    fichier = dossier / "serveur.pem"
    actuel = _lire(fichier)
    if actuel is None or not _convient(actuel.certificat, autorite.certificat, noms, maintenant):
        ecrire(fichier, _nouveau_serveur(autorite, noms, maintenant).pem, prive=True)
    return Tls(autorite, fichier)


def autorite_de(donnees: Path) -> Identite | None:
    """L'autorité de ``donnees``, si elle existe. Lève ``ErreurUtilisateur`` si elle ne se lit pas."""
    return _lire(donnees / "tls" / "autorite.pem")


def fin_du_serveur(donnees: Path) -> datetime | None:
    """Jusqu'à quand vaut le certificat du serveur, s'il y en a un. Lève ``ErreurUtilisateur`` s'il ne se lit pas."""
    actuel = _lire(donnees / "tls" / "serveur.pem")
    return actuel.certificat.not_valid_after_utc if actuel else None


def reprendre_autorite(donnees: Path, copie: Path, remplacer: bool = False) -> bool:
    """Remet l'autorité gardée avec une sauvegarde, si ``donnees`` n'a pas la sienne ou s'il faut la ``remplacer``.

    Faux si ``donnees`` en garde une autre que la copie ; vrai aussi s'il n'y a pas de copie.
    """
    reprise, actuelle = _lire(copie), autorite_de(donnees)
    if reprise is None or (actuelle is not None and actuelle.empreinte == reprise.empreinte):
        return True
    if actuelle is not None and not remplacer:
        return False
    ecrire(_dossier(donnees) / "autorite.pem", reprise.pem, prive=True)
    return True


def noms_de_la_machine() -> list[str]:
    """Sous quels noms et adresses les postes peuvent joindre cette machine ; l'adresse du réseau local d'abord."""
    noms = [adresse_locale(), socket.gethostname(), socket.getfqdn(), "localhost", "127.0.0.1", "::1"]
    return [nom for nom in dict.fromkeys(noms) if nom_valable(nom)]


def nom_valable(nom: str) -> bool:
    """Ce nom ou cette adresse peut-il figurer dans un certificat ?"""
    try:
        _nom_general(nom)
    except ValueError:
        return False
    return bool(nom)


def adresse_locale() -> str:
    """L'adresse de cette machine sur son réseau ; vide si elle n'en a pas. Rien n'est envoyé."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as prise:
        try:
            # 192.0.2.0/24 est réservée à la documentation : « connecter » un datagramme choisit seulement la route.
            prise.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(prise.getsockname()[0])


def _nouvelle_autorite(maintenant: datetime) -> Identite:
    cle = generate_private_key(SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Registre Perron de {socket.gethostname()}"[:64])])
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificat = (
        _gabarit(nom, nom, cle, maintenant, _DUREE_DE_L_AUTORITE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(cle.public_key()), critical=False)
        .sign(cle, hashes.SHA256())
    )
    return Identite(certificat, cle)


def _nouveau_serveur(autorite: Identite, noms: Sequence[str], maintenant: datetime) -> Identite:
    cle = generate_private_key(SECP256R1())
    sujet = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, noms[0][:64])])
    certificat = (
        _gabarit(sujet, autorite.certificat.subject, cle, maintenant, _DUREE_DU_SERVEUR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_nom_general(nom) for nom in noms]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(autorite.cle.public_key()), critical=False)
        .sign(autorite.cle, hashes.SHA256())
    )
    return Identite(certificat, cle)


def _gabarit(
    sujet: x509.Name, emetteur: x509.Name, cle: EllipticCurvePrivateKey, maintenant: datetime, duree: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(emetteur)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_DEPUIS)
        .not_valid_after(maintenant + duree)
    )


def _nom_general(nom: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(nom))
    except ValueError:
        # Un nom accentué ne s'écrit dans un certificat que sous sa forme ASCII.
        return x509.DNSName(nom.encode("idna").decode())


def _convient(serveur: x509.Certificate, autorite: x509.Certificate, noms: Sequence[str], maintenant: datetime) -> bool:
    portes = serveur.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    try:
        serveur.verify_directly_issued_by(autorite)
    except (ValueError, InvalidSignature):
        # Signé par une autorité d'avant.
        return False
    return {_nom_general(nom) for nom in noms} <= set(
        portes
    ) and serveur.not_valid_after_utc - maintenant > _RESTE_AU_MOINS


def _dossier(donnees: Path) -> Path:
    dossier = donnees / "tls"
    try:
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as panne:
        raise ErreurUtilisateur(f"{dossier} : écriture impossible ({raison(panne)}). Vérifiez --donnees.") from panne
    return dossier


def _lire(fichier: Path) -> Identite | None:
    try:
        pem = fichier.read_bytes()
        cle = load_pem_private_key(pem, None)
        certificat = x509.load_pem_x509_certificate(pem)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as panne:
        raise ErreurUtilisateur(
            f"{fichier} ne se lit pas. Remettez celui de la sauvegarde : les postes connaissent son empreinte."
        ) from panne
    assert isinstance(cle, EllipticCurvePrivateKey)
    return Identite(certificat, cle)
