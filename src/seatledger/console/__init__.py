"""The console: pages on which licence managers and operators see and do what the ledger offers."""

from seatledger.console.door import Door as Door
from seatledger.console.failures import failing as failing
from seatledger.console.paths import HOME as HOME
from seatledger.console.routes import router as router
from seatledger.console.verifying import Verifier as Verifier
