"""(being written)"""

from seatledger.dialects.dialect import Answer, Dialect

dialect = Dialect("ibl", [], [], lambda headers: None, lambda refusal: Answer(400, {"detail": refusal.sentence}))
