"""(being written)"""

from seatledger.dialects.dialect import Answer, Dialect

dialect = Dialect("sqlbi", [], [], lambda headers: None, lambda refusal: Answer(400, {"detail": refusal.sentence}))
