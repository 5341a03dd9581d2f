"""Les mots des envois : ni peur ni promesse, « reçu » seulement quand le registre l'a dit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from modele.coffre.listes import EnAttente, EnQuarantaine
from modele.synchro.etats import EtatEnvois, Lien
from ui.mots.envois import (
    a_reprendre,
    dire_ce_qui_attend_ici,
    dire_duree,
    dire_ecart,
    dire_les_absents,
    pied,
    precisions,
    principale,
)

MAINTENANT = datetime(2026, 11, 25, 11, 40).astimezone()
IL_Y_A = MAINTENANT - timedelta(hours=2, minutes=14)


def attendent(nombre: int, depuis: datetime = IL_Y_A) -> tuple[EnAttente, ...]:
    return tuple(EnAttente(f"d{rang}", "MOREL Zoé", 2, 0, depuis) for rang in range(nombre))


def refus(nombre: int) -> tuple[EnQuarantaine, ...]:
    return tuple(
        EnQuarantaine(f"o{rang}", "d", "MOREL Zoé", ("contact.telephone",), "La raison.", "code", IL_Y_A)
        for rang in range(nombre)
    )


def lu(phrase: str) -> str:
    return phrase.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("duree", "dite"),
    [
        (timedelta(seconds=-5), "moins d'une minute"),
        (timedelta(seconds=59), "moins d'une minute"),
        (timedelta(minutes=12, seconds=59), "12 min"),
        (timedelta(hours=2, minutes=14), "2 h 14"),
        (timedelta(hours=23, minutes=5), "23 h 05"),
        (timedelta(hours=25), "1 jour"),
        (timedelta(days=3, hours=1), "3 jours"),
    ],
)
def test_une_duree_se_dit_comme_on_parle(duree: timedelta, dite: str) -> None:
    """De la minute au jour ; une horloge qui recule ne donne pas de durée négative."""
    assert lu(dire_duree(duree)) == dite


def test_trois_dossiers_attendent_et_rien_n_est_perdu() -> None:
    """La phrase de l'accueil, réseau coupé depuis le matin."""
    etat = EtatEnvois(
        Lien.HORS_LIGNE, attente=attendent(3), dernier_echange=IL_Y_A, prochain=MAINTENANT + timedelta(minutes=4)
    )
    assert lu(principale(etat, MAINTENANT)) == "3 dossiers attendent l'envoi depuis 2 h 14 ; rien n'est perdu."
    assert precisions(etat, MAINTENANT) == (
        "Hors ligne. Dernier échange avec le registre à 09:26. Prochain essai à 11:44.",
    )
    assert lu(pied(etat, MAINTENANT).phrases[0]) == "3 dossiers attendent l'envoi depuis 2 h 14 · hors ligne"


def test_hors_ligne_ne_se_dit_qu_une_fois() -> None:
    """Rien n'attend : la phrase principale le dit déjà, la précision n'ajoute que ce qu'elle sait de plus."""
    etat = EtatEnvois(Lien.HORS_LIGNE)
    assert principale(etat, MAINTENANT) == "Hors ligne, et rien n'attend l'envoi."
    assert precisions(etat, MAINTENANT) == ()
    joint = EtatEnvois(Lien.HORS_LIGNE, dernier_echange=IL_Y_A)
    assert precisions(joint, MAINTENANT) == ("Dernier échange avec le registre à 09:26.",)


def test_un_seul_dossier_s_accorde() -> None:
    """« 1 dossier attend »."""
    assert lu(principale(EtatEnvois(Lien.EN_LIGNE, attente=attendent(1)), MAINTENANT)).startswith(
        "1 dossier attend l'envoi depuis 2 h 14"
    )


def test_la_plus_ancienne_saisie_donne_la_duree() -> None:
    """« depuis » est celui du plus ancien, pas du dernier."""
    etat = EtatEnvois(Lien.EN_LIGNE, attente=(*attendent(1, MAINTENANT), *attendent(1)))
    assert "2 h 14" in lu(principale(etat, MAINTENANT))


def test_tout_est_envoye_ne_se_dit_qu_avec_un_echange() -> None:
    """Relié mais jamais d'échange : rien n'attend, mais rien n'est dit reçu."""
    recu = EtatEnvois(Lien.EN_LIGNE, dernier_echange=MAINTENANT - timedelta(minutes=58))
    assert principale(recu, MAINTENANT) == "Tout est envoyé, reçu par le registre à 10:42."
    neuf = EtatEnvois(Lien.EN_LIGNE)
    assert principale(neuf, MAINTENANT) == "Rien n'attend l'envoi."


@pytest.mark.parametrize("lien", [Lien.HORS_LIGNE, Lien.JAMAIS_JOINT, Lien.REVOQUE, Lien.TROP_ANCIEN])
def test_ce_qui_attend_n_est_jamais_dit_envoye(lien: Lien) -> None:
    """Aucun mot de succès tant que des saisies attendent, à aucune longueur."""
    etat = EtatEnvois(lien, attente=attendent(2), dernier_echange=IL_Y_A)
    dites = [principale(etat, MAINTENANT), *precisions(etat, MAINTENANT), *pied(etat, MAINTENANT).phrases]
    assert not any("envoyé" in dite or "reçu par" in dite for dite in dites)
    assert "rien n'est perdu" in dites[0]


def test_sans_registre_tout_reste_ici() -> None:
    """Le cas du poste seul."""
    etat = EtatEnvois(Lien.SANS_REGISTRE)
    assert principale(etat, MAINTENANT) == "Ce poste n'est relié à aucun registre : tout reste ici."
    assert a_reprendre(etat) == ()
    assert a_reprendre(None) == ()


@pytest.mark.parametrize("lien", list(Lien))
@pytest.mark.parametrize("quarantaine", [0, 2])
@pytest.mark.parametrize("attente", [0, 2])
def test_le_pied_se_raccourcit_toujours(lien: Lien, quarantaine: int, attente: int) -> None:
    """Chaque phrase est plus courte que la précédente : la barre choisit la première qui tient."""
    etat = EtatEnvois(lien, attente=attendent(attente), quarantaine=refus(quarantaine), dernier_echange=IL_Y_A)
    longueurs = [len(phrase) for phrase in pied(etat, MAINTENANT).phrases]
    assert len(longueurs) > 1
    assert longueurs == sorted(longueurs, reverse=True)


def test_une_saisie_refusee_se_voit_en_bas_meme_en_ligne() -> None:
    """Un refus passe devant « tout est envoyé »."""
    dit = pied(EtatEnvois(Lien.EN_LIGNE, quarantaine=refus(1), dernier_echange=MAINTENANT), MAINTENANT)
    assert lu(dit.phrases[0]) == "1 saisie refusée, à reprendre"


def test_ce_qui_demande_une_personne_va_a_faire() -> None:
    """Divergences, refus, ressemblances : chacun mène à son écran ; zéro ne se montre pas."""
    etat = EtatEnvois(Lien.EN_LIGNE, quarantaine=refus(2), divergences=1, doublons=3)
    assert [(lu(une.libelle), une.ecran) for une in a_reprendre(etat)] == [
        ("1 réponse à départager", "divergences"),
        ("2 saisies refusées, à reprendre", "envois"),
        ("3 dossiers ressemblent à un autre", "doublons"),
    ]
    assert a_reprendre(EtatEnvois(Lien.EN_LIGNE)) == ()


def test_l_horloge_ne_se_dit_qu_au_dela_de_cinq_minutes() -> None:
    """En avance ou en retard, au-delà de cinq minutes."""
    assert dire_ecart(timedelta(minutes=5)) == ""
    assert "avance de 6 min" in lu(dire_ecart(timedelta(minutes=6)))
    assert "retarde de 1 h 00" in lu(dire_ecart(timedelta(minutes=-60)))


def test_une_recherche_incomplete_se_dit() -> None:
    """Après une restauration : combien de postes manquent, et ce que cela cache."""
    assert dire_les_absents(0) == ""
    assert dire_les_absents(1) == (
        "Le registre a été restauré et 1\u00a0poste ne s'est pas encore reconnecté : "
        "rien ne se montre encore d'un guichet à l'autre."
    )
    assert "2\u00a0postes ne se sont pas encore reconnectés : rien" in dire_les_absents(2)


def test_ce_que_ce_poste_garde_pour_un_registre_restaure() -> None:
    assert dire_ce_qui_attend_ici(0) == ""
    assert "1\u00a0dossier de ce poste n'y est pas encore. Rien n'est perdu" in dire_ce_qui_attend_ici(1)
    assert "2\u00a0dossiers de ce poste n'y sont pas encore" in dire_ce_qui_attend_ici(2)


def test_un_coffre_remis_d_une_copie_se_dit_au_pied_tant_que_rien_ne_confirme() -> None:
    """Qui cherche un nom et ne trouve rien doit savoir pourquoi, et par où chercher."""
    dit = pied(EtatEnvois(Lien.HORS_LIGNE, "https://r", "Accueil", a_confirmer=True), datetime.now(UTC))
    assert "seul à seul" in dit.phrases[0]
    assert "référence" in dit.phrases[-1]
