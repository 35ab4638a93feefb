"""What the worker says of what nobody planned."""

import structlog


def report_fault(where: str, error: Exception) -> None:
    """Log what nobody planned, for whoever runs the deployment."""
    structlog.get_logger().error("broken", where=where, exc_info=error)
