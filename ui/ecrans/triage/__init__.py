"""Le premier contact : quelques questions dites, sans identité, et ce qu'il faut faire maintenant.

Les questions sont celles de la section ``triage`` du questionnaire. Essais : ``tests/ui/ecrans/test_triage.py``.
"""

from ui.ecrans.triage.ecran import EcranTriage

__all__ = ["EcranTriage"]
