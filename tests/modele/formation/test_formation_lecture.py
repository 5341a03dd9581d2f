"""Lire un cas : toutes ses fautes, chacune à sa ligne ; les couches en ajoutent et n'en adoucissent aucun."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from outils_formation import TEXTE, ecrire, petit

from modele.formation import Piste, Sorte, Verdict, charger_cas, ecrits_ici, lire_cas, verifier_contre
from modele.regles.fautes import FichierFautif
from modele.sources import Recu, Surcharge, assembler, ouvrir

QUAND = datetime(2026, 11, 30, 9).astimezone()


def test_un_cas_valable(tmp_path: Path) -> None:
    cas = petit(tmp_path)
    assert (cas.id, cas.piste, cas.minutes, len(cas.questions), len(cas.etapes)) == ("petit", Piste.ACCUEIL, 5, 4, 2)
    assert [etape.sorte for etape in cas.etapes] == [Sorte.GESTES, Sorte.OUVERTE]
    assert [verdict.dit for verdict in Verdict] == [
        *("omission dangereuse", "geste dangereux", "étape inutile", "à discuter", "juste"),
    ]


@pytest.mark.parametrize(
    ("avant", "apres", "faute"),
    [
        ("format = 1", "format = 2", "ligne 1, format : ce format est inconnu"),
        ('id = "petit"', 'id = "grand"', "ligne 2, id : attendu : le nom du fichier, « petit »"),
        ('piste = "accueil"', 'piste = "accuei"', "ligne 4, piste : « accuei » n'est pas permis"),
        ("minutes = 5", "minutes = 0", "ligne 5, minutes : attendu : la durée du cas"),
        ('a_part = "Le frère sort."\n', "", "scene.a_part : « accompagnant » et « a_part » vont ensemble"),
        ('accompagnant = "son frère"\na_part = "Le frère sort."\n', "", "question[1].seul : personne d'autre n'est là"),
        ('fondement = "CCH R441-2-3"\n', "", "appui[1].fondement : cette clé manque, elle est obligatoire"),
        ('source = "Usage"\n', "", "appui[2].source : cette clé manque, elle est obligatoire"),
        ('raison = "Le danger."\n', "", "question[1].raison : cette clé manque, elle est obligatoire"),
        ('appui = "texte"\nraison = "Le danger."', 'appui = "texe"\nraison = "Le danger."',
         "question[1].appui : « texe » n'est pas permis ; vouliez-vous « texte » ?"),
        ('texte = "Où dormez-vous ?"', 'texte = "Peur ?"', "posée telle quelle, c'est « peur » qui répondrait"),
        ('texte = "Où dormez-vous ?"', 'texte = "???"', "posée telle quelle, c'est « rien » qui répondrait"),
        ('variantes = ["froid"]', "variantes = []", "une idée se reconnaît à ses variantes"),
        ('texte = "Offrir un thé"', 'texte = "Offrir un thé"\nvariantes = ["x"]', "variantes : clé inconnue"),
        ('texte = "Offrir un thé"', 'texte = "Offrir un thé"\nvalide_par = "ADIL"', "une validation a un nom et"),
        ('modele = "On se revoit demain."\n', "", "etape[2].modele : cette clé manque"),
        ('id = "the"', 'id = "peur"', "l'identifiant « peur » est employé deux fois"),
        ('questions = ["peur", "nuit"]', 'questions = ["peur", "nuits"]', "questions : « nuits » n'est pas permis"),
        ('choix = ["appeler", "prevenir"]', 'choix = ["appeler"]',
         "le parcours de référence ne passe pas : « prevenir », à discuter"),
        ('choix = ["appeler", "prevenir"]', 'choix = ["prevenir"]', "« appeler », omission dangereuse"),
        ('dire = "On se revoit demain."', 'dires = "On se revoit demain."', "textes : « dires » n'est pas permis"),
        ('piste = "accueil"', 'piste = "accueil"\ncouleur = "bleu"', "couleur : clé inconnue"),
    ],
)  # fmt: skip
def test_une_faute_se_dit_a_sa_ligne(tmp_path: Path, avant: str, apres: str, faute: str) -> None:
    with pytest.raises(FichierFautif) as fautif:
        petit(tmp_path, (avant, apres))
    assert faute in str(fautif.value)


def test_sans_scene_ni_reference(tmp_path: Path) -> None:
    """Un fichier presque vide dit tout ce qui manque, sans trace."""
    with pytest.raises(FichierFautif) as fautif:
        lire_cas(ecrire(tmp_path, 'format = 1\nid = "petit"\n[reference]\nquestions = []\nchoix = []\n'))
    dit = str(fautif.value)
    assert all(f"{cle} : cette clé manque" in dit for cle in ("titre", "piste", "scene", "question", "etape", "textes"))
    with pytest.raises(FichierFautif, match="reference : cette clé manque"):
        lire_cas(ecrire(tmp_path, 'format = 1\nid = "petit"\n'))


def test_il_faut_une_etape_ouverte_une_omission_comptee_et_un_entretien(tmp_path: Path) -> None:
    debut, _, reste = TEXTE.partition('[[etape]]\nid = "dire"')
    sans_ouverte = (
        debut + '[reference]\nquestions = ["peur", "nuit"]\nchoix = ["appeler", "prevenir"]\n[reference.textes]\n'
    )
    assert reste
    with pytest.raises(FichierFautif, match="au moins une étape est ouverte"):
        lire_cas(ecrire(tmp_path, sans_ouverte))
    with pytest.raises(FichierFautif, match="aucune omission dangereuse ne peut être comptée"):
        lire_cas(ecrire(tmp_path, TEXTE.replace('confiance = "V"', 'confiance = "V2"')))
    peu = TEXTE[: TEXTE.index('[[question]]\nid = "impots"')] + TEXTE[TEXTE.index('[[etape]]\nid = "gestes"') :]
    with pytest.raises(FichierFautif, match="un entretien a au moins 3 questions"):
        lire_cas(ecrire(tmp_path, peu))


def surcharge(texte: str, fichier: str = "petit.toml") -> Surcharge:
    return Surcharge("formation", "accueil", fichier, texte.encode(), "Ana Martin", QUAND)


def test_les_couches_ajoutent_et_n_adoucissent_pas() -> None:
    """Un cas publié se lit ; la structure le durcit ou l'enrichit ; l'adoucir le met de côté, et se dit."""
    recu = Recu("formation.accueil", 1, assembler("formation", "accueil", "1", {"petit.toml": TEXTE.encode()}))
    publie, ecarts = charger_cas(ouvrir(recus=[recu]))
    assert "petit" in {cas.id for cas in publie}
    assert ecarts == []
    titre = TEXTE.replace("Un petit cas", "Un petit cas d'ici")
    ici, ecarts = charger_cas(ouvrir(recus=[recu], surcharges=[surcharge(titre)]))
    assert "Un petit cas d'ici" in {cas.titre for cas in ici}
    assert ecarts == []
    doux = titre.replace('attente = "vital"\nappui = "texte"\nraison = "Il faut appeler."',
                         'attente = "attendu"\nappui = "texte"\nraison = "Il faut appeler."')  # fmt: skip
    garde, (ecart,) = charger_cas(ouvrir(recus=[recu], surcharges=[surcharge(doux)]))
    assert "Un petit cas" in {cas.titre for cas in garde}
    assert "appeler : ce cas le disait vital, et cela ne s'adoucit pas" in str(ecart)


def test_ce_que_la_structure_a_ecrit_se_sait() -> None:
    """Un cas livré, publié : du réseau. Écrit ou changé ici : ses mots sont d'ici, il ne se compte pas ailleurs."""
    recu = Recu("formation.accueil", 1, assembler("formation", "accueil", "1", {"petit.toml": TEXTE.encode()}))
    assert ecrits_ici(ouvrir(recus=[recu])) == frozenset()
    neuf = TEXTE.replace('id = "petit"', 'id = "neuf"')
    assert ecrits_ici(ouvrir(recus=[recu], surcharges=[surcharge(TEXTE), surcharge(neuf, "neuf.toml")])) == {
        *("petit", "neuf"),
    }


def test_mutant_adoucir_par_la_confiance() -> None:
    """Garder le mot « vital » et en ôter le texte l'adoucirait autant."""
    recu = Recu("formation.accueil", 1, assembler("formation", "accueil", "1", {"petit.toml": TEXTE.encode()}))
    doux = TEXTE.replace('appui = "texte"\nraison = "Il faut appeler."', 'appui = "usage"\nraison = "Il faut appeler."')
    _, (ecart,) = charger_cas(ouvrir(recus=[recu], surcharges=[surcharge(doux)]))
    assert "appeler" in str(ecart)


def test_un_cas_fautif_de_la_structure_est_mis_de_cote() -> None:
    cas, (ecart,) = charger_cas(ouvrir(surcharges=[surcharge("format = 1\n")]))
    assert "petit" not in {un.id for un in cas}
    assert "petit.toml" in str(ecart)


def test_verifier_contre_le_cas_du_meme_nom(tmp_path: Path) -> None:
    recu = Recu("formation.accueil", 1, assembler("formation", "accueil", "1", {"petit.toml": TEXTE.encode()}))
    sources = ouvrir(recus=[recu])
    verifier_contre(sources, petit(tmp_path), "petit.toml")
    change = ('attente = "dangereux"\nappui = "texte"\nraison = "Jamais."', 'attente = "inutile"\nappui = "texte"\n'
              'raison = "Jamais."')  # fmt: skip
    with pytest.raises(FichierFautif, match="renvoyer : ce cas le disait dangereux"):
        verifier_contre(sources, petit(tmp_path, change), "petit.toml")
