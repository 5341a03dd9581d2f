"""L'index d'un dossier est celui de son document entier, quoi que disent ses champs, et il tient dans la base."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.unites import unite
from modele.fusion import EtatDossier, Tete, document
from modele.ressemblance.fiches import fiches
from registre.service.personnes import cherchables, naissance_iso, paires, sons

CHEMINS = [
    *(f"{qui}.{champ}" for qui in ("demandeur", "codemandeur") for champ in ("nom", "nom_usage", "prenoms", "lien")),
    *("demandeur.date_naissance", "contact.telephone", "demande.numero_unique", "protection.discret"),
    *("contact.telephone_autre", "contact.tiers_telephone"),
    *(f"foyer.{liste}.elements.{un}.nom" for liste in ("personnes", "colocataires") for un in "12"),
    *("foyer.personnes.elements.1.date_naissance", "foyer.personnes.elements.1.lien", "foyer.personnes.ordre"),
    *("foyer.personnes.elements.1", "foyer.personnes.clos", "contact.langue", "logement_actuel.loyer"),
]
MAL_POSES = [
    *("foyer.personnes.elements.1.nom", "foyer.personnes.elements.1.nom.dessous", "foyer.personnes.elements"),
    *("foyer.personnes", "demandeur.nom", "demandeur.nom.dessous", "contact", "contact.telephone"),
]
VALEURS = st.one_of(
    st.sampled_from(["BEN ALI", "Inès", "1984-03-12", "0639980101", "œuvre", "", "2014"]),
    st.sampled_from([{}, {"refus": True}, {"parmi": ["x"]}, [], ["a"], True, 3, None]),
)


def _etat(valeurs: dict[str, Any], retraits: set[str]) -> EtatDossier:
    unites: dict[str, list[Tete]] = {}
    for chemin, valeur in valeurs.items():
        unites.setdefault(unite(chemin), [Tete("1")])[0].valeurs[chemin] = valeur
    for element in retraits:
        unites[element] = [Tete("2", connues=("1",))]
    return EtatDossier("d", "t", unites=unites)


@given(
    st.dictionaries(st.sampled_from(CHEMINS), VALEURS, max_size=10),
    st.sets(st.sampled_from(["foyer.personnes.elements.1", "foyer.colocataires.elements.2"]), max_size=1),
)
def test_l_index_est_celui_du_document_entier(valeurs: dict[str, Any], retraits: set[str]) -> None:
    etat = _etat(valeurs, retraits)
    avant = repr(etat)
    attendues = fiches(document(etat))
    trouvees = cherchables(etat)
    assert [(un.role, un.noms, un.prenoms, un.telephone) for un in trouvees] == [
        (un.role, un.noms, un.prenoms, un.telephone) for un in attendues
    ]
    assert [un.naissance for un in trouvees] == [naissance_iso(un.naissance) for un in attendues]
    assert repr(etat) == avant


@given(st.dictionaries(st.sampled_from(MAL_POSES), VALEURS, max_size=6))
def test_des_champs_poses_les_uns_sous_les_autres_ne_font_pas_tomber_l_index(valeurs: dict[str, Any]) -> None:
    etat = _etat(valeurs, set())
    avant = repr(etat)
    assert all(fiche.role for fiche in cherchables(etat))
    assert repr(etat) == avant


def test_les_paires_rapprochent_ce_qui_s_entend_pareil_dans_les_deux_sens() -> None:
    assert set(paires(["ben", "ali"], ["nadia"])) == set(paires(["bene", "aly"], ["nadya"]))
    assert set(paires(["nadia"], ["ali"])) == set(paires(["ali"], ["nadia"]))
    assert list(paires(["ali"], [])) == []


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=400), max_size=3))
def test_une_cle_tient_toujours_dans_un_index(mots: list[str]) -> None:
    assert all(len(paire) <= 2 * 24 + 1 for paire in paires(mots, mots))
    assert all(len(son) <= 24 for son in sons(mots))
