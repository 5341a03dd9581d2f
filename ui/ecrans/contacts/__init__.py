"""Les contacts d'ici : ceux que ce territoire doit dire, ce qui manque d'abord, et de quoi les saisir.

Essais : ``tests/ui/ecrans/test_ecran_contacts.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="contacts",
    classe="ui.ecrans.contacts.ecran:EcranContacts",
    libelle="Contacts d'ici",
    icone="phone",
    detail="ce qui manque, qui appeler en attendant, le logo",
    rang=95,
    offert=frozenset({Offert.PARTOUT}),
    mots="numeros telephone adresses annuaire appeler logo image en-tete structure",
    aide="Les numéros et les lieux d'ici, et le logo des papiers. Ce qui manque est en premier, avec qui appeler en "
    "attendant.",
    garde="Les contacts et le logo, dans le coffre, pour toute la structure, avec votre nom et la date.",
)
