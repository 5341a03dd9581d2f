"""Les imprimés officiels livrés disent leurs rubriques et leur source ; chaque faute se dit à sa ligne."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_sources import catalogue_national

from modele.chargement import charger_regles
from modele.orientation.imprimes import FICHIER, Imprimes, lire_imprimes
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

ENTETE = """format = 1
[aide_juridictionnelle]
phrase = "Aide."
source = "essai"
confiance = "V2"
verifie_le = 2026-11-30
[avant_daho]
phrase = "Avant."
si = { fait = "demandeur.nationalite", different = "francaise" }
source = "essai"
confiance = "V"
verifie_le = 2026-11-30
"""
IMPRIME = """[[imprime]]
id = "{id}"
numero = "{numero}"
libelle = "Essai"
objet = "Essai"
depot = "Essai."
fondement = "CCH"
source = "essai"
confiance = "V2"
verifie_le = 2026-11-30
dates_du_tribunal = ["{date}"]
[[imprime.rubrique]]
id = "a"
libelle = "A"
champs = ["{champ}"]
facultatifs = ["{facultatif}"]
[[imprime.rubrique]]
id = "b"
libelle = "B"
motifs = true
[[imprime.piece]]
libelle = "Identité"
vues = ["{piece}"]
"""
JUSTE = {
    "id": "dalo",
    "numero": "15036*01",
    "date": "dalo-reconnu.tribunal",
    "champ": "demandeur.nom",
    "facultatif": "demandeur.nom",
    "piece": "identite",
}


def lire(dossier: Path, texte: str) -> Imprimes:
    fichier = dossier / "imprimes.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_imprimes(fichier, catalogue_national(), pieces={"identite"}, echeances={"dalo-reconnu.tribunal"})


def test_ceux_qui_sont_livres_ont_leur_source_et_les_seules_rubriques_connues() -> None:
    imprimes = charger_regles("metropole-exemple").imprimes
    dalo, daho = imprimes.imprimes["dalo"], imprimes.imprimes["daho"]
    assert [une.numero for une in dalo.rubriques if une.numero] == ["1", "2", "3.1 à 3.3", "9.1 à 9.8"]
    # Rien du 15037 n'a été lu : aucun numéro ne s'invente.
    assert not [une.numero for une in daho.rubriques if une.numero]
    for un in (dalo, daho):
        assert un.provenance.source
        assert un.provenance.verifie_le
        assert [une.motifs for une in un.rubriques].count(True) == 1
    assert (dalo.numero, daho.numero) == ("15036*01", "15037*01")
    assert imprimes.avant_daho.phrase == "Ce dossier va aux services de l'État. Une association peut aider."


def test_les_pieces_sont_celles_de_la_norme_du_domaine() -> None:
    """``droit.md`` § 2.5 : la liste DALO, puis la liste DAHO."""
    imprimes = charger_regles("metropole-exemple").imprimes.imprimes
    dalo = " / ".join(une.libelle for une in imprimes["dalo"].pieces)
    for mot in (
        "formulaire, signé", "Identité de chaque personne", "situation familiale", "ou de renouvellement", "bailleurs",
        "3 derniers mois", "avis d'imposition", "CAF", "courriers au propriétaire", "attestation d'hébergement",
        "camping", "travailleur social", "domiciliation", "jugement d'expulsion",
    ):  # fmt: skip
        assert mot in dalo
    daho = " / ".join(une.libelle for une in imprimes["daho"].pieces)
    for mot in ("si elle en a", "Livret de famille", "3 derniers mois", "Avis d'imposition", "CAF", "déjà faites"):
        assert mot in daho


def test_un_fichier_juste_se_lit(tmp_path: Path) -> None:
    lus = lire(tmp_path, f'{ENTETE}[libelles]\n"demandeur.nom" = "Nom"\n{IMPRIME.format(**JUSTE)}')
    assert lus.libelles == {"demandeur.nom": "Nom"}
    rubrique, motifs = lus.imprimes["dalo"].rubriques
    assert (rubrique.champs, rubrique.facultatifs) == (("demandeur.nom",), frozenset({"demandeur.nom"}))
    assert motifs.motifs
    assert lus.avant_daho.si is not None
    assert lus.aide_juridictionnelle.si is None


FAUTES = {
    "recours": ({"id": "dahlo"}, "dalo ou daho"),
    "numero": ({"numero": "15036"}, "un numéro comme"),
    "date": ({"date": "dalo-reconnu.tribunnal"}, "n'est pas une échéance"),
    "protege": ({"champ": "protection.discret", "facultatif": "protection.discret"}, "ne se reporte jamais"),
    "ephemere": ({"champ": "triage.peur_au_domicile", "facultatif": "triage.peur_au_domicile"}, "ne se reporte jamais"),
    "facultatif": ({"facultatif": "demandeur.prenoms"}, "n'est pas l'un des champs"),
    "piece": ({"piece": "identitee"}, "n'est pas une pièce"),
}


@pytest.mark.parametrize("cas", FAUTES)
def test_une_faute_se_dit(tmp_path: Path, cas: str) -> None:
    change, dit = FAUTES[cas]
    with pytest.raises(FichierFautif, match=dit):
        lire(tmp_path, ENTETE + IMPRIME.format(**{**JUSTE, **change}))


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("format = 1\n", "aide_juridictionnelle"),
        (f'{ENTETE}[libelles]\n"demandeur.nomm" = "Nom"\n{IMPRIME.format(**JUSTE)}', "n'existe pas dans le dossier"),
        (ENTETE, "imprime"),
    ],
    ids=["sans phrase", "libellé", "sans imprimé"],
)
def test_un_fichier_incomplet_se_dit(tmp_path: Path, texte: str, dit: str) -> None:
    with pytest.raises(FichierFautif, match=dit):
        lire(tmp_path, texte)


def test_le_fichier_livre_est_celui_des_regles() -> None:
    assert (RESSOURCES / FICHIER).is_file()
